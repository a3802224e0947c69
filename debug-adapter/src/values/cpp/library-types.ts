import { withoutAliases } from "#core/dwarf/data-type.ts";
import { field, typedValue } from "../fields.ts";
import type { View, ViewMaker } from "../view.ts";
import { hashMap, hashSet } from "./hash-tables.ts";
import { doublyLinked, singlyLinked } from "./lists.ts";
import { sharedPointer, uniquePointer } from "./pointers.ts";
import { array, bitset, blocks, packedBits, span, vector } from "./sequences.ts";
import { text, textView } from "./strings.ts";
import { treeMap, treeSet } from "./trees.ts";
import { tuple } from "./tuples.ts";
import { atomic, complex, expected, optional, referenceWrapper, variant } from "./wrapped.ts";

/**
 * What the templates of libc++ are for their users, by name. It is the library of every C++ toolchain for WebAssembly (wasi-sdk, Emscripten, Zig).
 * Members are found by their names in the debug information, wherever a version of the library keeps them.
 */
const makers: ReadonlyMap<string, ViewMaker> = new Map([
  ["string", text],
  ["wstring", text],
  ["u8string", text],
  ["u16string", text],
  ["u32string", text],
  ["basic_string", text],
  ["string_view", textView],
  ["wstring_view", textView],
  ["u8string_view", textView],
  ["u16string_view", textView],
  ["u32string_view", textView],
  ["basic_string_view", textView],
  ["vector", vector],
  ["vector<bool", packedBits],
  ["array", array],
  ["span", span],
  ["initializer_list", span],
  ["bitset", bitset],
  ["deque", blocks],
  ["queue", adaptor],
  ["stack", adaptor],
  ["priority_queue", adaptor],
  ["list", doublyLinked],
  ["forward_list", singlyLinked],
  ["map", treeMap],
  ["multimap", treeMap],
  ["set", treeSet],
  ["multiset", treeSet],
  ["unordered_map", hashMap],
  ["unordered_multimap", hashMap],
  ["unordered_set", hashSet],
  ["unordered_multiset", hashSet],
  ["unique_ptr", uniquePointer],
  ["shared_ptr", sharedPointer],
  ["weak_ptr", sharedPointer],
  ["optional", optional],
  ["variant", variant],
  ["expected", expected],
  ["reference_wrapper", referenceWrapper],
  ["complex", complex],
  ["atomic", atomic],
  ["tuple", tuple],
]);

/** `std::queue` and the like: the container in them. */
async function adaptor(...[variable, value, , context]: Parameters<ViewMaker>): Promise<View | undefined> {
  const inner = field(variable, value, "c", variable.name);
  const container = inner && typedValue(inner);
  return inner && container && cppView(inner, container, container.type, context);
}

export const cppView: ViewMaker = async (variable, value, type, context) => {
  const struct = withoutAliases(type);
  const name = struct.kind === "struct" && struct.size !== undefined ? /^std::(vector<bool\b|\w+)/.exec(struct.name)?.[1] : undefined;
  const make = name === undefined ? undefined : makers.get(name);
  return make?.(variable, { ...value, type: struct }, struct, context);
};
