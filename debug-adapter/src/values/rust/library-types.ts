import { withoutAliases } from "#core/dwarf/data-type.ts";
import type { ViewMaker } from "../view.ts";
import { treeMap, treeSet } from "./btree.ts";
import { hashMap, hashSet } from "./hash-tables.ts";
import { boxed, boxedSlice, cell, counted, guarded } from "./owners.ts";
import { queue, text, vector } from "./sequences.ts";

/** What the types of Rust's standard library are for their users, by name. Members are found by their names in the debug information. */
const structs: ReadonlyMap<string, ViewMaker> = new Map([
  ["String", text],
  ["Vec", vector],
  ["VecDeque", queue],
  ["HashMap", hashMap],
  ["HashSet", hashSet],
  ["BTreeMap", treeMap],
  ["BTreeSet", treeSet],
  ["Box", boxedSlice],
  ["Rc", counted],
  ["Arc", counted],
  ["Cell", cell],
  ["RefCell", cell],
  ["Mutex", guarded],
  ["RwLock", guarded],
]);

export const rustView: ViewMaker = async (variable, value, type, context) => {
  const plain = withoutAliases(type);
  const name = /^\w+/.exec(plain.name)?.[0] ?? "";
  if (plain.kind === "pointer") return name === "Box" ? boxed(variable, value, plain, context) : undefined;
  if (plain.kind !== "struct" || plain.size === undefined) return undefined;
  return structs.get(name)?.(variable, { ...value, type: plain }, plain, context);
};
