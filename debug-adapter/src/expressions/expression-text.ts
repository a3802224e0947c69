import type { Literal, Step, TypeSyntax } from "./steps.ts";
import { operandCount } from "./steps.ts";

/**
 * An expression that means the same as `steps`, without its author's spaces; brackets only where they are needed or the order is not plain.
 * Of an assignment it is what was assigned to: it may be evaluated again. {@link isRepeatable} says whether there is one.
 */
export function expressionText(steps: readonly Step[]): string {
  const stack: string[] = [];
  for (const step of steps) {
    if (step.kind !== "guard") stack.push(textOf(step, stack.splice(stack.length - operandCount(step))));
  }
  return stack.pop() ?? "";
}

/** Whether evaluating the expression again gives the same without calling anything. */
export const isRepeatable = (steps: readonly Step[]): boolean => steps.every(({ kind }) => kind !== "call" && kind !== "query");

function textOf(step: Exclude<Step, { kind: "guard" }>, operands: readonly string[]): string {
  const [first = "", second = "", third = ""] = operands;
  switch (step.kind) {
    case "name":
      return step.name;
    case "literal":
      return literalText(step.literal);
    case "enumerator":
      return `.${step.name}`;
    case "member":
      return `${postfixed(first)}.${step.name}`;
    case "index":
      return `${postfixed(first)}[${second}]`;
    case "slice": {
      const to = step.from ? third : second;
      return `${postfixed(first)}[${step.from ? second : ""}${step.inclusive ? "..=" : ".."}${step.to ? to : ""}]`;
    }
    case "unary":
      return `${step.operator}${/^[-+&]/.test(first) ? `(${first})` : first}`;
    case "binary":
      return `(${first} ${step.operator} ${second})`;
    case "conditional":
      return `(${first} ? ${second} : ${third})`;
    case "builtin":
      return `@${step.name}(${operands.join(", ")})`;
    case "cast":
      if (step.how) return `@as(${"*".repeat(step.type.pointers)}${step.type.name}, ${first})`;
      return `((${typeText(step.type)})${first})`;
    case "size-of":
      return `sizeof(${first})`;
    case "size-of-type":
      return `sizeof(${typeText(step.type)})`;
    case "assign":
    case "increment":
      return first;
    case "query":
      return `${postfixed(first)}.${step.method}()`;
    case "call":
      return "";
  }
}

const typeText = ({ name, pointers }: TypeSyntax): string => `${name}${pointers > 0 ? ` ${"*".repeat(pointers)}` : ""}`;

function literalText(literal: Literal): string {
  return literal.kind === "string" ? JSON.stringify(new TextDecoder().decode(literal.bytes)) : String(literal.value);
}

/** Members and elements bind tighter than the operators before a value. */
function postfixed(text: string): string {
  return /^[*&\-+!~]/.test(text) ? `(${text})` : text;
}
