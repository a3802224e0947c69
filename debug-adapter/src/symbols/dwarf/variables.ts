import { atOnce } from "../../values/at-once.ts";
import type { LogicalFrame, Scope, Variable } from "../module-symbols.ts";
import type { DescribedVariable } from "./described-variable.ts";
import { membersOfThis } from "./implicit-members.ts";
import { FramePlaces, optimizedOutValue } from "./places.ts";
import type { ScopePlan } from "./scope-plan.ts";

/** The variables of `plan`, where they are at `address` in `frame`. */
export async function scopesOf(plan: ScopePlan, frame: LogicalFrame, address: number): Promise<readonly Scope[]> {
  const places = new FramePlaces(frame, plan.fn, address);
  const [locals = [], args = [], globalVariables = []] = await atOnce(
    [plan.locals, plan.args, plan.globals].map((list) => variablesOf(list, places)),
  );
  const members = await membersOfThis(
    args.find(({ name, language }) => name === "this" && language === "c++"),
    frame,
  );
  // Globals that the linker dropped are no concern of a frame; there may be hundreds.
  const globals = globalVariables.filter((variable) => variable.value !== optimizedOutValue);
  const scopes: readonly Scope[] = [
    { name: "Locals", kind: "locals", variables: locals },
    { name: "Arguments", kind: "arguments", variables: [...args, ...members] },
    { name: "Globals", kind: "globals", variables: [...globals, ...shortNames(globals)] },
  ];
  return scopes.filter((scope) => scope.variables.length > 0);
}

/** Within its namespace or class a global is named by the last part of its name. */
function shortNames(globals: readonly Variable[]): readonly Variable[] {
  return globals.flatMap((variable) => {
    const at = variable.name.lastIndexOf("::");
    return at < 0 ? [] : [{ ...variable, name: variable.name.slice(at + 2), isImplicit: true as const }];
  });
}

function variablesOf(described: readonly DescribedVariable[], places: FramePlaces): readonly Variable[] | Promise<readonly Variable[]> {
  return atOnce(described.map((variable) => placedVariable(variable, places)));
}

/** Most places need nothing that must be waited for. */
export function placedVariable(described: DescribedVariable, places: FramePlaces): Variable | Promise<Variable> {
  const { name, typeName, language } = described;
  const value = places.valueOf(described);
  return value instanceof Promise
    ? value.then((known) => ({ name, typeName, language, value: known }))
    : { name, typeName, language, value };
}
