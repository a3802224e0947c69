import { type DataType, sizeOf, withoutAliases } from "#core/dwarf/data-type.ts";
import { withoutReferences } from "../values/navigate.ts";
import type { TypedScalar } from "./arithmetic.ts";
import type { Evaluation } from "./evaluation.ts";
import { ExpressionError } from "./expression-error.ts";
import { typeWritten } from "./named-types.ts";
import { builtInType, type Rules } from "./number-types.ts";
import { toVariable, typeOf, type Value } from "./operands.ts";

/** `type`: `undefined` is `void`, which GNU C gives one byte. */
export function sizeOfType(type: DataType | undefined, name: string, rules: Rules): TypedScalar {
  const plain = type && withoutAliases(type);
  // A reference is as large as what it refers to (C++, [expr.sizeof]).
  const target = plain?.kind === "pointer" && plain.flavour !== "pointer" && plain.flavour !== "member-pointer" ? plain.target() : type;
  const size = target ? sizeOf(target) : 1;
  if (size === undefined) throw new ExpressionError(`the size of ${name} is not known`);
  return { value: BigInt(size), type: builtInType(rules.isC ? "unsigned long" : "usize", rules.language)! };
}

/** Of the value that an expression has; of a name that is no variable, of the type of that name. */
export async function sizeOfValue(value: Value, { frame, rules, context }: Evaluation): Promise<TypedScalar> {
  if (value.kind === "word") return sizeOfType(typeWritten({ name: value.name, pointers: 0 }, frame, rules), value.name, rules);
  const variable = toVariable(value, rules);
  const isTyped = variable.value.kind === "memory" || variable.value.kind === "bytes";
  const type = isTyped ? typeOf({ kind: "variable", variable: await withoutReferences(variable, context) }) : undefined;
  if (type) return sizeOfType(type, variable.name, rules);
  if (variable.value.kind !== "wasm" || variable.typeName === undefined)
    throw new ExpressionError(`the size of ${variable.name} is not known`);
  return sizeOfType(builtInType(variable.typeName, "wat") ?? { kind: "unknown", name: "", size: undefined }, variable.name, rules);
}
