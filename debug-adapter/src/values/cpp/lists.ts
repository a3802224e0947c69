import type { DataType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { unpagedLimit, within } from "../child-range.ts";
import { field, inMemory, numberOf, offsetOfField, typedValue } from "../fields.ts";
import { ValueError, type ValueContext } from "../value.ts";
import type { View, ViewMaker } from "../view.ts";
import { nodeTypeIn } from "./node-types.ts";
import { countIn } from "./sequences.ts";
import { pointerAt } from "./trees.ts";

/** `std::list`: a ring of nodes around the object itself. Source: libc++, <list>. */
export const doublyLinked: ViewMaker = async (variable, value, type, context) => {
  const count = await countIn(variable, value, context, "__size_alloc_");
  const ring = field(variable, value, "__end_");
  const first = ring && (await linkIn(ring, "__next_", context));
  const node = nodeTypeIn(type, "__list_node<");
  return first === undefined || count === undefined ? undefined : chain(variable, node, "__next_", first, count, "sequence", context);
};

/** `std::forward_list`: it does not know its length. */
export const singlyLinked: ViewMaker = async (variable, _value, type, context) => {
  const first = await linkIn(variable, "__next_", context);
  const node = nodeTypeIn(type, "__forward_list_node<");
  if (first === undefined || !node) return undefined;
  const next = offsetOfField(node, "__next_") ?? 0;
  let count = 0;
  for (let at: number | undefined = first; at && count < unpagedLimit; count++) at = await pointerAt(at + next, context);
  return chain(variable, node, "__next_", first, count, "sequence", context);
};

async function linkIn(variable: Variable, name: string, context: ValueContext): Promise<number | undefined> {
  const value = typedValue(variable);
  return numberOf(value && field(variable, value, name), context);
}

/** Elements of nodes that are linked by their member `link`. A damaged chain may lead in circles: no more are visited than were asked for. */
export function chain(
  parent: Variable,
  node: DataType | undefined,
  link: string,
  first: number,
  count: number,
  kind: "sequence" | "set",
  context: ValueContext,
): Extract<View, { kind: "sequence" | "set" }> | undefined {
  const next = node && offsetOfField(node, link);
  const element = node && field(inMemory(parent, "", 0, node), { kind: "memory", memoryIndex: 0, address: 0, type: node }, "__value_");
  const place = element && typedValue(element);
  if (next === undefined || place?.kind !== "memory") return undefined;
  return {
    kind,
    count,
    at: async (range) => {
      const indices = within(range, count);
      const last = indices.at(-1) ?? -1;
      if (last >= unpagedLimit) throw new ValueError(`only the first ${unpagedLimit} elements of a list can be shown`);
      const found: Variable[] = [];
      let address: number | undefined = first;
      for (let index = 0; index <= last && address; index++) {
        if (index >= (indices[0] ?? 0)) found.push(inMemory(parent, `[${index}]`, address + place.address, place.type));
        address = await pointerAt(address + next, context);
      }
      return found;
    },
  };
}
