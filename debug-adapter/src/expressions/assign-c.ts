/** Assignments in C and the languages that are written like it: to what a scalar, enum or pointer in memory is, and to globals of WebAssembly. */
import { type DataType, type EnumType, withoutAliases } from "#core/dwarf/data-type.ts";
import type { UserWasmFrame } from "../stack/user-frame.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import type { ValueContexts } from "../variables/value-contexts.ts";
import { evaluateExpression, evaluateScalar, evaluateVariable } from "./evaluate-expression.ts";
import { ExpressionError } from "./expression-error.ts";
import { parseExpression } from "./parse-expression.ts";
import type { Scalar } from "./scalar.ts";

export interface AssignedC {
  /** As it reads now. */
  readonly value: string;
  readonly type: string | undefined;
}

/** Rejects with {@link ExpressionError}, which says why, where it is not possible. */
export async function assignC(target: string, source: string, frame: UserWasmFrame, values: ValueContexts): Promise<AssignedC> {
  const steps = parseExpression(target);
  const variable = await evaluateVariable(steps, frame, values);
  if (!variable) throw new ExpressionError(`${target} is a result, not a variable: it cannot be set`);
  await write(variable, source, frame, values);
  const { formatted } = await evaluateExpression(steps, frame, values);
  return { value: formatted.value, type: formatted.type };
}

async function write(variable: Variable, source: string, frame: UserWasmFrame, values: ValueContexts): Promise<void> {
  const { name, value } = variable;
  const { stop } = frame;
  switch (value.kind) {
    case "memory": {
      const bytes = encode(value.type, await sourceValue(value.type, source, frame, values), name);
      await stop.writeMemory(frame.module.engine, value.memoryIndex, value.address, bytes);
      values.forget(stop);
      return;
    }
    case "wasm":
      if (value.global === undefined)
        throw new ExpressionError(`${name} is a local of WebAssembly; engines let debuggers read those, but not write them`);
      return writeGlobal(name, value.global, await evaluateScalar(parseExpression(source), frame, values), frame);
    case "bytes":
      throw new ExpressionError(
        `${name} is kept in a local of WebAssembly, which engines do not let debuggers write; build without optimization (-O0) to have it in memory`,
      );
    case "unavailable":
      throw new ExpressionError(`${name} is not available: ${value.reason}`);
    case "go":
      throw new ExpressionError(`${name} is a variable of Go`);
  }
}

async function writeGlobal(name: string, index: number, value: Scalar, { module, stop }: UserWasmFrame): Promise<void> {
  const type = module.wasm.globals[index];
  if (!type?.mutable) throw new ExpressionError(`${name} is a constant of the module: it is not mutable`);
  const exportIndex = module.wasm.exports.findIndex((entry) => entry.kind === "global" && entry.index === index);
  if (exportIndex < 0)
    throw new ExpressionError(`${name} is not exported by the module; engines let debuggers write only exported globals`);
  switch (type.type) {
    case "i32":
      return stop.writeGlobal(module.engine, exportIndex, Number(BigInt.asIntN(32, toWhole(value, name))));
    case "i64":
      return stop.writeGlobal(module.engine, exportIndex, BigInt.asIntN(64, toWhole(value, name)));
    case "f32":
    case "f64":
      return stop.writeGlobal(module.engine, exportIndex, Number(value));
    default:
      throw new ExpressionError(`${name} holds a vector or reference, which cannot be set`);
  }
}

/** The names of enumerators and the words for nothing and truth stand for numbers, where the variable is of that kind. */
async function sourceValue(type: DataType, source: string, frame: UserWasmFrame, values: ValueContexts): Promise<Scalar> {
  const plain = withoutAliases(type);
  const word = source.trim();
  if (plain.kind === "enum") {
    const found = enumerator(plain, word);
    if (found !== undefined) return found;
  }
  if (plain.kind === "pointer" && /^(?:nullptr|NULL|null|None|nil)$/.test(word)) return 0n;
  if (plain.kind === "base" && plain.encoding === "boolean" && /^(?:true|false)$/.test(word)) return word === "true" ? 1n : 0n;
  return evaluateScalar(parseExpression(source), frame, values);
}

/** With or without the name of the enum before it. */
function enumerator({ values }: EnumType, word: string): bigint | undefined {
  const name = word.slice(Math.max(word.lastIndexOf(":"), word.lastIndexOf(".")) + 1);
  return values.find((candidate) => candidate.name === name)?.value;
}

/** As the value lies in memory; what does not fit is refused. */
function encode(type: DataType, value: Scalar, name: string): Uint8Array {
  const plain = withoutAliases(type);
  if (plain.kind !== "base" && plain.kind !== "pointer" && plain.kind !== "enum")
    throw new ExpressionError(`${name} is of type ${type.name}, which cannot be written as a whole; set what is inside of it`);
  const bytes = new Uint8Array(plain.size);
  const view = new DataView(bytes.buffer);
  if (plain.kind === "base" && plain.encoding === "float") {
    if (plain.size === 4) view.setFloat32(0, Number(value), true);
    else if (plain.size === 8) view.setFloat64(0, Number(value), true);
    else throw new ExpressionError(`floating point numbers of ${plain.size * 8} bits cannot be written`);
    return bytes;
  }
  const whole = toWhole(value, name);
  const signed = plain.kind === "enum" ? plain.signed : plain.kind === "base" && plain.encoding.startsWith("signed");
  const bits = 8 * plain.size;
  const [low, high] = signed ? [-(1n << BigInt(bits - 1)), 1n << BigInt(bits - 1)] : [0n, 1n << BigInt(bits)];
  // A negative number for an unsigned variable, or all bits of a signed one, are what a C compiler takes, too.
  if (whole < (signed ? low : -high) || whole >= (signed ? 2n * high : high))
    throw new ExpressionError(`${whole} does not fit into ${name}, which has ${bits} bits`);
  for (let at = 0, rest = BigInt.asUintN(bits, whole); at < plain.size; at++, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  return bytes;
}

function toWhole(value: Scalar, name: string): bigint {
  if (typeof value === "bigint") return value;
  if (!Number.isFinite(value)) throw new ExpressionError(`${value} is no value for ${name}, which is an integer`);
  return BigInt(Math.trunc(value));
}
