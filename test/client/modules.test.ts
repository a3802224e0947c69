import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { callableFunctions } from "../../client/src/debug/exported-functions.ts";
import { printableModule } from "../../client/src/printable-module.ts";

const folder = fileURLToPath(new URL("../corpus/debug/modules", import.meta.url));
const modules = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".wasm"));

test("there are modules to test with", () => {
  expect(modules.length).toBeGreaterThan(5);
});

describe.each(modules)("%s", (path) => {
  const bytes = readFileSync(`${folder}/${path}`);
  const compiled = new WebAssembly.Module(bytes);

  test("exports the functions that V8 sees, unless it runs by itself", () => {
    const names = WebAssembly.Module.exports(compiled).flatMap(({ kind, name }) => (kind === "function" ? [name] : []));
    const expected = names.includes("_start") ? [] : names.filter((name) => name !== "_initialize" && name !== "__wasm_call_ctors");
    expect(callableFunctions(bytes).map(({ name }) => name)).toEqual(expected);
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
  expect(callableFunctions(Uint8Array.from(bytes))).toEqual([{ name: "f", parameters: ["i32", "i64", "f32", "f64"] }]);
});

test("a module with a start section runs by itself", () => {
  // (module (func $f (export "f")) (start $f))
  const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 8, 1, 0, 10, 4, 1, 2, 0, 11];
  expect(WebAssembly.validate(Uint8Array.from(bytes))).toBe(true);
  expect(callableFunctions(Uint8Array.from(bytes))).toEqual([]);
});

test("what is no module has no exports, and is handed on as it is", () => {
  const text = Buffer.from("hello");
  expect(callableFunctions(text)).toEqual([]);
  expect(printableModule(text)).toBe(text);
});
