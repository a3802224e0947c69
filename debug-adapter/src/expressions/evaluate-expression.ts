import type { UserWasmFrame } from "../stack/user-frame.ts";
import { binary, unary } from "./arithmetic.ts";
import { ExpressionError } from "./expression-error.ts";
import { findVariable } from "./find-variable.ts";
import type { Step } from "./parse-expression.ts";
import { type Scalar, scalarOf } from "./scalar.ts";
import type { Variable } from "../symbols/module-symbols.ts";

export type Value = { readonly kind: "scalar"; readonly value: Scalar } | { readonly kind: "variable"; readonly variable: Variable };

export async function evaluate(steps: readonly Step[], frame: UserWasmFrame): Promise<Value> {
  const stack: Value[] = [];
  const scalar = async (): Promise<Scalar> => {
    const value = stack.pop()!;
    return value.kind === "scalar" ? value.value : scalarOf(value.variable, frame);
  };
  for (const step of steps) {
    switch (step.kind) {
      case "number":
        stack.push({ kind: "scalar", value: step.value });
        break;
      case "name": {
        const variable = await findVariable(frame, step.name);
        if (!variable) throw new ExpressionError(`there is no variable "${step.name}" here`);
        stack.push({ kind: "variable", variable });
        break;
      }
      case "unary":
        stack.push({ kind: "scalar", value: unary(step.operator as "-", await scalar()) });
        break;
      case "binary": {
        const right = await scalar();
        stack.push({ kind: "scalar", value: binary(step.operator, await scalar(), right) });
        break;
      }
      default:
        throw new ExpressionError("members");
    }
  }
  return stack.pop()!;
}

export async function evaluateScalar(steps: readonly Step[], frame: UserWasmFrame): Promise<Scalar> {
  const value = await evaluate(steps, frame);
  return value.kind === "scalar" ? value.value : scalarOf(value.variable, frame);
}

export async function evaluateText(steps: readonly Step[], frame: UserWasmFrame): Promise<string> {
  return String(await evaluateScalar(steps, frame));
}
