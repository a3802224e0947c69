/** What lies on the stack while an expression is evaluated. */
import { type DataType, type EnumType, withoutAliases } from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import type { NamedFunction } from "../symbols/name-source.ts";
import type { ValueContext } from "../values/value.ts";
import { literal, type TypedScalar } from "./arithmetic.ts";
import { ExpressionError } from "./expression-error.ts";
import { builtInType, pointerTo, type Rules } from "./number-types.ts";
import { encoded, scalarOf } from "./scalar.ts";

export type Value =
  | { readonly kind: "scalar"; readonly scalar: TypedScalar }
  /** `isSlice`: `&` leaves it as it is; `text`: it is written in the expression, as these bytes. */
  | { readonly kind: "variable"; readonly variable: Variable; readonly isSlice?: true; readonly text?: Uint8Array }
  /** A name that means nothing by itself: the enumerator of whatever enum it is used with. */
  | { readonly kind: "word"; readonly name: string }
  | { readonly kind: "functions"; readonly name: string; readonly functions: readonly NamedFunction[] }
  /** What a call gives that gives no value. */
  | { readonly kind: "nothing" };

/** An operand without a value: that matters only if it is needed. */
export interface Failed {
  readonly kind: "failed";
  readonly error: ExpressionError;
}

export const scalarValue = (scalar: TypedScalar): Value => ({ kind: "scalar", scalar });
export const variableValue = (variable: Variable): Value => ({ kind: "variable", variable });

/** `wanted`: the enum whose enumerator a word may be. Rejects with {@link ExpressionError}. */
export async function toScalar(value: Value, context: ValueContext, wanted?: DataType): Promise<TypedScalar> {
  switch (value.kind) {
    case "scalar":
      return value.scalar;
    case "variable":
      return scalarOf(value.variable, context);
    case "word":
      return enumeratorOf(value.name, wanted);
    case "functions":
      throw new ExpressionError(`${value.name} is a function, not a number`);
    case "nothing":
      throw new ExpressionError("what was called gives no value");
  }
}

/** The type that the value has without being asked for; that of an enum gives words their meaning. */
export function typeOf(value: Value): DataType | undefined {
  if (value.kind === "scalar") return value.scalar.type;
  if (value.kind !== "variable") return undefined;
  const place = value.variable.value;
  return place.kind === "memory" || place.kind === "bytes" ? place.type : undefined;
}

/** With or without the name of the enum before it. */
function enumeratorOf(word: string, type: DataType | undefined): TypedScalar {
  const plain = enumOf(type);
  const name = word.slice(Math.max(word.lastIndexOf(":"), word.lastIndexOf(".")) + 1);
  const found = plain?.values.find((candidate) => candidate.name === name);
  if (plain && type && found) return { value: found.value, type };
  throw new ExpressionError(plain ? `there is neither a variable nor an enumerator "${word}" here` : `there is no variable "${word}" here`);
}

function enumOf(type: DataType | undefined): EnumType | undefined {
  let plain = type && withoutAliases(type);
  if (plain?.kind === "pointer" && plain.flavour !== "pointer") {
    const target = plain.target();
    plain = target && withoutAliases(target);
  }
  return plain?.kind === "enum" ? plain : undefined;
}

/** Names that languages have for numbers; a variable of that name comes first. */
export function constantNamed(name: string, rules: Rules): TypedScalar | undefined {
  switch (name) {
    case "true":
    case "false":
      return { value: name === "true" ? 1n : 0n, type: builtInType("bool", "c")! };
    case "nullptr":
    case "NULL":
    case "null":
    case "None":
    case "nil":
      return { value: 0n, type: pointerTo(undefined, rules.language) };
    case "nan":
    case "NaN":
    case "NAN":
      return literal(NaN, rules);
    case "inf":
    case "Infinity":
    case "INFINITY":
      return literal(Infinity, rules);
    default:
      return undefined;
  }
}

/** A value that can be looked into; a number becomes a variable that lies nowhere. Throws {@link ExpressionError}. */
export function toVariable(value: Value, rules: Rules): Variable {
  switch (value.kind) {
    case "variable":
      return value.variable;
    case "scalar": {
      const { value: number, type } = value.scalar;
      return {
        name: "the value",
        typeName: type.name,
        language: rules.language,
        value: { kind: "bytes", bytes: encoded(number, type), type },
      };
    }
    case "word":
      throw new ExpressionError(`there is no variable "${value.name}" here`);
    case "functions":
      throw new ExpressionError(`${value.name} is a function, not a variable`);
    case "nothing":
      throw new ExpressionError("what was called gives no value");
  }
}
