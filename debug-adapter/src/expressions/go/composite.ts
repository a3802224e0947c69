/** Struct literals: `main.Point{X: 1}`. */
import type { GoStructType } from "#core/go/layouts/go-type.ts";
import { ExpressionError } from "../expression-error.ts";
import { bytesToAssign } from "./assign.ts";
import type { GoOperand } from "./operand.ts";
import { type Evaluation, resultAt } from "./values.ts";

export interface GivenField {
  readonly name: string;
  readonly operand: GoOperand;
}

/** Fields that are not given are zero. */
export async function composite(evaluation: Evaluation, type: GoStructType, given: readonly GivenField[]): Promise<GoOperand> {
  const bytes = new Uint8Array(type.size);
  for (const { name, operand } of given) {
    const field = type.fields.find((candidate) => candidate.name === name);
    if (!field) throw new ExpressionError(`${type.name} has no member ${name}`);
    bytes.set(await bytesToAssign(evaluation, operand, await evaluation.loader.types.get(field.type)), field.offset);
  }
  return resultAt(evaluation.scratch.place(bytes), type);
}

/** The field that an element of a literal is for: by its key, else by its place. */
export function fieldName(type: GoStructType, key: string | undefined, at: number): string {
  const name = key ?? type.fields[at]?.name;
  if (name === undefined) throw new ExpressionError(`too many values in struct literal of type ${type.name}`);
  return name;
}
