import type { Variable } from "../../symbols/module-symbols.ts";
import { field, fieldAt, inMemory, numberOf, offsetOfField, typedValue } from "../fields.ts";
import type { TypedValue } from "../parts.ts";
import { unpagedLimit, within, type ChildRange } from "../child-range.ts";
import { ValueError, type ValueContext } from "../value.ts";
import type { MapEntry, ViewMaker } from "../view.ts";
import { nodeTypeIn } from "./node-types.ts";
import { countIn, pointerSize } from "./sequences.ts";

/** `std::map` and `std::multimap`: a tree of nodes, in the order of the keys. Source: libc++, <__tree>. */
export const treeMap: ViewMaker = async (variable, value, _type, context) => {
  const tree = await treeOf(variable, value, context);
  return tree && { kind: "map", count: tree.count, at: async (range) => (await tree.at(range)).map(pairOf) };
};

/** `std::set` and `std::multiset`. */
export const treeSet: ViewMaker = async (variable, value, _type, context) => {
  const tree = await treeOf(variable, value, context);
  return tree && { kind: "set", ...tree };
};

interface Elements {
  readonly count: number;
  at(range: ChildRange): Promise<readonly Variable[]>;
}

async function treeOf(variable: Variable, value: TypedValue, context: ValueContext): Promise<Elements | undefined> {
  const tree = field(variable, value, "__tree_");
  const whole = tree && typedValue(tree);
  if (!whole) return undefined;
  const count = await countIn(tree, whole, context, "__pair3_");
  const first = await numberOf(field(tree, whole, "__begin_node_"), context);
  const node = nodeTypeIn(whole.type, "__tree_node<");
  const at = node && offsetOfField(node, "__value_");
  const element = node && field(inMemory(variable, "", 0, node), { kind: "memory", memoryIndex: 0, address: 0, type: node }, "__value_");
  const elementType = element && typedValue(element)?.type;
  if (count === undefined || first === undefined || at === undefined || !elementType) return undefined;
  return {
    count,
    at: async (range) => {
      const nodes = await walked(first, within(range, count), context);
      return nodes.map(({ address, index }) => inMemory(variable, `[${index}]`, address + at, elementType));
    },
  };
}

/** Nodes in the order of the tree. A damaged one may lead in circles: no more are visited than were asked for. */
async function walked(
  first: number,
  indices: readonly number[],
  context: ValueContext,
): Promise<readonly { readonly address: number; readonly index: number }[]> {
  const last = indices.at(-1) ?? -1;
  if (last >= unpagedLimit) throw new ValueError(`only the first ${unpagedLimit} elements of a map or set can be shown`);
  const found: { address: number; index: number }[] = [];
  let address: number | undefined = first;
  for (let index = 0; index <= last && address; index++) {
    if (index >= (indices[0] ?? 0)) found.push({ address, index });
    address = await next(address, context);
  }
  return found;
}

/** Trees are balanced: no path is longer. */
const deepest = 128;
const left = 0;
const right = pointerSize;
const parent = 2 * pointerSize;

async function next(node: number, context: ValueContext): Promise<number | undefined> {
  let current = await pointerAt(node + right, context);
  if (current) {
    for (let depth = 0; depth < deepest; depth++) {
      const lower = await pointerAt(current + left, context);
      if (!lower) return current;
      current = lower;
    }
    return undefined;
  }
  current = node;
  for (let depth = 0; depth < deepest; depth++) {
    const above: number | undefined = await pointerAt(current + parent, context);
    if (!above) return undefined;
    if ((await pointerAt(above + left, context)) === current) return above;
    current = above;
  }
  return undefined;
}

export async function pointerAt(address: number, context: ValueContext): Promise<number | undefined> {
  const bytes = await context.memory.read(0, address, pointerSize);
  return bytes.length < pointerSize ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}

/** An element of a map: a pair, which versions before 20 wrap once more. */
export function pairOf(element: Variable): MapEntry {
  const value = typedValue(element);
  const key = value && fieldAt(element, value, ["first"]);
  const mapped = value && fieldAt(element, value, ["second"]);
  if (!key || !mapped) throw new ValueError(`${element.name} is no pair in the debug information`);
  return { key, value: mapped };
}
