import { withoutAliases, type PointerType, type StructType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { deeper, depthLimit, formatC, memberLimit, reference, summaries, typedOf, unread, type Nesting } from "./c.ts";
import { addressIn, bytesOf, membersOf, pointee, sliceOf, type TypedValue } from "./parts.ts";
import { variantOf } from "./rust/variants.ts";
import { integerOf } from "./scalars.ts";
import { formatSlice, formatText } from "./slices.ts";
import { quotedCharacter } from "./text.ts";
import type { Child, FormattedValue, ValueContext } from "./value.ts";

/** Values of Rust: text, slices, tuples, structs by name, enums with their payload; the rest as C writes it. */
export async function formatRust(variable: Variable, value: TypedValue, context: ValueContext, nesting: Nesting): Promise<FormattedValue> {
  const type = withoutAliases(value.type);
  if (type.kind === "base" && type.encoding === "utf") {
    const bytes = await bytesOf(value, type.size, context);
    return bytes ? { value: quotedCharacter(Number(integerOf(bytes, false)), type.size), ...reference(value) } : unread(value);
  }
  if (type.kind === "base" && type.name === "()") return { value: "()" };
  if (type.kind === "pointer" && type.name.startsWith("&")) return formatReference(variable, value, type, context, nesting);
  if (type.kind !== "struct" || type.size === undefined) return formatC(variable, value, context, nesting);
  if (type.name.startsWith("&") || type.name.startsWith("*")) {
    const slice = await sliceOf(variable, value, context);
    if (slice && /^&(mut )?str$/.test(type.name)) return formatText(value, slice, context);
    if (slice) return formatSlice(value, slice, context, nesting);
  }
  if (type.flavour === "union") return formatC(variable, value, context, nesting);
  return formatEnum(variable, value, type, context, nesting);
}

/** A reference is written as what it refers to: in Rust it always refers to something. */
async function formatReference(
  variable: Variable,
  value: TypedValue,
  type: PointerType,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue> {
  const target = type.target();
  const address = target && (await addressIn(value, type, context));
  if (!target || !address || nesting.depth > depthLimit) return formatC(variable, value, context, nesting);
  const behind = pointee(variable, value, `*${variable.name}`, address, target);
  return nesting.write(behind, typedOf(behind), context, deeper(nesting));
}

/** A struct, or the variant that a value of an enum is. */
async function formatEnum(
  variable: Variable,
  value: TypedValue,
  type: StructType,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue> {
  const variant = await variantOf(variable, value, type, context);
  switch (variant?.kind) {
    case undefined:
      return formatFields(variable, value, shortName(type.name), type, context, nesting);
    case "unread":
      return unread(value);
    case "unknown":
      return { value: `<no variant of ${type.name} has the number ${variant.number ?? "?"}>`, ...reference(value) };
    case "variant":
      return formatFields(variable, variant.value, variant.payload.name, variant.type, context, nesting);
  }
}

async function formatFields(
  variable: Variable,
  value: TypedValue,
  name: string,
  type: StructType,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue> {
  const members = await membersOf(variable, value, type.members(), "value", context);
  if (members.length === 0) return { value: name === "" ? "()" : name, ...reference(value) };
  const children = (): Promise<readonly Child[]> => Promise.resolve(members);
  const common = { ...reference(value), children };
  const isTuple = members.every(({ variable: member }) => /^__\d+$/.test(member.name));
  if (nesting.depth > depthLimit) return { value: isTuple ? `${name}(...)` : `${name} {...}`.trim(), ...common };
  const shown = members.slice(0, memberLimit);
  const texts = await summaries(shown, context, nesting);
  const more = members.length > shown.length ? ["..."] : [];
  if (isTuple) return { value: `${name}(${[...texts, ...more].join(", ")})`, ...common };
  const fields = shown.map(({ variable: member }, at) => `${member.name}: ${texts[at]}`);
  return { value: `${name} {${[...fields, ...more].join(", ")}}`.trim(), ...common };
}

/** Without the types that a generic type was made with; a tuple has no name. */
function shortName(name: string): string {
  return name.startsWith("(") ? "" : name.replace(/<.*$/, "");
}
