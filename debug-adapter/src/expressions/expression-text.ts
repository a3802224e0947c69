import type { Step } from "./parse-expression.ts";

/** An expression that means the same as `steps`, without its author's spaces; brackets only where they are needed or the order is not plain. */
export function expressionText(steps: readonly Step[]): string {
  const stack: string[] = [];
  for (const step of steps) {
    const operand = (): string => stack.pop() ?? "";
    switch (step.kind) {
      case "name":
        stack.push(step.name);
        break;
      case "number":
        stack.push(String(step.value));
        break;
      case "member":
        stack.push(`${postfixed(operand())}.${step.name}`);
        break;
      case "index": {
        const index = operand();
        stack.push(`${postfixed(operand())}[${index}]`);
        break;
      }
      case "unary":
        stack.push(`${step.operator}${operand()}`);
        break;
      case "binary": {
        const right = operand();
        stack.push(`(${operand()} ${step.operator} ${right})`);
        break;
      }
    }
  }
  return stack.pop() ?? "";
}

/** Members and elements bind tighter than the operators before a value. */
function postfixed(text: string): string {
  return /^[*&\-+!~]/.test(text) ? `(${text})` : text;
}
