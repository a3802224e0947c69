/** A Go value as far as it has been read. */
import type { GoType } from "#core/go/layouts/go-type.ts";

/**
 * Loading goes down a few levels and leaves the rest for when the user opens it; so a value may know no more than its address.
 * The rules what is loaded are Delve's (pkg/proc/variables.go), as its users know the texts that come of them.
 */
export interface GoNode {
  /** Of a variable or field; empty for elements and what a pointer points to. */
  name: string;
  readonly type: GoType;
  /** 0: nowhere, as behind a nil pointer. */
  readonly address: number;
  /** A variable in an inner block has the same name. */
  shadowed: boolean;
  /** It was left out because enough levels have been loaded. */
  onlyAddress: boolean;
  /** Why its memory could not be read. */
  unreadable: string | undefined;
  /** Of the elements of a slice or array, the bytes of a string, the struct behind a map or channel; 0: nil. */
  base: number;
  /** Elements, fields, bytes of a string. */
  length: number;
  capacity: number;
  /** Text of a scalar, name of a function, contents of a string (see {@link bytes}); `undefined` where there is none or it is not loaded. */
  text: string | undefined;
  /** Bytes of a string, as many as were loaded. */
  bytes: Uint8Array | undefined;
  /** Of an integer. */
  number: bigint | undefined;
  /** Function of a closure that has captured something; what that is has to be asked for. */
  undescribed: string | undefined;
  /** Fields, elements, keys and values in turn, the one thing that a pointer or interface holds. */
  children: GoNode[];
}

export function newNode(name: string, type: GoType, address: number): GoNode {
  return {
    name,
    type,
    address,
    shadowed: false,
    onlyAddress: false,
    unreadable: undefined,
    base: type.kind === "array" ? address : 0,
    length: type.kind === "array" ? type.length : 0,
    capacity: type.kind === "array" ? type.length : 0,
    text: undefined,
    bytes: undefined,
    number: undefined,
    undescribed: undefined,
    children: [],
  };
}
