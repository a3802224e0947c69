import { type DataType, withoutAliases } from "#core/dwarf/data-type.ts";
import { converted } from "./convert-number.ts";
import type { Evaluation } from "./evaluation.ts";
import { ExpressionError } from "./expression-error.ts";
import { shapeOf } from "./number-types.ts";
import { scalarValue, toScalar, toVariable, typeOf, type Value, variableValue } from "./operands.ts";

/** `type`: `undefined` is `void`. Rejects with {@link ExpressionError} where there is no such conversion. */
export async function castTo(type: DataType | undefined, value: Value, { context, rules }: Evaluation): Promise<Value> {
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
  return scalarValue({ value: converted(scalar.value, type), type });
}
