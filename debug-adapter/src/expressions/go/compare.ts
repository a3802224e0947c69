/** Comparisons of values; errors in Delve's words. */
import { readWord } from "../../values/go/memory-words.ts";
import { ExpressionError } from "../expression-error.ts";
import { compareConstants, type GoComparison } from "./constants.ts";
import type { GoOperand, GoValueOperand } from "./operand.ts";
import { dynamicValue } from "./select.ts";
import { constantOf, type Evaluation, kindName, resultAt } from "./values.ts";

/** Structs in structs that are compared, and elements of arrays. */
const deepest = 1;
const mostElements = 64;

/** Types are those that `negotiateType` lets through. */
export async function compare(evaluation: Evaluation, operator: GoComparison, left: GoOperand, right: GoOperand): Promise<boolean> {
  const [a, b] = [await constantOf(evaluation, left), await constantOf(evaluation, right)];
  if (a && b) return compareConstants(operator, a, b);
  if (operator !== "==" && operator !== "!=") throw new ExpressionError(`operator ${operator} not defined on ${kindName(left)}`);
  return (await compareValues(evaluation, left, right)) === (operator === "==");
}

/** Whether two values are the same. */
export async function compareValues(evaluation: Evaluation, left: GoOperand, right: GoOperand, depth = 0): Promise<boolean> {
  if (left.kind === "nil" || right.kind === "nil") {
    const other = left.kind === "nil" ? right : left;
    return other.kind === "nil" || (other.kind === "value" && (await isNil(evaluation, other)));
  }
  const [a, b] = [await constantOf(evaluation, left), await constantOf(evaluation, right)];
  if (a && b) return compareConstants("==", a, b);
  if (left.kind !== "value" || right.kind !== "value") return false;
  return compareTyped(evaluation, left, right, depth);
}

async function compareTyped(evaluation: Evaluation, left: GoValueOperand, right: GoValueOperand, depth: number): Promise<boolean> {
  const { loader } = evaluation;
  const { type } = left;
  switch (type.kind) {
    case "pointer":
      return (await readWord(loader.memory, left.address)) === (await readWord(loader.memory, right.address));
    case "array": {
      if (type.length > mostElements) throw new ExpressionError("array too long for comparison");
      const elem = await loader.types.get(type.elem);
      const parts = Array.from({ length: type.length }, (_, at) => ({ type: elem, offset: at * elem.size }));
      return compareParts(evaluation, left, right, parts, depth);
    }
    case "struct": {
      if (depth > deepest && type.fields.length > 0) throw new ExpressionError("structure too deep for comparison");
      const parts = await Promise.all(type.fields.map(async ({ type: id, offset }) => ({ type: await loader.types.get(id), offset })));
      return compareParts(evaluation, left, right, parts, depth);
    }
    case "interface": {
      const [a, b] = [await dynamicValue(evaluation, left), await dynamicValue(evaluation, right)];
      if (!a || !b) return a === b;
      return a.type.name === b.type.name && compareValues(evaluation, a, b, depth);
    }
    case "slice":
    case "map":
    case "func":
    case "chan":
      throw new ExpressionError(`can not compare ${kindName(left)} variables`);
    default:
      throw new ExpressionError(`unimplemented comparison of ${kindName(left)} variables`);
  }
}

async function compareParts(
  evaluation: Evaluation,
  left: GoValueOperand,
  right: GoValueOperand,
  parts: readonly { readonly type: GoValueOperand["type"]; readonly offset: number }[],
  depth: number,
): Promise<boolean> {
  let same = true;
  for (const { type, offset } of parts) {
    const [a, b] = [resultAt(left.address + offset, type), resultAt(right.address + offset, type)];
    same &&= await compareValues(evaluation, a, b, depth + 1);
  }
  return same;
}

async function isNil({ loader }: Evaluation, { type, address }: GoValueOperand): Promise<boolean> {
  // The first word of all of them is 0 if they are nil.
  const kinds = ["pointer", "interface", "slice", "map", "func", "chan", "unsafe.Pointer"];
  return kinds.includes(type.kind) && (await readWord(loader.memory, address)) === 0;
}
