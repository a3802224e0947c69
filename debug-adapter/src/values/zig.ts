import { withoutAliases, type PointerType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { formatC, stringAt, summaries, typedOf, unread, type Nesting } from "./c.ts";
import { addressIn, pointee, sliceOf, type TypedValue } from "./parts.ts";
import { formatSlice, formatText } from "./slices.ts";
import type { FormattedValue, ValueContext } from "./value.ts";
import { taggedOf } from "./zig/tagged-unions.ts";

const endsWithZero = /^\??\[\*:0\](?:const )?u8$/;

/** Values of Zig: slices, text, tagged unions; the rest as C writes it. Optionals and error unions are views. */
export async function formatZig(variable: Variable, value: TypedValue, context: ValueContext, nesting: Nesting): Promise<FormattedValue> {
  const type = withoutAliases(value.type);
  if (type.kind === "base" && type.name === "void") return { value: "{}" };
  if (type.kind === "pointer" && endsWithZero.test(type.name)) return formatZeroEnded(variable, value, type, context, nesting);
  if (type.kind !== "struct") return formatC(variable, value, context, nesting);
  const slice = type.name.startsWith("[") ? await sliceOf(variable, value, context) : undefined;
  if (slice)
    return /^\[[^\]]*\](const )?u8$/.test(type.name) ? formatText(value, slice, context) : formatSlice(value, slice, context, nesting);
  return (await formatTagged(variable, value, context, nesting)) ?? formatC(variable, value, context, nesting);
}

/** `[*:0]const u8`: the text up to its zero. */
async function formatZeroEnded(
  variable: Variable,
  value: TypedValue,
  type: PointerType,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue> {
  const [formatted, address] = await Promise.all([formatC(variable, value, context, nesting), addressIn(value, type, context)]);
  const target = type.target();
  if (!address || !target) return formatted;
  return { ...formatted, value: await stringAt(typedOf(pointee(variable, value, variable.name, address, target)), context) };
}

/** `union(enum)`: the member that the tag names; `undefined` where the struct is something else. */
async function formatTagged(
  variable: Variable,
  value: TypedValue,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue | undefined> {
  const tagged = await taggedOf(variable, value, context);
  switch (tagged?.kind) {
    case undefined:
      return undefined;
    case "unread":
      return unread(value);
    case "unknown":
      return { value: `<no member has the tag ${tagged.tag}>` };
    case "tagged": {
      const { name, member } = tagged;
      if (!member) return { value: `{${name}}` };
      const child = { variable: member, access: { kind: "member", name, through: "value" } } as const;
      const [text] = await summaries([child], context, nesting);
      return { value: `{${name}: ${text}}`, children: () => Promise.resolve([child]) };
    }
  }
}
