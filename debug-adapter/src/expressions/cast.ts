import { type DataType, withoutAliases } from "#core/dwarf/data-type.ts";
import { converted } from "./convert-number.ts";
import type { Evaluation } from "./evaluation.ts";
import { ExpressionError } from "./expression-error.ts";
import { type Rules, shapeOf } from "./number-types.ts";
import type { TypedScalar } from "./arithmetic.ts";
import { encoded } from "./scalar.ts";
import type { CheckedCast } from "./steps.ts";
import { scalarValue, toScalar, toVariable, typeOf, type Value, variableValue } from "./operands.ts";

/** `type`: `undefined` is `void`. Rejects with {@link ExpressionError} where there is no such conversion. */
export async function castTo(type: DataType | undefined, value: Value, { context, rules }: Evaluation, how?: CheckedCast): Promise<Value> {
  if (!type) return { kind: "nothing" };
  if (!shapeOf(type)) {
    const own = typeOf(value);
    // To what it is already.
    if (own && withoutAliases(own).name === withoutAliases(type).name) return variableValue(toVariable(value, rules));
    throw new ExpressionError(`there is no conversion to ${type.name}`);
  }
  const scalar = await toScalar(value, context, type);
  if (withoutAliases(type).kind === "pointer" && typeof scalar.value === "number")
    throw new ExpressionError(`a fraction is no ${type.name}`);
  if (how === "bits") return sameBits(scalar, type, rules);
  if (how === "fits") checkFit(scalar, type);
  return scalarValue({ value: converted(scalar.value, type), type });
}

/** Throws {@link ExpressionError} where the type has no such value. */
function checkFit({ value, literal }: TypedScalar, type: DataType): void {
  const isFloat = shapeOf(type)?.kind === "float";
  if (isFloat ? typeof value === "number" || literal !== undefined : typeof value === "bigint" && converted(value, type) === value) return;
  if (typeof value === (isFloat ? "bigint" : "number"))
    throw new ExpressionError(
      isFloat ? `an integer becomes a fraction by @floatFromInt` : `a fraction becomes an integer by @intFromFloat`,
    );
  throw new ExpressionError(`${value} does not fit into ${type.name}`);
}

function sameBits({ value, type: own }: TypedScalar, type: DataType, { language }: Rules): Value {
  const bytes = encoded(value, own);
  if (bytes.length !== shapeOf(type)?.size) throw new ExpressionError(`${own.name} and ${type.name} have different sizes`);
  return variableValue({ name: "the value", typeName: type.name, language, value: { kind: "bytes", bytes, type } });
}
