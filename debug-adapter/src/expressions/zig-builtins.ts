/** Builtin functions of Zig (https://ziglang.org/documentation/master/#Builtin-Functions) that expressions are made with. */
import { binary, literal, type TypedScalar } from "./arithmetic.ts";
import { ExpressionError } from "./expression-error.ts";
import { builtInType, isBoolean, pointerOf, type Rules, type Scalar } from "./number-types.ts";

type Builtin = (operands: readonly TypedScalar[], rules: Rules) => TypedScalar;

/** They take the type that their result is wanted in; the value is checked there. */
const conversions = [
  "intCast",
  "floatCast",
  "ptrCast",
  "alignCast",
  "constCast",
  "volatileCast",
  "addrSpaceCast",
  "enumFromInt",
  "ptrFromInt",
];

const builtins: ReadonlyMap<string, { readonly count: number; readonly apply: Builtin }> = new Map([
  ...conversions.map((name) => [name, { count: 1, apply: ([value]: readonly TypedScalar[]) => value! }] as const),
  ["truncate", { count: 1, apply: ([value]) => value! }],
  ["bitCast", { count: 1, apply: ([value]) => value! }],
  ["intFromEnum", { count: 1, apply: ([value], rules) => free(integer(value!), rules) }],
  ["intFromBool", { count: 1, apply: ([value]) => ({ value: integer(value!), type: builtInType("u8", "zig")! }) }],
  ["intFromPtr", { count: 1, apply: ([value]) => ({ value: integer(value!), type: builtInType("usize", "zig")! }) }],
  ["floatFromInt", { count: 1, apply: ([value], rules) => free(Number(integer(value!)), rules) }],
  ["intFromFloat", { count: 1, apply: ([value], rules) => free(whole(fraction(value!)), rules) }],
  ["abs", { count: 1, apply: ([value], rules) => ({ ...value!, ...same(value!, magnitude(value!.value), rules) }) }],
  ["min", { count: 2, apply: ([one, other]) => typed(one!, other!, one!.value <= other!.value ? one! : other!) }],
  ["max", { count: 2, apply: ([one, other]) => typed(one!, other!, one!.value >= other!.value ? one! : other!) }],
  ["rem", { count: 2, apply: ([one, other], rules) => binary("%", one!, other!, rules) }],
  ["mod", { count: 2, apply: ([one, other], rules) => floored("%", one!, other!, rules) }],
  ["divTrunc", { count: 2, apply: ([one, other], rules) => binary("/", one!, other!, rules) }],
  ["divFloor", { count: 2, apply: ([one, other], rules) => floored("/", one!, other!, rules) }],
  ["divExact", { count: 2, apply: exact }],
  ["sqrt", { count: 1, apply: ([value], rules) => same(value!, Math.sqrt(fraction(value!)), rules) }],
  ["floor", { count: 1, apply: ([value], rules) => same(value!, Math.floor(fraction(value!)), rules) }],
  ["ceil", { count: 1, apply: ([value], rules) => same(value!, Math.ceil(fraction(value!)), rules) }],
  ["trunc", { count: 1, apply: ([value], rules) => same(value!, Math.trunc(fraction(value!)), rules) }],
]);

/** Those that take the type itself are known to the parser. Throws {@link ExpressionError}. */
export function builtin(name: string, operands: readonly TypedScalar[], rules: Rules): TypedScalar {
  const found = builtins.get(name);
  if (!found) throw new ExpressionError(`@${name} is not known in expressions`);
  if (found.count !== operands.length)
    throw new ExpressionError(`@${name} takes ${found.count === 1 ? "one value" : `${found.count} values`}, not ${operands.length}`);
  return found.apply(operands, rules);
}

/** It takes the type that is asked for. */
const free = (value: Scalar, rules: Rules): TypedScalar => literal(value, rules);

function integer({ value, type }: TypedScalar): bigint {
  if (typeof value === "bigint") return value;
  throw new ExpressionError(`a fraction of type ${type.name} is no integer`);
}

function fraction({ value, literal: known, type }: TypedScalar): number {
  if (typeof value === "number" || known !== undefined) return Number(value);
  throw new ExpressionError(`an integer of type ${type.name} is no fraction`);
}

function whole(value: number): bigint {
  if (!Number.isFinite(value)) throw new ExpressionError(`${value} is no integer`);
  return BigInt(Math.trunc(value));
}

function magnitude(value: Scalar): Scalar {
  return value < 0 ? -value : value;
}

/** Another value of the same type. */
function same(of: TypedScalar, value: Scalar, rules: Rules): TypedScalar {
  return of.literal === undefined ? { value, type: of.type } : free(value, rules);
}

/** The type is that of the operand that has one. */
function typed(one: TypedScalar, other: TypedScalar, chosen: TypedScalar): TypedScalar {
  const owner = one.literal === undefined ? one : other;
  if (pointerOf(owner.type) || isBoolean(owner.type)) throw new ExpressionError("the operands must be numbers");
  return owner.literal === undefined ? { value: chosen.value, type: owner.type } : chosen;
}

/** Rounded down, where `/` and `%` round towards zero. */
function floored(operator: "/" | "%", one: TypedScalar, other: TypedScalar, rules: Rules): TypedScalar {
  const rest = binary("%", one, other, rules);
  const result = operator === "%" ? rest : binary("/", one, other, rules);
  if (typeof rest.value !== "bigint" || typeof result.value !== "bigint") throw new ExpressionError("the operands must be integers");
  const by = integer(other);
  if (rest.value === 0n || rest.value < 0n === by < 0n) return result;
  return same(result, operator === "%" ? result.value + by : result.value - 1n, rules);
}

function exact(operands: readonly TypedScalar[], rules: Rules): TypedScalar {
  const [one, other] = [operands[0]!, operands[1]!];
  if (integer(binary("%", one, other, rules)) !== 0n) throw new ExpressionError(`${one.value} is no multiple of ${other.value}`);
  return binary("/", one, other, rules);
}
