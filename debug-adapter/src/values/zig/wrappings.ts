import { withoutAliases, type StructMember, type StructType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { numberIn, typedValue } from "../fields.ts";
import { bytesOf, partOf, type TypedValue } from "../parts.ts";
import { integerOf } from "../scalars.ts";
import type { ValueContext } from "../value.ts";
import type { View, ViewMaker } from "../view.ts";

/** Optionals and error unions of Zig: the value in them, where there is one. */
export const zigView: ViewMaker = async (variable, value, type, context) => {
  const struct = withoutAliases(type);
  if (struct.kind !== "struct") return undefined;
  const payload = memberOf(struct, "payload");
  if (!payload) return undefined;
  const inner = partOf(variable, value, variable.name, payload.offset, payload.type);
  if (struct.name.startsWith("?")) return optional(variable, value, inner, context);
  const error = struct.name.includes("!") ? memberOf(struct, "error") : undefined;
  return error && errorUnion(variable, value, inner, error, context);
};

const memberOf = (type: StructType, name: string): StructMember | undefined => type.members().find((member) => member.name === name);

/** `?T` of what cannot be told to be missing by its own bits. */
async function optional(variable: Variable, value: TypedValue, inner: Variable, context: ValueContext): Promise<View | undefined> {
  const some = await numberIn(variable, value, "some", context);
  return some === undefined ? undefined : { kind: "wrapped", inner: some === 0 ? undefined : inner, none: "null" };
}

/** `E!T`: the error is a number, 0 where there is none. */
async function errorUnion(
  variable: Variable,
  value: TypedValue,
  inner: Variable,
  error: StructMember,
  context: ValueContext,
): Promise<View | undefined> {
  const place = typedValue(partOf(variable, value, error.name, error.offset, error.type));
  const set = withoutAliases(error.type);
  const bytes = place && set.kind === "enum" ? await bytesOf(place, set.size, context) : undefined;
  if (!bytes || set.kind !== "enum") return undefined;
  const number = integerOf(bytes, false);
  if (number === 0n) return { kind: "wrapped", inner, none: "" };
  const name = set.values.find((candidate) => candidate.value === number)?.name;
  return { kind: "wrapped", inner: undefined, none: name ?? `error ${number}` };
}
