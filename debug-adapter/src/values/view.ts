import type { DataType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import type { ChildRange } from "./child-range.ts";
import type { TypedValue } from "./parts.ts";
import type { ValueContext } from "./value.ts";

/**
 * What a value of a library's type is for its users, whatever members it is made of: a text, a list, what a smart pointer owns.
 * Expressions go through it too: `v[1]`, `*owner`, `owner->member`.
 */
export type View =
  /** `units` characters of `unitSize` bytes from the start of `first`. */
  | { readonly kind: "text"; readonly first: Variable; readonly units: number; readonly unitSize: number; readonly prefix: string }
  /** Elements by number; `at` makes the ones of a range. `head` is written before them. */
  | { readonly kind: "sequence"; readonly head?: string; readonly count: number; at(range: ChildRange): Promise<readonly Variable[]> }
  /** Elements without a number. */
  | { readonly kind: "set"; readonly count: number; at(range: ChildRange): Promise<readonly Variable[]> }
  | { readonly kind: "map"; readonly count: number; at(range: ChildRange): Promise<readonly MapEntry[]> }
  /** A pointer that is more than an address; without `target` it is null. `others` are what else there is to know of it. */
  | { readonly kind: "pointer"; readonly target: Variable | undefined; readonly address: number; readonly others: readonly Variable[] }
  /**
   * A value that may be missing, or one in a wrapping; `none` is how the language writes that it is missing, `label` how it names the wrapping.
   * `holds`: whether it is there, of types that are asked so.
   */
  | {
      readonly kind: "wrapped";
      readonly inner: Variable | undefined;
      readonly none: string;
      readonly label?: string;
      readonly holds?: boolean;
    }
  | { readonly kind: "tuple"; readonly parts: readonly Variable[] };

export interface MapEntry {
  readonly key: Variable;
  readonly value: Variable;
}

/** What `value` is for the users of its language; `undefined` where it is no more than its members, or where these are damaged. */
export type ViewMaker = (variable: Variable, value: TypedValue, type: DataType, context: ValueContext) => Promise<View | undefined>;
