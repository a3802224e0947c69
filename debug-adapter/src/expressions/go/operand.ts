/** What an expression's parts are while it is evaluated. */
import type { GoType } from "#core/go/layouts/go-type.ts";
import type { GoConstant } from "./constants.ts";

export type GoOperand = GoValueOperand | { readonly kind: "constant"; readonly constant: GoConstant } | { readonly kind: "nil" };

/** A value with a type. One that was calculated lies in memory that only the evaluation has. */
export interface GoValueOperand {
  readonly kind: "value";
  /** Of the variable or field; empty for elements, what a pointer points to, and results. */
  readonly name: string;
  readonly type: GoType;
  readonly address: number;
  /** It was written as a constant's name: that is not told again with its value. */
  readonly named?: true;
  /** A constant that is larger than its type, which is that of the largest integers. */
  readonly exact?: bigint;
  /** Entries of a map that are passed over: `m[10:]`. */
  readonly skip?: number;
  /** Of a pointer that `&` made: name of the variable. */
  readonly targetName?: string;
  /** A pointer that became an `unsafe.Pointer`. */
  readonly cast?: true;
  /** What was named as a function. */
  readonly func?: GoNamedFunction;
}

export interface GoNamedFunction {
  /** As in the function table. */
  readonly name: string;
  /** What a method was selected of. */
  readonly receiver?: GoValueOperand;
  /** Of an interface that holds the receiver. */
  readonly throughInterface?: string;
}
