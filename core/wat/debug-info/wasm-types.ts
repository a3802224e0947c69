import type { DataType } from "#core/dwarf/data-type.ts";
import type { TypeText } from "#core/wasm/value-types.ts";

const byte: DataType = { kind: "base", name: "u8", size: 1, encoding: "unsigned" };

const bytes: DataType = { kind: "array", name: "u8[16]", size: 16, element: byte, count: 16 };

const numbers: ReadonlyMap<TypeText, DataType> = new Map<TypeText, DataType>([
  ["i32", { kind: "base", name: "i32", size: 4, encoding: "signed" }],
  ["i64", { kind: "base", name: "i64", size: 8, encoding: "signed" }],
  ["f32", { kind: "base", name: "f32", size: 4, encoding: "float" }],
  ["f64", { kind: "base", name: "f64", size: 8, encoding: "float" }],
  ["v128", { kind: "alias", name: "v128", size: 16, target: () => bytes }],
]);

/** The value types of one module as types of DWARF. References have no bits there: they are types with a name and nothing else. */
export class WasmTypes {
  readonly #references = new Map<TypeText, DataType>();

  of(type: TypeText): DataType {
    const known = numbers.get(type) ?? this.#references.get(type);
    if (known) return known;
    const reference: DataType = { kind: "unknown", name: type, size: undefined };
    this.#references.set(type, reference);
    return reference;
  }

  hasBits(type: TypeText): boolean {
    return numbers.has(type);
  }
}
