import { sizeOf, withoutAliases, type DataType, type PointerType, type StructMember } from "#core/dwarf/data-type.ts";
import type { Variable, VariableValue } from "../symbols/module-symbols.ts";
import { integerOf } from "./scalars.ts";
import { ValueError, type Child, type ValueContext } from "./value.ts";

/** A value of a type in memory, or of bytes that were put together. */
export type TypedValue = Extract<VariableValue, { kind: "memory" | "bytes" }>;

/** Anonymous members and base classes are looked through this deep. */
const depthLimit = 8;

/** `undefined` where memory ends before. */
export async function bytesOf(value: TypedValue, length: number, context: ValueContext): Promise<Uint8Array | undefined> {
  const known = knownBytes(value, length, context);
  if (known || value.kind === "bytes") return known;
  const bytes = await context.memory.read(value.memoryIndex, value.address, length);
  return bytes.length === length ? bytes : undefined;
}

/** What {@link bytesOf} gives, where that need not be waited for: most values lie in memory that was read for others already. */
export function knownBytes(value: TypedValue, length: number, context: ValueContext): Uint8Array | undefined {
  if (value.kind === "memory") return context.memory.known?.(value.memoryIndex, value.address, length);
  return value.bytes.length >= length ? value.bytes.subarray(0, length) : undefined;
}

/** The part of `value` at `offset`, as a variable of its own. */
export function partOf(parent: Variable, value: TypedValue, name: string, offset: number, type: DataType): Variable {
  const part: VariableValue =
    value.kind === "memory"
      ? { kind: "memory", memoryIndex: value.memoryIndex, address: value.address + offset, type }
      : { kind: "bytes", bytes: value.bytes.subarray(offset, offset + (sizeOf(type) ?? 0)), type };
  return { name, typeName: type.name, language: parent.language, value: part };
}

/** Members of a struct or union; those of members without a name stand in their place. */
export async function membersOf(
  parent: Variable,
  value: TypedValue,
  members: readonly StructMember[],
  through: "value" | "pointer",
  context: ValueContext,
): Promise<readonly Child[]> {
  const children: Child[] = [];
  const open = members.toReversed().map((member) => ({ member, offset: member.offset, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { member, offset, depth } = next;
    const inner = withoutAliases(member.type);
    if (member.name === "" && inner.kind === "struct" && depth < depthLimit) {
      for (const nested of inner.members().toReversed()) open.push({ member: nested, offset: offset + nested.offset, depth: depth + 1 });
    } else if (member.inherited) {
      children.push({ variable: partOf(parent, value, member.name, offset, member.type), access: { kind: "base" } });
    } else if (member.name !== "") {
      const variable = member.bits
        ? await bitField(parent, value, member, offset, context)
        : partOf(parent, value, member.name, offset, member.type);
      children.push({ variable, access: { kind: "member", name: member.name, through } });
    }
  }
  return children;
}

/** A bit-field, as bytes of its whole type: it has no address. */
async function bitField(
  parent: Variable,
  value: TypedValue,
  member: StructMember,
  offset: number,
  context: ValueContext,
): Promise<Variable> {
  const { name, type } = member;
  const { bitOffset, bitSize } = member.bits ?? { bitOffset: 0, bitSize: 0 };
  const base = partOf(parent, value, name, offset, type);
  const inner = withoutAliases(type);
  const size = sizeOf(type) ?? 4;
  const whole =
    base.value.kind === "memory"
      ? base.value
      : { ...value, kind: "bytes" as const, bytes: value.kind === "bytes" ? value.bytes.subarray(offset) : new Uint8Array(0), type };
  const bytes = await bytesOf(whole, Math.ceil((bitOffset + bitSize) / 8), context);
  if (!bytes) return { ...base, value: { kind: "unavailable", reason: "it lies outside of memory" } };
  const signed = (inner.kind === "base" && inner.encoding.startsWith("signed")) || (inner.kind === "enum" && inner.signed);
  const bits = BigInt.asUintN(bitSize, integerOf(bytes, false) >> BigInt(bitOffset));
  const number = signed ? BigInt.asIntN(bitSize, bits) : bits;
  const field = whole.kind === "memory" ? { memoryIndex: whole.memoryIndex, address: whole.address, bitOffset, bitSize } : undefined;
  return { ...base, value: { kind: "bytes", bytes: littleEndian(number, size), type, ...(field ? { field } : {}) } };
}

function littleEndian(value: bigint, size: number): Uint8Array {
  let rest = BigInt.asUintN(size * 8, value);
  return Uint8Array.from({ length: size }, () => {
    const byte = Number(rest & 0xffn);
    rest >>= 8n;
    return byte;
  });
}

/** Element `index` of an array, or behind a pointer. */
export function element(parent: Variable, value: TypedValue, type: DataType, index: number): Variable | undefined {
  const size = sizeOf(type);
  return size === undefined ? undefined : partOf(parent, value, `[${index}]`, index * size, type);
}

/** Where a pointer points to; `undefined` where the pointer itself cannot be read. */
export async function addressIn(value: TypedValue, type: PointerType, context: ValueContext): Promise<number | undefined> {
  const bytes = await bytesOf(value, type.size, context);
  return bytes && Number(integerOf(bytes, false));
}

/** What is behind a pointer. */
export function pointee(parent: Variable, value: TypedValue, name: string, address: number, target: DataType): Variable {
  const memoryIndex = value.kind === "memory" ? value.memoryIndex : 0;
  return { name, typeName: target.name, language: parent.language, value: { kind: "memory", memoryIndex, address, type: target } };
}

/** A pointer and a count, as Rust, Zig and TinyGo keep slices and strings. */
export interface Slice {
  /** What the pointer points to. */
  readonly first: Variable;
  readonly type: DataType;
  readonly count: number;
}

/** The slice that a struct of a pointer and a count is; `undefined` where `value` is no such struct or cannot be read. */
export async function sliceOf(variable: Variable, value: TypedValue, context: ValueContext): Promise<Slice | undefined> {
  const type = withoutAliases(value.type);
  if (type.kind !== "struct") return undefined;
  const members = type.members();
  const pointer = members.find(({ name }) => name === "ptr" || name === "data_ptr");
  const length = members.find(({ name }) => name === "len" || name === "length");
  const pointerType = pointer && withoutAliases(pointer.type);
  const target = pointerType?.kind === "pointer" ? pointerType.target() : undefined;
  if (!pointer || !length || pointerType?.kind !== "pointer" || !target) return undefined;
  const address = await addressIn(typed(partOf(variable, value, pointer.name, pointer.offset, pointer.type)), pointerType, context);
  const bytes = await bytesOf(typed(partOf(variable, value, length.name, length.offset, length.type)), sizeOf(length.type) ?? 4, context);
  if (address === undefined || !bytes) return undefined;
  return { first: pointee(variable, value, `${variable.name}.*`, address, target), type: target, count: Number(integerOf(bytes, false)) };
}

/** Rejects what has no parts, in words for the user: throws {@link ValueError}. */
export function typed(variable: Variable): TypedValue {
  const { value } = variable;
  if (value.kind === "unavailable") throw new ValueError(`${variable.name} is not available: ${value.reason}`);
  if (value.kind === "go") throw new ValueError(`${variable.name} is a value of Go`);
  if (value.kind === "wasm") throw new ValueError(`${variable.name} is a plain ${value.value.type}: it has no parts`);
  return value;
}
