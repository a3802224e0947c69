/** What a name means in an expression. */
import { logicalFrame } from "../stack/user-frame.ts";
import type { Evaluation } from "./evaluation.ts";
import { findVariable, findWasmVariable } from "./find-variable.ts";
import { functionsOfModule } from "./module-functions.ts";
import { constantNamed, scalarValue, type Value, variableValue } from "./operands.ts";

/**
 * A variable in scope; else a word of the language, an enumerator, a global of any unit; then what WebAssembly itself calls so, and functions.
 * A name that means nothing stays a word, as it may be the enumerator of an enum at hand.
 */
export async function findName(name: string, { frame, rules }: Evaluation): Promise<Value> {
  const local = await findVariable(frame, name);
  if (local) return variableValue(local);
  const constant = constantNamed(name, rules);
  if (constant) return scalarValue(constant);
  const names = name.startsWith("$") ? undefined : frame.symbols.names;
  const { offset } = frame.engine;
  const enumerator = names?.enumeratorNamed(name, offset);
  if (enumerator) return scalarValue(enumerator);
  const global = await names?.variableNamed(name, await logicalFrame(frame));
  if (global) return variableValue(global);
  const wasm = await findWasmVariable(frame, name);
  if (wasm) return variableValue(wasm);
  const functions = names?.functionsNamed(name, offset) ?? [];
  const found = functions.length > 0 ? functions : functionsOfModule(frame.module.wasm, name);
  return found.length > 0 ? { kind: "functions", name, functions: found } : { kind: "word", name };
}
