/** What the parser of C-like expressions gives: an expression in postfix order, operands first, then what is done with them. Its evaluation needs no recursion. */
import type { Language } from "../symbols/module-symbols.ts";

export type Step =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "literal"; readonly literal: Literal }
  /** `.blue` of Zig: the enumerator of whatever enum is meant. */
  | { readonly kind: "enumerator"; readonly name: string }
  /** `.name` and `->name`: the member of a struct, or of what a pointer points to. */
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "index" }
  /** `a[1..3]`: operands are what is cut, and those of the bounds that are written. */
  | { readonly kind: "slice"; readonly from: boolean; readonly to: boolean; readonly inclusive: boolean }
  | { readonly kind: "unary"; readonly operator: UnaryOperator }
  | { readonly kind: "binary"; readonly operator: BinaryOperator }
  /** `a ? b : c` */
  | { readonly kind: "conditional" }
  /** `how`: of Zig's `@as`, which takes what fits, the low bits of what is truncated, or the same bits. */
  | { readonly kind: "cast"; readonly type: TypeSyntax; readonly how?: CheckedCast }
  /** Of Zig; `count` operands. */
  | { readonly kind: "builtin"; readonly name: string; readonly count: number }
  | { readonly kind: "size-of" }
  | { readonly kind: "size-of-type"; readonly type: TypeSyntax }
  /** `operator`: of `+=` and its like. */
  | { readonly kind: "assign"; readonly operator: BinaryOperator | undefined }
  /** `++` and `--`; `isPrefix`: the value is that after the change. */
  | { readonly kind: "increment"; readonly operator: "+" | "-"; readonly isPrefix: boolean }
  /**
   * Between the operands of `&&`, `||` and `?:` where something happens in an expression: what does not matter is left out. `end`: the step that goes
   * on then, behind an operand without a value. `when`: what the condition is then; `depth`: how far below the top it lies.
   */
  | { readonly kind: "guard"; readonly when: boolean; readonly depth: 0 | 1; readonly end: number }
  /** `v.size()`: a method by whose name libraries tell what is in a value, which is known without a call. */
  | { readonly kind: "query"; readonly method: string }
  /** `count` arguments; below them lies what is called, or the object whose method `method` is. */
  | { readonly kind: "call"; readonly count: number; readonly method: string | undefined };

export type CheckedCast = "fits" | "truncate" | "bits";

/** `type`: written behind the number, or that of a character; `undefined`: what the language takes for such a number. */
export type Literal =
  | { readonly kind: "number"; readonly value: bigint | number; readonly type: string | undefined; readonly isDecimal: boolean }
  | { readonly kind: "character"; readonly value: bigint; readonly type: string }
  | { readonly kind: "string"; readonly bytes: Uint8Array };

/** A type as it is written in an expression. */
export interface TypeSyntax {
  /** Without what makes a pointer to it. */
  readonly name: string;
  readonly pointers: number;
}

export type UnaryOperator = "*" | "&" | "-" | "+" | "!" | "~";
export type BinaryOperator = keyof typeof cPrecedence;

const cPrecedence = {
  "||": 3,
  "&&": 4,
  "|": 5,
  "^": 6,
  "&": 7,
  "==": 8,
  "!=": 8,
  "<": 9,
  "<=": 9,
  ">": 9,
  ">=": 9,
  "<<": 10,
  ">>": 10,
  "@": 11,
  "+": 12,
  "-": 12,
  "*": 13,
  "/": 13,
  "%": 13,
} as const;

/** In Rust and Zig operators on bits bind tighter than comparisons (Rust reference, "Expression precedence"). */
const bitsFirst: Partial<Record<BinaryOperator, number>> = { "|": 9.2, "^": 9.4, "&": 9.6, "==": 9, "!=": 9 };

/** Assignments, and `?:`, bind weaker than all binary operators. */
export const precedence = { assignment: 1, conditional: 2, cast: 14 } as const;

export const isBinary = (text: string): text is BinaryOperator => Object.hasOwn(cPrecedence, text);

export function precedenceOf(operator: BinaryOperator, language: Language): number {
  const own = language === "rust" || language === "zig" ? bitsFirst[operator] : undefined;
  return own ?? cPrecedence[operator];
}

/** How many values a step takes. */
export function operandCount(step: Step): number {
  switch (step.kind) {
    case "name":
    case "literal":
    case "enumerator":
    case "size-of-type":
    case "guard":
      return 0;
    case "member":
    case "unary":
    case "cast":
    case "size-of":
    case "increment":
    case "query":
      return 1;
    case "index":
    case "binary":
    case "assign":
      return 2;
    case "conditional":
      return 3;
    case "slice":
      return 1 + Number(step.from) + Number(step.to);
    case "builtin":
      return step.count;
    case "call":
      return 1 + step.count;
  }
}

/** Whether the evaluation changes the program, or may: a query of a value that is not a library's is a call. */
export const hasEffects = (steps: readonly Step[]): boolean => isForConsole(steps) || steps.some(({ kind }) => kind === "query");

/** Whether it has no place where nothing may change. */
export const isForConsole = (steps: readonly Step[]): boolean =>
  steps.some(({ kind }) => kind === "assign" || kind === "increment" || kind === "call");
