/** Types of Go as they lie in memory. Sizes, alignments and offsets are in bytes; a type refers to another by id, as types may be cyclic. */

/** A type of a {@link GoTypeTable}. */
export type GoTypeId = number & { readonly unit: "go type" };

export type GoType =
  | GoBasicType
  | GoArrayType
  | GoSliceType
  | GoStructType
  | GoPointerType
  | GoMapType
  | GoChanType
  | GoFuncType
  | GoInterfaceType
  | GoOpaqueType;

interface Common {
  /** As debug information has it: with import paths, such as `map[string]*example.com/shapes.Point`. */
  readonly name: string;
  readonly size: number;
  readonly align: number;
  /** A defined type: its name is not made of other types. */
  readonly named: boolean;
  /** Of an interface, or of a defined type of the user, where those of the pointer to it begin with `*`. */
  readonly methods: readonly string[];
  /** Type arguments of an instance of a generic type. */
  readonly arguments: readonly GoTypeId[];
}

const integerKinds = ["int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr"] as const;
const otherBasicKinds = ["bool", "float32", "float64", "complex64", "complex128", "string", "unsafe.Pointer"] as const;
export const basicKinds = [...integerKinds, ...otherBasicKinds] as const;

export type GoBasicKind = (typeof basicKinds)[number];

export interface GoBasicType extends Common {
  readonly kind: GoBasicKind;
}

export interface GoArrayType extends Common {
  readonly kind: "array";
  readonly elem: GoTypeId;
  readonly length: number;
}

export interface GoSliceType extends Common {
  readonly kind: "slice";
  readonly elem: GoTypeId;
}

export interface GoStructType extends Common {
  readonly kind: "struct";
  readonly fields: readonly GoField[];
}

export interface GoField {
  readonly name: string;
  readonly type: GoTypeId;
  /** From the start of the struct. */
  readonly offset: number;
  readonly embedded: boolean;
}

export interface GoPointerType extends Common {
  readonly kind: "pointer";
  readonly elem: GoTypeId;
}

export interface GoMapType extends Common {
  readonly kind: "map";
  readonly key: GoTypeId;
  readonly elem: GoTypeId;
}

export interface GoChanType extends Common {
  readonly kind: "chan";
  readonly elem: GoTypeId;
  readonly direction: "both" | "send" | "receive";
}

export interface GoFuncType extends Common {
  readonly kind: "func";
  readonly params: readonly GoTypeId[];
  readonly results: readonly GoTypeId[];
  readonly variadic: boolean;
}

export interface GoInterfaceType extends Common {
  readonly kind: "interface";
}

/** `parameter`: a type parameter, or what depends on one; `void`: what an `unsafe.Pointer` points to; `unknown`: it could not be read. */
export interface GoOpaqueType extends Common {
  readonly kind: "parameter" | "void" | "unknown";
}

export const isIntegerKind = (kind: GoType["kind"]): kind is (typeof integerKinds)[number] =>
  (integerKinds as readonly string[]).includes(kind);

export const isUnsignedKind = (kind: GoType["kind"]): boolean => isIntegerKind(kind) && kind.startsWith("u");

/** What is the same for types that have nothing special. */
export function commonOf(name: string, size: number, align: number): Common {
  return { name, size, align, named: false, methods: [], arguments: [] };
}

export function opaqueType(kind: GoOpaqueType["kind"], name: string): GoOpaqueType {
  return { ...commonOf(name, 0, 1), kind };
}
