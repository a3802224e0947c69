import { withoutAliases } from "#core/dwarf/data-type.ts";
import type { NamedFunction } from "../symbols/name-source.ts";
import { childNamed, withoutReferences } from "../values/navigate.ts";
import { ValueError } from "../values/value.ts";
import type { Evaluation } from "./evaluation.ts";
import { toScalar, toVariable, typeOf, type Value } from "./operands.ts";

/** The function that a pointer leads to, or `*` of one; `undefined` where the value is none, or leads to no function of the module. */
export async function functionBehind(value: Value, { frame, module, context }: Evaluation): Promise<NamedFunction | undefined> {
  if (value.kind !== "variable") return undefined;
  const variable = await withoutReferences(value.variable, context);
  const type = typeOf({ kind: "variable", variable });
  const plain = type && withoutAliases(type);
  const target = plain?.kind === "pointer" ? plain.target() : undefined;
  let element: number | undefined;
  // What a pointer holds is the place of the function in the module's table, where others have an address.
  if (plain?.kind === "function" && variable.value.kind === "memory") element = variable.value.address;
  else if (target && withoutAliases(target).kind === "function")
    element = Number((await toScalar({ kind: "variable", variable }, context)).value);
  const index = element === undefined ? undefined : await frame.stop.functionInTable(module.engine, 0, element);
  return index === undefined ? undefined : frame.symbols.names?.functionWith?.(index);
}

/** The same of a member that is a pointer to a function: `table.compare(a, b)`. */
export async function functionInMember(object: Value, member: string, evaluation: Evaluation): Promise<NamedFunction | undefined> {
  if (object.kind !== "variable" && object.kind !== "scalar") return undefined;
  try {
    const variable = await childNamed(toVariable(object, evaluation.rules), member, evaluation.context);
    return await functionBehind({ kind: "variable", variable }, evaluation);
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}
