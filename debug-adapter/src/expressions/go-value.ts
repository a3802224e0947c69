/** Parts and numbers of Go values, for expressions. */
import type { Variable } from "../symbols/module-symbols.ts";
import type { GoShownValue } from "../values/go/shown-value.ts";
import { ExpressionError } from "./expression-error.ts";
import type { Scalar } from "./scalar-type.ts";

/** A variable that symbols of Go gave; `undefined` for those of other languages. */
export function goValueOf({ value }: Variable): Promise<GoShownValue> | undefined {
  return value.kind === "go" ? value.load() : undefined;
}

/** A field, also of what a pointer points to. Rejects with {@link ExpressionError} in Delve's words. */
export async function goMember(value: GoShownValue, name: string): Promise<Variable> {
  const found =
    (await partsOf(value)).find((part) => part.name === name) ?? (await throughPointer(value)).find((part) => part.name === name);
  if (!found) throw new ExpressionError(`${value.evaluateName ?? value.name} (type ${value.type}) has no member ${name}`);
  return toVariable(found);
}

/** An element of an array or slice; 0-based. Rejects with {@link ExpressionError}. */
export async function goElement(value: GoShownValue, index: number): Promise<Variable> {
  const inside = value.inside;
  const found = inside && index >= 0 && index < inside.indexedCount ? await inside.list("indexed", { start: index, count: 1 }) : [];
  if (!found[0])
    throw new ExpressionError(inside ? "index out of bounds" : `expression "${value.name}" (${value.type}) does not support indexing`);
  return toVariable(found[0]);
}

/** What a pointer points to. Rejects with {@link ExpressionError}. */
export async function goDereference(value: GoShownValue): Promise<Variable> {
  const found = value.type.startsWith("*") ? (await partsOf(value))[0] : undefined;
  if (found) return toVariable(found);
  throw new ExpressionError(
    value.type.startsWith("*") ? "nil pointer dereference" : `expression "${value.name}" (${value.type}) can not be dereferenced`,
  );
}

/** The number that a value is: `5`, `4 = 0x4`, `Blue (2) = 0x2`, `true`. Throws {@link ExpressionError}. */
export function goScalar({ name, value, type }: GoShownValue): Scalar {
  if (value === "true" || value === "false") return value === "true" ? 1n : 0n;
  const plain = /\((-?\d+)\)(?: = 0x[0-9a-f]+)?$/.exec(value)?.[1] ?? value.replace(/ = 0x[0-9a-f]+$/, "");
  if (/^-?\d+$/.test(plain) && !type.startsWith("float")) return BigInt(plain);
  const float = plain === "+Inf" || plain === "-Inf" ? Number(`${plain}inity`) : Number(plain);
  if (/^[-+]?(?:\d|Inf)/.test(plain) && !Number.isNaN(float)) return float;
  throw new ExpressionError(`${name} is a value of type ${type}, not a number`);
}

async function partsOf({ inside }: GoShownValue): Promise<readonly GoShownValue[]> {
  return inside ? inside.list() : [];
}

/** A pointer has one part, which is what it points to. */
async function throughPointer(value: GoShownValue): Promise<readonly GoShownValue[]> {
  const [target] = value.type.startsWith("*") ? await partsOf(value) : [];
  return target ? partsOf(target) : [];
}

function toVariable(shown: GoShownValue): Variable {
  return { name: shown.name, typeName: shown.type, language: "go", value: { kind: "go", load: () => Promise.resolve(shown) } };
}
