/** Calls of functions of the module while the program is stopped, for the debug console. */
import { type DataType, withoutAliases } from "#core/dwarf/data-type.ts";
import type { CallOutcome } from "../engine/engine.ts";
import type { NamedFunction } from "../symbols/name-source.ts";
import { functionBehind, functionInMember } from "./function-pointers.ts";
import { addressValue, methodOf, ofObject } from "./methods.ts";
import { converted } from "./convert-number.ts";
import { type Evaluation, noteChange } from "./evaluation.ts";
import { ExpressionError } from "./expression-error.ts";
import { builtInType, shapeOf } from "./number-types.ts";
import { scalarValue, toScalar, type Value } from "./operands.ts";

/** Milliseconds that a function may take. */
const limit = 5000;
/**
 * Bytes below the stack pointer that a function of LLVM uses without moving it, where it calls nothing
 * (`RedZoneSize` in llvm/lib/Target/WebAssembly/WebAssemblyFrameLowering.cpp).
 */
const redZone = 128;

type Machine = "i32" | "i64" | "f32" | "f64";

/** `method`: name of a method of `callee`, which is an object then. Rejects with {@link ExpressionError}, which says why, where it cannot be called. */
export async function call(method: string | undefined, callee: Value, given: readonly Value[], evaluation: Evaluation): Promise<Value> {
  if (!evaluation.effects)
    throw new ExpressionError("a call may change the program: it is for the debug console, not for watches, hovers and conditions");
  const { fn, values } = await called(method, callee, given, evaluation);
  const types = machineTypes(fn, evaluation);
  const args: { readonly type: Machine; readonly value: number | bigint }[] = [];
  for (const [at, value] of values.entries()) args.push(await argument(value, types.params[at]!, fn.parameters[at], evaluation));
  const outcome = await protectedCall(fn, args, evaluation);
  noteChange(evaluation);
  return result(fn, types.result, outcome);
}

interface Called {
  readonly fn: NamedFunction;
  /** With the object of a method, which comes first. */
  readonly values: readonly Value[];
}

async function called(method: string | undefined, callee: Value, given: readonly Value[], evaluation: Evaluation): Promise<Called> {
  const count = given.length;
  if (method === undefined) {
    const behind = await functionBehind(callee, evaluation);
    return { fn: behind ? chosen(behind.name, [behind], count) : named(callee, count), values: given };
  }
  const behind = await functionInMember(callee, method, evaluation);
  if (behind) return { fn: chosen(behind.name, [behind], count), values: given };
  const { functions, object } = await methodOf(callee, method, evaluation);
  return { fn: await ofObject(named(functions, count + 1), object, evaluation), values: [addressValue(object), ...given] };
}

function named(callee: Value, count: number): NamedFunction {
  if (callee.kind === "word") throw new ExpressionError(`there is no function "${callee.name}" with code of its own in the module`);
  if (callee.kind !== "functions")
    throw new ExpressionError("only functions are called, by their names or by pointers to functions of the module");
  return chosen(callee.name, callee.functions, count);
}

function chosen(name: string, functions: readonly NamedFunction[], count: number): NamedFunction {
  const fitting = functions.filter(({ parameters }) => parameters.length === count);
  if (fitting.length === 1) return fitting[0]!;
  if (fitting.length > 1)
    throw new ExpressionError(`${name} is overloaded: ${fitting.length} functions of that name take ${count} arguments`);
  throw new ExpressionError(
    `${name} takes ${[...new Set(functions.map(({ parameters }) => parameters.length))].join(" or ")} arguments, not ${count}`,
  );
}

/** Types of the function in WebAssembly. What is passed in another way than its source says, as whole structs are, is refused. */
function machineTypes(
  { index, name, parameters, result }: NamedFunction,
  { module: { wasm } }: Evaluation,
): { readonly params: readonly Machine[]; readonly result: Machine | undefined } {
  const type = wasm.types[wasm.functions[index]?.typeIndex ?? -1];
  const machine = type?.kind === "func" ? [...type.params, ...type.results] : [];
  const isPlain = type?.kind === "func" && type.results.length <= 1 && machine.every(isMachine);
  if (!isPlain || type.params.length !== parameters.length || (type.results.length === 0) !== (result === undefined))
    throw new ExpressionError(
      `${name} takes or gives values that are no numbers and pointers, or the compiler has changed its parameters: it cannot be called`,
    );
  return { params: type.params as readonly Machine[], result: type.results[0] as Machine | undefined };
}

const isMachine = (type: string): type is Machine => type === "i32" || type === "i64" || type === "f32" || type === "f64";

async function argument(
  value: Value,
  type: Machine,
  declared: DataType | undefined,
  { context, rules }: Evaluation,
): Promise<{ readonly type: Machine; readonly value: number | bigint }> {
  if (declared && !shapeOf(declared))
    throw new ExpressionError(`a value of type ${declared.name} cannot be passed: only numbers and pointers can`);
  const isReference = declared && isReferenceType(declared) && value.kind === "variable";
  const scalar = isReference ? addressIn(value) : (await toScalar(value, context, declared)).value;
  const own = declared && !isReference ? converted(scalar, declared) : scalar;
  const machine = converted(own, builtInType(type, rules.language)!);
  return { type, value: type === "i32" ? Number(machine) : machine };
}

function isReferenceType(type: DataType): boolean {
  const plain = withoutAliases(type);
  return plain.kind === "pointer" && (plain.flavour !== "pointer" || plain.name.startsWith("&"));
}

function addressIn({ variable }: Extract<Value, { kind: "variable" }>): bigint {
  if (variable.value.kind === "memory") return BigInt(variable.value.address);
  throw new ExpressionError(`${variable.name} has no address: it is not in linear memory`);
}

/** The innermost function may keep variables below the stack pointer, where the called one writes: those bytes are put back. */
async function protectedCall(
  fn: NamedFunction,
  args: readonly { readonly type: Machine; readonly value: number | bigint }[],
  evaluation: Evaluation,
): Promise<CallOutcome> {
  const { frame, module, context } = evaluation;
  const { stop } = frame;
  const pointer = await stackPointer(evaluation);
  const start = pointer === undefined ? 0 : Math.max(pointer - redZone, 0);
  const kept = pointer === undefined ? undefined : Uint8Array.from(await context.memory.read(0, start, pointer - start));
  if (pointer !== undefined && args.some(({ type, value }) => type === "i32" && value >= start && value < pointer))
    throw new ExpressionError(
      "an argument points to a variable that the call would overwrite: the innermost function keeps it below the stack pointer",
    );
  try {
    return await stop.callFunction(
      module.engine,
      fn.index,
      args.map(({ value }) => value),
      limit,
    );
  } finally {
    if (kept) await stop.writeMemory(module.engine, 0, start, kept);
  }
}

/** LLVM's first global (`__stack_pointer`), going by the innermost frame of the module; `undefined` where the module has none. */
async function stackPointer({ frame, module }: Evaluation): Promise<number | undefined> {
  const [global] = module.wasm.globals;
  const name = module.wasm.names().globals.get(0);
  const isIt = name === "__stack_pointer" || (name === undefined && frame.symbols.kind === "dwarf");
  if (!isIt || !global?.mutable || global.type !== "i32") return undefined;
  const innermost = frame.stop.frames.find((candidate) => candidate.kind === "wasm" && candidate.module === module.engine);
  const value = innermost?.kind === "wasm" ? (await innermost.state()).globals[0] : undefined;
  return value?.type === "i32" ? value.value >>> 0 : undefined;
}

function result({ name, result: declared }: NamedFunction, type: Machine | undefined, outcome: CallOutcome): Value {
  if (outcome.kind === "failed")
    throw new ExpressionError(`${name} has ended with an error: ${outcome.message}; what it changed before stays`);
  if (outcome.kind === "too-long")
    throw new ExpressionError(`${name} was ended as it took longer than ${limit / 1000} seconds; what it changed before stays`);
  if (type === undefined || outcome.value === undefined) return { kind: "nothing" };
  const number = type === "i32" ? BigInt(outcome.value) : outcome.value;
  const shown = declared && shapeOf(declared) ? declared : builtInType(type, "wat")!;
  return scalarValue({ value: converted(number, shown), type: shown });
}
