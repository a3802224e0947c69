/** All lints, over a document. Kept by field, so that an edit costs what it touches and a look at what the fields use. */
import type { BoundModule } from "../bind.ts";
import type { WatDocument, WatEdit } from "../document.ts";
import type { FieldText } from "../field.ts";
import { LintHint } from "../lint-hint.ts";
import { Node } from "../node.ts";
import { blockLints } from "./blocks.ts";
import { labelLints } from "./labels.ts";
import type { LintCode, LintFinding, WatAdvice } from "./finding.ts";
import { mostTokens, type FieldLint } from "./lint.ts";
import { unusedLocals } from "./locals.ts";
import { moduleLints } from "./module-lints.ts";
import { omittedIndices } from "./omitted-index.ts";
import { unreachableCode } from "./unreachable.ts";

/** Lints of fields, and the hint without which they find nothing. */
const fieldLints: readonly (readonly [hint: number, lint: FieldLint])[] = [
  [LintHint.locals, unusedLocals],
  [LintHint.labels, labelLints],
  [LintHint.unreachable, unreachableCode],
  [LintHint.blocks, blockLints],
];

/** More of them in one text help nobody. */
const most = 200;

/**
 * Advice about the modules of a `.wat` text, in its order, at most 200. Modules with a syntax error get none, since what looks unused may
 * be what is being typed. `isWanted` tells which lints are on.
 */
export function lintsOf(document: WatDocument, isWanted: (code: LintCode) => boolean): readonly WatAdvice[] {
  document.advice ??= findAll(document);
  const wanted = document.advice.filter(({ code }) => isWanted(code)).slice(0, most);
  return isWanted("omitted-idx-in-instr") ? [...wanted, ...omittedIn(document, most - wanted.length)].sort(byPlace) : wanted;
}

/** Instructions without index are most of those of a text, so that they are looked for only where they are to be told, and no further. */
function omittedIn(document: WatDocument, limit: number): WatAdvice[] {
  const found: WatAdvice[] = [];
  for (const module of readableModules(document)) {
    for (let at = module.first; at < module.end && found.length < limit; at++) {
      const source = document.fieldText(at);
      for (const finding of omittedIndices(source, module.names, limit - found.length)) found.push(placed(finding, source.base));
    }
  }
  return found;
}

/** Modules without a syntax error. */
function readableModules(document: WatDocument): readonly BoundModule[] {
  if (document.kind !== "wat") return [];
  return document.modules.filter(
    ({ isWhole, first, end }) => isWhole && document.fields.slice(first, end).every(({ problems }) => problems.length === 0),
  );
}

function byPlace(left: WatAdvice, right: WatAdvice): number {
  return left.span.start - right.span.start || left.span.end - right.span.end;
}

function findAll(document: WatDocument): WatAdvice[] {
  const found: WatAdvice[] = [];
  for (const module of readableModules(document)) {
    for (let at = module.first; at < module.end; at++) {
      const { kind, tokenCount, hints } = document.fields[at]!;
      if (kind !== Node.funcField || hints === 0 || tokenCount > mostTokens) continue;
      const source = document.fieldText(at);
      for (const finding of findingsOf(source)) found.push(placed(finding, source.base));
    }
    for (const { at, finding } of moduleLints(document, module)) found.push(placed(finding, document.starts[at]!));
  }
  return found.sort(byPlace);
}

function findingsOf(source: FieldText): readonly LintFinding[] {
  const { notes, hints } = source.field;
  notes.lints ??= fieldFindings(source, hints);
  return notes.lints;
}

/** What lints say of a field, those that need a hint only where `hints` has it. */
export function fieldFindings(source: FieldText, hints: number): readonly LintFinding[] {
  return fieldLints.flatMap(([hint, lint]) => ((hints & hint) === 0 ? [] : lint(source)));
}

function placed({ code, message, start, end, fix }: LintFinding, base: number): WatAdvice {
  const advice = { code, message, span: { start: base + start, end: base + end } };
  if (fix === undefined) return advice;
  const edits = fix.edits.map((edit) => ({ span: { start: base + edit.start, end: base + edit.end }, text: edit.text }));
  return { ...advice, fix: { title: fix.title, edits, isForAll: fix.isForAll } };
}

/** All fixes that need no second look, in the order of the text. Of those that overlap the first counts; a second run gets the rest. */
export function fixAll(document: WatDocument, isWanted: (code: LintCode) => boolean): WatEdit[] {
  const chosen: WatEdit[] = [];
  for (const { fix } of lintsOf(document, isWanted)) {
    if (fix?.isForAll !== true) continue;
    const isFree = fix.edits.every(({ span }) => chosen.every((other) => other.span.end <= span.start || span.end <= other.span.start));
    if (isFree) chosen.push(...fix.edits);
  }
  return chosen.sort((left, right) => left.span.start - right.span.start);
}
