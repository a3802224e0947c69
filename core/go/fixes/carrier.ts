/**
 * How a Go value gets over the border when its own type may not: as which parameters, which result, which memory of the
 * host, and the Go expressions that turn the one into the other.
 */
import type { GoType } from "../types/types.ts";

/** Statements before and after the call, and the expressions in between. */
export interface Passage {
  readonly before: readonly string[];
  readonly values: readonly string[];
  readonly after: readonly string[];
}

/** One of the values that stand for a Go value; `suffix` is added to its name. */
export interface Part {
  readonly suffix: string;
  readonly type: string;
}

export interface Form {
  readonly parts: readonly Part[];
  /** From names of the parts to one Go expression. */
  toGo(names: readonly string[]): Passage;
  /** From the name of a Go variable to the parts. */
  toHost(name: string): Passage;
  /** What goes to the host is an address: the variable must live as long as the host uses it. */
  readonly lends: boolean;
}

export interface Carrier {
  /** Go source of the type in the original signature. */
  readonly type: string;
  readonly parameter: Form;
  /** With one part. */
  readonly result: Form;
  /** Parts that have a place in the host's memory. */
  readonly memory: Form;
}

/** A value that needs a carrier. */
export interface Value {
  readonly type: GoType;
  /** Go source of the type, `[]T` for `...T`. */
  readonly text: string;
  /** The name of its variable, which handles are named after. */
  readonly name: string;
}

export function pass(...values: string[]): Passage {
  return { before: [], values, after: [] };
}

/** A form of one part that an expression turns into the Go value, and another one back. */
export function convertedForm(type: string, toGo: (name: string) => string, toHost: (name: string) => string, lends = false): Form {
  return {
    parts: [{ suffix: "", type }],
    toGo: ([name]) => pass(toGo(name!)),
    toHost: (name) => pass(toHost(name)),
    lends,
  };
}

/** The value crosses as it is. */
export function sameForm(type: string): Form {
  return convertedForm(
    type,
    (name) => name,
    (name) => name,
  );
}
