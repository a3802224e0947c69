/** What other debuggers are told of a Go program, against what ours finds out by itself, and what LLVM reads. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attribute } from "#core/dwarf/constants.ts";
import { sizeOf } from "#core/dwarf/data-type.ts";
import type { DebugInfo } from "#core/dwarf/debug-info.ts";
import { evaluate } from "#core/dwarf/expression.ts";
import { locationAt } from "#core/dwarf/location-lists.ts";
import type { MemoryTask } from "#core/go/runtime/memory-task.ts";
import { unwind } from "#core/go/runtime/unwind.ts";
import { visibleVariables } from "#core/go/variables/visible-variables.ts";
import { readModule } from "#core/wasm/module.ts";
import { moduleOffset } from "#core/wasm/offsets.ts";
import { CommandError } from "../../cli/src/command.ts";
import { moduleWithDwarf } from "../../cli/src/go/module-dwarf.ts";
import { dwarfSymbols } from "../../debug-adapter/src/symbols/dwarf.ts";
import type { VariableValue } from "../../debug-adapter/src/symbols/module-symbols.ts";
import { variableAddress } from "../../debug-adapter/src/values/go.ts";
import { dwarfFrame } from "../debug-adapter/symbols/dwarf-frames.ts";
import { bundleCli, type CliBundle } from "../support/cli-bundle.ts";
import { debugInfoOf } from "../support/debug-modules.ts";
import { breakAt, buildDebuggable, markedLines, stoppedFrame, type GoDebuggable } from "../support/go-debuggable.ts";
import { Debuggee } from "../support/go-toolchain-debuggee.ts";
import { dwarfdump } from "../support/llvm-dwarfdump.ts";

const corpus = join(import.meta.dirname, "../corpus/debug/delve");
let cli: CliBundle;
let output: string;

beforeAll(async () => {
  cli = await bundleCli();
  output = mkdtempSync(join(tmpdir(), "go-wasm-dwarf-"));
});
afterAll(() => {
  cli?.remove();
  if (output) rmSync(output, { recursive: true, force: true });
});

function run(...args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, [cli.path, ...args], { cwd: output, encoding: "utf8", timeout: 120_000 });
}

describe.each(["values", "flow", "kinds"])("%s", (name) => {
  let program: GoDebuggable;
  let bytes: Uint8Array<ArrayBuffer>;
  let info: DebugInfo;
  let said: string;

  beforeAll(() => {
    program = buildDebuggable(join(corpus, name));
    const { status, stdout, stderr } = run("dwarf", join(corpus, name), "-o", `${name}.wasm`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    said = stdout;
    bytes = new Uint8Array(readFileSync(join(output, `${name}.wasm`)));
    info = debugInfoOf(bytes);
  }, 120_000);
  afterAll(() => program?.remove());

  test("is the module that the toolchain builds, with debug sections", () => {
    expect(said).toMatch(/: \d{4} functions, \d+ of them with exact lines, \d+ variables, \d+ bytes of DWARF\n$/);
    const plain = readFileSync(program.file);
    expect(codeOf(bytes).equals(codeOf(plain))).toBe(true);
    expect(WebAssembly.validate(bytes)).toBe(true);
  });

  test("LLVM verifies it", () => {
    expect(dwarfdump(bytes, "--verify")).toMatchObject({ ok: true, output: expect.stringContaining("No errors.") });
  });

  test("breakpoints by DWARF are where they are without it", async () => {
    const symbols = (await dwarfSymbols({ bytes, name }))!;
    const sources = symbols.sources();
    let compared = 0;
    for (const file of program.table.files().filter((path) => path.startsWith(corpus))) {
      const source = sources.find((candidate) => candidate.name === file)!;
      const lines = readFileSync(file, "utf8").split("\n").length;
      for (let line = 1; line <= lines; line++) {
        const expected = program.code.lines.placesOf(file, line);
        if (expected?.line !== line) continue;
        const match = symbols.offsetsOf(source, line);
        const at = match?.line === line ? match.ranges.map(({ start }) => start).sort((a, b) => a - b) : match?.line;
        expect(at, `${file}:${line}`).toEqual(expected.places.map(({ offset }) => offset).sort((a, b) => a - b));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(50);
  });

  test("variables by DWARF are where they are without it, in every frame of the stack", async () => {
    const symbols = (await dwarfSymbols({ bytes, name }))!;
    const { codeStart } = readModule(bytes).module;
    const debuggee = new Debuggee(join(output, `${name}.wasm`), undefined);
    let compared = 0;
    let callers = 0;
    try {
      await debuggee.start();
      const marks = markedLines(readFileSync(join(corpus, name, "main.go"), "utf8"));
      const withCode = [...marks.values()].filter(
        (line) => program.code.lines.placesOf(join(corpus, name, "main.go"), line)?.line === line,
      );
      await breakAt(debuggee, program, "main.go", withCode);
      for (let stops = 0; stops < 40 && (await debuggee.resume()); stops++) {
        const stopped = await stoppedFrame(debuggee, program);
        const { value: stackPointer, offset } = (await debuggee.local(1, 0))!;
        const frame = dwarfFrame(moduleOffset(offset), stateWith(stackPointer));
        const memory = { ...frame.stop, readMemory: readerOf(debuggee) } as typeof frame.stop;
        const scopes = await symbols.scopesAt({ ...frame, stop: memory });
        const found = scopes
          .filter((scope) => scope.kind !== "globals")
          .flatMap(({ variables }) => variables.map((variable) => `${variable.name.replace(/ .*/, "")} ${placeOf(variable.value)}`));
        const func = program.functions.get(stopped.functionName);
        const visible = func
          ? visibleVariables(func, program.layouts.declarations.get(stopped.file) ?? [], stopped.line, program.layouts.types)
          : [];
        const expected = await Promise.all(
          visible.map(async ({ variable, type }) => {
            const known = program.layouts.types.get(type!)!;
            const slot = variableAddress(stopped.frame.entry, variable.frameOffset);
            const address = variable.byReference ? await wordAt(debuggee, slot) : slot;
            return `${variable.name} ${address} ${known.name} ${known.size}`;
          }),
        );
        expect(found.sort(), `${stopped.functionName}:${stopped.line}`).toEqual(expected.sort());
        compared += found.length;

        // A frame further out has its own stack pointer.
        const [, caller] = (await debuggee.run(unwind(program.code, stopped.frame, 2))).frames;
        const call = caller && program.code.callOffset(caller.index, caller.block);
        const outer = await debuggee.local(1, 1);
        if (!caller || !outer || outer.offset !== call) continue;
        expect(frameBaseAt(info, call - codeStart!, outer.value)).toBe(variableAddress(caller.entry, 0));
        callers++;
      }
    } finally {
      await debuggee.end();
    }
    expect(compared).toBeGreaterThan(20);
    expect(callers).toBeGreaterThan(0);
  }, 60_000);
});

function codeOf(module: Uint8Array): Buffer {
  const { sections } = readModule(module).module;
  return Buffer.concat(sections.filter(({ kind }) => kind !== "custom").map(({ header, end }) => module.subarray(header, end)));
}

const stateWith = (stackPointer: number) => ({
  locals: [
    { type: "i32" as const, value: 0 },
    { type: "i32" as const, value: stackPointer },
  ],
  globals: [],
  stack: [],
});

function readerOf(debuggee: Debuggee) {
  return async (_module: unknown, _memory: number, pieces: readonly { readonly address: number; readonly length: number }[]) =>
    debuggee.run(read(pieces));
}

function* read(pieces: readonly { readonly address: number; readonly length: number }[]): MemoryTask<readonly Uint8Array[]> {
  return yield pieces;
}

/** The frame base of the function at an address, where local 1 has this value. */
function frameBaseAt(info: DebugInfo, address: number, stackPointer: number): number | undefined {
  const { entry } = info.functionAt(address)!;
  const base = locationAt(entry, attribute.frameBase, address);
  if (base.kind !== "expression") return undefined;
  const wasm = (_kind: string, index: number): bigint | undefined => (index === 1 ? BigInt(stackPointer) : undefined);
  const place = evaluate(base.bytes, { unit: entry.unit, wasm, frameBase: () => undefined, memory: () => undefined });
  return place.kind === "value" ? Number(place.bits) : undefined;
}

async function wordAt(debuggee: Debuggee, address: number): Promise<number> {
  const [bytes] = await readerOf(debuggee)(undefined, 0, [{ address, length: 8 }]);
  return Number(new DataView(bytes!.buffer, bytes!.byteOffset).getBigUint64(0, true));
}

const placeOf = (value: VariableValue): string =>
  value.kind === "memory" ? `${value.address} ${value.type.name.replace(/^struct /, "")} ${sizeOf(value.type)}` : value.kind;

test("a module that is built already gets its functions and the lines of the runtime's traces", () => {
  const { status, stdout } = run("dwarf", "values.wasm", "-o", "again.wasm");
  expect(status).toBe(0);
  expect(stdout).toMatch(/ 0 of them with exact lines, 0 variables/);
  const bytes = readFileSync(join(output, "again.wasm"));
  expect(dwarfdump(bytes, "--verify").ok).toBe(true);
  const info = debugInfoOf(new Uint8Array(bytes));
  const piece = info.units.flatMap((unit) => Array.from(info.functionsOf(unit).lows)).map((low) => info.functionAt(low)?.entry.name);
  expect(piece).toContain("main.main");
  expect(piece).toContain("runtime.gopark");
});

test("a package for JavaScript alone is built for it", () => {
  const { status, stdout, stderr } = run("dwarf", join(corpus, "../../../debug-adapter/go/programs/page"), "-o", "page.wasm");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).not.toMatch(/ 0 variables/);
  const { imports } = readModule(new Uint8Array(readFileSync(join(output, "page.wasm")))).module;
  expect(imports.map(({ module }) => module)).toContain("gojs");
});

test("what cannot be done is said", () => {
  const folder = join(output, "broken");
  mkdirSync(folder);
  writeFileSync(join(folder, "go.mod"), "module example.com/broken\n\ngo 1.24\n");
  writeFileSync(join(folder, "main.go"), "package main\n\nfunc main() { x := 1 }\n");
  const broken = run("dwarf", "broken");
  expect(broken.status).toBe(1);
  expect(broken.stderr).toBe(
    "go-wasm dwarf: the package does not build for GOOS=wasip1 GOARCH=wasm:\n# example.com/broken\n./main.go:3:15: declared and not used: x\n",
  );
  const other = run("dwarf", join(corpus, "../modules/c/prog.O0.wasm"));
  expect(other).toMatchObject({ status: 1, stderr: expect.stringContaining("was not made by Go's own compiler") });
  expect(run("dwarf", "values.wasm", "--reactor")).toMatchObject({ status: 2, stderr: expect.stringContaining("is for packages") });
});

test("a damaged module gives what can be read, or one message", () => {
  const good = new Uint8Array(readFileSync(join(output, "values.wasm")));
  const { data } = readModule(good).module;
  let seed = 7;
  const random = (limit: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * limit);
  };
  const outcomes = Array.from({ length: 10 }, (_, round) => {
    const bytes = good.slice();
    for (let change = random(4 ** round) + 1; change > 0; change--) {
      const { start, end } = data[random(data.length)]!.contents;
      if (end > start) bytes[start + random(end - start)] = random(256);
    }
    try {
      const facts = { listings: [], variables: undefined, types: undefined };
      return moduleWithDwarf(bytes, facts, { folder: "/", version: "1" }).dwarf.functions;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return error.message;
    }
  });
  expect(outcomes.filter((outcome) => typeof outcome === "number").length).toBeGreaterThan(4);
});
