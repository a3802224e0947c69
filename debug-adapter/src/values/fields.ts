import { sizeOf, withoutAliases, type DataType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { bytesOf, partOf, type TypedValue } from "./parts.ts";
import { integerOf } from "./scalars.ts";
import type { ValueContext } from "./value.ts";

/** Where a member lies within a value. */
interface Field {
  readonly offset: number;
  readonly type: DataType;
  readonly bits: { readonly bitOffset: number; readonly bitSize: number } | undefined;
}

/** Members are looked for this deep within members and base classes. */
const depthLimit = 16;
const known = new WeakMap<DataType, Map<string, Field | undefined>>();

/** The member `name` of a struct, or of a base class or member of it, the outermost first: libraries wrap their members, each version in its own way. */
function fieldOf(type: DataType, name: string): Field | undefined {
  const fields = known.get(type) ?? new Map<string, Field | undefined>();
  known.set(type, fields);
  if (!fields.has(name)) fields.set(name, searched(type, name));
  return fields.get(name);
}

function searched(type: DataType, name: string): Field | undefined {
  let level: readonly { readonly type: DataType; readonly offset: number }[] = [{ type, offset: 0 }];
  for (let depth = 0; depth < depthLimit && level.length > 0 && level.length < 256; depth++) {
    const inner: { type: DataType; offset: number }[] = [];
    for (const { type: outer, offset } of level) {
      const struct = withoutAliases(outer);
      if (struct.kind !== "struct") continue;
      for (const member of struct.members()) {
        const at = offset + member.offset;
        if (member.name === name && !member.inherited) return { offset: at, type: member.type, bits: member.bits };
        inner.push({ type: member.type, offset: at });
      }
    }
    level = inner;
  }
  return undefined;
}

/** The member `name` of `value`, wherever it is in it, as a variable named `as`. */
export function field(variable: Variable, value: TypedValue, name: string, as = name): Variable | undefined {
  const found = fieldOf(value.type, name);
  return found && partOf(variable, value, as, found.offset, found.type);
}

/** The same by a path, each step within the one before. */
export function fieldAt(variable: Variable, value: TypedValue, path: readonly string[], as?: string): Variable | undefined {
  let current: Variable | undefined = variable;
  let within: TypedValue | undefined = value;
  for (const name of path) {
    current = current && within && field(current, within, name);
    within = current && typedValue(current);
  }
  return current && as !== undefined ? { ...current, name: as } : current;
}

export function typedValue({ value }: Variable): TypedValue | undefined {
  return value.kind === "memory" || value.kind === "bytes" ? value : undefined;
}

/** The number that the member `name` holds, a bit-field or a whole one, without sign; `undefined` where it is not there or cannot be read. */
export async function numberIn(variable: Variable, value: TypedValue, name: string, context: ValueContext): Promise<number | undefined> {
  const found = fieldOf(value.type, name);
  if (!found) return undefined;
  const part = typedValue(partOf(variable, value, name, found.offset, found.type));
  const length = found.bits ? Math.ceil((found.bits.bitOffset + found.bits.bitSize) / 8) : (sizeOf(found.type) ?? 0);
  const whole =
    part && found.bits && part.kind === "bytes" && value.kind === "bytes" ? { ...part, bytes: value.bytes.subarray(found.offset) } : part;
  const bytes = whole && length > 0 ? await bytesOf(whole, length, context) : undefined;
  if (!bytes) return undefined;
  const bits = found.bits
    ? BigInt.asUintN(found.bits.bitSize, integerOf(bytes, false) >> BigInt(found.bits.bitOffset))
    : integerOf(bytes, false);
  return Number(bits);
}

/** Byte offset of the member `name`; `undefined` where there is none. */
export function offsetOfField(type: DataType, name: string): number | undefined {
  return fieldOf(type, name)?.offset;
}

/** The number in a plain variable, without sign. */
export async function numberOf(variable: Variable | undefined, context: ValueContext): Promise<number | undefined> {
  const value = variable && typedValue(variable);
  const size = value && sizeOf(value.type);
  const bytes = value && size && size <= 8 ? await bytesOf(value, size, context) : undefined;
  return bytes && Number(integerOf(bytes, false));
}

/** What the pointer in `variable` points to; `undefined` where it points to nothing that has a type. */
export function targetOf(variable: Variable | undefined): DataType | undefined {
  const value = variable && typedValue(variable);
  const type = value && withoutAliases(value.type);
  return type?.kind === "pointer" ? type.target() : undefined;
}

/** A variable in linear memory. */
export function inMemory(parent: Variable, name: string, address: number, type: DataType): Variable {
  return { name, typeName: type.name, language: parent.language, value: { kind: "memory", memoryIndex: 0, address, type } };
}
