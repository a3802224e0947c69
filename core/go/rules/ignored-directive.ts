/** Directives that the compiler passes over without a word, and comments that were meant to be one. */
import type { Span } from "#core/text/positions.ts";
import type { FuncDeclaration, GoFile, WasmDirective } from "../source/syntax.ts";
import { tokenKind as kind, type Tokens } from "../source/tokens.ts";
import { genericName, isCompiled } from "./border.ts";
import { exportsSince, type GoLint, type LintContext } from "./lint.ts";
import type { BorderFunction } from "./rule.ts";

export const ignoredDirective: GoLint = {
  code: "ignored-directive",
  check(context, report) {
    const { file, isWasm, target } = context;
    if (!isWasm) return;
    for (const { span, message, advice } of [...ignoredDirectives(context), ...almostDirectives(file)]) {
      // An older compiler ignores every export, which is told otherwise.
      if (target.minor < exportsSince && message.startsWith("go:wasmexport")) continue;
      report({ span, severity: "warning", message, advice: [advice] });
    }
  },
};

interface Ignored {
  readonly span: Span;
  readonly message: string;
  readonly advice: string;
}

function* ignoredDirectives(context: LintContext): Iterable<Ignored> {
  const { file } = context;
  const borders = new Map(context.borderInFile.map((border) => [border.declaration, border]));
  for (const directive of file.directives) {
    if (!directive.wellFormed || directive.target === "misplaced") continue;
    const reason =
      directive.target === "dropped"
        ? whyDropped(file, directive)
        : whyWithoutEffect(context, directive, directive.target, borders.get(directive.target));
    if (reason !== undefined)
      yield { span: directive.span, message: `go:${directive.kind} is ignored ${reason.where}`, advice: reason.advice };
  }
}

interface Reason {
  readonly where: string;
  readonly advice: string;
}

/** Undefined for a function that is still being written. */
function whyDropped({ tokens }: GoFile, { metAt }: WasmDirective): Reason | undefined {
  const keyword = metAt > 0 ? tokens.kinds[metAt - 1]! : kind.eof;
  if (keyword === kind.keywordFunc) return undefined;
  const name = keyword === kind.keywordPackage ? "the package clause" : (declarations.get(keyword) ?? "a declaration");
  return { where: `before ${name}`, advice: "Only a function takes it: move it to the line above the func." };
}

const declarations = new Map<number, string>([
  [kind.keywordImport, "an import"],
  [kind.keywordConst, "a constant"],
  [kind.keywordType, "a type"],
  [kind.keywordVar, "a variable"],
]);

/** `border` is what the function's last directives make of it. */
function whyWithoutEffect(
  context: LintContext,
  directive: WasmDirective,
  declaration: FuncDeclaration,
  border: BorderFunction | undefined,
): Reason | undefined {
  if (declaration.name.text === "_") return { where: "on func _", advice: "A function without a name is never compiled: give it one." };
  if (border === undefined) return undefined;
  if (directive !== (directive.kind === "wasmexport" ? border.exporting : border.importing)) {
    const second =
      directive.kind === "wasmexport" ? "export a second function that calls this one" : "declare a second function for the other import";
    return { where: "because another one follows", advice: `A function has one directive of a kind, and the last one counts: ${second}.` };
  }
  if (directive.kind !== "wasmexport") return undefined;
  // With a body the compiler refuses the import, which is one mistake already.
  if (declaration.body === undefined && border.importing !== undefined)
    return {
      where: "on an imported function",
      advice: "A function of the host cannot be exported again: export a Go function that calls it.",
    };
  if (genericName(declaration) !== undefined && !isCompiled(context, declaration))
    return { where: "on generic code that nothing instantiates", advice: "Export a function with concrete types that calls it." };
  return undefined;
}

/** More comments of this kind are no mistake any more. */
const maximalComments = 1000;

/** `//go:wasmexport` with a tab or nothing behind it, and what looks like a directive to a reader only. */
function* almostDirectives(file: GoFile): Iterable<Ignored> {
  let looked = 0;
  for (const match of file.text.matchAll(/\/[/*][ \t]*go:wasm[-_]?(import|export)s?(?![\w-])[^\n]*/giu)) {
    const [comment, word] = match;
    if (looked++ >= maximalComments) return;
    const advice = whatIsWrong(comment, word!.toLowerCase());
    if (advice === undefined || !standsBeforeFunction(file.tokens, match.index, comment)) continue;
    const span = { start: match.index, end: match.index + comment.trimEnd().length };
    yield { span, message: `go:wasm${word!.toLowerCase()} is ignored because this is no directive`, advice };
  }
}

/** Undefined for what the compiler takes for a directive, and for prose. */
function whatIsWrong(comment: string, word: string): string | undefined {
  const right = `//go:wasm${word}`;
  const rest = comment.trimEnd().replace(/\*\/$/u, "").trimEnd();
  if (rest === right && !comment.startsWith(`${right} `))
    return `Write what it is about: ${right} ${word === "export" ? "name" : "module name"}.`;
  if (comment.startsWith(`${right} `)) return undefined;
  const names = rest.split(/[ \t]+/u).slice(/^\/[/*][ \t]/u.test(rest) ? 2 : 1);
  if (comment.startsWith(`${right}\t`)) return "A space must follow the word, here it is a tab.";
  // A sentence about the directive has more words than a directive.
  if (names.length !== (word === "export" ? 1 : 2)) return undefined;
  if (comment.startsWith("/*")) return `A directive is a line comment: ${right} ${names.join(" ")}`;
  return `The compiler looks for ${right} with a space behind it and none before: ${right} ${names.join(" ")}`;
}

/** Whether the comment is alone on its line, and a function is the next thing behind it. */
function standsBeforeFunction({ text, kinds, starts, ends, count }: Tokens, offset: number, comment: string): boolean {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  if (text.slice(lineStart, offset).trim() !== "") return false;
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  const before = low > 0 ? ends[low - 1]! : 0;
  if (kinds[low] !== kind.keywordFunc || before > offset) return false;
  // Inside of a block comment it is an example of one.
  const between = text.slice(before, offset);
  return between.lastIndexOf("/*") <= between.lastIndexOf("*/") && (!comment.startsWith("/*") || comment.includes("*/"));
}
