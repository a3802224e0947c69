/** Builds Go programs for the tests with real toolchains, and opens what they made. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FunctionTable, readFunctionTable } from "#core/go/binary/function-table.ts";
import { readInitialMemory } from "#core/go/binary/initial-memory.ts";
import { GoLines } from "#core/go/listing/go-lines.ts";
import { readLayouts, type GoLayouts } from "#core/go/layouts/layouts.ts";
import { ListingIndexer, type ListingIndex } from "#core/go/listing/listing-index.ts";
import { GoCode } from "#core/go/runtime/go-code.ts";
import { readModule, type WasmModule } from "#core/wasm/module.ts";

const layoutsFolder = join(import.meta.dirname, "../../core/go/layouts/helper");
export const sampleFolder = join(import.meta.dirname, "go-toolchain/sample");
const samplePackages = "example.com/sample/...";

export interface BuildOptions {
  readonly os: "wasip1" | "js";
  /** Compiler flags of the sample's packages; `-S` is added. */
  readonly compiler?: string;
  readonly flags?: readonly string[];
  /** Package to build, below the sample's folder. Default: the folder itself. */
  readonly target?: string;
  /** Such as `go1.24.13`; fetched by the go command where it is not there. Default: the installed one. */
  readonly toolchain?: string;
}

export interface GoProgram {
  readonly file: string;
  /** Of the toolchain that built it. */
  readonly wasmExec: string | undefined;
  readonly module: WasmModule;
  readonly memory: Uint8Array;
  readonly table: FunctionTable;
  readonly listing: Uint8Array;
  readonly index: ListingIndex;
  readonly code: GoCode;
  remove(): void;
}

/** The environment of every go command of the tests: nothing of the user's settings. */
export function goEnvironment({ os, toolchain }: Pick<BuildOptions, "toolchain"> & { readonly os?: string }): NodeJS.ProcessEnv {
  const target = os === undefined ? { GOOS: "", GOARCH: "" } : { GOOS: os, GOARCH: "wasm" };
  return { ...process.env, GOFLAGS: "-buildvcs=false", GOWORK: "off", ...target, ...(toolchain && { GOTOOLCHAIN: toolchain }) };
}

/** Builds the sample program with its listing. The first build for a target compiles the standard library, which takes a while. */
export function buildSample(options: BuildOptions): GoProgram {
  const folder = mkdtempSync(join(tmpdir(), "go-wasm-sample-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const file = join(folder, "sample.wasm");
  const environment = goEnvironment(options);
  const compiler = `-gcflags=${samplePackages}=${options.compiler ?? "-N -l"} -S`;
  const args = ["build", compiler, "-o", file, ...(options.flags ?? []), options.target ?? "."];
  const built = spawnSync("go", args, { cwd: sampleFolder, env: environment, maxBuffer: 1 << 28 });
  if (built.status !== 0) {
    remove();
    throw new Error(`go ${args.join(" ")} failed: ${String(built.error ?? built.stderr.subarray(0, 2000))}`);
  }
  const root =
    options.os === "js" ? execFileSync("go", ["env", "GOROOT"], { cwd: sampleFolder, env: environment }).toString().trim() : undefined;
  return { ...openProgram(file, built.stderr), wasmExec: root && join(root, "lib/wasm/wasm_exec.js"), remove };
}

/** The layouts of the sample's types, by the helper built with the toolchain of `options`. */
export function readSampleLayouts(options: BuildOptions, typeNames: readonly string[] = []): GoLayouts {
  const folder = mkdtempSync(join(tmpdir(), "go-wasm-layouts-"));
  try {
    const helper = join(folder, "layouts");
    const native = { cwd: layoutsFolder, env: goEnvironment({ ...(options.toolchain && { toolchain: options.toolchain }) }) };
    execFileSync("go", ["build", "-o", helper, "."], native);
    const names = join(folder, "names.txt");
    writeFileSync(names, typeNames.join("\n"));
    const list = ["list", "-export", "-deps", "-json=ImportPath,Export,Dir,GoFiles,DepOnly,Standard,Module", options.target ?? "./..."];
    const input = execFileSync("go", list, { cwd: sampleFolder, env: goEnvironment(options), maxBuffer: 1 << 28 });
    const { layouts, problem } = readLayouts(execFileSync(helper, [names], { input, maxBuffer: 1 << 28 }).toString());
    if (!layouts) throw new Error(problem);
    return layouts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function openProgram(file: string, listing: Uint8Array): Omit<GoProgram, "wasmExec" | "remove"> {
  const { module } = readModule(readFileSync(file));
  const { memory } = readInitialMemory(module);
  const { table, problems } = readFunctionTable(memory, module.functions.length - module.importedFunctionCount);
  if (!table) throw new Error(problems.join("; "));
  const indexer = new ListingIndexer();
  indexer.push(listing);
  const index = indexer.finish();
  const lines = new GoLines(module, table, [{ index, read: ({ start, end }) => listing.subarray(start, end) }]);
  return { file, module, memory, table, listing, index, code: new GoCode(module, table, lines) };
}
