/** A directive that no function takes goes to the line above its function, or away. */
import type { Span } from "#core/text/positions.ts";
import { readWasmDirective } from "../source/directives.ts";
import type { FuncDeclaration, GoFile, WasmDirective } from "../source/syntax.ts";
import { Draft } from "./draft.ts";
import { quickFix, type Offer, type Recipe } from "./fix.ts";
import { indentationOf, lineBreakOf, lineEndOf, lineStartOf, withoutCommentLine } from "./lines.ts";

export const misplacedDirective: Recipe = {
  codes: ["misplaced-directive"],
  offer({ context: { file }, problem: { span } }) {
    const directive = file.directives.find((candidate) => candidate.span.start === span.start);
    return directive === undefined ? trailingOffers(file, span) : movesAndDeletion(file, directive);
  },
};

/** Behind code: for the function that this line belongs to, else for the next one. */
function trailingOffers(file: GoFile, span: Span): Offer[] {
  const offers: Offer[] = [];
  const comment = { start: span.start, end: span.end, alone: true, beforeToken: 0 };
  const directive = readWasmDirective(file.text, comment);
  const target = directive?.wellFormed === true ? functionOf(file, span, directive.kind) : undefined;
  if (target !== undefined) {
    const draft = new Draft();
    removeTrailing(draft, file, span);
    insertAbove(draft, file, target, file.text.slice(span.start, span.end).trimEnd());
    offers.push(quickFix(`Move the directive to the line above ${target.name.text}`, draft));
  }
  const draft = new Draft();
  removeTrailing(draft, file, span);
  return [...offers, quickFix("Delete the directive", draft, offers.length === 0)];
}

function functionOf(file: GoFile, span: Span, kind: WasmDirective["kind"]): FuncDeclaration | undefined {
  const line = lineStartOf(file.text, span.start);
  const onLine = file.functions.filter((declaration) => declaration.span.end > line && declaration.span.start < span.start);
  const own = onLine[onLine.length - 1] ?? file.functions.find((declaration) => declaration.span.start > span.end);
  return own !== undefined && takes(file, own, kind) ? own : undefined;
}

/** An export has a body, an import has none; one directive of a kind is enough. */
function takes(file: GoFile, declaration: FuncDeclaration, kind: WasmDirective["kind"]): boolean {
  if (declaration.name.text === "_" || (declaration.body === undefined) !== (kind === "wasmimport")) return false;
  return !file.directives.some((directive) => directive.target === declaration);
}

function removeTrailing(draft: Draft, file: GoFile, span: Span): void {
  const line = lineStartOf(file.text, span.start);
  const before = file.text.slice(line, span.start).trimEnd().length;
  draft.replace(file, { start: line + before, end: span.end }, "");
}

function insertAbove(draft: Draft, file: GoFile, { span }: FuncDeclaration, comment: string): void {
  const start = lineStartOf(file.text, span.start);
  const isFirst = file.text.slice(start, span.start).trim() === "";
  const indentation = indentationOf(file.text, span.start);
  const newline = lineBreakOf(file.text);
  if (isFirst) draft.insert(file, start, `${indentation}${comment}${newline}`);
  else draft.insert(file, span.start, `${newline}${newline}${comment}${newline}`);
}

/** On a line of its own: for the next function of the file, unless it stands inside of one. */
export function movesAndDeletion(file: GoFile, directive: WasmDirective): Offer[] {
  // The compiler kept only the last of several; with that gone it would name the one before.
  const all = file.directives.filter(({ kind, metAt, wellFormed }) => kind === directive.kind && metAt === directive.metAt && wellFormed);
  const remove = (draft: Draft): void => {
    for (const { span } of all) {
      const change = withoutCommentLine(file.text, span);
      draft.replace(file, change.span, change.text);
    }
  };
  const offers: Offer[] = [];
  const next =
    directive.inside === undefined ? file.functions.find((declaration) => declaration.span.start > directive.span.end) : undefined;
  if (next !== undefined && takes(file, next, directive.kind)) {
    const draft = new Draft();
    remove(draft);
    insertAbove(draft, file, next, file.text.slice(directive.span.start, lineEndOf(file.text, directive.span.start)).trimEnd());
    offers.push(quickFix(`Move the directive to ${next.name.text}`, draft));
  }
  const draft = new Draft();
  remove(draft);
  return [...offers, quickFix("Delete the directive", draft, offers.length === 0)];
}
