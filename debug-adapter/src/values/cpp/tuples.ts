import { withoutAliases } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { field, typedValue } from "../fields.ts";
import { partOf } from "../parts.ts";
import type { ViewMaker } from "../view.ts";

/** `std::tuple`: one base class for each part. Source: libc++, <tuple>, `__tuple_leaf`. */
export const tuple: ViewMaker = (variable, value) => {
  const base = field(variable, value, "__base_");
  const whole = base && typedValue(base);
  const type = whole && withoutAliases(whole.type);
  if (!whole || type?.kind !== "struct") return Promise.resolve(undefined);
  const parts = type.members().map((leaf, index): Variable | undefined => {
    const name = `get<${index}>()`;
    const part = partOf(variable, whole, name, leaf.offset, leaf.type);
    const inner = typedValue(part);
    const [first] = innerMembers(leaf.type);
    // A part without data is the base class of its leaf.
    return inner && (field(part, inner, "__value_", name) ?? (first && { ...partOf(part, inner, name, first.offset, first.type) }));
  });
  const known = parts.filter((part) => part !== undefined);
  return Promise.resolve(known.length === parts.length ? { kind: "tuple", parts: known } : undefined);
};

function innerMembers(leaf: Parameters<typeof withoutAliases>[0]): readonly { readonly offset: number; readonly type: typeof leaf }[] {
  const type = withoutAliases(leaf);
  return type.kind === "struct" ? type.members() : [];
}
