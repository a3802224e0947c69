/**
 * Expressions of Go as a list in postfix order: operands first, then what is done with them. Whoever evaluates or compiles one goes through
 * the list once and keeps operands on a stack of its own, so that no nesting is too deep.
 *
 * Two things need a look ahead, for which every node knows where its operands begin: what a call calls may be a type (a conversion) or a
 * builtin, and the right operand of `&&` and `||` may not be evaluated.
 */
import type { GoRational } from "./rational.ts";

export interface GoExpression {
  readonly text: string;
  /** The last one is the whole expression. */
  readonly nodes: readonly GoNode[];
}

export type GoNode = GoNodePlace &
  (
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "literal"; readonly literal: GoLiteral }
    /** What can be nothing but a type, such as `[]byte`; spelled as in {@link GoTypeText}. */
    | { readonly kind: "type"; readonly type: GoTypeText }
    /** One operand. */
    | { readonly kind: "paren" }
    /** One operand: `x.name`. The operand may be the name of a package, or its path as a string literal. */
    | { readonly kind: "select"; readonly name: string }
    /** One operand: `x.(type)`; without a type it was `x.(data)`, which takes whatever the interface holds. */
    | { readonly kind: "assert"; readonly type: GoTypeText | undefined }
    /** The indexed value and `count` indices: more than one only for an instance of a generic type. */
    | { readonly kind: "index"; readonly count: number }
    /** The sliced value and those bounds that are there, in order of the text. */
    | { readonly kind: "slice"; readonly low: boolean; readonly high: boolean; readonly max: boolean }
    /** What is called and `count` arguments. */
    | { readonly kind: "call"; readonly count: number }
    | { readonly kind: "unary"; readonly operator: GoUnaryOperator }
    | { readonly kind: "binary"; readonly operator: GoBinaryOperator }
    /** The type, and one operand for each element; `keys` are the names of fields before a colon. */
    | { readonly kind: "composite"; readonly keys: readonly (string | undefined)[] }
  );

export interface GoNodePlace {
  /** Index of the first node that belongs to this one's operands; its own where it has none. */
  readonly start: number;
}

export type GoLiteral =
  | { readonly kind: "int" | "rune"; readonly value: bigint }
  | { readonly kind: "float" | "imaginary"; readonly value: GoRational }
  /** UTF-8, but for bytes that the literal writes as such. */
  | { readonly kind: "string"; readonly value: Uint8Array };

/** A type as debug information spells it, but with packages as the user does: `map[string]*shapes.Point`, `interface {}`. */
export type GoTypeText = string;

export type GoUnaryOperator = "+" | "-" | "!" | "^" | "*" | "&" | "<-" | "~";

export const goPrecedence = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  "+": 4,
  "-": 4,
  "|": 4,
  "^": 4,
  "*": 5,
  "/": 5,
  "%": 5,
  "<<": 5,
  ">>": 5,
  "&": 5,
  "&^": 5,
} as const;

export type GoBinaryOperator = keyof typeof goPrecedence;

/** How many operands a node has. */
export function operandCount(node: GoNode): number {
  switch (node.kind) {
    case "name":
    case "literal":
    case "type":
      return 0;
    case "paren":
    case "select":
    case "assert":
    case "unary":
      return 1;
    case "binary":
      return 2;
    case "index":
    case "call":
      return node.count + 1;
    case "slice":
      return 1 + Number(node.low) + Number(node.high) + Number(node.max);
    case "composite":
      return node.keys.length + 1;
  }
}

/** Indices of a node's operands, first to last. */
export function operandsOf(nodes: readonly GoNode[], index: number): number[] {
  const found: number[] = [];
  let at = index - 1;
  for (let left = operandCount(nodes[index]!); left > 0; left--) {
    found.push(at);
    at = nodes[at]!.start - 1;
  }
  return found.reverse();
}
