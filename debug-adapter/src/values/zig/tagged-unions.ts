import { withoutAliases } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { typedValue } from "../fields.ts";
import { bytesOf, partOf, type TypedValue } from "../parts.ts";
import { integerOf } from "../scalars.ts";
import type { ValueContext } from "../value.ts";

/** What a `union(enum)` holds. */
export type Tagged =
  /** `member`: `undefined` where the tag says all. */
  | { readonly kind: "tagged"; readonly name: string; readonly member: Variable | undefined }
  | { readonly kind: "unread" }
  /** No member has the tag. */
  | { readonly kind: "unknown"; readonly tag: bigint };

/** `undefined` where the value is something else. */
export async function taggedOf(variable: Variable, value: TypedValue, context: ValueContext): Promise<Tagged | undefined> {
  const type = withoutAliases(value.type);
  const members = type.kind === "struct" ? type.members() : [];
  const payload = members.find(({ name }) => name === "payload");
  const tag = members.find(({ name }) => name === "tag");
  const payloadType = payload && withoutAliases(payload.type);
  const tagType = tag && withoutAliases(tag.type);
  const isUnion = payloadType?.kind === "struct" && payloadType.flavour === "union" && tagType?.kind === "enum";
  if (variable.language !== "zig" || members.length !== 2 || !payload || !tag || !isUnion) return undefined;
  const place = typedValue(partOf(variable, value, tag.name, tag.offset, tag.type));
  const bytes = place && (await bytesOf(place, tagType.size, context));
  if (!bytes) return { kind: "unread" };
  const number = integerOf(bytes, tagType.signed);
  const name = tagType.values.find((candidate) => candidate.value === number)?.name;
  if (name === undefined) return { kind: "unknown", tag: number };
  const active = payloadType.members().find((member) => member.name === name && member.type.name !== "void");
  return { kind: "tagged", name, member: active && partOf(variable, value, name, payload.offset + active.offset, active.type) };
}
