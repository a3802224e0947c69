import { sizeOf, withoutAliases, type ArrayType, type BaseType, type PointerType, type StructType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { depthLimit, formatC, reference, summaries, unread, type Nesting } from "./c.ts";
import { unpagedLimit, within } from "./child-range.ts";
import { field, inMemory, numberIn, numberOf, typedValue } from "./fields.ts";
import { goQuoted } from "./go/quoted.ts";
import { complexParts, scalarValue } from "./go/numbers.ts";
import { addressIn, bytesOf, element, membersOf, pointee, sliceOf, typed, type Slice, type TypedValue } from "./parts.ts";
import { hexadecimal, integerOf } from "./scalars.ts";
import { dynamicType } from "./tinygo/type-descriptor.ts";
import type { Child, ChildRange, FormattedValue, ValueContext } from "./value.ts";

/**
 * Values of TinyGo in the words of Go's own debugger, Delve: `[]int len: 2, cap: 2, [1,2]`, `*main.T {A: 1}`, `main.Shape(*main.Rect) ...`.
 * Its debug information says less than Delve knows: constants and the types of a map's keys and values are not in it.
 */
export function formatTinyGo(variable: Variable, value: TypedValue, context: ValueContext, nesting: Nesting): Promise<FormattedValue> {
  return writeValue(variable, value, context, { ...nesting, write: insideOf(true) }, true);
}

/** How a value within another is written: elements of lists without their types. */
const insideOf =
  (typesStand: boolean): Nesting["write"] =>
  (variable, value, context, nesting) =>
    writeValue(variable, value, context, nesting, typesStand);

async function writeValue(
  variable: Variable,
  value: TypedValue,
  context: ValueContext,
  nesting: Nesting,
  withType: boolean,
): Promise<FormattedValue> {
  const type = withoutAliases(value.type);
  const name = value.type.name;
  switch (type.kind) {
    case "base":
      return writeScalar(value, type, context);
    case "pointer":
      return writePointer(variable, value, type, context, nesting, withType);
    case "array":
      return writeArray(variable, value, type, context, nesting, withType ? `${name} ` : "");
    case "struct":
      return (
        (await writeSpecial(variable, value, type, context, nesting, withType)) ??
        writeStruct(variable, value, type, context, nesting, withType)
      );
    default:
      return formatC(variable, value, context, nesting);
  }
}

async function writeScalar(value: TypedValue, type: BaseType, context: ValueContext): Promise<FormattedValue> {
  const bytes = await bytesOf(value, type.size, context);
  if (!bytes) return unread(value);
  if (type.encoding === "complex") {
    const [real, imaginary] = complexParts(bytes);
    return { value: `(${real} + ${imaginary}i)`, ...reference(value) };
  }
  if (type.encoding === "address" || /Pointer/.test(type.name))
    return { value: `unsafe.Pointer(${hexadecimal(integerOf(bytes, false))})`, ...reference(value) };
  const text =
    type.encoding === "float"
      ? scalarValue(type.size === 4 ? "float32" : "float64", bytes)?.text
      : type.encoding === "boolean"
        ? String(bytes[0] !== 0)
        : String(integerOf(bytes, type.encoding.startsWith("signed")));
  return { value: text ?? `<${type.size} bytes of type ${type.name}>`, ...reference(value) };
}

async function writePointer(
  variable: Variable,
  value: TypedValue,
  type: PointerType,
  context: ValueContext,
  nesting: Nesting,
  withType: boolean,
): Promise<FormattedValue> {
  const address = await addressIn(value, type, context);
  if (address === undefined) return unread(value);
  const target = type.target();
  if (target && /^runtime\.hashmap$/.test(target.name)) return writeMap(variable, address, target, context);
  if (!target) return { value: `unsafe.Pointer(${hexadecimal(address)})` };
  if (address === 0) return { value: withType ? `${type.name} nil` : "nil" };
  const behind = pointee(variable, value, "", address, target);
  const inner = typed(behind);
  const memoryReference = hexadecimal(address);
  const struct = withoutAliases(target);
  const children = async (): Promise<readonly Child[]> =>
    struct.kind === "struct"
      ? membersOf(behind, inner, struct.members(), "pointer", context)
      : [{ variable: { ...behind, name: `*${variable.name}` }, access: { kind: "dereference" } }];
  if (nesting.depth > 0) return { value: `(${quotedPath(type.name)})(${memoryReference})`, memoryReference, children };
  const { value: text } = await writeValue(behind, inner, context, { ...nesting, depth: nesting.depth + 1 }, withType);
  return { value: `*${text}`, memoryReference, children };
}

const quotedPath = (name: string): string => (name.includes("/") ? `"${name}"` : name);

/** The types of keys and values are not in the debug information. */
async function writeMap(
  variable: Variable,
  address: number,
  type: Parameters<typeof inMemory>[3],
  context: ValueContext,
): Promise<FormattedValue> {
  if (address === 0) return { value: "map nil" };
  const header = inMemory(variable, "", address, type);
  const value = typedValue(header);
  const count = value && (await numberIn(header, value, "count", context));
  return {
    value: count === undefined ? `<cannot read memory at ${hexadecimal(address)}>` : `map len: ${count}`,
    memoryReference: hexadecimal(address),
  };
}

async function writeArray(
  variable: Variable,
  value: TypedValue,
  type: ArrayType,
  context: ValueContext,
  nesting: Nesting,
  head: string,
): Promise<FormattedValue> {
  const count = type.count ?? 0;
  const list = (range: ChildRange): readonly Child[] =>
    within(range, count).flatMap((index) => {
      const child = element(variable, value, type.element, index);
      return child ? [{ variable: child, access: { kind: "index", index } }] : [];
    });
  return { ...(await listText(list, count, head, context, nesting)), ...reference(value) };
}

async function listText(
  list: (range: ChildRange) => readonly Child[],
  count: number,
  head: string,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue> {
  const children = (range: ChildRange = { start: 0, count: unpagedLimit }) => Promise.resolve(list(range));
  const common = count > 0 ? { children, indexedCount: count } : {};
  if (nesting.depth > depthLimit && count > 0) return { value: `${head}[...]`, ...common };
  const shown = list({ start: 0, count: context.limits.maxArrayValues >> nesting.depth });
  const texts = await summaries(shown, context, { ...nesting, write: insideOf(false) });
  const more = count > shown.length ? `,...+${count - shown.length} more` : "";
  return { value: `${head}[${texts.join(",")}${more}]`, ...common };
}

/** Strings, slices and interfaces, which are structs in the debug information. */
async function writeSpecial(
  variable: Variable,
  value: TypedValue,
  type: StructType,
  context: ValueContext,
  nesting: Nesting,
  withType: boolean,
): Promise<FormattedValue | undefined> {
  const names = type.members().map((member) => member.name);
  if (names[0] === "ptr" && names[1] === "len") {
    const slice = await sliceOf(variable, value, context);
    if (!slice) return unread(value);
    if (names.length === 2) return writeString(value, slice, context);
    if (names[2] === "cap") return writeSlice(variable, value, slice, context, nesting, withType);
  }
  if (names.length === 2 && names[0] === "typecode" && names[1] === "value")
    return writeInterface(variable, value, context, nesting, withType);
  return undefined;
}

async function writeString(value: TypedValue, slice: Slice, context: ValueContext): Promise<FormattedValue> {
  if (slice.count === 0) return { value: '""', ...reference(value) };
  const first = typed(slice.first);
  const limit = context.limits.maxStringLen;
  const bytes = await bytesOf(first, Math.min(slice.count, limit), context);
  const address = first.kind === "memory" ? first.address : 0;
  if (!bytes) return { value: `(unreadable could not read ${slice.count} bytes at ${hexadecimal(address)})` };
  const more = slice.count > limit ? `...+${slice.count - limit} more` : "";
  return { value: goQuoted(Uint8Array.of(...bytes, ...new TextEncoder().encode(more))), memoryReference: hexadecimal(address) };
}

async function writeSlice(
  variable: Variable,
  value: TypedValue,
  slice: Slice,
  context: ValueContext,
  nesting: Nesting,
  withType: boolean,
): Promise<FormattedValue> {
  const capacity = (await numberIn(variable, value, "cap", context)) ?? 0;
  const head = withType ? `${value.type.name} len: ${slice.count}, cap: ${capacity}, ` : "";
  const first = typed(slice.first);
  const address = first.kind === "memory" ? first.address : 0;
  if (address === 0 && slice.count === 0) return { value: `${head}nil`, ...reference(value) };
  const list = (range: ChildRange): readonly Child[] =>
    within(range, slice.count).flatMap((index) => {
      const child = element(slice.first, first, slice.type, index);
      return child ? [{ variable: child, access: { kind: "index", index } }] : [];
    });
  return { ...(await listText(list, slice.count, head, context, nesting)), memoryReference: hexadecimal(address) };
}

async function writeInterface(
  variable: Variable,
  value: TypedValue,
  context: ValueContext,
  nesting: Nesting,
  withType: boolean,
): Promise<FormattedValue> {
  const name = value.type.name === "runtime._interface" ? "interface {}" : value.type.name;
  const typecode = await numberOf(field(variable, value, "typecode"), context);
  if (typecode === undefined) return unread(value);
  if (typecode === 0) return { value: withType ? `${name} nil` : "nil", ...reference(value) };
  const dynamic = await dynamicType(typecode, context);
  const held = (await numberOf(field(variable, value, "value"), context)) ?? 0;
  const inner = dynamic?.basic === undefined ? undefined : await heldText(variable, dynamic.basic, held, context, nesting);
  return { value: `${name}(${dynamic?.name ?? "?"}) ${inner ?? hexadecimal(held)}`, ...reference(value) };
}

/** The value of an interface that is given as its two words; `undefined` where its type is none that can be shown. */
export async function interfaceText(typecode: number, held: number, context: ValueContext): Promise<string | undefined> {
  const dynamic = await dynamicType(typecode, context);
  if (!dynamic) return undefined;
  const value: Variable["value"] = { kind: "memory", memoryIndex: 0, address: held, type: character };
  const text =
    dynamic.basic === undefined
      ? undefined
      : await heldText({ name: "", typeName: dynamic.name, language: "tinygo", value }, dynamic.basic, held, context, {
          depth: 0,
          write: insideOf(true),
        });
  return text ?? `${dynamic.name} ${hexadecimal(held)}`;
}

const smallSizes: Readonly<Record<string, number>> = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int: 4,
  int32: 4,
  uint: 4,
  uint32: 4,
  uintptr: 4,
  float32: 4,
};
const largeSizes: Readonly<Record<string, number>> = { int64: 8, uint64: 8, float64: 8, string: 8 };
const character: BaseType = { kind: "base", name: "uint8", size: 1, encoding: "unsigned" };

/** A value of up to four bytes is in the interface itself, a larger one behind its pointer. */
async function heldText(
  variable: Variable,
  basic: string,
  held: number,
  context: ValueContext,
  nesting: Nesting,
): Promise<string | undefined> {
  const small = smallSizes[basic];
  const size = small ?? largeSizes[basic];
  if (size === undefined) return undefined;
  const bytes = small === undefined ? await context.memory.read(0, held, size) : new Uint8Array(Uint32Array.of(held).buffer, 0, small);
  if (bytes.length < size) return undefined;
  if (basic === "string") {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const first = inMemory(variable, "", view.getUint32(0, true), character);
    return (
      await writeString({ kind: "bytes", bytes, type: character }, { first, type: character, count: view.getUint32(4, true) }, context)
    ).value;
  }
  const encoding = basic === "bool" ? "boolean" : basic.startsWith("float") ? "float" : basic.startsWith("u") ? "unsigned" : "signed";
  const type: BaseType = { kind: "base", name: basic, size, encoding };
  return (await writeValue(variable, { kind: "bytes", bytes, type }, context, nesting, false)).value;
}

async function writeStruct(
  variable: Variable,
  value: TypedValue,
  type: StructType,
  context: ValueContext,
  nesting: Nesting,
  withType: boolean,
): Promise<FormattedValue> {
  if (sizeOf(type) === undefined) return formatC(variable, value, context, nesting);
  const members = await membersOf(variable, value, type.members(), "value", context);
  const head = withType ? `${value.type.name} ` : "";
  const common = { ...reference(value), ...(members.length > 0 ? { children: () => Promise.resolve(members) } : {}) };
  if (nesting.depth > depthLimit && members.length > 0) return { value: `${head}{...}`, ...common };
  const texts = await summaries(members, context, { ...nesting, write: insideOf(true) });
  return { value: `${head}{${members.map(({ variable: member }, at) => `${member.name}: ${texts[at]}`).join(", ")}}`, ...common };
}
