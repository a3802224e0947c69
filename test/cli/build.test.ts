import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SourceMapConsumer } from "source-map";
import { expect, test } from "vitest";
import { readModule } from "#core/wasm/module.ts";
import { debugInfoOf } from "../support/debug-modules.ts";
import { goWasm, withFolder } from "../support/command-line.ts";

const text = `(module
  (func $double (export "double") (param $n i32) (result i32)
    local.get $n
    local.get $n
    i32.add))
`;

const customNames = (bytes: Uint8Array): string[] => readModule(bytes).module.sections.flatMap(({ customName }) => customName ?? []);

test("a module without anything but its code", () =>
  withFolder(async (folder) => {
    writeFileSync(join(folder, "a.wat"), text);
    expect(await goWasm(folder, "build", "a.wat")).toEqual({ code: 0, out: "", err: "" });
    const bytes = readFileSync(join(folder, "a.wasm"));
    expect(customNames(bytes)).toEqual([]);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    expect((exports["double"] as (n: number) => number)(21)).toBe(42);
    expect(readdirSync(folder).sort()).toEqual(["a.wasm", "a.wat"]);
  }));

test("names, a source map and DWARF on request, with paths from where they are", () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "src/a.wat"), text);
    expect(await goWasm(folder, "build", "src/a.wat", "-o", "out/b c.wasm", "--names", "--dwarf", "--source-map")).toMatchObject({
      code: 0,
    });
    const bytes = new Uint8Array(readFileSync(join(folder, "out/b c.wasm")));
    expect(customNames(bytes)).toEqual(expect.arrayContaining(["name", ".debug_info", ".debug_line", "sourceMappingURL"]));
    expect(Buffer.from(bytes).toString("latin1")).toContain("b%20c.wasm.map");
    const consumer = await new SourceMapConsumer(readFileSync(join(folder, "out/b c.wasm.map"), "utf8"));
    expect(consumer.sources).toEqual(["../src/a.wat"]);
    consumer.destroy();
    const [unit] = debugInfoOf(bytes).units;
    expect([unit!.name, unit!.compilationDirectory]).toEqual(["src/a.wat", folder.replaceAll("\\", "/")]);
    expect(readModule(bytes).module.names().functions.get(0)).toBe("double");
  }));

test("what is wrong is said, and nothing is written", () =>
  withFolder(async (folder) => {
    writeFileSync(join(folder, "a.wat"), "(module (func (result i32) i64.const 1))");
    const { code, out, err } = await goWasm(folder, "build", "a.wat");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^a\.wat:1:28: error: .* \[type-mismatch\]\n/);
    expect(existsSync(join(folder, "a.wasm"))).toBe(false);
  }));

test.each([
  [["build"], 2, /give it one \.wat file\n"go-wasm build --help" tells what it takes/],
  [["build", "--frob", "a.wat"], 2, /Unknown option '--frob'/],
  [["build", "none.wat"], 1, /cannot read .*none\.wat: there is no such file/],
  [["frob"], 2, /there is no command "frob"/],
  [[], 2, /Usage: go-wasm <command>/],
])("%j ends with %i", (args, code, said) =>
  withFolder(async (folder) => {
    const run = await goWasm(folder, ...args);
    expect(run.code).toBe(code);
    expect(run.err).toMatch(said);
    expect(run.out).toBe("");
  }),
);

test("help and version", async () => {
  expect(await goWasm(".", "--version")).toEqual({ code: 0, out: "9.8.7\n", err: "" });
  expect((await goWasm(".", "help")).out).toContain("check");
  expect((await goWasm(".", "build", "-h")).out).toMatch(/-o, --output <file> /);
});
