/** Predeclared types, and `unsafe.Pointer`. */
import { universe, unknownType, type BasicName, type FuncType, type GoType, type InterfaceType, type NamedType } from "./types.ts";

const basicNames: readonly BasicName[] = [
  "bool",
  "int",
  "int8",
  "int16",
  "int32",
  "int64",
  "uint",
  "uint8",
  "uint16",
  "uint32",
  "uint64",
  "uintptr",
  "float32",
  "float64",
  "complex64",
  "complex128",
  "string",
];

function basic(name: BasicName, spelling: string = name): GoType {
  return { kind: "basic", name, spelling };
}

const stringType = basic("string");
const errorMethod: FuncType = { kind: "func", parameters: [], results: [stringType], variadic: false };
const errorInterface: InterfaceType = {
  kind: "interface",
  methods: [{ name: "Error", package: universe, type: errorMethod }],
  spelling: undefined,
};
const errorType: NamedType = {
  kind: "named",
  package: universe,
  name: "error",
  args: [],
  declaration: undefined,
  definition: () => errorInterface,
  underlying: () => errorInterface,
};

export const unsafePointer: GoType = basic("unsafe.Pointer");

/** Names of the universe that are types; `comparable` is only a constraint, so nothing is said about it. */
export const predeclaredTypes: ReadonlyMap<string, GoType> = new Map<string, GoType>([
  ...basicNames.map((name): [string, GoType] => [name, basic(name)]),
  ["byte", basic("uint8", "byte")],
  ["rune", basic("int32", "rune")],
  ["any", { kind: "interface", methods: [], spelling: "any" }],
  ["error", errorType],
  ["comparable", unknownType],
]);
