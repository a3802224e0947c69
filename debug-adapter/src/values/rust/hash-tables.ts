import { sizeOf, type DataType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { within, type ChildRange } from "../child-range.ts";
import { field, inMemory, numberIn, numberOf, typedValue } from "../fields.ts";
import type { TypedValue } from "../parts.ts";
import { ValueError, type ValueContext } from "../value.ts";
import type { MapEntry, ViewMaker } from "../view.ts";
import { argumentOf, innermost, searchLimit } from "./sequences.ts";

/** `HashMap<K, V>`. Source: hashbrown, raw/mod.rs: a byte for each place, whose highest bit is clear where there is an element; these lie below them. */
export const hashMap: ViewMaker = async (variable, value, _type, context) => {
  const table = await tableOf(variable, value, context);
  return table && { kind: "map", count: table.count, at: async (range) => (await table.at(range)).map(pairOf) };
};

/** `HashSet<T>`: a map to nothing. */
export const hashSet: ViewMaker = async (variable, value, _type, context) => {
  const table = await tableOf(variable, value, context);
  return table && { kind: "set", count: table.count, at: async (range) => (await table.at(range)).map((element) => pairOf(element).key) };
};

interface Table {
  readonly count: number;
  at(range: ChildRange): Promise<readonly Variable[]>;
}

async function tableOf(variable: Variable, value: TypedValue, context: ValueContext): Promise<Table | undefined> {
  const raw = rawTable(variable, value);
  const whole = raw && typedValue(raw);
  const element = whole && argumentOf(whole.type, 0);
  const size = element && sizeOf(element);
  if (!whole || !element || size === undefined) return undefined;
  const [mask, count, controls] = await Promise.all([
    numberIn(raw, whole, "bucket_mask", context),
    numberIn(raw, whole, "items", context),
    numberOf(innermost(field(raw, whole, "ctrl")), context),
  ]);
  if (mask === undefined || count === undefined || controls === undefined) return undefined;
  return { count, at: (range) => elements(variable, element, size, { controls, places: mask + 1 }, within(range, count), context) };
}

/** The innermost `table` that knows the type of its elements. */
function rawTable(variable: Variable, value: TypedValue): Variable | undefined {
  const table = field(variable, value, "table");
  const whole = table && typedValue(table);
  return whole && whole.type.name.startsWith("RawTable<") ? table : undefined;
}

async function elements(
  parent: Variable,
  element: DataType,
  size: number,
  { controls, places }: { readonly controls: number; readonly places: number },
  indices: readonly number[],
  context: ValueContext,
): Promise<readonly Variable[]> {
  const last = indices.at(-1);
  if (last === undefined) return [];
  const first = indices[0] ?? 0;
  const found: Variable[] = [];
  let passed = 0;
  const bytes = await context.memory.read(0, controls, Math.min(places, searchLimit * 8));
  for (let place = 0; place < bytes.length && passed <= last; place++) {
    if (bytes[place]! & 0x80) continue;
    if (passed >= first) found.push(inMemory(parent, `[${passed}]`, controls - (place + 1) * size, element));
    passed++;
  }
  return found;
}

/** A pair of key and value, which is a tuple. */
function pairOf(element: Variable): MapEntry {
  const value = typedValue(element);
  const key = value && field(element, value, "__0");
  const mapped = value && field(element, value, "__1");
  if (!key || !mapped) throw new ValueError(`${element.name} is no pair in the debug information`);
  return { key, value: mapped };
}
