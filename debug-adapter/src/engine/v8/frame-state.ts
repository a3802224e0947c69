import type { WasmState, WasmValue } from "../engine.ts";

/**
 * Runs in a WebAssembly frame and gives its locals, globals and operand stack as JSON. By index, as the engine merges equal names;
 * numbers as text, since JSON has no NaN, no infinity, no negative zero and no 64-bit integer.
 */
export const dumpState = `(() => {
  const text = (value) => {
    if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
    if (typeof value === "bigint" || typeof value === "string") return String(value);
    return value === null || value === undefined ? "null" : typeof value;
  };
  const all = (list) => {
    const found = [];
    for (let index = 0, value; (value = list[index]) !== undefined; index++) found.push([value.type, text(value.value)]);
    return found;
  };
  return JSON.stringify({ locals: all(locals), globals: all(globals), stack: all(stack) });
})()`;

type Dumped = [type: string, text: string][];

export function parseState(json: string): WasmState {
  const dump = JSON.parse(json) as { locals: Dumped; globals: Dumped; stack: Dumped };
  return { locals: dump.locals.map(toValue), globals: dump.globals.map(toValue), stack: dump.stack.map(toValue) };
}

function toValue([type, text]: [string, string]): WasmValue {
  switch (type) {
    case "i32":
    case "f32":
    case "f64":
      return { type, value: Number(text) };
    case "i64":
      return { type, value: BigInt(text) };
    case "v128":
      return { type, text };
    default:
      return { type: "ref", text: text === "null" ? "null" : `${type} (${text})` };
  }
}
