import { sizeOf, withoutAliases, type DataType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { field, inMemory, numberIn, numberOf, targetOf, typedValue } from "../fields.ts";
import { partOf, type TypedValue } from "../parts.ts";
import { within, type ChildRange } from "../child-range.ts";
import type { ValueContext } from "../value.ts";
import type { View, ViewMaker } from "../view.ts";

/** `std::vector`: from one pointer up to another. */
export const vector: ViewMaker = async (variable, value, _type, context) => {
  const begin = field(variable, value, "__begin_");
  const element = targetOf(begin);
  const size = element && sizeOf(element);
  const [first, last] = await Promise.all([numberOf(begin, context), numberOf(field(variable, value, "__end_"), context)]);
  if (!element || !size || first === undefined || last === undefined || last < first) return undefined;
  return contiguous(variable, element, first, Math.floor((last - first) / size), size);
};

/** `std::span` and `std::initializer_list`: a pointer and a count. */
export const span: ViewMaker = async (variable, value, type, context) => {
  const pointer = field(variable, value, "__data_") ?? field(variable, value, "__data") ?? field(variable, value, "__begin_");
  const count =
    (await numberIn(variable, value, "__size_", context)) ?? (await numberIn(variable, value, "__size", context)) ?? extentOf(type.name);
  const element = targetOf(pointer);
  const size = element && sizeOf(element);
  const address = await numberOf(pointer, context);
  if (!element || !size || address === undefined || count === undefined) return undefined;
  return contiguous(variable, element, address, count, size);
};

/** A span of a fixed length has it in its type only. */
function extentOf(typeName: string): number | undefined {
  const extent = /, (\d+)[A-Za-z]*>$/.exec(typeName)?.[1];
  return extent === undefined ? undefined : Number(extent);
}

/** `std::array`: one member. */
export const array: ViewMaker = (variable, value) => Promise.resolve(arrayView(variable, value));

function arrayView(variable: Variable, value: TypedValue): View | undefined {
  const elements = field(variable, value, "__elems_");
  const whole = elements && typedValue(elements);
  const type = whole && withoutAliases(whole.type);
  if (!whole || type?.kind !== "array" || type.count === undefined) return undefined;
  const size = sizeOf(type.element);
  if (!size) return undefined;
  return {
    kind: "sequence",
    count: type.count,
    at: (range) =>
      Promise.resolve(within(range, type.count ?? 0).map((index) => partOf(variable, whole, `[${index}]`, index * size, type.element))),
  };
}

function contiguous(parent: Variable, element: DataType, address: number, count: number, size: number): View {
  return {
    kind: "sequence",
    count,
    at: (range) => Promise.resolve(within(range, count).map((index) => inMemory(parent, `[${index}]`, address + index * size, element))),
  };
}

const bool: DataType = { kind: "base", name: "bool", size: 1, encoding: "boolean" };

/** `std::vector<bool>`: bits in words. */
export const packedBits: ViewMaker = async (variable, value, _type, context) => {
  const words = field(variable, value, "__begin_");
  const [address, count] = await Promise.all([numberOf(words, context), numberIn(variable, value, "__size_", context)]);
  if (address === undefined || count === undefined) return undefined;
  return { kind: "sequence", count, at: (range) => bitsAt(variable, address, within(range, count), context) };
};

/** `std::bitset`: a word, or an array of them. */
export const bitset: ViewMaker = (variable, value, type, context) => {
  const words = field(variable, value, "__first_");
  const place = words && typedValue(words);
  const count = Number(/<(\d+)/.exec(type.name)?.[1]);
  if (place?.kind !== "memory" || !Number.isSafeInteger(count)) return Promise.resolve(undefined);
  return Promise.resolve({ kind: "sequence", count, at: (range) => bitsAt(variable, place.address, within(range, count), context) });
};

async function bitsAt(parent: Variable, address: number, indices: readonly number[], context: ValueContext): Promise<readonly Variable[]> {
  const [first] = indices;
  const last = indices.at(-1);
  if (first === undefined || last === undefined) return [];
  const start = first >> 3;
  const bytes = await context.memory.read(0, address + start, (last >> 3) - start + 1);
  return indices.map((index) => {
    const byte = bytes[(index >> 3) - start];
    const name = `[${index}]`;
    const base = { name, typeName: "bool", language: parent.language };
    if (byte === undefined) return { ...base, value: { kind: "unavailable", reason: "it lies outside of memory" } };
    const field = { memoryIndex: 0, address: address + (index >> 3), bitOffset: index & 7, bitSize: 1 };
    return { ...base, value: { kind: "bytes", bytes: Uint8Array.of((byte >> (index & 7)) & 1), type: bool, field } };
  });
}

/** `std::deque`: blocks of elements behind a list of pointers. Source: libc++, <deque>, `__deque_block_size`. */
export const blocks: ViewMaker = async (variable, value, type, context) => {
  const element = type.kind === "struct" ? type.typeArguments?.()[0] : undefined;
  const size = element && sizeOf(element);
  const list = field(variable, value, "__map_");
  const lists = list && typedValue(list);
  const [begin, start, count] = await Promise.all([
    lists && numberOf(field(list, lists, "__begin_"), context),
    numberIn(variable, value, "__start_", context),
    countIn(variable, value, context),
  ]);
  if (!element || !size || begin === undefined || start === undefined || count === undefined) return undefined;
  const perBlock = size < 256 ? Math.floor(4096 / size) : 16;
  const one = async (index: number): Promise<Variable> => {
    const at = start + index;
    const pointer = inMemory(variable, "", begin + Math.floor(at / perBlock) * pointerSize, addressType);
    const block = await numberOf(pointer, context);
    const name = `[${index}]`;
    return block === undefined
      ? { name, typeName: element.name, language: variable.language, value: { kind: "unavailable", reason: "its block cannot be read" } }
      : inMemory(variable, name, block + (at % perBlock) * size, element);
  };
  return { kind: "sequence", count, at: (range: ChildRange) => Promise.all(within(range, count).map(one)) };
};

export const pointerSize = 4;
const addressType: DataType = { kind: "base", name: "size_t", size: pointerSize, encoding: "unsigned" };

/** Elements of a container: a member of its own since version 20; before that the value of `pair`, whose other half takes no room. */
export async function countIn(variable: Variable, value: TypedValue, context: ValueContext, pair = "__size_"): Promise<number | undefined> {
  const member = field(variable, value, pair) ?? field(variable, value, "__size_");
  const inner = member && typedValue(member);
  if (!inner) return undefined;
  return withoutAliases(inner.type).kind === "struct" ? numberIn(member, inner, "__value_", context) : numberOf(member, context);
}
