/**
 * Types of operands whose value does not matter, as `len`, `cap` and the functions of package unsafe take them in constants: variables,
 * composite literals, conversions, literals, and what fields and elements of these are.
 */
import type { TypeNode } from "../source/syntax.ts";
import { tokenKind as kind, type Tokens } from "../source/tokens.ts";
import { TypeParser } from "../source/type-parser.ts";
import { underlying, type GoType } from "./types.ts";
import { predeclaredTypes } from "./universe.ts";

export interface OperandScope {
  readonly tokens: Tokens;
  type(node: TypeNode): GoType;
  /** The type of a variable of a package; undefined for anything else. */
  variable(packageName: string | undefined, name: string): GoType | undefined;
}

/** A type, and the index of the token behind what has it. */
export interface Operand {
  readonly type: GoType;
  readonly next: number;
}

const literalTypes = new Map<number, string>([
  [kind.int, "int"],
  [kind.float, "float64"],
  [kind.imaginary, "complex128"],
  [kind.rune, "int32"],
  [kind.string, "string"],
]);

/** Selectors and indices behind an operand are followed this far. */
const maximalParts = 100;

/** The operand that begins at the token `at`; undefined where its type is not told by what is looked at here. */
export function operandAt(at: number, scope: OperandScope): Operand | undefined {
  let operand = literalAt(at, scope) ?? variableAt(at, scope) ?? compositeAt(at, scope);
  for (let parts = 0; operand !== undefined && parts < maximalParts; parts++) {
    const part = partOf(operand, scope.tokens);
    if (part === undefined) return operand;
    operand = part === "unknown" ? undefined : part;
  }
  return operand;
}

function literalAt(at: number, { tokens }: OperandScope): Operand | undefined {
  const name = literalTypes.get(tokens.kinds[at] ?? kind.eof);
  const type = name === undefined ? undefined : predeclaredTypes.get(name);
  return type === undefined ? undefined : { type, next: at + 1 };
}

function variableAt(at: number, scope: OperandScope): Operand | undefined {
  const { tokens } = scope;
  if (tokens.kinds[at] !== kind.name) return undefined;
  const text = (index: number): string => tokens.text.slice(tokens.starts[index], tokens.ends[index]);
  const own = scope.variable(undefined, text(at));
  if (own !== undefined) return { type: own, next: at + 1 };
  if (tokens.kinds[at + 1] !== kind.dot || tokens.kinds[at + 2] !== kind.name) return undefined;
  const imported = scope.variable(text(at), text(at + 2));
  return imported === undefined ? undefined : { type: imported, next: at + 3 };
}

/** `T{…}` and `T(…)`. */
function compositeAt(at: number, scope: OperandScope): Operand | undefined {
  const { tokens } = scope;
  const counts =
    tokens.kinds[at] === kind.openBracket && tokens.kinds[at + 1] === kind.ellipsis && tokens.kinds[at + 2] === kind.closeBracket;
  const parser = new TypeParser(tokens);
  parser.at = counts ? at + 3 : at;
  if (!parser.startsType()) return undefined;
  const node = parser.type();
  const open = parser.at;
  const close = tokens.matches[open] ?? -1;
  const isLiteral = tokens.kinds[open] === kind.openBrace;
  if (close < 0 || !(isLiteral || (tokens.kinds[open] === kind.openParen && !counts))) return undefined;
  const type = scope.type(node);
  if (!counts) return { type, next: close + 1 };
  const length = elementsBetween(tokens, open, close);
  return length === undefined ? undefined : { type: { kind: "array", length: BigInt(length), element: type }, next: close + 1 };
}

/** How many elements a composite literal lists; undefined where one has a key. */
function elementsBetween(tokens: Tokens, open: number, close: number): number | undefined {
  let count = 0;
  let isBehindComma = true;
  for (let at = open + 1; at < close; at++) {
    const token = tokens.kinds[at]!;
    if (token === kind.colon) return undefined;
    if (token === kind.comma) isBehindComma = true;
    else if (isBehindComma && token !== kind.semicolon) {
      count++;
      isBehindComma = false;
    }
    const match = tokens.matches[at]!;
    if (match > at) at = match;
  }
  return count;
}

/** The field or element that is named behind an operand; undefined where nothing is. */
function partOf({ type, next }: Operand, tokens: Tokens): Operand | "unknown" | undefined {
  const value = pointedTo(type);
  if (tokens.kinds[next] === kind.dot) {
    const name = tokens.text.slice(tokens.starts[next + 1], tokens.ends[next + 1]);
    const field = value.kind === "struct" ? value.fields.find((candidate) => candidate.name === name) : undefined;
    return field === undefined ? "unknown" : { type: field.type, next: next + 2 };
  }
  if (tokens.kinds[next] !== kind.openBracket) return undefined;
  const close = tokens.matches[next]!;
  return close < 0 || (value.kind !== "array" && value.kind !== "slice") ? "unknown" : { type: value.element, next: close + 1 };
}

/** Behind a pointer, which selectors, indices, `len` and `cap` follow. */
export function pointedTo(type: GoType): GoType {
  const direct = underlying(type);
  return direct.kind === "pointer" ? underlying(direct.element) : direct;
}
