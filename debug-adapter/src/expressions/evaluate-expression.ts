import type { UserWasmFrame } from "../stack/user-frame.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { childNamed, dereference, elementAt } from "../values/navigate.ts";
import { type ValueContext, ValueError } from "../values/value.ts";
import type { ValueContexts } from "../variables/value-contexts.ts";
import { type ShownVariable, showVariable } from "../variables/variable-container.ts";
import { binary, isTrue, unary } from "./arithmetic.ts";
import { ExpressionError } from "./expression-error.ts";
import { expressionText } from "./expression-text.ts";
import { findVariable } from "./find-variable.ts";
import type { Step } from "./parse-expression.ts";
import { type Scalar, scalarOf } from "./scalar.ts";

/** A number that was calculated, or a variable with its type and place. */
type Value =
  | { readonly kind: "scalar"; readonly value: Scalar; readonly isAddress?: true }
  | { readonly kind: "variable"; readonly variable: Variable };

/** The value of an expression, written out. Rejects with {@link ExpressionError} where it has none in this frame. */
export async function evaluateExpression(steps: readonly Step[], frame: UserWasmFrame, values: ValueContexts): Promise<ShownVariable> {
  const context = values.of(frame.stop, frame.module);
  const value = await evaluate(steps, frame, context);
  if (value.kind === "variable") return showVariable(value.variable, expressionText(steps), context);
  const text = value.isAddress ? `0x${value.value.toString(16)}` : scalarText(value.value);
  return { name: "", formatted: { value: text }, expression: undefined, container: undefined };
}

/** The variable that an expression leads to; `undefined` where it is a number that was calculated. Rejects with {@link ExpressionError}. */
export async function evaluateVariable(steps: readonly Step[], frame: UserWasmFrame, values: ValueContexts): Promise<Variable | undefined> {
  const value = await evaluate(steps, frame, values.of(frame.stop, frame.module));
  return value.kind === "variable" ? value.variable : undefined;
}

/** The number that an expression is. Rejects with {@link ExpressionError}. */
export async function evaluateScalar(steps: readonly Step[], frame: UserWasmFrame, values: ValueContexts): Promise<Scalar> {
  const context = values.of(frame.stop, frame.module);
  return toScalar(await evaluate(steps, frame, context), context);
}

async function evaluate(steps: readonly Step[], frame: UserWasmFrame, context: ValueContext): Promise<Value> {
  const stack: (Value | Failed)[] = [];
  for (const step of steps) {
    const operands = stack.splice(stack.length - operandCount(step));
    const failed = operands.find((operand) => operand.kind === "failed");
    if (step.kind === "name" || step.kind === "number") stack.push(await apply(step, [], frame, context));
    else if (isShortcut(step)) stack.push(await settled(() => decided(step, operands as [Value | Failed, Value | Failed], context)));
    else stack.push(failed ?? (await settled(() => apply(step, operands as Value[], frame, context))));
  }
  return succeeded(stack.pop()!);
}

/** An operand without a value: that matters only if it is needed. */
interface Failed {
  readonly kind: "failed";
  readonly error: ExpressionError;
}

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

type Shortcut = Step & { readonly kind: "binary"; readonly operator: "&&" | "||" };

const isShortcut = (step: Step): step is Shortcut => step.kind === "binary" && (step.operator === "&&" || step.operator === "||");

/** Where the left operand decides, the right one need not have a value: `p && p->next`. */
async function decided({ operator }: Shortcut, [left, right]: [Value | Failed, Value | Failed], context: ValueContext): Promise<Value> {
  const isLeft = isTrue(await toScalar(succeeded(left), context));
  const result = isLeft === (operator === "||") ? isLeft : isTrue(await toScalar(succeeded(right), context));
  return { kind: "scalar", value: result ? 1n : 0n };
}

function operandCount({ kind }: Step): number {
  if (kind === "name" || kind === "number") return 0;
  return kind === "index" || kind === "binary" ? 2 : 1;
}

/** Takes a step's operands off the stack; the parser has seen to it that they are there. */
async function apply(step: Step, stack: Value[], frame: UserWasmFrame, context: ValueContext): Promise<Value> {
  switch (step.kind) {
    case "number":
      return { kind: "scalar", value: step.value };
    case "name": {
      const variable = await findVariable(frame, step.name);
      if (!variable) throw new ExpressionError(`there is no variable "${step.name}" here`);
      return { kind: "variable", variable };
    }
    case "member": {
      const of = toVariable(stack.pop()!, ".");
      return { kind: "variable", variable: await childNamed(of, step.name, context) };
    }
    case "index": {
      const index = toIndex(await toScalar(stack.pop()!, context));
      const of = toVariable(stack.pop()!, "[]");
      return { kind: "variable", variable: await elementAt(of, index, context) };
    }
    case "unary":
      if (step.operator === "*") return { kind: "variable", variable: await dereference(toVariable(stack.pop()!, "*"), context) };
      if (step.operator === "&") return { kind: "scalar", value: addressOf(toVariable(stack.pop()!, "&")), isAddress: true };
      return { kind: "scalar", value: unary(step.operator, await toScalar(stack.pop()!, context)) };
    case "binary": {
      const right = await toScalar(stack.pop()!, context);
      return { kind: "scalar", value: binary(step.operator, await toScalar(stack.pop()!, context), right) };
    }
  }
}

function toScalar(value: Value, context: ValueContext): Scalar | Promise<Scalar> {
  return value.kind === "scalar" ? value.value : scalarOf(value.variable, context);
}

function toVariable(value: Value, operator: string): Variable {
  if (value.kind === "variable") return value.variable;
  throw new ExpressionError(`${operator} needs a variable, not a number`);
}

function toIndex(value: Scalar): number {
  const index = Number(value);
  if (!Number.isSafeInteger(index)) throw new ExpressionError(`${value} is no index`);
  return index;
}

function addressOf({ name, value }: Variable): bigint {
  if (value.kind !== "memory") throw new ExpressionError(`${name} has no address: it is not in linear memory`);
  return BigInt(value.address);
}

function scalarText(value: Scalar): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
