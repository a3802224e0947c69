import { printableLine } from "#core/text/printable.ts";
import type { InvokeArgument, LaunchArguments } from "#core/contract/launch-attributes.ts";
import { readLocals } from "#core/wasm/locals.ts";
import type { WasmModule } from "#core/wasm/module.ts";
import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { HostKind, Invocation, InvocationValue, NumberType } from "../debuggee/start-message.ts";
import { LaunchError } from "./launch-plan.ts";

export interface Entry {
  readonly invoke: Invocation | undefined;
  readonly offset: ModuleOffset | undefined;
  /** See `LaunchPlan`. */
  readonly waitsForCalls: boolean;
}

/** What of the module is to be called. Throws {@link LaunchError} where that cannot be. */
export function chooseEntry(module: WasmModule, host: HostKind, { invoke, noDebug }: LaunchArguments): Entry {
  if (host === "js") return goEntry(module, invoke);
  if (host === "script") return scriptEntry(module, invoke);
  const invocation = invoke && checkInvocation(module, invoke);
  const runs = invocation !== undefined || exportedFunction(module, "_start") !== undefined;
  // Calls come from the debug console, which needs a debugger.
  const waitsForCalls = !runs && !noDebug && exportedFunction(module, "_initialize") !== undefined;
  if (!runs && !waitsForCalls && module.start === undefined) {
    throw new LaunchError(`the module has no "_start" to run; name the function to call in "invoke". ${listExports(module)}`);
  }
  const first = module.start ?? exportedFunction(module, "_initialize") ?? exportedFunction(module, invocation?.export ?? "_start");
  return { invoke: invocation, offset: first === undefined ? undefined : firstInstruction(module, first), waitsForCalls };
}

/** Go's support script enters a program for JavaScript by `run`, and exported functions need it running. */
function goEntry(module: WasmModule, invoke: LaunchArguments["invoke"]): Entry {
  if (invoke) {
    throw new LaunchError(
      '"invoke" calls an export of a reactor, and a program for GOOS=js is none; remove "invoke", or build the package for "host": "wasip1"',
    );
  }
  const first = exportedFunction(module, "run");
  return { invoke: undefined, offset: first === undefined ? undefined : firstInstruction(module, first), waitsForCalls: false };
}

/** The script calls what it likes; what runs first in any case is known only of some modules. */
function scriptEntry(module: WasmModule, invoke: LaunchArguments["invoke"]): Entry {
  if (invoke)
    throw new LaunchError('"invoke" and a script in "host" do not go together: the script calls the exports; remove one of the two');
  const first = module.start ?? exportedFunction(module, "_initialize") ?? exportedFunction(module, "_start");
  return { invoke: undefined, offset: first === undefined ? undefined : firstInstruction(module, first), waitsForCalls: false };
}

function firstInstruction(module: WasmModule, index: number): ModuleOffset | undefined {
  const func = module.functions[index];
  return func && readLocals(module, func)?.bodyStart;
}

function exportedFunction(module: WasmModule, name: string): number | undefined {
  return module.exports.find((entry) => entry.kind === "func" && entry.name === name)?.index;
}

/** Throws {@link LaunchError} where the module has no such function, or it takes other arguments. */
export function checkInvocation(module: WasmModule, invoke: NonNullable<LaunchArguments["invoke"]>): Invocation {
  if (typeof invoke.export !== "string")
    throw new LaunchError('launch attribute "invoke" needs "export", the name of an exported function');
  const index = exportedFunction(module, invoke.export);
  if (index === undefined)
    throw new LaunchError(`"invoke" names "${invoke.export}", which the module does not export as a function. ${listExports(module)}`);
  const { params, results } = signature(module, index);
  const given: unknown = invoke.args ?? [];
  if (!Array.isArray(given) || given.length !== params.length) {
    const count = Array.isArray(given) ? given.length : "no list of";
    throw new LaunchError(
      `"invoke.args" has ${count} values, but ${invoke.export}${signatureText(params, results)} takes ${params.length}`,
    );
  }
  const args = params.map((type, at) => toValue(given[at] as InvokeArgument, type, at));
  return { export: invoke.export, args, results: results.filter(isNumberType) };
}

function signature(module: WasmModule, index: number): { params: readonly string[]; results: readonly string[] } {
  const type = module.types[module.functions[index]?.typeIndex ?? -1];
  return type?.kind === "func" ? type : { params: [], results: [] };
}

function signatureText(params: readonly string[], results: readonly string[]): string {
  return `(${params.join(", ")})${results.length === 0 ? "" : ` -> ${results.join(", ")}`}`;
}

function listExports(module: WasmModule): string {
  const most = 30;
  const functions = module.exports.filter((entry) => entry.kind === "func");
  if (functions.length === 0) return "It exports no functions.";
  const shown = functions.slice(0, most).map((entry) => {
    const { params, results } = signature(module, entry.index);
    return `${entry.name}${signatureText(params, results)}`;
  });
  return `It exports: ${printableLine(shown.join("; "))}${functions.length > most ? `; and ${functions.length - most} more` : ""}.`;
}

function isNumberType(type: string): type is NumberType {
  return type === "i32" || type === "i64" || type === "f32" || type === "f64";
}

const integerRange = { i32: [-(2n ** 31n), 2n ** 32n], i64: [-(2n ** 63n), 2n ** 64n] } as const;

function toValue(given: InvokeArgument, type: string, at: number): InvocationValue {
  if (!isNumberType(type)) throw new LaunchError(`"invoke.args[${at}]": a value of type ${type} cannot be given`);
  const text = String(given).trim();
  if (type === "f32" || type === "f64") return { type, text: floatText(text, at) };
  const value = parseInteger(text);
  const [low, high] = integerRange[type];
  if (value === undefined || value < low || value >= high) throw new LaunchError(`"invoke.args[${at}]": "${text}" is no ${type}`);
  return { type, text: String(BigInt.asIntN(type === "i32" ? 32 : 64, value)) };
}

/** Decimal or hexadecimal, as in WebAssembly text: `-0x10`, `1_000`. */
function parseInteger(text: string): bigint | undefined {
  const match = /^([+-]?)(0x[0-9a-f][0-9a-f_]*|[0-9][0-9_]*)$/i.exec(text);
  if (!match) return undefined;
  const magnitude = BigInt(match[2]!.replaceAll("_", ""));
  return match[1] === "-" ? -magnitude : magnitude;
}

function floatText(text: string, at: number): string {
  if (/^[+-]?nan/i.test(text)) return "NaN";
  const infinity = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinity) return `${infinity[1] ?? ""}Infinity`;
  const integer = parseInteger(text);
  const value =
    integer !== undefined && text.startsWith("-") && integer === 0n ? -0 : integer === undefined ? Number(text) : Number(integer);
  if (text === "" || Number.isNaN(value)) throw new LaunchError(`"invoke.args[${at}]": "${text}" is no number`);
  return Object.is(value, -0) ? "-0" : String(value);
}
