import { sizeOf, withoutAliases, type StructType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { formatC, summaries, typedOf, unread, type Nesting } from "./c.ts";
import { bytesOf, partOf, sliceOf, type TypedValue } from "./parts.ts";
import { integerOf } from "./scalars.ts";
import { formatSlice, formatText } from "./slices.ts";
import type { FormattedValue, ValueContext } from "./value.ts";

/** Values of Zig: slices, text, optionals, tagged unions; the rest as C writes it. */
export async function formatZig(variable: Variable, value: TypedValue, context: ValueContext, nesting: Nesting): Promise<FormattedValue> {
  const type = withoutAliases(value.type);
  if (type.kind !== "struct") return formatC(variable, value, context, nesting);
  const slice = type.name.startsWith("[") ? await sliceOf(variable, value, context) : undefined;
  if (slice)
    return /^\[[^\]]*\](const )?u8$/.test(type.name) ? formatText(value, slice, context) : formatSlice(value, slice, context, nesting);
  if (type.name.startsWith("?")) return formatOptional(variable, value, type, context, nesting);
  return (await formatTagged(variable, value, type, context, nesting)) ?? formatC(variable, value, context, nesting);
}

/** `?T`: `null`, or the payload as a value of its own. */
async function formatOptional(
  variable: Variable,
  value: TypedValue,
  type: StructType,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue> {
  const payload = type.members().find(({ name }) => name === "payload");
  const some = type.members().find(({ name }) => name === "some");
  if (!payload || !some) return formatC(variable, value, context, nesting);
  const bytes = await bytesOf(typedOf(partOf(variable, value, some.name, some.offset, some.type)), sizeOf(some.type) ?? 1, context);
  if (!bytes) return unread(value);
  if (integerOf(bytes, false) === 0n) return { value: "null" };
  const inner = partOf(variable, value, variable.name, payload.offset, payload.type);
  return nesting.write(inner, typedOf(inner), context, nesting);
}

/** `union(enum)`: the member that the tag names; `undefined` where the struct is something else. */
async function formatTagged(
  variable: Variable,
  value: TypedValue,
  type: StructType,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue | undefined> {
  const members = type.members();
  const payload = members.find(({ name }) => name === "payload");
  const tag = members.find(({ name }) => name === "tag");
  const payloadType = payload && withoutAliases(payload.type);
  const tagType = tag && withoutAliases(tag.type);
  if (
    members.length !== 2 ||
    !payload ||
    !tag ||
    payloadType?.kind !== "struct" ||
    payloadType.flavour !== "union" ||
    tagType?.kind !== "enum"
  )
    return undefined;
  const bytes = await bytesOf(typedOf(partOf(variable, value, tag.name, tag.offset, tag.type)), tagType.size, context);
  if (!bytes) return unread(value);
  const number = integerOf(bytes, tagType.signed);
  const name = tagType.values.find((candidate) => candidate.value === number)?.name;
  if (name === undefined) return { value: `<no member has the tag ${number}>` };
  const active = payloadType.members().find((member) => member.name === name);
  if (!active) return { value: `{${name}}` };
  const child = { variable: partOf(variable, value, name, payload.offset + active.offset, active.type), access: { kind: "none" } as const };
  const [text] = await summaries([child], context, nesting);
  return { value: `{${name}: ${text}}`, children: () => Promise.resolve([child]) };
}
