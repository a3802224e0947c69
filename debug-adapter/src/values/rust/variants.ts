import { withoutAliases, type StructType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { typedValue } from "../fields.ts";
import { bytesOf, partOf, type TypedValue } from "../parts.ts";
import { integerOf } from "../scalars.ts";
import type { ValueContext } from "../value.ts";

/** Which variant a value of an enum with payloads is. */
export type Variant =
  /** `payload`: named as the variant; its members are those of the variant. */
  | { readonly kind: "variant"; readonly payload: Variable; readonly value: TypedValue; readonly type: StructType }
  | { readonly kind: "unread" }
  /** No variant has the number that the value holds. */
  | { readonly kind: "unknown"; readonly number: bigint | undefined };

/** `undefined` where the type has no variants. A variant is described as a struct in place of the whole. */
export async function variantOf(
  variable: Variable,
  value: TypedValue,
  type: StructType,
  context: ValueContext,
): Promise<Variant | undefined> {
  const part = type.variants?.();
  if (!part) return undefined;
  let number: bigint | undefined;
  if (part.discriminant) {
    const chooser = typedValue(partOf(variable, value, "", part.discriminant.offset, part.discriminant.type));
    const chooserType = withoutAliases(part.discriminant.type);
    const bytes = chooser && chooserType.kind === "base" ? await bytesOf(chooser, chooserType.size, context) : undefined;
    if (!bytes) return { kind: "unread" };
    number = integerOf(bytes, false);
  }
  const chosen = part.variants.find((variant) => variant.value === number) ?? part.variants.find((variant) => variant.value === undefined);
  const [member] = chosen?.members ?? [];
  const memberType = member && withoutAliases(member.type);
  const payload = member && partOf(variable, value, member.name, member.offset, member.type);
  const inner = payload && typedValue(payload);
  return inner && memberType?.kind === "struct"
    ? { kind: "variant", payload, value: inner, type: memberType }
    : { kind: "unknown", number };
}
