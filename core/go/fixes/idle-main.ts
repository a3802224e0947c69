/** The main of a reactor is never called: what it does moves to init, and what it waits for goes. */
import type { Span } from "#core/text/positions.ts";
import type { FuncDeclaration, GoFile } from "../source/syntax.ts";
import { tokenKind as kind } from "../source/tokens.ts";
import { Draft } from "./draft.ts";
import { quickFix, type Recipe } from "./fix.ts";
import { lineBreakOf, lineStartOf } from "./lines.ts";

export const idleMain: Recipe = {
  codes: ["main-never-runs"],
  offer({ context: { file, package: own } }) {
    const main = own.members.get("main");
    if (main?.kind !== "func" || main.file !== file || main.declaration.body === undefined) return [];
    const { declaration } = main;
    if (own.files.some((other) => callsMain(other, other === file ? declaration : undefined))) return [];
    const waits = emptySelects(file, declaration);
    const draft = new Draft();
    const newline = lineBreakOf(file.text);
    const last = waits[waits.length - 1];
    if (last === undefined) {
      moveToInit(draft, file, declaration, newline);
      return [quickFix("Run it in init, which the host calls", draft)];
    }
    // Waiting anywhere but at the end says that the rest is not meant to run at once.
    if (waits.length > 1 || !isLastStatement(file, declaration, last)) return [];
    const { from, to } = declaration.body!;
    if (last.from === from + 1) {
      draft.replace(file, { start: file.tokens.ends[from]!, end: file.tokens.starts[to - 1]! }, "");
      return [quickFix("Let main be empty", draft)];
    }
    const line = lineOf(file, last);
    if (line === undefined) return [];
    moveToInit(draft, file, declaration, newline);
    draft.replace(file, line, "");
    return [quickFix("Run it in init without waiting", draft)];
  },
};

function moveToInit(draft: Draft, file: GoFile, { name, span }: FuncDeclaration, newline: string): void {
  draft.replace(file, name.span, "init");
  draft.insert(file, span.end, `${newline}${newline}func main() {}`);
}

interface Wait {
  /** Token indices, `to` exclusive. */
  readonly from: number;
  readonly to: number;
}

/** Each `select {}`. */
function emptySelects({ tokens: { kinds, starts, text } }: GoFile, { body }: FuncDeclaration): Wait[] {
  const found: Wait[] = [];
  for (let index = body!.from; index + 2 < body!.to; index++) {
    if (kinds[index] !== kind.keywordHeader || !text.startsWith("select", starts[index])) continue;
    if (kinds[index + 1] === kind.openBrace && kinds[index + 2] === kind.closeBrace) found.push({ from: index, to: index + 3 });
  }
  return found;
}

function isLastStatement({ tokens: { kinds } }: GoFile, { body }: FuncDeclaration, { to }: Wait): boolean {
  return to + (kinds[to] === kind.semicolon ? 1 : 0) === body!.to - 1;
}

/** The line of a statement; undefined where more stands on it. */
function lineOf({ text, tokens: { starts, ends } }: GoFile, { from, to }: Wait): Span | undefined {
  const start = lineStartOf(text, starts[from]!);
  const behind = /^[ \t]*\r?\n/u.exec(text.slice(ends[to - 1]!));
  const isAlone = text.slice(start, starts[from]!).trim() === "" && behind !== null;
  return isAlone ? { start, end: ends[to - 1]! + behind[0].length } : undefined;
}

/** A call, or the function as a value, anywhere but in its own declaration. */
function callsMain({ tokens: { kinds, starts, ends, text, count } }: GoFile, own: FuncDeclaration | undefined): boolean {
  for (let index = 0; index < count; index++) {
    if (kinds[index] !== kind.name || kinds[index - 1] === kind.dot || kinds[index - 1] === kind.keywordPackage) continue;
    if (text.slice(starts[index], ends[index]) === "main" && starts[index] !== own?.name.span.start) return true;
  }
  return false;
}
