/** What names mean: local variables, then those of the package and of others, functions and constants; as Delve looks them up. */
import { ExpressionError } from "../expression-error.ts";
import { intConstant } from "./constants.ts";
import type { GoOperand } from "./operand.ts";
import { functionValue, selectField } from "./select.ts";
import { findType, isPackage } from "./types.ts";
import { type Evaluation, typedValue } from "./values.ts";

/** A name on its own. */
export async function lookUp(evaluation: Evaluation, name: string): Promise<GoOperand> {
  const found = await find(evaluation, name);
  if (!found) throw new ExpressionError(`could not find symbol value for ${name}`);
  return found;
}

async function find(evaluation: Evaluation, name: string): Promise<GoOperand | undefined> {
  const { scope } = evaluation;
  const local = await scope.local(name);
  if (local) return { kind: "value", ...local };
  const global = await findGlobal(evaluation, scope.packagePath, name);
  if (global) return global.kind === "value" ? { ...global, name } : global;
  if (name === "true" || name === "false") return { kind: "constant", constant: { kind: "bool", value: name === "true" } };
  return name === "nil" ? { kind: "nil" } : undefined;
}

/** `x.name`, where `x` may be the name of a package. */
export async function lookUpSelected(evaluation: Evaluation, of: string, name: string): Promise<GoOperand> {
  const { scope } = evaluation;
  const goroutine = of === "runtime" && name === "curg" ? scope.goroutine() : undefined;
  if (goroutine) return { kind: "value", ...goroutine };
  let problem: unknown;
  try {
    const operand = await find(evaluation, of);
    if (operand) return await selectField(evaluation, operand, name);
  } catch (error) {
    problem = error;
  }
  return lookUpQualified(evaluation, of, name, problem);
}

/** A member of a package; `path`: its name or import path. */
export async function lookUpQualified(evaluation: Evaluation, path: string, name: string, problem?: unknown): Promise<GoOperand> {
  let found = await findGlobal(evaluation, path, name);
  if (!found && !evaluation.quick && (await evaluation.scope.describe(path))) found = await findGlobal(evaluation, path, name);
  if (found) return found;
  throw problem ?? new ExpressionError(`could not find symbol ${path}.${name}`);
}

async function findGlobal(evaluation: Evaluation, packageName: string, name: string): Promise<GoOperand | undefined> {
  const { scope } = evaluation;
  const isMeant = (full: string): boolean => full.endsWith(`.${name}`) && isPackage(full.slice(0, -name.length - 1), packageName);
  const variable = scope.globalNames().find(isMeant);
  if (variable !== undefined) {
    const place = await scope.global(variable);
    if (place) return { kind: "value", ...place };
  }
  const func = scope.functionsNamed(name).find(isMeant);
  if (func !== undefined) return functionValue(scope, evaluation.scratch, func);
  return constantNamed(evaluation, isMeant);
}

function constantNamed(evaluation: Evaluation, isMeant: (name: string) => boolean): GoOperand | undefined {
  const { types } = evaluation.scope.program;
  for (const [typeName, constants] of types.constants()) {
    const found = constants.find((constant) => isMeant(constant.name));
    const id = found && findType(types, typeName);
    const type = id === undefined ? undefined : types.get(id);
    if (found && type) return { ...typedValue(evaluation, intConstant(found.value), type), name: found.name, named: true };
  }
  return undefined;
}
