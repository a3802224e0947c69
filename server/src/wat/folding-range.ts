/** What can be folded in a WAT document: modules, fields, blocks, comments. */
import { FoldingRangeKind } from "vscode-languageserver-types";
import type { FoldingRange } from "vscode-languageserver-types";
import type { WatDocument } from "#core/wat/document.ts";
import type { FieldText } from "#core/wat/field.ts";
import { Trivia } from "#core/wat/lexer.ts";
import { Node } from "#core/wat/node.ts";
import type { NodeKind } from "#core/wat/node.ts";
import { Token } from "#core/wat/token.ts";

const foldedKinds: ReadonlySet<NodeKind> = new Set<NodeKind>([
  Node.block,
  Node.foldedBlock,
  Node.thenArm,
  Node.elseArm,
  Node.doArm,
  Node.catchArm,
  Node.typeDefinition,
  Node.structType,
  Node.command,
]);

const arms: ReadonlySet<NodeKind> = new Set<NodeKind>([Node.elseArm, Node.catchArm]);

/** What has been found. */
interface Folds {
  readonly document: WatDocument;
  readonly ranges: FoldingRange[];
  /** By line the offset of what is neither white space nor `)`: of a hundred thousand nodes that end in one line each asks for it. */
  readonly firstWords: Map<number, number>;
}

/** Ranges in the order of their first lines; lines are 0-based. */
export function foldingRanges(document: WatDocument): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const folds: Folds = { document, ranges, firstWords: new Map() };
  const openings: number[] = [];
  document.fields.forEach((field, at) => {
    const source = document.fieldText(at);
    for (const range of ownRanges(folds, source)) ranges.push(range);
    if (field.kind === Node.opening) openings.push(at);
    else if (field.kind === Node.closing) closeModule(folds, openings.pop(), source);
  });
  return firstPerLine(ranges.sort((left, right) => left.startLine - right.startLine || right.endLine - left.endLine));
}

/** Numbers per range that is kept: first and last line, counted from the line on which the field starts, and whether it is a comment. */
const keptStride = 3;

/** Ranges of one field. They are kept with it, because an editor asks again after each keystroke. */
function ownRanges({ document, firstWords }: Folds, source: FieldText): FoldingRange[] {
  const { lines, text } = document;
  const { field, base } = source;
  const firstLine = lines.lineAt(base);
  // Whether a comment at the start stands alone in its line is the one thing that hangs on what is before the field.
  const isAfterOther = text.slice(lines.lineStart(firstLine), base).trim() !== "";
  const { folds } = field.notes;
  if (folds?.isAfterOther === isAfterOther) return readRanges(folds.ranges, firstLine);
  const ranges: FoldingRange[] = [];
  comments(document, source, ranges);
  if (field.kind !== Node.stray && field.kind !== Node.opening && field.kind !== Node.closing)
    fieldRanges({ document, ranges, firstWords }, source);
  const kept = ranges.flatMap(({ startLine, endLine, kind }) => [startLine - firstLine, endLine - firstLine, kind === undefined ? 0 : 1]);
  field.notes.folds = { isAfterOther, ranges: Uint32Array.from(kept) };
  return ranges;
}

function readRanges(kept: Uint32Array, firstLine: number): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  for (let at = 0; at < kept.length; at += keptStride) {
    const range = { startLine: kept[at]! + firstLine, endLine: kept[at + 1]! + firstLine };
    ranges.push(kept[at + 2] === 0 ? range : { ...range, kind: FoldingRangeKind.Comment });
  }
  return ranges;
}

function closeModule(folds: Folds, opening: number | undefined, closing: FieldText): void {
  const count = closing.field.tokenCount;
  if (opening === undefined || count === 0) return;
  add(folds, folds.document.fieldText(opening).startOf(0), closing.startOf(count - 1));
}

function fieldRanges(folds: Folds, source: FieldText): void {
  const { field } = source;
  for (let node = 0; node < field.nodeCount; node++) {
    if (node > 0 && !foldedKinds.has(field.kindOf(node))) continue;
    const last = field.endToken(node) - 1;
    // A flat arm ends before the word of the next or `end`, whose line stays visible like that of the block.
    const isFlatArm = arms.has(field.kindOf(node)) && field.tags[field.firstToken(node)] !== Token.leftParen && last < field.tokenCount - 1;
    const end = source.startOf(isFlatArm ? last + 1 : lastWord(source, node, last));
    add(folds, source.startOf(field.firstToken(node)), end);
  }
}

/** Last token of a node; of a flat block its `end` rather than the label behind. */
function lastWord(source: FieldText, node: number, last: number): number {
  const isLabelled = source.field.kindOf(node) === Node.block && source.tokenText(last).startsWith("$");
  return isLabelled ? last - 1 : last;
}

/** Adds the lines from offset `start` to the token at `last`; that token's line stays visible where only brackets stand before it. */
function add(folds: Folds, start: number, last: number): void {
  const { lines } = folds.document;
  const startLine = lines.lineAt(start);
  if (startLine + 1 >= lines.lineCount || lines.lineStart(startLine + 1) > last) return;
  const lastLine = lines.lineAt(last);
  const endLine = firstWord(folds, lastLine) >= last ? lastLine - 1 : lastLine;
  if (endLine > startLine) folds.ranges.push({ startLine, endLine });
}

/** Offset of the first character in a line that is neither white space nor `)`, a line break included; that of the text's end behind all. */
function firstWord({ document, firstWords }: Folds, line: number): number {
  const known = firstWords.get(line);
  if (known !== undefined) return known;
  const word = /[^\t )]/g;
  word.lastIndex = document.lines.lineStart(line);
  const found = word.exec(document.text)?.index ?? document.text.length;
  firstWords.set(line, found);
  return found;
}

function comments(document: WatDocument, { field, base }: FieldText, ranges: FoldingRange[]): void {
  const { lines } = document;
  let runStart = -1;
  let runEnd = -1;
  const finishRun = (): void => {
    if (runStart >= 0 && runEnd > runStart) ranges.push({ startLine: runStart, endLine: runEnd, kind: FoldingRangeKind.Comment });
    runStart = -1;
  };
  for (let at = 0; at < field.trivia.length; at += 3) {
    const start = base + field.trivia[at + 1]!;
    const end = base + field.trivia[at + 2]!;
    const line = lines.lineAt(start);
    if (field.trivia[at] === Trivia.lineComment) {
      const isAlone = document.text.slice(lines.lineStart(line), start).trim() === "";
      if (isAlone && runStart >= 0 && line === runEnd + 1) runEnd = line;
      else {
        finishRun();
        if (isAlone) runStart = runEnd = line;
      }
      continue;
    }
    const endLine = lines.lineAt(end);
    if (endLine > line) ranges.push({ startLine: line, endLine, kind: FoldingRangeKind.Comment });
  }
  finishRun();
}

/** Of several ranges that start in one line an editor can show one: the longest. */
function firstPerLine(ranges: readonly FoldingRange[]): FoldingRange[] {
  return ranges.filter((range, at) => at === 0 || ranges[at - 1]!.startLine !== range.startLine);
}
