import { identifier } from "#core/wasm/identifier.ts";
import type { NameMap } from "#core/wasm/sections/names.ts";
import type { WasmState, WasmValue } from "../engine/engine.ts";
import type { Scope, Variable } from "./module-symbols.ts";

/** Names and declared types of what a frame of plain WebAssembly shows; index to text. What is missing gets V8's own names, such as `$var0`. */
export interface WasmNames {
  readonly locals: ReadonlyMap<number, string>;
  readonly globals: ReadonlyMap<number, string>;
  /** Locals below this index are parameters. */
  readonly paramCount: number;
  readonly localTypes: readonly string[];
  readonly globalTypes: readonly string[];
}

/** Parameters, locals, globals and the operand stack of one frame, as WebAssembly itself sees them. */
export function wasmScopes(state: WasmState, names: WasmNames): Scope[] {
  const locals = state.locals.map((value, index) => variable(names.locals.get(index) ?? `$var${index}`, value, names.localTypes[index]));
  const globals = state.globals.map((value, index) =>
    variable(names.globals.get(index) ?? `$global${index}`, value, names.globalTypes[index], index),
  );
  const scopes: Scope[] = [];
  if (names.paramCount > 0) scopes.push({ name: "Parameters", kind: "arguments", variables: locals.slice(0, names.paramCount) });
  scopes.push({ name: "Locals", kind: "locals", variables: locals.slice(names.paramCount) });
  if (globals.length > 0) scopes.push({ name: "Globals", kind: "globals", variables: globals });
  scopes.push({
    name: "Operand Stack",
    kind: "registers",
    variables: state.stack.map((value, index) => variable(`stack[${index}]`, value, undefined)),
  });
  return scopes;
}

/** The engine knows the type of every value but that of references only as `ref`. */
function variable(name: string, value: WasmValue, declared: string | undefined, global?: number): Variable {
  const typeName = value.type === "ref" ? declared : value.type;
  return { name, typeName, language: "wat", value: { kind: "wasm", value, ...(global === undefined ? {} : { global }) } };
}

/** Names of the name section as the text format spells them. */
export function dollarNames(names: NameMap | undefined): ReadonlyMap<number, string> {
  return new Map([...(names ?? [])].map(([index, name]) => [index, identifier(name)]));
}
