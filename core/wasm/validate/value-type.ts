/**
 * Value types as small integers, so that stacks of them are typed arrays and equal types are equal numbers.
 * Source: WebAssembly 3.0, 2.3 "Types"; `cont` and `nocont`: stack switching proposal.
 *
 * The low three bits are a number type, or {@link nonNull} or {@link nullable} of a reference, whose heap type stands above them.
 */
export type ValueType = number;

/** Matches every type: a value of code that is never reached, or one about which something wrong has been said already. */
export const bottom: ValueType = 0;
export const i32: ValueType = 1;
export const i64: ValueType = 2;
export const f32: ValueType = 3;
export const f64: ValueType = 4;
export const v128: ValueType = 5;
/** Storage types; on the operand stack they are i32. */
export const i8: ValueType = 8;
export const i16: ValueType = 16;

const nonNull = 6;
const nullable = 7;

/**
 * A heap type: one of {@link Heap}, or {@link firstDefinedHeap} plus the identity of a defined type (see `TypeTable`).
 */
export type HeapType = number;

/** Abstract heap types. `bottom` is below all others. */
export const Heap = {
  bottom: 0,
  any: 1,
  eq: 2,
  i31: 3,
  struct: 4,
  array: 5,
  none: 6,
  func: 7,
  nofunc: 8,
  extern: 9,
  noextern: 10,
  exn: 11,
  noexn: 12,
  cont: 13,
  nocont: 14,
} as const;

export const firstDefinedHeap: HeapType = 16;

const heapNames: readonly string[] = Object.keys(Heap);

/** `(ref heap)` or `(ref null heap)`. */
export function refType(heap: HeapType, isNullable: boolean): ValueType {
  return (heap << 3) | (isNullable ? nullable : nonNull);
}

/** `(ref i31)` */
export const i31Ref: ValueType = refType(Heap.i31, false);

export function isReference(type: ValueType): boolean {
  return (type & 7) >= nonNull;
}

export function isNullable(type: ValueType): boolean {
  return (type & 7) === nullable;
}

/** Heap type of a reference. */
export function heapOf(type: ValueType): HeapType {
  return type >> 3;
}

/** The same reference without null. */
export function withoutNull(type: ValueType): ValueType {
  return isReference(type) ? (type & ~7) | nonNull : type;
}

export function isPacked(type: ValueType): boolean {
  return type === i8 || type === i16;
}

/** What a storage type is on the operand stack. */
export function unpacked(type: ValueType): ValueType {
  return isPacked(type) ? i32 : type;
}

/** Whether a local or field of this type starts as zero or null. */
export function isDefaultable(type: ValueType): boolean {
  return (type & 7) !== nonNull;
}

const shortNames: Readonly<Record<string, string>> = {
  none: "nullref",
  nofunc: "nullfuncref",
  noextern: "nullexternref",
  noexn: "nullexnref",
  nocont: "nullcontref",
};

const numberNames: ReadonlyMap<ValueType, string> = new Map([
  [i32, "i32"],
  [i64, "i64"],
  [f32, "f32"],
  [f64, "f64"],
  [v128, "v128"],
  [i8, "i8"],
  [i16, "i16"],
]);

/** A type as the text format writes it. `nameOfDefined` writes the identity of a defined type. */
export function typeText(type: ValueType, nameOfDefined: (identity: number) => string): string {
  if (!isReference(type)) return numberNames.get(type) ?? "any type";
  const heap = heapOf(type);
  if (heap >= firstDefinedHeap) return `(ref ${isNullable(type) ? "null " : ""}${nameOfDefined(heap - firstDefinedHeap)})`;
  if (heap === Heap.bottom) return "a reference";
  const name = heapNames[heap]!;
  return isNullable(type) ? (shortNames[name] ?? `${name}ref`) : `(ref ${name})`;
}
