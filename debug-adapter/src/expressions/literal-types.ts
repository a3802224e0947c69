import { literal, type TypedScalar } from "./arithmetic.ts";
import { converted } from "./convert-number.ts";
import { builtInType, literalType, type Rules, type Scalar } from "./number-types.ts";
import type { Literal } from "./steps.ts";

/** The number that a literal is, with the type that the language gives it. */
export function literalScalar(found: Exclude<Literal, { kind: "string" }>, rules: Rules): TypedScalar {
  const { value } = found;
  const type = found.type === undefined ? undefined : suffixedType(found.type, value, rules);
  if (type) return { value: converted(value, type), type };
  if (found.kind === "character" || rules.isC)
    return { value, type: literalType(value, found.kind === "number" && found.isDecimal, rules) };
  return literal(value, rules);
}

/** What does not fit into the type of its suffix has the next one of 64 bits (C23 6.4.4.1). */
function suffixedType(name: string, value: Scalar, rules: Rules): TypedScalar["type"] | undefined {
  const type = builtInType(name, rules.language);
  if (typeof value !== "bigint" || !/^(?:unsigned int|(?:unsigned )?long)$/.test(name)) return type;
  const isUnsigned = name.startsWith("unsigned");
  if (value <= (isUnsigned ? 0xffff_ffffn : 0x7fff_ffffn)) return type;
  return builtInType(isUnsigned || value > 0x7fff_ffff_ffff_ffffn ? "unsigned long long" : "long long", rules.language);
}
