// WAT texts of given sizes, made of what the development packages bring, the same at each run.
import { readFileSync } from "node:fs";
import createWabt from "wabt";
import { sqlModule } from "../../../tools/sql-module.mjs";
import { input } from "./debug-session.mjs";

/** A `.wasm` file, as wabt prints it. */
async function disassembled(path) {
  const wabt = await createWabt();
  const features = Object.fromEntries(Object.keys(wabt.FEATURES).map((feature) => [feature, true]));
  const module = wabt.readWasm(new Uint8Array(readFileSync(path)), { ...features, readDebugNames: true });
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

/** Puts `unreachable` in the place of the longest bodies of a module's functions, until `size` characters are left. */
function shortened(text, size) {
  const bodies = Array.from(text.matchAll(/^( {2}\(func [^\n]*\n)([^]*?)\)\n(?= {2}\()/gm), ({ index, 1: head, 2: body }) => {
    const start = index + head.length;
    return { start, end: start + body.length };
  });
  let excess = text.length - size;
  const removed = bodies
    .toSorted((left, right) => right.end - right.start - (left.end - left.start))
    .filter(({ start, end }) => {
      if (excess <= 0) return false;
      excess -= end - start;
      return true;
    });
  return removed
    .toSorted((left, right) => right.start - left.start)
    .reduce((rest, { start, end }) => `${rest.slice(0, start)}unreachable${rest.slice(end)}`, text);
}

const mappings = await disassembled(input("node_modules/source-map/lib/mappings.wasm"));
const sql = await sqlModule((line) => console.error(line));

/** By name; each is valid. The program sql.js is there where npm can fetch it. */
export const inputs = {
  "95 kB": shortened(mappings, 95_000),
  "1.2 MB": mappings,
  "3 MB": multiplied(mappings, 3_000_000),
  "12 MB": multiplied(mappings, 12_000_000),
  "a real program": await disassembled(input("node_modules/vscode-oniguruma/release/onig.wasm")),
  ...(sql === undefined ? {} : { "sql.js, 14 MB": await disassembled(sql) }),
  "2 M instructions in one function":
    '(module\n  (func (export "f") (param i32) (result i32)\n' +
    "local.get 0\ni32.const 7\ni32.add\nlocal.set 0\n".repeat(500_000) +
    "local.get 0))\n",
};

const depth = 100_000;

/** Nested as deep as nobody writes, but generators do. */
export const nested = {
  "flat blocks": `(module (func ${"block\n".repeat(depth)}${"end\n".repeat(depth)}))`,
  "folded blocks": `(module (func ${"(block\n".repeat(depth)}${")".repeat(depth)}))`,
  operands: `(module (func (drop ${"(i32.eqz\n".repeat(depth)}(i32.const 0)${")".repeat(depth)})))`,
  comments: `(module (func ${"(;\n".repeat(depth)}${";)".repeat(depth)}))`,
};
