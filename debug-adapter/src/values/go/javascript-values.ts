/** Values of type `js.Value` with the JavaScript value behind them: a float64, or the number of a value that `wasm_exec.js` keeps. */
import type { ScriptValue } from "../../engine/engine.ts";
import type { GoNode } from "./node.ts";
import type { GoInside, GoShownValue } from "./shown-value.ts";

/** Gives the value that the program's support script keeps under a number; `undefined` where it cannot be reached. */
export type KeptValue = (reference: number) => Promise<ScriptValue | undefined>;

const typeName = "syscall/js.Value";

/** `shown`: the value as Go has it, which is given back for all other types, and where JavaScript cannot be asked. */
export async function withJavaScript(shown: GoShownValue, node: GoNode, kept: KeptValue | undefined): Promise<GoShownValue> {
  if (!kept || node.type.name !== typeName) return shown;
  const reference = node.children.find(({ name }) => name === "ref")?.number;
  const value = reference === undefined ? undefined : await referred(reference, kept);
  if (!value) return shown;
  return { ...shown, value: `js.Value ${value.text}`, inside: insideOf(value, shown) };
}

/** Decodes `syscall/js.ref` as `loadValue` in wasm_exec.js does: NaN stands for what has a number, and 0 for undefined. */
function referred(reference: bigint, kept: KeptValue): Promise<ScriptValue | undefined> | ScriptValue {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setBigUint64(0, BigInt.asUintN(64, reference));
  const number = bits.getFloat64(0);
  if (number === 0) return { text: "undefined", properties: undefined };
  if (!Number.isNaN(number)) return { text: String(number), properties: undefined };
  return kept(bits.getUint32(4));
}

/** The properties, and under `Go` what Go has of it. */
function insideOf(value: ScriptValue, shown: GoShownValue): GoInside {
  const own = { ...shown, name: "Go" };
  return {
    indexedCount: 0,
    namedCount: 0,
    list: async () => [...(await propertiesOf(value)), own],
  };
}

async function propertiesOf({ properties }: ScriptValue): Promise<readonly GoShownValue[]> {
  const found = (await properties?.()) ?? [];
  return found.map(({ name, value }) => ({
    name,
    value: value.text,
    type: "",
    evaluateName: undefined,
    memoryReference: undefined,
    inside: value.properties && { indexedCount: 0, namedCount: 0, list: () => propertiesOf(value) },
  }));
}
