import type { Variable } from "../symbols/module-symbols.ts";
import type { ChildRange } from "./child-range.ts";
import type { MemoryReader } from "./memory.ts";

export type { ChildRange } from "./child-range.ts";

/** What a value may ask for while it is written out. */
export interface ValueContext {
  readonly memory: MemoryReader;
  readonly limits: ValueLimits;
  /** Name of the function at an index of the module's table, which is what a function pointer holds. */
  readonly functionName?: (tableIndex: number) => Promise<string | undefined>;
}

/** The launch attributes of the same names. */
export interface ValueLimits {
  /** Characters of a string. */
  readonly maxStringLen: number;
  /** Elements of an array. */
  readonly maxArrayValues: number;
}

/** A value as the user sees it. */
export interface FormattedValue {
  readonly value: string;
  /** As the language spells it. */
  readonly type?: string;
  /** Members or elements; absent where there are none. */
  readonly children?: (range?: ChildRange) => Promise<readonly Child[]>;
  /** Elements that can be asked for by range, where the children are such. */
  readonly indexedCount?: number;
  /** Address of the value, or of what a pointer points to, in hexadecimal. */
  readonly memoryReference?: string;
}

export interface Child {
  readonly variable: Variable;
  readonly access: Access;
}

/** How an expression gets from a value to its child. */
export type Access =
  | { readonly kind: "member"; readonly name: string; readonly through: "value" | "pointer" }
  | { readonly kind: "index"; readonly index: number }
  /** Of a map; `text` is as it is written between double quotes. */
  | { readonly kind: "key"; readonly text: string }
  | { readonly kind: "dereference" }
  /** A base class: its members are members of the value. */
  | { readonly kind: "base" }
  /** No expression leads there. */
  | { readonly kind: "none" };

/** Expression of a child, given that of its parent; what "Add to Watch" takes. `undefined`: there is none. */
export function childExpression(parent: string, access: Access): string | undefined {
  switch (access.kind) {
    case "member":
      return `${postfixed(parent)}${access.through === "pointer" ? "->" : "."}${access.name}`;
    case "index":
      return `${postfixed(parent)}[${access.index}]`;
    case "key":
      return `${postfixed(parent)}["${access.text}"]`;
    case "dereference":
      return `*${parent}`;
    case "base":
      return parent;
    case "none":
      return undefined;
  }
}

/** Member access and index bind tighter than `*`. */
const postfixed = (expression: string): string => (expression.startsWith("*") ? `(${expression})` : expression);

/** Why a value has no such child, in words for the user. */
export class ValueError extends Error {}
