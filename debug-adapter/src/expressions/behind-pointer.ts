import { withoutAliases } from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { numberIn, typedValue } from "../values/fields.ts";
import { childNamed, dereference } from "../values/navigate.ts";
import { type ValueContext, ValueError } from "../values/value.ts";

/** What `*p` is, and what `p.*` and `optional.?` are in Zig. Rejects with {@link ValueError} where there is nothing. */
export async function behindPointer(variable: Variable, context: ValueContext): Promise<Variable> {
  const value = typedValue(variable);
  const type = value && withoutAliases(value.type);
  const isOptional = variable.language === "zig" && type?.kind === "struct" && type.name.startsWith("?");
  if (!value || !isOptional || !type.members().some(({ name }) => name === "payload")) return dereference(variable, context);
  if ((await numberIn(variable, value, "some", context)) === 0) throw new ValueError(`${variable.name} holds no value: it is null`);
  return { ...(await childNamed(variable, "payload", context)), name: variable.name };
}
