/**
 * The types of a module: which are equal, and which are below which.
 * Source: WebAssembly 3.0, 3.1 "Conventions" (rolling and unrolling) and 3.3 "Matching".
 */
import { firstDefinedHeap, Heap, heapOf, isNullable, isReference, typeText } from "./value-type.ts";
import type { HeapType, ValueType } from "./value-type.ts";

export interface FunctionType {
  readonly params: Int32Array;
  readonly results: Int32Array;
}

/** A field of a struct, or what an array holds. */
export interface FieldType {
  readonly type: ValueType;
  readonly mutable: boolean;
}

export type CompositeType =
  | ({ readonly kind: "func" } & FunctionType)
  | { readonly kind: "struct"; readonly fields: readonly FieldType[] }
  | { readonly kind: "array"; readonly element: FieldType }
  | { readonly kind: "cont"; readonly type: number }
  /** A definition that could not be read; nothing is known of it. */
  | { readonly kind: "unknown" };

/**
 * A definition. While a table is built, types refer to definitions by `firstDefinedHeap` plus the index of the definition; the table turns
 * indices into identities.
 */
export interface SubType {
  readonly composite: CompositeType;
  readonly isFinal: boolean;
  /** Indices of the types that it extends. */
  readonly supertypes: readonly number[];
}

const none = new Int32Array(0);

/** Types that a message lists; of more it only says how many. */
const listLimit = 12;

/**
 * Types that a module defines, then those that its functions have without a definition. Equal types share one identity, the index of the
 * first of them.
 */
export class TypeTable {
  /** Number of types that are written as such. */
  readonly definedCount: number;
  readonly #types: SubType[] = [];
  /** Identity of each index. */
  readonly #identities: number[] = [];
  readonly #groups = new Map<string, number>();
  /** Answers of {@link isBelow}: chains may be long, and are asked about again and again. */
  #below: Map<number, boolean> | undefined;
  readonly #names: readonly (string | undefined)[];

  /** `groups`: the definitions of each recursion group in order. `names`: `$name` by index, for messages. */
  constructor(groups: readonly (readonly SubType[])[], names: readonly (string | undefined)[]) {
    this.#names = names;
    for (const group of groups) this.#addGroup(group);
    this.definedCount = this.#types.length;
  }

  #addGroup(group: readonly SubType[]): void {
    const start = this.#types.length;
    const end = start + group.length;
    const key = group.map((type) => this.#keyOf(type, start, end)).join(";");
    const known = this.#groups.get(key);
    const first = known ?? start;
    if (known === undefined) this.#groups.set(key, start);
    for (let at = 0; at < group.length; at++) this.#identities.push(first + at);
    for (const type of group) this.#types.push(this.#closed(type));
  }

  /** A definition written so that equal ones are equal texts: what is inside the group counts from its start. */
  #keyOf({ composite, isFinal, supertypes }: SubType, start: number, end: number): string {
    const index = (at: number): string => (at >= start && at < end ? `.${at - start}` : String(this.#identities[at] ?? "?"));
    const value = (type: ValueType): string =>
      isReference(type) && heapOf(type) >= firstDefinedHeap ? `${type & 7}:${index(heapOf(type) - firstDefinedHeap)}` : String(type);
    const field = ({ type, mutable }: FieldType): string => `${mutable ? "m" : ""}${value(type)}`;
    const parents = supertypes.map(index).join(",");
    return `${isFinal ? "f" : ""}(${parents})${compositeKey(composite, value, field, index)}`;
  }

  /** The definition with identities in place of indices. Must be called when the identities of its group are known. */
  #closed({ composite, isFinal, supertypes }: SubType): SubType {
    const value = (type: ValueType): ValueType => {
      if (!isReference(type) || heapOf(type) < firstDefinedHeap) return type;
      const identity = this.#identities[heapOf(type) - firstDefinedHeap];
      return identity === undefined ? 0 : ((firstDefinedHeap + identity) << 3) | (type & 7);
    };
    const field = ({ type, mutable }: FieldType): FieldType => ({ type: value(type), mutable });
    const parents = supertypes.map((at) => this.#identities[at] ?? -1);
    switch (composite.kind) {
      case "func":
        return { composite: { kind: "func", params: composite.params.map(value), results: composite.results.map(value) }, isFinal, supertypes: parents }; // prettier-ignore
      case "struct":
        return { composite: { kind: "struct", fields: composite.fields.map(field) }, isFinal, supertypes: parents };
      case "array":
        return { composite: { kind: "array", element: field(composite.element) }, isFinal, supertypes: parents };
      case "cont":
        return { composite: { kind: "cont", type: this.#identities[composite.type] ?? -1 }, isFinal, supertypes: parents };
      case "unknown":
        return { composite, isFinal, supertypes: parents };
    }
  }

  /** Whether there are continuation types, and so tags that are no exceptions. */
  get hasContinuations(): boolean {
    return this.#types.some(({ composite }) => composite.kind === "cont");
  }

  /** Identity of the type with an index among the definitions; `undefined` beyond them. */
  identityOf(index: number): number | undefined {
    return index < this.definedCount ? this.#identities[index] : undefined;
  }

  /** Identity of a function type that is used without being named: that of an equal definition, or a new one. Types hold identities. */
  functionType(params: Int32Array, results: Int32Array): number {
    const key = `f()${compositeKey({ kind: "func", params, results }, asIdentity, String, String)}`;
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const identity = this.#types.length;
    this.#groups.set(key, identity);
    this.#identities.push(identity);
    this.#types.push({ composite: { kind: "func", params, results }, isFinal: true, supertypes: [] });
    return identity;
  }

  composite(identity: number): CompositeType {
    return this.#types[identity]?.composite ?? unknown;
  }

  definition(identity: number): SubType | undefined {
    return this.#types[identity];
  }

  /** The function type with an identity; `undefined` where it is another kind of type. */
  function(identity: number): FunctionType | undefined {
    const composite = this.composite(identity);
    return composite.kind === "func" ? composite : undefined;
  }

  /** The function type of a continuation type. */
  continuation(identity: number): FunctionType | undefined {
    const composite = this.composite(identity);
    return composite.kind === "cont" ? this.function(composite.type) : undefined;
  }

  /** Whether a value of type `actual` can stand where `expected` is asked for. */
  matches(actual: ValueType, expected: ValueType): boolean {
    if (actual === expected || actual === 0 || expected === 0) return true;
    if (!isReference(actual) || !isReference(expected)) return false;
    if (isNullable(actual) && !isNullable(expected)) return false;
    return this.heapMatches(heapOf(actual), heapOf(expected));
  }

  heapMatches(actual: HeapType, expected: HeapType): boolean {
    if (actual === expected || actual === Heap.bottom) return true;
    if (expected >= firstDefinedHeap && this.composite(expected - firstDefinedHeap).kind === "unknown") return true;
    if (actual < firstDefinedHeap) return abstractMatches(actual, expected, expected < firstDefinedHeap ? expected : this.topOf(expected));
    const identity = actual - firstDefinedHeap;
    if (expected < firstDefinedHeap) {
      const { kind } = this.composite(identity);
      return kind === "unknown" || isAbove(expected, Heap[kind]);
    }
    return this.isBelow(identity, expected - firstDefinedHeap);
  }

  /** Whether a defined type is another one, or extends it. */
  isBelow(identity: number, other: number): boolean {
    const key = identity * 2 ** 26 + other;
    this.#below ??= new Map<number, boolean>();
    const known = this.#below.get(key);
    if (known !== undefined) return known;
    const below = this.#walkUp(identity, other);
    this.#below.set(key, below);
    return below;
  }

  #walkUp(identity: number, other: number): boolean {
    // A supertype stands before its subtypes, except in wrong modules, where the chain could be a ring.
    for (let at = identity; ;) {
      if (at === other || this.composite(at).kind === "unknown") return true;
      const next = this.#types[at]?.supertypes[0];
      if (next === undefined || next >= at) return false;
      at = next;
    }
  }

  /** The top of the hierarchy that a heap type belongs to. */
  topOf(heap: HeapType): HeapType {
    if (heap < firstDefinedHeap) return tops[heap]!;
    const { kind } = this.composite(heap - firstDefinedHeap);
    if (kind === "unknown") return Heap.bottom;
    return tops[Heap[kind]]!;
  }

  /** A type as the text format writes it, with the names of the module. */
  text(type: ValueType): string {
    return typeText(type, (identity) => this.nameOf(identity));
  }

  /** Types in brackets, as the specification writes what an instruction takes. */
  listText(types: ArrayLike<ValueType>): string {
    const shown = Array.from({ length: Math.min(types.length, listLimit) }, (_, at) => this.text(types[at]!));
    if (types.length > listLimit) shown.push(`… ${types.length - listLimit} more`);
    return `[${shown.join(" ")}]`;
  }

  /** `$name` or index of a defined type; of one that is only used, what it is. */
  nameOf(identity: number): string {
    if (identity < this.definedCount) return this.#names[identity] ?? String(identity);
    const { params, results } = this.function(identity) ?? { params: none, results: none };
    return `(func ${this.listText(params)} -> ${this.listText(results)})`;
  }
}

const unknown: CompositeType = { kind: "unknown" };

function asIdentity(type: ValueType): string {
  return isReference(type) && heapOf(type) >= firstDefinedHeap ? `${type & 7}:${heapOf(type) - firstDefinedHeap}` : String(type);
}

function compositeKey(
  composite: CompositeType,
  value: (type: ValueType) => string,
  field: (field: FieldType) => string,
  index: (index: number) => string,
): string {
  switch (composite.kind) {
    case "func":
      return `func ${listKey(composite.params, value)}>${listKey(composite.results, value)}`;
    case "struct":
      return `struct ${composite.fields.map(field).join(",")}`;
    case "array":
      return `array ${field(composite.element)}`;
    case "cont":
      return `cont ${index(composite.type)}`;
    case "unknown":
      return "unknown";
  }
}

function listKey(types: Int32Array, value: (type: ValueType) => string): string {
  let key = "";
  for (let at = 0; at < types.length; at++) key += `${value(types[at]!)},`;
  return key;
}

/** Parents of the abstract heap types, by number. */
const parents: readonly HeapType[] = [
  Heap.bottom, Heap.any, Heap.any, Heap.eq, Heap.eq, Heap.eq, Heap.any, Heap.func, Heap.func, Heap.extern, Heap.extern, Heap.exn, Heap.exn,
  Heap.cont, Heap.cont,
]; // prettier-ignore
const tops: readonly HeapType[] = parents.map((_, heap) => {
  let top = heap;
  while (parents[top] !== top) top = parents[top]!;
  return top;
});
const bottoms: ReadonlySet<HeapType> = new Set([Heap.none, Heap.nofunc, Heap.noextern, Heap.noexn, Heap.nocont]);

function abstractMatches(actual: HeapType, expected: HeapType, topOfExpected: HeapType): boolean {
  if (bottoms.has(actual)) return expected === Heap.bottom || tops[actual] === tops[topOfExpected];
  return expected < firstDefinedHeap && isAbove(expected, actual);
}

/** Whether an abstract heap type is `heap` or above it. */
function isAbove(above: HeapType, heap: HeapType): boolean {
  for (let at = heap; ; at = parents[at]!) {
    if (at === above) return true;
    if (parents[at] === at) return false;
  }
}
