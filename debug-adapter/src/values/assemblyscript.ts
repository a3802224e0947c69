import { withoutAliases } from "#core/dwarf/data-type.ts";
import type { WasmValue } from "../engine/engine.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { deeper, depthLimit, formatC, summaries, type Nesting } from "./c.ts";
import { addressIn, membersOf, pointee, typed, type TypedValue } from "./parts.ts";
import { hexadecimal } from "./scalars.ts";
import type { FormattedValue, ValueContext } from "./value.ts";
import { formatWasm } from "./wat.ts";

/**
 * A local or global of AssemblyScript. A source map has no types: `bool`, small integers and references are all an i32, and are shown as that number.
 * Not a number and infinity are written as the language writes them.
 */
export function formatAssemblyScript(value: WasmValue): string {
  if ((value.type === "f32" || value.type === "f64") && !Number.isFinite(value.value)) return String(value.value);
  return formatWasm(value);
}

/** A value whose type the source declares: objects by their class and fields; the rest as C writes it. */
export async function formatAssemblyScriptObject(
  variable: Variable,
  value: TypedValue,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue> {
  const type = withoutAliases(value.type);
  const target = type.kind === "pointer" ? type.target() : undefined;
  if (type.kind !== "pointer" || target?.kind !== "struct") return formatC(variable, value, context, nesting);
  const address = await addressIn(value, type, context);
  if (address === 0) return { value: "null" };
  if (address === undefined) return formatC(variable, value, context, nesting);
  const behind = pointee(variable, value, variable.name, address, target);
  const members = await membersOf(behind, typed(behind), target.members(), "value", context);
  const common = { memoryReference: hexadecimal(address), ...(members.length > 0 ? { children: () => Promise.resolve(members) } : {}) };
  if (nesting.depth > depthLimit) return { value: `${target.name} {...}`, ...common };
  const texts = await summaries(members, context, deeper(nesting));
  return { value: `${target.name} {${members.map(({ variable: member }, at) => `${member.name}: ${texts[at]}`).join(", ")}}`, ...common };
}
