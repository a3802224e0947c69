/** The builtin functions that expressions may call; errors in Delve's words. */
import { ExpressionError } from "../expression-error.ts";
import { compare } from "./compare.ts";
import { type GoConstant, intConstant, partsOf } from "./constants.ts";
import { lengthOf } from "./index.ts";
import { negotiateType } from "./negotiate.ts";
import type { GoOperand } from "./operand.ts";
import { basicType, constantOf, type Evaluation, kindName, typedValue, typeNameOf } from "./values.ts";

const names = ["cap", "complex", "imag", "len", "max", "min", "real"] as const;
export type BuiltinName = (typeof names)[number];

export const isBuiltin = (name: string): name is BuiltinName => (names as readonly string[]).includes(name);

/** An argument and its text, for errors. */
export interface Argument {
  readonly operand: GoOperand;
  readonly text: string;
}

export async function callBuiltin(evaluation: Evaluation, name: BuiltinName, args: readonly Argument[]): Promise<GoOperand> {
  switch (name) {
    case "len":
    case "cap": {
      const argument = only(name, args);
      const length = await lengthOf(evaluation, argument.operand, name);
      if (length === undefined)
        throw new ExpressionError(`invalid argument ${argument.text} (type ${typeNameOf(argument.operand)}) for ${name}`);
      return { kind: "constant", constant: intConstant(length) };
    }
    case "real":
    case "imag":
      return part(evaluation, name, only(name, args));
    case "complex":
      return complex(evaluation, args);
    case "min":
    case "max":
      return extreme(evaluation, name, args);
  }
}

function only(name: string, args: readonly Argument[]): Argument {
  const [argument] = args;
  if (!argument || args.length !== 1) throw new ExpressionError(`wrong number of arguments to ${name}: ${args.length}`);
  return argument;
}

async function part(evaluation: Evaluation, name: "real" | "imag", { operand, text }: Argument): Promise<GoOperand> {
  const constant = await constantOf(evaluation, operand);
  const parts = constant && partsOf(constant);
  if (!parts || (name === "imag" && constant.kind !== "complex"))
    throw new ExpressionError(`invalid argument ${text} (type ${typeNameOf(operand)}) to ${name}`);
  if (constant.kind !== "complex") return { kind: "constant", constant };
  return { kind: "constant", constant: { kind: "float", value: name === "real" ? parts.real : parts.imaginary } };
}

async function complex(evaluation: Evaluation, args: readonly Argument[]): Promise<GoOperand> {
  if (args.length !== 2) throw new ExpressionError(`wrong number of arguments to complex: ${args.length}`);
  const parts: Extract<GoConstant, { kind: "int" | "float" }>[] = [];
  for (const [at, { operand, text }] of args.entries()) {
    const constant = await constantOf(evaluation, operand);
    if (constant?.kind !== "int" && constant?.kind !== "float")
      throw new ExpressionError(`invalid argument ${at + 1} ${text} (type ${typeNameOf(operand)}) to complex`);
    parts.push(constant);
  }
  const [real, imaginary] = parts.map((constant) => partsOf(constant)!.real);
  const isSmall = args.every(({ operand }) => operand.kind !== "value" || operand.type.size === 4);
  const isTyped = args.some(({ operand }) => operand.kind === "value");
  const type = basicType(evaluation, isTyped && isSmall ? "complex64" : "complex128");
  return typedValue(evaluation, { kind: "complex", real: real!, imaginary: imaginary! }, type);
}

async function extreme(evaluation: Evaluation, name: "min" | "max", args: readonly Argument[]): Promise<GoOperand> {
  let best: GoOperand | undefined;
  for (const { operand } of args) {
    if (!best) {
      best = operand;
      continue;
    }
    const operator = name === "min" ? "<" : ">";
    const constants = { left: await constantOf(evaluation, operand), right: await constantOf(evaluation, best) };
    negotiateType(operator, operand, best, constants);
    if (!constants.left || !constants.right) throw new ExpressionError(`operator ${operator} not defined on ${kindName(operand)}`);
    if (await compare(evaluation, operator, operand, best)) best = operand;
  }
  if (!best) throw new ExpressionError(`not enough arguments to ${name}`);
  return best;
}
