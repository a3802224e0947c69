// Calls the exports of the reactor, as a host of one's own does.
import { readFileSync } from "node:fs";
import { WASI } from "node:wasi";

const wasi = new WASI({ version: "preview1" });
const env = { note: (n) => console.log("noted", n) };
const { instance } = await WebAssembly.instantiate(readFileSync(process.env.WASM_PROGRAM), { ...wasi.getImportObject(), env });
wasi.initialize(instance);

function callTwice(n) {
  return instance.exports.twice(n);
}

console.log(callTwice(21));
instance.exports.noted(5);
