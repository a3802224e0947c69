import { builtin } from "./zig-builtins.ts";
import type { UserWasmFrame } from "../stack/user-frame.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { childNamed, elementAt, valueUnder, withoutReferences } from "../values/navigate.ts";
import { ValueError } from "../values/value.ts";
import type { ValueContexts } from "../variables/value-contexts.ts";
import { type ShownVariable, showVariable } from "../variables/variable-container.ts";
import { binary, conditionalType, truth, unary } from "./arithmetic.ts";
import { assign, increment } from "./assign.ts";
import { behindPointer } from "./behind-pointer.ts";
import { call } from "./call-function.ts";
import { sameTexts } from "./compare-texts.ts";
import { converted, isTrue } from "./convert-number.ts";
import { castTo } from "./cast.ts";
import { type Effects, type Evaluation, evaluationIn } from "./evaluation.ts";
import { ExpressionError } from "./expression-error.ts";
import { expressionText, isRepeatable } from "./expression-text.ts";
import { findName } from "./find-name.ts";
import { libraryAnswer } from "./library-queries.ts";
import { literalScalar } from "./literal-types.ts";
import { typeWritten } from "./named-types.ts";
import { builtInType, pointerTo, type Rules, type Scalar, shapeOf } from "./number-types.ts";
import { type Failed, scalarValue, toScalar, toVariable, typeOf, type Value, variableValue } from "./operands.ts";
import { repeated, slice } from "./slice.ts";
import { sizeOfType, sizeOfValue } from "./size-of.ts";
import { type BinaryOperator, hasEffects, type Literal, operandCount, type Step } from "./steps.ts";

/** The value of an expression, written out. Rejects with {@link ExpressionError} where it has none in this frame. */
export async function evaluateExpression(
  steps: readonly Step[],
  frame: UserWasmFrame,
  values: ValueContexts,
  effects?: Effects,
): Promise<ShownVariable> {
  const evaluation = evaluationIn(frame, values, effects);
  const value = await evaluate(steps, evaluation);
  if (value.kind === "nothing") return { name: "", formatted: { value: "" }, expression: undefined, container: undefined };
  const variable = value.kind === "word" || value.kind === "functions" ? undefined : toVariable(value, evaluation.rules);
  if (variable) return showVariable(variable, isRepeatable(steps) ? expressionText(steps) : undefined, evaluation.context);
  if (value.kind === "functions") return { name: "", formatted: { value: `{${value.name}}` }, expression: undefined, container: undefined };
  throw await toScalar(value, evaluation.context).then(
    () => new ExpressionError(`${expressionText(steps)} has no value`),
    (error: unknown) => error,
  );
}

/** The variable that an expression leads to; `undefined` where it is a number that was calculated. Rejects with {@link ExpressionError}. */
export async function evaluateVariable(steps: readonly Step[], frame: UserWasmFrame, values: ValueContexts): Promise<Variable | undefined> {
  const evaluation = evaluationIn(frame, values);
  const value = await evaluate(steps, evaluation);
  return value.kind === "scalar" ? undefined : toVariable(value, evaluation.rules);
}

/** The number that an expression is. Rejects with {@link ExpressionError}. */
export async function evaluateScalar(steps: readonly Step[], frame: UserWasmFrame, values: ValueContexts): Promise<Scalar> {
  const evaluation = evaluationIn(frame, values);
  return (await toScalar(await evaluate(steps, evaluation), evaluation.context)).value;
}

/** Rejects with {@link ExpressionError} where the expression has no value. */
export async function evaluate(steps: readonly Step[], evaluation: Evaluation): Promise<Value> {
  const stack: (Value | Failed)[] = [];
  // Where something happens, nothing more does after a failure.
  const endsAtFailures = hasEffects(steps);
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at]!;
    if (step.kind !== "guard") {
      const operands = stack.splice(stack.length - operandCount(step));
      const value = await settled(() => reached(step, operands, evaluation));
      stack.push(endsAtFailures ? succeeded(value) : value);
      continue;
    }
    const condition = stack.length - 1 - step.depth;
    // What comes next may change what it was made of.
    const decision = succeeded(await settled(() => decisionOf(stack[condition]!, evaluation)));
    stack[condition] = decision;
    if ((await isTruth(decision, evaluation)) !== step.when) continue;
    stack.push(leftOut);
    at = step.end - 1;
  }
  const last = stack.pop()!;
  if (last.kind === "failed") throw last.error;
  return last;
}

const leftOut: Failed = { kind: "failed", error: new ExpressionError("what does not matter has no value") };

async function settled(evaluated: () => Promise<Value>): Promise<Value | Failed> {
  try {
    return await evaluated();
  } catch (error) {
    if (error instanceof ValueError) return { kind: "failed", error: new ExpressionError(error.message) };
    if (error instanceof ExpressionError) return { kind: "failed", error };
    throw error;
  }
}

function succeeded(value: Value | Failed): Value {
  if (value.kind === "failed") throw value.error;
  return value;
}

/** Where the first operand decides, others need not have a value: `p && p->next`. */
async function reached(
  step: Exclude<Step, { kind: "guard" }>,
  operands: readonly (Value | Failed)[],
  evaluation: Evaluation,
): Promise<Value> {
  if (step.kind === "binary" && (step.operator === "&&" || step.operator === "||")) return decided(step.operator, operands, evaluation);
  if (step.kind === "conditional") return chosen(operands, evaluation);
  return apply(step, operands.map(succeeded), evaluation);
}

async function isTruth(value: Value | Failed, { context }: Evaluation): Promise<boolean> {
  return isTrue((await toScalar(succeeded(value), context)).value);
}

async function decisionOf(value: Value | Failed, evaluation: Evaluation): Promise<Value> {
  return scalarValue(truth(await isTruth(value, evaluation), evaluation.rules));
}

async function decided(operator: "&&" | "||", operands: readonly (Value | Failed)[], evaluation: Evaluation): Promise<Value> {
  const isLeft = await isTruth(operands[0]!, evaluation);
  const result = isLeft === (operator === "||") ? isLeft : await isTruth(operands[1]!, evaluation);
  return scalarValue(truth(result, evaluation.rules));
}

/** Numbers have the type that both of them have together, also that which is not chosen. */
async function chosen(operands: readonly (Value | Failed)[], evaluation: Evaluation): Promise<Value> {
  const isFirst = await isTruth(operands[0]!, evaluation);
  const taken = succeeded(operands[isFirst ? 1 : 2]!);
  const other = operands[isFirst ? 2 : 1]!;
  if (other.kind === "failed") return taken;
  const type = typeOf(taken);
  if (type && !shapeOf(type)) return taken;
  try {
    const scalar = await toScalar(taken, evaluation.context, typeOf(other));
    const common = conditionalType(scalar, await toScalar(other, evaluation.context, type), evaluation.rules);
    return scalarValue({ value: converted(scalar.value, common), type: common });
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof ValueError) return taken;
    throw error;
  }
}

/** `operands`: as many as {@link operandCount} says. */
async function apply(
  step: Exclude<Step, { kind: "conditional" | "guard" }>,
  operands: readonly Value[],
  evaluation: Evaluation,
): Promise<Value> {
  const { context, rules, frame } = evaluation;
  const [first] = operands;
  switch (step.kind) {
    case "literal":
      return ofLiteral(step.literal, rules);
    case "name":
      return findName(step.name, evaluation);
    case "enumerator":
      return { kind: "word", name: step.name };
    case "member":
      return variableValue(await childNamed(toVariable(first!, rules), memberName(step.name, rules), context));
    case "index": {
      const key = operands[1]!.kind === "variable" ? operands[1]!.text : undefined;
      if (key) return variableValue(await valueUnder(toVariable(first!, rules), key, context));
      const index = toIndex((await toScalar(operands[1]!, context)).value);
      return variableValue(await elementAt(toVariable(first!, rules), index, context));
    }
    case "slice":
      return slice(step, operands, evaluation);
    case "unary":
      if (step.operator === "*") return variableValue(await behindPointer(toVariable(first!, rules), context));
      if (step.operator === "&") return addressOf(first!, evaluation);
      return scalarValue(unary(step.operator, await toScalar(first!, context), rules));
    case "binary":
      return calculate(step.operator, first!, operands[1]!, evaluation);
    case "cast":
      return castTo(typeWritten(step.type, frame, rules), first!, evaluation, step.how);
    case "builtin":
      return scalarValue(builtin(step.name, await Promise.all(operands.map((value) => toScalar(value, context))), rules));
    case "size-of":
      return scalarValue(await sizeOfValue(first!, evaluation));
    case "size-of-type":
      return scalarValue(sizeOfType(typeWritten(step.type, frame, rules), step.type.name, rules));
    case "assign":
      return assign(step.operator, first!, operands[1]!, evaluation);
    case "increment":
      return increment(step, first!, evaluation);
    case "query":
      return (await libraryAnswer(step.method, first!, evaluation)) ?? call(step.method, first!, [], evaluation);
    case "call":
      return call(step.method, first!, operands.slice(1), evaluation);
  }
}

/** How the debug information of Rust calls the members of tuples. */
const memberName = (name: string, { language }: Rules): string => (language === "rust" && /^\d+$/.test(name) ? `__${name}` : name);

async function calculate(operator: BinaryOperator, left: Value, right: Value, evaluation: Evaluation): Promise<Value> {
  if (operator === "@") return repeated(left, right, evaluation);
  const { context, rules } = evaluation;
  const same = operator === "==" || operator === "!=" ? await sameTexts(left, right, evaluation) : undefined;
  if (same !== undefined) return scalarValue(truth(same === (operator === "=="), rules));
  const one = await toScalar(left, context, typeOf(right));
  const other = await toScalar(right, context, typeOf(left));
  // What is decided here is decided before.
  if (operator === "&&" || operator === "||") return scalarValue(truth(isTrue(one.value), rules));
  return scalarValue(binary(operator, one, other, rules));
}

function ofLiteral(found: Literal, rules: Rules): Value {
  if (found.kind !== "string") return scalarValue(literalScalar(found, rules));
  const bytes = Uint8Array.from([...found.bytes, 0]);
  const element = builtInType("char", "c")!;
  const type = { kind: "array", name: `char[${bytes.length}]`, size: bytes.length, element, count: bytes.length } as const;
  const variable = { name: "the text", typeName: type.name, language: "c", value: { kind: "bytes", bytes, type } } as const;
  return { kind: "variable", variable, text: found.bytes };
}

function toIndex(value: Scalar): number {
  const index = Number(value);
  if (!Number.isSafeInteger(index)) throw new ExpressionError(`${value} is no index`);
  return index;
}

async function addressOf(value: Value, { context, rules }: Evaluation): Promise<Value> {
  if (value.kind === "variable" && value.isSlice) return value;
  const variable = toVariable(value, rules);
  if (value.kind === "scalar") throw new ExpressionError("& needs a variable, not a number");
  const { value: place } =
    variable.value.kind === "memory" || variable.value.kind === "bytes" ? await withoutReferences(variable, context) : variable;
  if (place.kind !== "memory") throw new ExpressionError(`${variable.name} has no address: it is not in linear memory`);
  return scalarValue({ value: BigInt(place.address), type: pointerTo(place.type, variable.language) });
}
