import type { DataType } from "#core/dwarf/data-type.ts";
import type { Language, Variable } from "../symbols/module-symbols.ts";
import { assemblyScriptView } from "./assemblyscript/library-types.ts";
import { cppView } from "./cpp/library-types.ts";
import type { TypedValue } from "./parts.ts";
import { rustView } from "./rust/library-types.ts";
import type { ValueContext } from "./value.ts";
import type { View, ViewMaker } from "./view.ts";
import { zigView } from "./zig/wrappings.ts";

const makers: Partial<Record<Language, ViewMaker>> = { "c++": cppView, rust: rustView, zig: zigView, assemblyscript: assemblyScriptView };

/** What a value of a library's type is for its users; `undefined` where it is no more than its members, as always in languages without such types. */
export function viewOf(
  variable: Variable,
  value: TypedValue,
  type: DataType,
  context: ValueContext,
): Promise<View | undefined> | undefined {
  return makers[variable.language]?.(variable, value, type, context);
}
