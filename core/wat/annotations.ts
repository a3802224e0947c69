/**
 * Annotations that mean something for the binary format. Source: WebAssembly 3.0, appendix "Custom Sections and Annotations": "Branch Hint
 * Section"; custom annotations proposal, `(@custom ...)`.
 */
import { ByteWriter } from "#core/bytes/writer.ts";
import type { FieldText } from "./field.ts";
import { Trivia } from "./lexer.ts";
import { stringBytes, stringText } from "./literal-string.ts";
import type { PlacedProblem } from "./problem.ts";

/** Offsets count UTF-16 units in the text. */
export interface Annotation {
  /** What follows `(@`, without quotes. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Strings, words and parentheses inside, comments left out. */
  readonly tokens: readonly { readonly text: string; readonly start: number; readonly end: number }[];
}

export const branchHintName = "metadata.code.branch_hint";

const known: ReadonlySet<string> = new Set(["custom", branchHintName]);

const head = /\(@(?:"((?:[^"\\\n]|\\.)*)"|([^\s()";,[\]{}]+))/y;
const lexeme = /;;[^\n\r]*|\(;|"(?:[^"\\\n]|\\[^])*"|[()]|[^\s()";]+/g;
const commentEdge = /\(;|;\)/g;

/** The annotations of a piece that are known, before and between its tokens. Their text must have no lexical problem. */
export function annotationsOf(text: string, base: number, trivia: ArrayLike<number>): readonly Annotation[] {
  const found: Annotation[] = [];
  for (let at = 0; at < trivia.length; at += 3) {
    if (trivia[at] !== Trivia.annotation) continue;
    const start = base + trivia[at + 1]!;
    const end = base + trivia[at + 2]!;
    head.lastIndex = start;
    const match = head.exec(text);
    const name = match?.[1] ?? match?.[2];
    if (match === null || name === undefined || !known.has(name)) continue;
    const from = start + match[0].length;
    const tokens = tokensIn(text, from, end - 1);
    found.push({ name, start, end, tokens });
  }
  return found;
}

/** What stands between two offsets, without comments. */
function tokensIn(text: string, from: number, end: number): Annotation["tokens"] {
  const tokens: Annotation["tokens"][number][] = [];
  lexeme.lastIndex = from;
  for (let match = lexeme.exec(text); match !== null && match.index < end; match = lexeme.exec(text)) {
    const [token] = match;
    if (token === "(;") lexeme.lastIndex = commentEnd(text, match.index);
    else if (!token.startsWith(";;")) tokens.push({ text: token, start: match.index, end: match.index + token.length });
  }
  return tokens;
}

/** Offset behind the comment that starts at an offset; comments nest. */
function commentEnd(text: string, start: number): number {
  commentEdge.lastIndex = start;
  let depth = 0;
  for (let edge = commentEdge.exec(text); edge !== null; edge = commentEdge.exec(text)) {
    depth += edge[0] === "(;" ? 1 : -1;
    if (depth === 0) return commentEdge.lastIndex;
  }
  return text.length;
}

/** Whether a branch is likely; `undefined` where the hint is malformed. */
export function branchHint(text: string, { tokens }: Annotation): 0 | 1 | undefined {
  const [token, ...more] = tokens;
  if (token === undefined || more.length > 0 || !token.text.startsWith('"')) return undefined;
  const bytes = stringBytes(text, token.start, token.end);
  return bytes.length === 1 && (bytes[0] === 0 || bytes[0] === 1) ? bytes[0] : undefined;
}

/** A custom section that is written as an annotation. */
export interface CustomAnnotation {
  readonly name: string;
  readonly side: "before" | "after";
  /** Word of a section as the annotation has it, or `first`, `last`. */
  readonly section: string;
  readonly bytes: Uint8Array;
}

const places: Readonly<Record<string, readonly string[]>> = {
  before: ["first", "type", "import", "func", "table", "memory", "tag", "global", "export", "start", "elem", "datacount", "code", "data"],
  after: ["last", "type", "import", "func", "table", "memory", "tag", "global", "export", "start", "elem", "datacount", "code", "data"],
};

/** `(@custom "name" (before section)? "bytes" ...)`; `undefined` where it is malformed. */
export function customAnnotation(text: string, { tokens }: Annotation): CustomAnnotation | undefined {
  const [first, ...rest] = tokens;
  const name = first?.text.startsWith('"') === true ? stringText(text, first.start, first.end) : undefined;
  if (name === undefined) return undefined;
  let side: "before" | "after" = "after";
  let section = "last";
  if (rest[0]?.text === "(") {
    const [, word, place, close] = rest.splice(0, 4);
    if ((word?.text !== "before" && word?.text !== "after") || place === undefined || close?.text !== ")") return undefined;
    side = word.text;
    section = place.text;
    if (!places[side]!.includes(section)) return undefined;
  }
  if (!rest.every((token) => token.text.startsWith('"'))) return undefined;
  const bytes = new ByteWriter();
  for (const token of rest) bytes.bytes(stringBytes(text, token.start, token.end));
  return { name, side, section, bytes: bytes.finish() };
}

/** A piece as far as annotations hang on it. */
interface AnnotatedPiece {
  readonly trivia: ArrayLike<number>;
  /** Start and end of each token, from the start of the piece. */
  readonly spans: ArrayLike<number>;
}

/** What is wrong with the annotations of a piece that starts at `base`; offsets count from there. */
export function annotationProblems(piece: AnnotatedPiece, text: string, base: number): readonly PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const targets = new Set<number>();
  for (const annotation of annotationsOf(text, base, piece.trivia)) {
    const report = (message: string): void => {
      problems.push({ code: "bad-annotation", message, start: annotation.start - base, end: annotation.end - base });
    };
    if (annotation.name === "custom") {
      if (isInside(piece, base, annotation)) report("A custom section is written between the fields of a module.");
      else if (customAnnotation(text, annotation) === undefined)
        report(
          'A custom section is written `(@custom "name" (after code) "bytes" ...)`; the place may be left out, or be `before` a section.',
        );
      continue;
    }
    const target = tokenBehind(piece, text, base, annotation.end);
    if (branchHint(text, annotation) === undefined) report('A branch hint is `"\\00"` for unlikely or `"\\01"` for likely.');
    else if (target === undefined) report("A branch hint stands right before an `if` or `br_if`.");
    else if (targets.has(target)) report("This branch has a hint already.");
    if (target !== undefined) targets.add(target);
  }
  return problems;
}

function isInside({ spans }: AnnotatedPiece, base: number, annotation: Annotation): boolean {
  return spans.length > 0 && annotation.start >= base + spans[0]!;
}

/** Offset of the `if` or `br_if` that starts right behind an offset, in parentheses or not. */
function tokenBehind({ spans }: AnnotatedPiece, text: string, base: number, offset: number): number | undefined {
  let low = 0;
  let high = spans.length >> 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (base + spans[2 * middle]! < offset) low = middle + 1;
    else high = middle;
  }
  const isParen = 2 * low < spans.length && text[base + spans[2 * low]!] === "(";
  const token = isParen ? low + 1 : low;
  if (2 * token >= spans.length) return undefined;
  const start = base + spans[2 * token]!;
  const word = text.slice(start, base + spans[2 * token + 1]!);
  return word === "if" || word === "br_if" ? start : undefined;
}

/** The custom sections that are written before a field. */
export function customAnnotationsBefore({ field, text, base }: FieldText): readonly CustomAnnotation[] {
  return annotationsOf(text, base, field.trivia).flatMap((annotation) => {
    const custom = annotation.name !== "custom" || isInside(field, base, annotation) ? undefined : customAnnotation(text, annotation);
    return custom ?? [];
  });
}

/** The hints in a field: where the text of the branch begins that each is for, and whether it is likely. */
export function branchHintsIn({ field, text, base }: FieldText): readonly { readonly target: number; readonly hint: 0 | 1 }[] {
  return annotationsOf(text, base, field.trivia).flatMap((annotation) => {
    const hint = annotation.name === branchHintName ? branchHint(text, annotation) : undefined;
    const target = hint === undefined ? undefined : tokenBehind(field, text, base, annotation.end);
    return hint === undefined || target === undefined ? [] : { target, hint };
  });
}
