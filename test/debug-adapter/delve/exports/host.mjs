// Calls the exports as main does on other machines.
import { readFileSync } from "node:fs";
import { WASI } from "node:wasi";

const wasi = new WASI({ version: "preview1" });
const { instance } = await WebAssembly.instantiate(readFileSync(process.env.WASM_PROGRAM), wasi.getImportObject());
wasi.initialize(instance);
for (const name of ["receives", "sleeps", "selects", "waits", "recovers", "steps"]) console.error(instance.exports[name](3));
