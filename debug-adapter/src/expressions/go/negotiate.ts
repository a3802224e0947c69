/** Which values can stand together in an operation, and what type its result has (Delve's rules, `negotiateType` and `isType`). */
import type { GoType } from "#core/go/layouts/go-type.ts";
import { ExpressionError } from "../expression-error.ts";
import { constantText, fitsKind, type GoConstant } from "./constants.ts";
import type { GoOperand } from "./operand.ts";
import type { GoBinaryOperator } from "./syntax.ts";
import { kindName } from "./values.ts";

const nilable = new Set<GoType["kind"]>(["pointer", "unsafe.Pointer", "chan", "map", "interface", "slice", "func"]);
const nilableAsValue = new Set<GoType["kind"]>(["pointer", "chan", "map", "interface", "slice", "func"]);

/** Type of the result; `undefined` where it has none of its own. Throws {@link ExpressionError}. */
export function negotiateType(
  operator: GoBinaryOperator,
  left: GoOperand,
  right: GoOperand,
  constants: { readonly left: GoConstant | undefined; readonly right: GoConstant | undefined },
): GoType | undefined {
  if (left.kind === "nil" || right.kind === "nil") {
    checkNil(operator, left.kind === "nil" ? right : left);
    return undefined;
  }
  if (operator === "<<" || operator === ">>") {
    if (constants.left?.kind !== "int") throw new ExpressionError(`shift of type ${kindName(left)}`);
    if (constants.right?.kind !== "int") throw new ExpressionError(`shift count type ${kindName(right)}, must be unsigned integer`);
    if (constants.right.value < 0n) throw new ExpressionError("shift count must not be negative");
    return left.kind === "value" ? left.type : undefined;
  }
  if (left.kind === "value" && right.kind === "value") {
    if (left.type.name !== right.type.name) throw new ExpressionError(`mismatched types "${left.type.name}" and "${right.type.name}"`);
    return left.type;
  }
  if (left.kind === "value") checkConvertible(right, left.type);
  else if (right.kind === "value") checkConvertible(left, right.type);
  return left.kind === "value" ? left.type : right.kind === "value" ? right.type : undefined;
}

function checkNil(operator: GoBinaryOperator, other: GoOperand): void {
  if (operator !== "==" && operator !== "!=") throw new ExpressionError(`operator ${operator} can not be applied to "nil"`);
  if (other.kind === "nil" || (other.kind === "value" && nilable.has(other.type.kind))) return;
  throw new ExpressionError(`can not compare ${kindName(other)} to nil`);
}

/** Throws {@link ExpressionError} where the operand cannot stand for a value of the type; `name`: of the type, for errors. */
export function checkConvertible(operand: GoOperand, type: GoType, name = type.name): void {
  if (operand.kind === "nil") {
    if (!nilableAsValue.has(type.kind)) throw new ExpressionError(`mismatched types nil and ${name}`);
    return;
  }
  if (operand.kind === "constant") {
    if (!fitsKind(operand.constant, type.kind))
      throw new ExpressionError(`can not convert ${constantText(operand.constant)} constant to ${name}`);
    return;
  }
  if (operand.type.name !== type.name) throw new ConversionError(`can not convert value of type ${operand.type.name} to ${name}`);
}

/** Both have types, and they differ. */
export class ConversionError extends ExpressionError {}
