/** Methods of library types that only tell what is in a value: `v.size()`, `text.len()`, `maybe.is_some()`. They are answered without a call. */
import { withoutAliases, type DataType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { typedValue } from "../values/fields.ts";
import { withoutReferences } from "../values/navigate.ts";
import { addressIn, pointee, sliceOf, type TypedValue } from "../values/parts.ts";
import { variantOf } from "../values/rust/variants.ts";
import type { ValueContext } from "../values/value.ts";
import type { View } from "../values/view.ts";
import { viewOf } from "../values/views.ts";
import { truth } from "./arithmetic.ts";
import type { Evaluation } from "./evaluation.ts";
import { builtInType } from "./number-types.ts";
import { scalarValue, type Value } from "./operands.ts";

/** What is known of a value by what it is for its users. */
interface Contents {
  /** How many elements or code units it has. */
  readonly count?: number | undefined;
  /** Of an optional. */
  readonly holds?: boolean;
  /** Of an enum of Rust. */
  readonly variant?: string;
}

const answers: Readonly<Record<string, (contents: Contents) => number | boolean | undefined>> = {
  size: ({ count }) => count,
  length: ({ count }) => count,
  len: ({ count }) => count,
  empty: ({ count }) => (count === undefined ? undefined : count === 0),
  is_empty: ({ count }) => (count === undefined ? undefined : count === 0),
  has_value: ({ holds }) => holds,
  is_some: ({ variant }) => isOneOf(variant, "Some", "None"),
  is_none: ({ variant }) => isOneOf(variant, "None", "Some"),
  is_ok: ({ variant }) => isOneOf(variant, "Ok", "Err"),
  is_err: ({ variant }) => isOneOf(variant, "Err", "Ok"),
};

function isOneOf(variant: string | undefined, wanted: string, other: string): boolean | undefined {
  return variant === wanted || variant === other ? variant === wanted : undefined;
}

/** Smart pointers, references and pointers are looked through this deep. */
const depthLimit = 8;

export const isQuery = (method: string): boolean => Object.hasOwn(answers, method);

/** `undefined` where the value is of no library's type that has this method. */
export async function libraryAnswer(method: string, object: Value, { context, rules }: Evaluation): Promise<Value | undefined> {
  let current = object.kind === "variable" ? object.variable : undefined;
  for (let depth = 0; current && depth < depthLimit; depth++) {
    const whole = await withoutReferences(current, context);
    const value = typedValue(whole);
    if (!value) return undefined;
    const type = withoutAliases(value.type);
    const view = await viewOf(whole, value, type, context);
    const answer = answers[method]?.(await contentsOf(whole, value, type, view, context));
    if (typeof answer === "boolean") return scalarValue(truth(answer, rules));
    if (answer !== undefined) {
      const count = rules.language === "rust" ? builtInType("usize", "rust")! : builtInType("size_t", "c")!;
      return scalarValue({ value: BigInt(answer), type: count });
    }
    current = await innerOf(whole, value, type, view, context);
  }
  return undefined;
}

async function contentsOf(
  variable: Variable,
  value: TypedValue,
  type: DataType,
  view: View | undefined,
  context: ValueContext,
): Promise<Contents> {
  switch (view?.kind) {
    case "sequence":
    case "set":
    case "map":
      return { count: view.count };
    case "text":
      return { count: view.units };
    case "wrapped":
      return view.holds === undefined ? {} : { holds: view.holds };
    default:
      break;
  }
  if (variable.language !== "rust") return {};
  if (type.kind === "array") return { count: type.count };
  if (type.kind !== "struct") return {};
  const variant = await variantOf(variable, value, type, context);
  if (variant?.kind === "variant") return { variant: variant.payload.name };
  return { count: (await sliceOf(variable, value, context))?.count };
}

/** What a pointer leads to, or what is in a wrapping. */
async function innerOf(
  variable: Variable,
  value: TypedValue,
  type: DataType,
  view: View | undefined,
  context: ValueContext,
): Promise<Variable | undefined> {
  if (view?.kind === "pointer") return view.target;
  if (view?.kind === "wrapped") return view.inner;
  const target = type.kind === "pointer" ? type.target() : undefined;
  const address = target && type.kind === "pointer" ? await addressIn(value, type, context) : undefined;
  return target && address ? pointee(variable, value, `*${variable.name}`, address, target) : undefined;
}
