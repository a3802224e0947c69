import type { DebugProtocol } from "@vscode/debugprotocol";
import { checkInvocation } from "../launch/entry.ts";
import { programOf, RequestError, type SessionState } from "./request.ts";

const call = /^\s*([\w$.]+)\s*\((.*)\)\s*$/s;

/**
 * Calls an exported function of a reactor that waits for that: `total(6, 7)` in the debug console. `undefined` where the program is no such
 * one, or has stopped, when the text is an expression like any other.
 */
export async function callExport(state: SessionState, args: DebugProtocol.EvaluateArguments): Promise<string | undefined> {
  if (args.context !== "repl" || !state.launch?.waitsForCalls) return undefined;
  const { modules, target, stack } = programOf(state);
  const module = modules[0]?.wasm;
  if (stack || !module || !target) return undefined;
  const match = call.exec(args.expression);
  if (!match) throw new RequestError(`the program waits for calls of its exports, such as ${example(module.exports)}`);
  const [, name = "", given = ""] = match;
  if (name === "_initialize") throw new RequestError("_initialize has run already, as it does before every other export, once");
  const values = given.trim() === "" ? [] : given.split(",").map((value) => value.trim());
  return target.call(checkInvocation(module, { export: name, args: values }));
}

function example(exports: readonly { readonly kind: string; readonly name: string }[]): string {
  const found = exports.find(({ kind, name }) => kind === "func" && !name.startsWith("_"));
  return found ? `${found.name}(...)` : "those that it has not";
}
