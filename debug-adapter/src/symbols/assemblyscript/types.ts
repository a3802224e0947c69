import { sizeOf, type BaseType, type DataType, type StructMember, type StructType } from "#core/dwarf/data-type.ts";
import type { WasmValue } from "../../engine/engine.ts";
import type { VariableValue } from "../module-symbols.ts";
import type { Declarations } from "./declarations.ts";

const base = (name: string, size: number, encoding: BaseType["encoding"]): BaseType => ({ kind: "base", name, size, encoding });

const basics: ReadonlyMap<string, BaseType> = new Map([
  ["bool", base("bool", 1, "boolean")],
  ["boolean", base("bool", 1, "boolean")],
  ["i8", base("i8", 1, "signed")],
  ["i16", base("i16", 2, "signed")],
  ["i32", base("i32", 4, "signed")],
  ["i64", base("i64", 8, "signed")],
  ["isize", base("isize", 4, "signed")],
  ["u8", base("u8", 1, "unsigned")],
  ["u16", base("u16", 2, "unsigned")],
  ["u32", base("u32", 4, "unsigned")],
  ["u64", base("u64", 8, "unsigned")],
  ["usize", base("usize", 4, "unsigned")],
  ["f32", base("f32", 4, "float")],
  ["f64", base("f64", 8, "float")],
  ["number", base("f64", 8, "float")],
]);

const typedArrays: Readonly<Record<string, string>> = {
  Int8Array: "i8",
  Int16Array: "i16",
  Int32Array: "i32",
  Int64Array: "i64",
  Uint8Array: "u8",
  Uint8ClampedArray: "u8",
  Uint16Array: "u16",
  Uint32Array: "u32",
  Uint64Array: "u64",
  Float32Array: "f32",
  Float64Array: "f64",
};

const word = basics.get("usize")!;
const length = basics.get("i32")!;
const member = (name: string, type: DataType, offset: number): StructMember => ({ name, type, offset, inherited: false });
/** Objects of the standard library that have members of their own. Source: AssemblyScript, std/assembly. */
const views = [member("buffer", word, 0), member("dataStart", word, 4), member("byteLength", length, 8)];
const libraryMembers: Readonly<Record<string, readonly StructMember[]>> = {
  Array: [...views, member("length", length, 12)],
  Map: [member("size", length, 20)],
  Set: [member("size", length, 20)],
};

/** Types of AssemblyScript by their names, with the layouts of the classes that a program declares. Objects are references, 4 bytes each. */
export class AssemblyScriptTypes {
  readonly #declarations: readonly Declarations[];
  readonly #known = new Map<string, DataType | undefined>();

  constructor(declarations: readonly Declarations[]) {
    this.#declarations = declarations;
  }

  /** `undefined` for what is not understood. */
  named(name: string): DataType | undefined {
    const plain = name.replaceAll(" ", "");
    if (!this.#known.has(plain)) this.#known.set(plain, this.#made(plain));
    return this.#known.get(plain);
  }

  #made(name: string): DataType | undefined {
    const basic = basics.get(name);
    if (basic) return basic;
    if (name.endsWith("[]")) return this.#library("Array", `${name.slice(0, -2)}[]`, [name.slice(0, -2)]);
    if (name === "string" || name === "String") return this.#library("String", "string", []);
    const element = typedArrays[name];
    if (element !== undefined) return this.#library("TypedArray", name, [element]);
    const generic = /^(Array|StaticArray|Map|Set)<(.*)>$/.exec(name);
    if (generic) return this.#library(generic[1]!, name, splitArguments(generic[2]!));
    return this.#class(name);
  }

  #library(kind: string, name: string, types: readonly string[]): DataType | undefined {
    const typeArguments = types.map((type) => this.named(type));
    if (typeArguments.some((type) => type === undefined)) return undefined;
    const struct: StructType = {
      kind: "struct",
      name: kind,
      size: 0,
      flavour: "class",
      members: () => libraryMembers[kind === "TypedArray" ? "Array" : kind]?.slice(0, kind === "TypedArray" ? 3 : undefined) ?? [],
      typeArguments: () => typeArguments.filter((type) => type !== undefined),
    };
    return reference(name, () => struct);
  }

  #class(name: string): DataType | undefined {
    const members = this.#membersOf(name, 0);
    if (!members) return undefined;
    const struct: StructType = { kind: "struct", name, size: members.size, flavour: "class", members: members.list };
    return reference(name, () => struct);
  }

  /** Fields of the base class come first; each is aligned to its size. */
  #membersOf(name: string, depth: number): { size: number; list: () => readonly StructMember[] } | undefined {
    const declared = this.#declarations.map(({ classes }) => classes.get(name)).filter((found) => found !== undefined);
    const [only] = declared;
    // Two classes of one name in different files: whichever it is, a guess would show the wrong one.
    if (!only || declared.length > 1 || only.isGeneric || depth > 16) return undefined;
    const inherited = only.base === undefined ? { size: 0, list: () => [] } : this.#membersOf(only.base, depth + 1);
    if (!inherited) return undefined;
    let size = inherited.size;
    const places: { name: string; type: string; offset: number }[] = [];
    for (const field of only.fields) {
      const bytes = basicSize(field.type);
      size = Math.ceil(size / bytes) * bytes;
      places.push({ name: field.name, type: field.type, offset: size });
      size += bytes;
    }
    // Classes may refer to each other: types of fields are made when they are asked for.
    let own: readonly StructMember[] | undefined;
    const list = () =>
      (own ??= [
        ...inherited.list(),
        ...places.flatMap(({ name: field, type, offset }) => {
          const known = this.named(type);
          return known ? [member(field, known, offset)] : [];
        }),
      ]);
    return { size, list };
  }
}

/** An enum or alias of a number would be 4 bytes too, as a reference is; other aliases are not followed. */
function basicSize(type: string): number {
  const basic = basics.get(type);
  return (basic && sizeOf(basic)) ?? 4;
}

const reference = (name: string, target: () => DataType): DataType => ({ kind: "pointer", name, size: 4, flavour: "pointer", target });

function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "<") depth++;
    else if (text[at] === ">") depth--;
    else if (text[at] === "," && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** A value of the machine as one of the type that the source declares; `undefined` where the machine's own type says as much. */
export function typedValue(value: WasmValue, type: DataType): VariableValue | undefined {
  if (value.type === "i64" && type.kind === "base" && type.name === "u64")
    return { kind: "bytes", bytes: new Uint8Array(BigInt64Array.of(value.value).buffer), type };
  const isNarrow = type.kind === "base" && type.name !== "i32" && type.size <= 4 && type.encoding !== "float";
  if (value.type !== "i32" || (type.kind !== "pointer" && !isNarrow)) return undefined;
  return { kind: "bytes", bytes: new Uint8Array(Int32Array.of(value.value).buffer, 0, sizeOf(type) ?? 4), type };
}
