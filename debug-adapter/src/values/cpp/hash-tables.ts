import type { Variable } from "../../symbols/module-symbols.ts";
import { field, fieldAt, numberOf, typedValue } from "../fields.ts";
import type { TypedValue } from "../parts.ts";
import type { ValueContext } from "../value.ts";
import type { View, ViewMaker } from "../view.ts";
import { chain } from "./lists.ts";
import { nodeTypeIn } from "./node-types.ts";
import { countIn } from "./sequences.ts";
import { pairOf } from "./trees.ts";

/** `std::unordered_map`: all nodes are in one chain, whatever bucket they belong to. Source: libc++, <__hash_table>. */
export const hashMap: ViewMaker = async (variable, value, _type, context) => {
  const nodes = await nodesOf(variable, value, context);
  return nodes && { kind: "map", count: nodes.count, at: async (range) => (await nodes.at(range)).map(pairOf) };
};

/** `std::unordered_set`. */
export const hashSet: ViewMaker = (variable, value, _type, context) => nodesOf(variable, value, context);

async function nodesOf(
  variable: Variable,
  value: TypedValue,
  context: ValueContext,
): Promise<Extract<View, { kind: "sequence" | "set" }> | undefined> {
  const table = field(variable, value, "__table_");
  const whole = table && typedValue(table);
  if (!whole) return undefined;
  const first = fieldAt(table, whole, ["__p1_", "__next_"]) ?? fieldAt(table, whole, ["__first_node_", "__next_"]);
  const [address, count] = await Promise.all([numberOf(first, context), countIn(table, whole, context, "__p2_")]);
  if (address === undefined || count === undefined) return undefined;
  return chain(variable, nodeTypeIn(whole.type, "__hash_node<"), "__next_", address, count, "set", context);
}
