import type { UserWasmFrame } from "../stack/user-frame.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { childNamed, dereference, elementAt } from "../values/navigate.ts";
import { type ValueContext, ValueError } from "../values/value.ts";
import type { ValueContexts } from "../variables/value-contexts.ts";
import { type ShownVariable, showVariable } from "../variables/variable-container.ts";
import { binary, unary } from "./arithmetic.ts";
import { ExpressionError } from "./expression-error.ts";
import { expressionText } from "./expression-text.ts";
import { findVariable } from "./find-variable.ts";
import { goDereference, goElement, goMember, goValueOf } from "./go-value.ts";
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
  const stack: Value[] = [];
  for (const step of steps) {
    try {
      stack.push(await apply(step, stack, frame, context));
    } catch (error) {
      if (error instanceof ValueError) throw new ExpressionError(error.message);
      throw error;
    }
  }
  return stack.pop()!;
}

/** Takes a step's operands off the stack; the parser has seen to it that they are there. */
async function apply(step: Step, stack: Value[], frame: UserWasmFrame, context: ValueContext): Promise<Value> {
  switch (step.kind) {
    case "number":
      return { kind: "scalar", value: step.value };
    case "name": {
      const variable = await findVariable(frame, step.name);
      if (!variable && frame.symbols.kind === "go") throw new ExpressionError(`could not find symbol value for ${step.name}`);
      if (!variable) throw new ExpressionError(`there is no variable "${step.name}" here`);
      return { kind: "variable", variable };
    }
    case "member": {
      const of = toVariable(stack.pop()!, ".");
      const value = await goValueOf(of);
      return { kind: "variable", variable: value ? await goMember(value, step.name) : await childNamed(of, step.name, context) };
    }
    case "index": {
      const index = toIndex(await toScalar(stack.pop()!, context));
      const of = toVariable(stack.pop()!, "[]");
      const value = await goValueOf(of);
      return { kind: "variable", variable: value ? await goElement(value, index) : await elementAt(of, index, context) };
    }
    case "unary":
      if (step.operator === "*") {
        const pointer = toVariable(stack.pop()!, "*");
        const value = await goValueOf(pointer);
        return { kind: "variable", variable: value ? await goDereference(value) : await dereference(pointer, context) };
      }
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
