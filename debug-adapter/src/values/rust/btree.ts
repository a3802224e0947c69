import { sizeOf, withoutAliases, type DataType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { within } from "../child-range.ts";
import { field, inMemory, numberIn, numberOf, targetOf, typedValue } from "../fields.ts";
import type { TypedValue } from "../parts.ts";
import type { ValueContext } from "../value.ts";
import type { MapEntry, ViewMaker } from "../view.ts";
import { searchLimit } from "./sequences.ts";

/** `BTreeMap<K, V>`, in the order of the keys. Source: Rust's library, collections/btree/node.rs: leaves, and nodes that are a leaf with edges behind it. */
export const treeMap: ViewMaker = async (variable, value, _type, context) => {
  const count = await numberIn(variable, value, "length", context);
  const pointer = field(variable, value, "pointer") ?? pointerInVariants(variable, value);
  const leaf = targetOf(pointer);
  if (count === undefined) return undefined;
  if (count === 0) return { kind: "map", count: 0, at: () => Promise.resolve([]) };
  const root = await numberOf(pointer, context);
  const height = pointer && (await heightOf(variable, value, context));
  if (!leaf || !root || height === undefined) return undefined;
  return {
    kind: "map",
    count,
    at: async (range) => {
      const indices = within(range, count);
      const entries = await walked(variable, leaf, root, height, (indices.at(-1) ?? -1) + 1, context);
      return entries.slice(indices[0] ?? 0);
    },
  };
};

/** `BTreeSet<T>`: a map to nothing. */
export const treeSet: ViewMaker = async (variable, value, type, context) => {
  const map = field(variable, value, "map");
  const whole = map && typedValue(map);
  const view = whole && (await treeMap(variable, whole, type, context));
  if (view?.kind !== "map") return undefined;
  return { kind: "set", count: view.count, at: async (range) => (await view.at(range)).map(({ key }) => key) };
};

/** The root is in the `Some` of an option, whose alternatives are no members. */
function someOf(variable: Variable, value: TypedValue): Variable | undefined {
  const root = field(variable, value, "root");
  const whole = root && typedValue(root);
  const type = whole && withoutAliases(whole.type);
  const some =
    type?.kind === "struct"
      ? type
          .variants?.()
          ?.variants.flatMap(({ members }) => members)
          .find(({ name }) => name === "Some")
      : undefined;
  if (!root || !whole || !some) return undefined;
  return whole.kind === "memory" ? inMemory(root, "Some", whole.address + some.offset, some.type) : undefined;
}

function pointerInVariants(variable: Variable, value: TypedValue): Variable | undefined {
  const some = someOf(variable, value);
  const inner = some && typedValue(some);
  return inner && field(some, inner, "pointer");
}

async function heightOf(variable: Variable, value: TypedValue, context: ValueContext): Promise<number | undefined> {
  const some = someOf(variable, value);
  const inner = some && typedValue(some);
  return inner ? numberIn(some, inner, "height", context) : undefined;
}

/** The tree of the largest map that memory holds is not as high. */
const highest = 32;
const pointerSize = 4;

/** The first `wanted` entries. A damaged tree may lead in circles: no more nodes are visited than entries are wanted. */
async function walked(
  parent: Variable,
  leaf: DataType,
  root: number,
  height: number,
  wanted: number,
  context: ValueContext,
): Promise<readonly MapEntry[]> {
  const found: MapEntry[] = [];
  const leafSize = sizeOf(leaf) ?? 0;
  if (height > highest) return found;
  // Either a node whose subtree is to come, or an entry of a node.
  const open: ({ readonly node: number; readonly height: number } | { readonly entry: MapEntry })[] = [{ node: root, height }];
  for (let next = open.pop(), visits = 0; next && found.length < wanted && visits < searchLimit; next = open.pop()) {
    if ("entry" in next) {
      found.push(next.entry);
      continue;
    }
    visits++;
    const node = inMemory(parent, "", next.node, leaf);
    const value = typedValue(node);
    const count = value && (await numberIn(node, value, "len", context));
    if (!value || count === undefined || count > 11) return found;
    for (let at = count; at >= 0; at--) {
      if (at < count) {
        const entry = entryAt(node, value, at);
        if (entry) open.push({ entry });
      }
      if (next.height > 0) {
        const edge = await numberOf(inMemory(parent, "", next.node + leafSize + at * pointerSize, wordType), context);
        if (edge) open.push({ node: edge, height: next.height - 1 });
      }
    }
  }
  return found;
}

const wordType: DataType = { kind: "base", name: "usize", size: pointerSize, encoding: "unsigned" };

function entryAt(node: Variable, value: TypedValue, at: number): MapEntry | undefined {
  const key = itemAt(node, value, "keys", at);
  const mapped = itemAt(node, value, "vals", at);
  return key && mapped ? { key, value: mapped } : undefined;
}

/** Element of an array of `MaybeUninit<T>`, as a `T`. */
function itemAt(node: Variable, value: TypedValue, name: string, at: number): Variable | undefined {
  const list = field(node, value, name);
  const whole = list && typedValue(list);
  const type = whole && withoutAliases(whole.type);
  const element = type?.kind === "array" ? withoutAliases(type.element) : undefined;
  const inner = element?.kind === "struct" ? element.typeArguments?.()[0] : undefined;
  const size = element && sizeOf(element);
  if (whole?.kind !== "memory" || !inner || size === undefined) return undefined;
  return inMemory(node, `[${at}]`, whole.address + at * size, inner);
}
