// WAT texts of given sizes, made of what the development packages bring, the same at each run.
import { readFileSync } from "node:fs";
import createWabt from "wabt";
import { input } from "./debug-session.mjs";

/** A `.wasm` file of a package, as wabt prints it. */
async function disassembled(path) {
  const wabt = await createWabt();
  const features = Object.fromEntries(Object.keys(wabt.FEATURES).map((feature) => [feature, true]));
  const module = wabt.readWasm(new Uint8Array(readFileSync(input(path))), { ...features, readDebugNames: true });
  const text = module.toText({ foldExprs: false, inlineExport: false });
  module.destroy();
  return text;
}

/** Adds copies of a module's functions, without their names, until it has about `size` characters. */
function multiplied(text, size) {
  const starts = [...text.matchAll(/^ {2}\((\w+)/gm)].map(({ index, 1: word }) => ({ index, word }));
  const bodies = starts
    .map(({ index, word }, at) => (word === "func" ? text.slice(index, starts[at + 1]?.index ?? text.lastIndexOf(")")) : ""))
    .join("")
    .replaceAll(/^( {2}\(func) \$\S+ /gm, "$1 ");
  const close = text.lastIndexOf(")");
  const copies = Math.ceil((size - text.length) / bodies.length);
  return `${text.slice(0, close)}\n${bodies.repeat(copies)}${text.slice(close)}`;
}

const mappings = await disassembled("node_modules/source-map/lib/mappings.wasm");

/** By name; each is valid. */
export const inputs = {
  "1.2 MB": mappings,
  "3 MB": multiplied(mappings, 3_000_000),
  "12 MB": multiplied(mappings, 12_000_000),
  "a real program": await disassembled("node_modules/vscode-oniguruma/release/onig.wasm"),
  "2 M instructions in one function":
    '(module\n  (func (export "f") (param i32) (result i32)\n' +
    "local.get 0\ni32.const 7\ni32.add\nlocal.set 0\n".repeat(500_000) +
    "local.get 0))\n",
};
