// Runs the program as a web page would, by a wasm_exec.js of its own.
const { readFileSync } = require("node:fs");
const path = require("node:path");

globalThis.fs = require("node:fs");
globalThis.path = path;
globalThis.require = require;
require(path.join(process.env.GOROOT_OF_TEST, "lib/wasm/wasm_exec.js"));

const go = new Go();
go.exit = (code) => process.exit(code);
void WebAssembly.instantiate(readFileSync(process.argv[2]), go.importObject).then(({ instance }) => go.run(instance));
