import type { ValueContext } from "../value.ts";

/** Kinds of TinyGo's type descriptors, by number. Source: TinyGo, src/internal/reflectlite/type.go. */
const kinds = [
  "",
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
  "unsafe.Pointer",
] as const;
const pointerKind = 21;
const sliceKind = 22;
const kindMask = 31;
const namedFlag = 32;
/** Of a descriptor: the type that a pointer, slice or named type is made of, and a named type's name. */
const elementAt = 8;
const pointerElementAt = 4;
const nameAt = 16;
const longestName = 256;
const depthLimit = 8;

/** A type out of the program's memory: its name, and the basic type that a value of it is kept as, where it is one. */
export interface DynamicType {
  readonly name: string;
  readonly basic: string | undefined;
}

/** Reads the type that an interface value has. The layout is the compiler's own business: what does not look like it gives `undefined`. */
export async function dynamicType(address: number, context: ValueContext): Promise<DynamicType | undefined> {
  let prefix = "";
  let current = address;
  for (let depth = 0; depth < depthLimit && current > 3; depth++) {
    // The lowest bits count pointers to the type at the address without them.
    const pointers = current & 3;
    prefix += "*".repeat(pointers);
    const bytes = await context.memory.read(0, current - pointers, nameAt + longestName);
    if (bytes.length < nameAt) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const meta = view.getUint8(0);
    const kind = meta & kindMask;
    if (meta & namedFlag) {
      const name = nameIn(bytes.subarray(nameAt));
      return name === undefined
        ? undefined
        : { name: prefix + name, basic: prefix === "" ? await basicBelow(view.getUint32(elementAt, true), context) : undefined };
    }
    const basic = kinds[kind];
    if (basic) return { name: prefix + basic, basic: prefix === "" ? basic : undefined };
    if (kind !== pointerKind && kind !== sliceKind) return undefined;
    prefix += kind === pointerKind ? "*" : "[]";
    current = view.getUint32(kind === pointerKind ? pointerElementAt : elementAt, true);
  }
  return undefined;
}

async function basicBelow(underlying: number, context: ValueContext): Promise<string | undefined> {
  const [meta] = await context.memory.read(0, underlying, 1);
  return meta === undefined || meta & namedFlag ? undefined : kinds[meta & kindMask] || undefined;
}

function nameIn(bytes: Uint8Array): string | undefined {
  const end = bytes.indexOf(0);
  const name = end > 0 ? new TextDecoder().decode(bytes.subarray(0, end)) : "";
  return /^[\w./\-[\],*]+$/.test(name) ? name.replace(/^.*\//, "").replace(/^\./, "") : undefined;
}
