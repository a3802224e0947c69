import { withoutAliases } from "#core/dwarf/data-type.ts";
import type { ViewMaker } from "../view.ts";
import { treeMap, treeSet } from "./btree.ts";
import { hashMap, hashSet } from "./hash-tables.ts";
import { atomic, boxed, boxedSlice, cell, counted, guarded, nonZero, weak } from "./owners.ts";
import { heap, queue, text, textWithZero, vector } from "./sequences.ts";

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
  ["Weak", weak],
  ["NonZero", nonZero],
  ["BinaryHeap", heap],
  ["OsString", text],
  ["PathBuf", text],
  ["CString", textWithZero],
]);

export const rustView: ViewMaker = async (variable, value, type, context) => {
  const plain = withoutAliases(type);
  const name = /^\w+/.exec(plain.name)?.[0] ?? "";
  if (plain.kind === "pointer") return name === "Box" ? boxed(variable, value, plain, context) : undefined;
  if (plain.kind !== "struct" || plain.size === undefined) return undefined;
  const make = /^Atomic(?:Bool|[IU](?:8|16|32|64|size))$/.test(name) ? atomic : structs.get(name);
  return make?.(variable, { ...value, type: plain }, plain, context);
};
