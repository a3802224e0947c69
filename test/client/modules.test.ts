import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runnableParts } from "../../client/src/debug/runnable-parts.ts";
import { printableModule } from "../../client/src/printable-module.ts";

const folder = fileURLToPath(new URL("../corpus/debug/modules", import.meta.url));
const modules = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".wasm"));

test("there are modules to test with", () => {
  expect(modules.length).toBeGreaterThan(5);
});

describe.each(modules)("%s", (path) => {
  const bytes = readFileSync(`${folder}/${path}`);
  const compiled = new WebAssembly.Module(bytes);

  test("exports the functions that V8 sees", () => {
    const names = WebAssembly.Module.exports(compiled).flatMap(({ kind, name }) => (kind === "function" ? [name] : []));
    const runnable = runnableParts(bytes);
    expect(runnable.isCommand).toBe(names.includes("_start"));
    expect(runnable.functions.map(({ name }) => name)).toEqual(names.filter((name) => !/^(_start|_initialize|__.*)$/.test(name)));
  });

  test("is the same to V8 without debug information, which is gone", () => {
    const printable = printableModule(bytes);
    const again = new WebAssembly.Module(Uint8Array.from(printable));
    expect(WebAssembly.Module.imports(again)).toEqual(WebAssembly.Module.imports(compiled));
    expect(WebAssembly.Module.exports(again)).toEqual(WebAssembly.Module.exports(compiled));
    expect(WebAssembly.Module.customSections(again, "name")).toEqual(WebAssembly.Module.customSections(compiled, "name"));
    expect(WebAssembly.Module.customSections(again, ".debug_info")).toEqual([]);
    expect(printable.length).toBeLessThanOrEqual(bytes.length);
  });
});

test("parameters of exported functions are told", () => {
  // (module (func (export "f") (param i32 i64 f32 f64)))
  const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 4, 127, 126, 125, 124, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 4, 1, 2, 0, 11];
  expect(runnableParts(Uint8Array.from(bytes)).functions).toEqual([{ name: "f", parameters: ["i32", "i64", "f32", "f64"] }]);
});

test("a start function is told, but is no reason not to call an export", () => {
  // (module (func $f (export "f")) (start $f))
  const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 8, 1, 0, 10, 4, 1, 2, 0, 11];
  expect(WebAssembly.validate(Uint8Array.from(bytes))).toBe(true);
  const functions = [{ name: "f", parameters: [] }];
  expect(runnableParts(Uint8Array.from(bytes))).toEqual({ isCommand: false, hasStartFunction: true, functions });
});

test("what is no module has no exports, and is handed on as it is", () => {
  const text = Buffer.from("hello");
  expect(runnableParts(text).functions).toEqual([]);
  expect(printableModule(text)).toBe(text);
});
