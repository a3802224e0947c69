/**
 * Types of values in linear memory, in the shape that all sources of debug information share.
 * `size` is in bytes, `undefined` where the type is incomplete. Types may be cyclic: references are functions.
 */
export type DataType = BaseType | PointerType | StructType | ArrayType | EnumType | AliasType | FunctionType | UnknownType;

export interface BaseType {
  readonly kind: "base";
  readonly name: string;
  readonly size: number;
  readonly encoding:
    "signed" | "unsigned" | "float" | "boolean" | "signed-char" | "unsigned-char" | "utf" | "complex" | "address" | "other";
}

export interface PointerType {
  readonly kind: "pointer";
  /** As the language spells it, such as `const char *`. */
  readonly name: string;
  readonly size: number;
  readonly flavour: "pointer" | "reference" | "rvalue-reference" | "member-pointer";
  /** `undefined`: `void *`. */
  target(): DataType | undefined;
}

export interface StructType {
  readonly kind: "struct";
  readonly name: string;
  readonly size: number | undefined;
  readonly flavour: "struct" | "class" | "union";
  /** Those that every value has; of an enum with payloads also {@link variants}. */
  members(): readonly StructMember[];
  /** Alternatives of which a value has one; absent where the type has none. */
  variants?(): VariantPart | undefined;
  /** Types that a template or generic type was made with, in order. */
  typeArguments?(): readonly DataType[];
}

/** A choice within a struct: Rust's enums. */
export interface VariantPart {
  /** Holds the number of the variant; `undefined` where there is only one. */
  readonly discriminant: StructMember | undefined;
  /** `value`: number that the discriminant then holds, as unsigned bits of its size; `undefined`: any other. */
  readonly variants: readonly { readonly value: bigint | undefined; readonly members: readonly StructMember[] }[];
}

export interface StructMember {
  readonly name: string;
  readonly type: DataType;
  /** Bytes from the start of the struct. */
  readonly offset: number;
  /** A bit-field: `bitOffset` from the least significant bit of the little-endian bytes at `offset`. */
  readonly bits?: { readonly bitOffset: number; readonly bitSize: number };
  readonly inherited: boolean;
}

export interface ArrayType {
  readonly kind: "array";
  readonly name: string;
  readonly size: number | undefined;
  readonly element: DataType;
  /** `undefined`: unknown, as in a flexible array member. */
  readonly count: number | undefined;
}

export interface EnumType {
  readonly kind: "enum";
  readonly name: string;
  readonly size: number;
  readonly signed: boolean;
  readonly values: readonly { readonly name: string; readonly value: bigint }[];
}

/** A typedef, or a qualifier such as `const`. */
export interface AliasType {
  readonly kind: "alias";
  readonly name: string;
  readonly size: number | undefined;
  target(): DataType | undefined;
}

export interface FunctionType {
  readonly kind: "function";
  readonly name: string;
}

export interface UnknownType {
  readonly kind: "unknown";
  readonly name: string;
  readonly size: number | undefined;
}

/** The type below all aliases; gives up after 64 of them, as a damaged file may hold a cycle. */
export function withoutAliases(type: DataType): Exclude<DataType, AliasType> {
  let current: DataType | undefined = type;
  for (let depth = 0; current && depth < 64; depth++) {
    if (current.kind !== "alias") return current;
    current = current.target();
  }
  return { kind: "unknown", name: type.name, size: sizeOf(type) };
}

/** Bytes that a value of the type takes; `undefined` where that is unknown. */
export function sizeOf(type: DataType): number | undefined {
  return type.kind === "function" ? undefined : type.size;
}
