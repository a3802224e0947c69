/** Go's types as the compiler sees them once names are resolved. `unknown` stands for what cannot be decided. */
import type { ChannelDirection, FieldNode, TypeSpec } from "../source/syntax.ts";
import type { GoFile } from "../source/syntax.ts";

export interface PackageIdentity {
  /** The name in its package clause. */
  readonly name: string;
  /** The path that link names carry: "main" for a main package; undefined where it is not known. */
  readonly path: string | undefined;
}

export type BasicName =
  | "bool"
  | "int"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "uintptr"
  | "float32"
  | "float64"
  | "complex64"
  | "complex128"
  | "string"
  | "unsafe.Pointer";

export interface BasicType {
  readonly kind: "basic";
  readonly name: BasicName;
  /** `byte` and `rune` keep their names in most messages. */
  readonly spelling: string;
}

/** Where a type's declaration stands. */
export interface TypeDeclaration {
  readonly file: GoFile;
  readonly spec: TypeSpec;
}

export interface NamedType {
  readonly kind: "named";
  readonly package: PackageIdentity;
  readonly name: string;
  readonly args: readonly GoType[];
  /** Absent for `error`, `comparable` and other types without source. */
  readonly declaration: TypeDeclaration | undefined;
  /** The type in its declaration, perhaps a name again. Evaluated when first asked for. */
  definition(): GoType;
  /** The type behind all names; `unknown` for a circle of them. */
  underlying(): GoType;
}

export interface FieldType {
  readonly name: string;
  readonly embedded: boolean;
  readonly type: GoType;
  /** The tag's text without quotes. */
  readonly tag: string | undefined;
  readonly node: FieldNode;
}

export interface StructType {
  readonly kind: "struct";
  readonly fields: readonly FieldType[];
  /** The package whose unexported names it holds, and the file of its source. */
  readonly package: PackageIdentity;
  readonly file: GoFile;
}

export interface FuncType {
  readonly kind: "func";
  readonly parameters: readonly GoType[];
  readonly results: readonly GoType[];
  readonly variadic: boolean;
}

export interface InterfaceMethod {
  readonly name: string;
  readonly package: PackageIdentity;
  readonly type: FuncType;
}

export interface InterfaceType {
  readonly kind: "interface";
  /** Flattened and sorted; undefined where an embedded interface is unknown. */
  readonly methods: readonly InterfaceMethod[] | undefined;
  /** Predeclared `any` keeps its name. */
  readonly spelling: string | undefined;
}

export type GoType =
  | BasicType
  | NamedType
  | StructType
  | FuncType
  | InterfaceType
  | { readonly kind: "pointer"; readonly element: GoType }
  | { readonly kind: "slice"; readonly element: GoType }
  | { readonly kind: "array"; readonly length: bigint; readonly element: GoType }
  | { readonly kind: "map"; readonly key: GoType; readonly element: GoType }
  | { readonly kind: "chan"; readonly direction: ChannelDirection; readonly element: GoType }
  | { readonly kind: "unknown" };

export const unknownType: GoType = { kind: "unknown" };

/** The universe: no package, printed without one. */
export const universe: PackageIdentity = { name: "", path: "" };

/** The type behind a name, or the type itself. */
export function underlying(type: GoType): GoType {
  return type.kind === "named" ? type.underlying() : type;
}

/** Upper-case first letter, as in Go's `token.IsExported`. */
export function isExported(name: string): boolean {
  const first = String.fromCodePoint(name.codePointAt(0) ?? 0);
  return /^\p{Lu}/u.test(first);
}
