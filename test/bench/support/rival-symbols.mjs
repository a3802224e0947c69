// @vscode/dwarf-debugging reads one module, in a process of its own: `node rival-symbols.mjs <its main script> <module> <end of a source's name> <JSON of lines>`
// prints one JSON object with its times in milliseconds and the memory it took at most in MB.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [script, module, sourceName, lineList] = process.argv.slice(2);
const lines = JSON.parse(lineList);
const { spawn } = createRequire(import.meta.url)(script);
const id = "module";

// A host that answers at once; what VS Code's debugger takes to fetch values comes on top.
const zero = { type: "i32", value: 65_536 };
const worker = spawn({
  getWasmLinearMemory: async (_offset, length) => new ArrayBuffer(length),
  getWasmLocal: async () => zero,
  getWasmGlobal: async () => zero,
  getWasmOp: async () => zero,
});
const ask = (method, ...parameters) => worker.rpc.sendMessage(method, ...parameters);

const begin = performance.now();
await ask("hello", [], false);
const sources = await ask("addRawModule", id, "", { url: pathToFileURL(module).href });
const sourceFileURL = sources.find((source) => source.endsWith(sourceName));
const rawLocations = (line) =>
  ask("sourceLocationToRawLocation", { rawModuleId: id, sourceFileURL, lineNumber: line - 1, columnNumber: -1 });
// VS Code's debugger asks for the lines with code before it sets a breakpoint.
await ask("getMappedLines", id, sourceFileURL);
const [place] = await rawLocations(lines[0]);
const toFirstLine = performance.now() - begin;

const again = performance.now();
for (const line of lines) await rawLocations(line);
const perLine = (performance.now() - again) / lines.length;

const location = { rawModuleId: id, codeOffset: place.startOffset, inlineFrameIndex: 0 };
const listing = performance.now();
const variables = await ask("listVariablesInScope", location);
const listed = performance.now() - listing;
const evaluating = performance.now();
let evaluated = 0;
for (const { name } of variables) {
  const value = await ask("evaluate", name, location, 1).catch(() => undefined);
  if (value) evaluated++;
}
const perVariable = (performance.now() - evaluating) / Math.max(evaluated, 1);
await worker.dispose();
const memory = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1024;
console.log(JSON.stringify({ toFirstLine, perLine, variables: variables.length, listed, perVariable, memory }));
