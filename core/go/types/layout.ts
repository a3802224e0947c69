/** Sizes of types on wasm, where pointers and `int` have 8 bytes (cmd/compile/internal/types/size.go). */
import { underlying, type BasicName, type GoType, type StructType } from "./types.ts";

/** `exact` is false where a part is unknown: `size` is then the least it can be. */
export interface Layout {
  readonly size: bigint;
  readonly alignment: bigint;
  readonly exact: boolean;
}

const basicSizes: Record<BasicName, number> = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  int: 8,
  uint: 8,
  int64: 8,
  uint64: 8,
  uintptr: 8,
  float64: 8,
  complex64: 8,
  complex128: 16,
  string: 16,
  "unsafe.Pointer": 8,
};

const unknownLayout: Layout = { size: 0n, alignment: 1n, exact: false };
/** Values nest by arrays and structs only as deep as the source does. */
const maximalDepth = 200;

/** Remembers the layouts of one package's types. */
export class Layouts {
  readonly #known = new Map<GoType, Layout>();
  #depth = 0;

  of(type: GoType): Layout {
    const known = this.#known.get(type);
    if (known !== undefined) return known;
    if (this.#depth >= maximalDepth) return unknownLayout;
    // A type that contains itself has no size: it stays unknown.
    this.#known.set(type, unknownLayout);
    this.#depth++;
    const layout = this.#compute(underlying(type));
    this.#depth--;
    this.#known.set(type, layout);
    return layout;
  }

  #compute(type: GoType): Layout {
    switch (type.kind) {
      case "basic": {
        const size = BigInt(basicSizes[type.name]);
        return { size, alignment: type.name === "complex64" ? 4n : size > 8n ? 8n : size, exact: true };
      }
      case "pointer":
      case "map":
      case "chan":
      case "func":
        return { size: 8n, alignment: 8n, exact: true };
      case "interface":
        return { size: 16n, alignment: 8n, exact: true };
      case "slice":
        return { size: 24n, alignment: 8n, exact: true };
      case "array": {
        const element = this.of(type.element);
        return { size: element.size * type.length, alignment: element.alignment, exact: element.exact };
      }
      case "struct":
        return this.#struct(type);
      case "named":
      case "unknown":
        return unknownLayout;
    }
  }

  #struct(type: StructType): Layout {
    const frame = this.sequence(type.fields.map((field) => field.type));
    const last = type.fields[type.fields.length - 1];
    // One byte is added so that the address of a last field without size stays inside.
    const padded =
      frame.size > 0n && last !== undefined && this.of(last.type).size === 0n && this.of(last.type).exact ? frame.size + 1n : frame.size;
    return { size: roundUp(padded, frame.alignment), alignment: frame.alignment, exact: frame.exact };
  }

  /** Values one after the other, each at its alignment, the end not rounded. */
  sequence(types: readonly GoType[]): Layout {
    let size = 0n;
    let alignment = 1n;
    let exact = true;
    for (const type of types) {
      const layout = this.of(type);
      size = roundUp(size, layout.alignment) + layout.size;
      if (layout.alignment > alignment) alignment = layout.alignment;
      exact &&= layout.exact;
    }
    return { size, alignment, exact };
  }
}

export function roundUp(size: bigint, alignment: bigint): bigint {
  return ((size + alignment - 1n) / alignment) * alignment;
}
