/** Values as the user sees them, with what is inside of them. */
import type { ChildRange } from "../child-range.ts";
import type { GoNode } from "./node.ts";

/** A variable, field or element as the user sees it. */
export interface GoShownValue {
  readonly name: string;
  readonly value: string;
  readonly type: string;
  /** Expression that gives the value again; `undefined` where there is none. */
  readonly evaluateName: string | undefined;
  /** Address of a string's bytes or a slice's elements, in hexadecimal. */
  readonly memoryReference: string | undefined;
  /** What is inside; `undefined` where there is nothing. */
  readonly inside: GoInside | undefined;
}

export interface GoInside {
  /** Elements or entries that can be asked for by range. */
  readonly indexedCount: number;
  readonly namedCount: number;
  /** Without a filter the named ones and the elements that were loaded; `range` is for `indexed`. */
  list(filter?: "named" | "indexed", range?: ChildRange): Promise<readonly GoShownValue[]>;
}

/** Writes out a part of a value. `expression`: empty where none gives it again. */
export type ShowNode = (node: GoNode, name: string, expression: string) => Promise<GoShownValue>;
