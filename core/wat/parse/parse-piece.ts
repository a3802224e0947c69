/** From a piece of text to a field with its tree. */
import { annotationProblems } from "../annotations.ts";
import { Field, Scope } from "../field.ts";
import { Node } from "../node.ts";
import type { NodeKind } from "../node.ts";
import type { PlacedProblem } from "../problem.ts";
import { Role } from "../split.ts";
import type { Piece } from "../split.ts";
import { Token } from "../token.ts";
import { Cursor } from "./cursor.ts";
import { field } from "./fields.ts";

/** Parses a piece that starts at `base` in `text`. */
export function parsePiece(piece: Piece, text: string, base: number): Field {
  const flatKind = flatKinds.get(piece.role);
  if (flatKind !== undefined) return made(piece, text, base, flat(piece, flatKind));
  const cursor = new Cursor(piece, text, base);
  if (piece.role === Role.field) field(cursor);
  else if (piece.role === Role.command) command(cursor, piece);
  else stray(cursor, piece);
  const { problems, isDamaged, hints, checkedTypeUses } = cursor;
  const references = cursor.references.length === 0 ? noReferences : new Uint32Array(cursor.references);
  return made(piece, text, base, { nodes: cursor.nodes(), problems, isDamaged, hints, references, checkedTypeUses });
}

/** What parsing finds out about a piece. */
interface Parsed {
  readonly nodes: Uint32Array;
  readonly problems: readonly PlacedProblem[];
  readonly isDamaged: boolean;
  readonly hints: number;
  readonly references: Uint32Array;
  readonly checkedTypeUses: readonly number[];
}

const noReferences = new Uint32Array(0);
const noNodes: readonly number[] = [];

/** Pieces with nothing inside, which are half of what small texts consist of. */
const flatKinds: ReadonlyMap<Role, NodeKind> = new Map<Role, NodeKind>([
  [Role.opening, Node.opening],
  [Role.closing, Node.closing],
  [Role.end, Node.stray],
]);

function flat({ tags, problems }: Piece, kind: NodeKind): Parsed {
  return { nodes: rootOf(kind, tags.length - 1), problems, isDamaged: false, hints: 0, references: noReferences, checkedTypeUses: noNodes };
}

/** Trees of one node, by kind and number of tokens, of which there are few. */
const roots: (Uint32Array | undefined)[][] = [];

/** The tree of one node. */
function rootOf(kind: NodeKind, tokenCount: number): Uint32Array {
  const ofKind = (roots[kind] ??= []);
  return (ofKind[tokenCount] ??= Uint32Array.of(kind, 0, tokenCount, 1, 0));
}

function made(piece: Piece, text: string, base: number, parsed: Parsed): Field {
  const told = worthTelling(parsed);
  const mayBeAnnotated = piece.trivia.length > 0 && piece.problems.length === 0 && annotated.has(piece.role);
  const problems = mayBeAnnotated ? [...told, ...annotationProblems(piece, text, base)] : told;
  return new Field({
    tags: piece.tags,
    spans: piece.spans,
    text: text.slice(base, base + piece.length),
    trivia: piece.trivia,
    nodes: parsed.nodes,
    length: piece.length,
    reach: piece.reach,
    scope: piece.scope,
    hasLexicalProblems: piece.problems.length > 0,
    hidesProblems: told.length < parsed.problems.length,
    problems,
    hints: parsed.hints,
    references: parsed.references,
    checkedTypeUses: parsed.checkedTypeUses,
  });
}

/** Pieces before or in which annotations of modules stand. */
const annotated: ReadonlySet<Role> = new Set([Role.field, Role.closing, Role.end]);

function worthTelling({ problems, isDamaged }: Parsed): readonly PlacedProblem[] {
  if (problems.length === 0) return problems;
  // A string without end has taken the rest of its line.
  const strings = problems.filter(({ code }) => code === "unclosed-string");
  if (strings.length > 0) return strings;
  return isDamaged ? withoutFollowUps(problems) : problems;
}

/** Where parentheses do not match: that, and the first other finding, which is the likeliest to be no mere consequence. */
function withoutFollowUps(problems: readonly PlacedProblem[]): PlacedProblem[] {
  const unclosed = problems.filter(({ code }) => code === "unclosed-paren");
  const first = problems.filter(({ code }) => code !== "unclosed-paren").sort((left, right) => left.start - right.start)[0];
  return first === undefined ? unclosed : [first, ...unclosed];
}

function command(cursor: Cursor, { isClosed }: Piece): void {
  if (!isClosed) cursor.reportUnclosed(0, cursor.describe(0));
  whole(cursor, Node.command);
}

function stray(cursor: Cursor, { scope }: Piece): void {
  if (cursor.problems.length === 0) reportStray(cursor, scope);
  cursor.problems.splice(1);
  whole(cursor, Node.stray);
}

function whole(cursor: Cursor, kind: NodeKind): void {
  const node = cursor.open(kind);
  cursor.at = cursor.tags.length - 1;
  cursor.close(node);
}

/** One message for a run of tokens that belong nowhere, at the first of them. */
function reportStray(cursor: Cursor, scope: Scope): void {
  const first = cursor.tag;
  if (first === Token.broken) return;
  if (first === Token.rightParen)
    return cursor.report("unmatched-paren", "This `)` closes nothing. Remove it, or look for a `)` too many before it.", 0);
  if (first !== Token.leftParen) {
    return cursor.report("unexpected-token", `Expected a field such as \`(func ...)\`, but found ${cursor.describe(0)}.`, 0);
  }
  const second = cursor.peek(1);
  const isNamed = second !== Token.leftParen && second !== Token.rightParen && second !== Token.end;
  if (!isNamed) return cursor.report("unexpected-token", "Expected a field's word such as `func` behind `(`.", 0);
  const where = scope === Scope.top ? "a module or a field" : "a field of a module";
  cursor.report(
    "unexpected-token",
    `\`(${cursor.shortText(1)}\` is not ${where}. Fields are type, rec, import, func, table, memory, global, tag, export, start, elem and data.`,
    1,
  );
}
