/** Parts of arrays, and arrays behind pointers, for display: `a[1..3]`, `*p@n`. */
import { type DataType, sizeOf, withoutAliases } from "#core/dwarf/data-type.ts";
import type { Language, Variable } from "../symbols/module-symbols.ts";
import { typedValue } from "../values/fields.ts";
import { elementAt, withoutReferences } from "../values/navigate.ts";
import { sliceOf } from "../values/parts.ts";
import { viewOf } from "../values/views.ts";
import type { Evaluation } from "./evaluation.ts";
import { ExpressionError } from "./expression-error.ts";
import { toScalar, toVariable, type Value } from "./operands.ts";
import type { Step } from "./steps.ts";

const mostElements = 0x1000_0000;

/** `*p@n` of gdb: as many values as `count` says, one behind the other, of which `first` is the first. */
export async function repeated(first: Value, count: Value, { context, rules }: Evaluation): Promise<Value> {
  const variable = toVariable(first, rules);
  const place = typedValue(await withoutReferences(variable, context));
  if (place?.kind !== "memory") throw new ExpressionError("@ needs a variable in memory on its left, such as *p");
  return arrayAt(variable, place.address, place.type, await bound(count, { context, rules }));
}

/** Elements from a bound up to another one, which is not part of it unless `inclusive`. Rejects with {@link ExpressionError}. */
export async function slice(step: Extract<Step, { kind: "slice" }>, operands: readonly Value[], evaluation: Evaluation): Promise<Value> {
  const { context, rules } = evaluation;
  const bounds = operands.slice(1);
  const whole = toVariable(operands[0]!, rules);
  const from = step.from ? await bound(bounds.shift()!, evaluation) : 0;
  const last = bounds.shift();
  const count = last ? undefined : await lengthOf(whole, evaluation);
  const to = last ? (await bound(last, evaluation)) + Number(step.inclusive) : count;
  if (to === undefined) throw new ExpressionError(`the end of ${whole.name} is not known: write how far the slice goes`);
  if (to < from) throw new ExpressionError(`a slice from ${from} to ${to} ends before it begins`);
  const first = typedValue(await elementAt(whole, to === from && from > 0 ? from - 1 : from, context));
  const end = to > from ? typedValue(await elementAt(whole, to - 1, context)) : first;
  const size = first && sizeOf(first.type);
  if (first?.kind !== "memory" || end?.kind !== "memory" || size === undefined)
    throw new ExpressionError(`${whole.name} cannot be cut: its elements are not in memory`);
  if (to > from && end.address - first.address !== size * (to - from - 1))
    throw new ExpressionError(`${whole.name} cannot be cut: its elements do not lie in a row`);
  return { ...arrayAt(whole, first.address, first.type, to - from), isSlice: true };
}

async function bound(value: Value, { context }: Pick<Evaluation, "context" | "rules">): Promise<number> {
  const { value: number } = await toScalar(value, context);
  if (typeof number === "bigint" && number >= 0n && number <= mostElements) return Number(number);
  throw new ExpressionError(`${number} is no number of elements`);
}

async function lengthOf(variable: Variable, { context }: Evaluation): Promise<number | undefined> {
  const whole = await withoutReferences(variable, context);
  const value = typedValue(whole);
  const type = value && withoutAliases(value.type);
  if (!value || !type) return undefined;
  if (type.kind === "array") return type.count;
  const parts = await sliceOf(whole, value, context);
  if (parts) return parts.count;
  const view = await viewOf(whole, value, type, context);
  return view?.kind === "sequence" ? view.count : view?.kind === "text" ? view.units : undefined;
}

function arrayAt(variable: Variable, address: number, element: DataType, count: number): Extract<Value, { kind: "variable" }> {
  const size = sizeOf(element);
  const name = arrayName(element.name, count, variable.language);
  const type = { kind: "array", name, size: size === undefined ? undefined : size * count, element, count } as const;
  return {
    kind: "variable",
    variable: {
      name: variable.name,
      typeName: name,
      language: variable.language,
      value: { kind: "memory", memoryIndex: 0, address, type },
    },
  };
}

function arrayName(element: string, count: number, language: Language): string {
  if (language === "rust") return `[${element}; ${count}]`;
  return language === "zig" || language === "tinygo" ? `[${count}]${element}` : `${element}[${count}]`;
}
