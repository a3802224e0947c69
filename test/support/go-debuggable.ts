/** Builds a Go program with all that a debugger of its variables needs, and reads the variables of its frames. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFunctionTable, type FunctionTable } from "#core/go/binary/function-table.ts";
import { readInitialMemory } from "#core/go/binary/initial-memory.ts";
import { findModuleData } from "#core/go/binary/module-data.ts";
import { splitProgramCounter } from "#core/go/binary/program-counter.ts";
import { fieldOffset } from "#core/go/layouts/go-type-table.ts";
import { readLayouts, type GoLayouts } from "#core/go/layouts/layouts.ts";
import { GoLines } from "#core/go/listing/go-lines.ts";
import { ListingIndexer, type ListingIndex } from "#core/go/listing/listing-index.ts";
import type { GoFrame } from "#core/go/runtime/frame.ts";
import { GoCode } from "#core/go/runtime/go-code.ts";
import { innermostFrame } from "#core/go/runtime/innermost-frame.ts";
import type { MemoryTask } from "#core/go/runtime/memory-task.ts";
import { closureVariables } from "#core/go/variables/closure-variables.ts";
import { readFunctionVariables, type GoFunctionVariables } from "#core/go/variables/function-variables.ts";
import { visibleVariables } from "#core/go/variables/visible-variables.ts";
import { readModule } from "#core/wasm/module.ts";
import { dictionaryVariable, GoValues, variableAddress } from "../../debug-adapter/src/values/go.ts";
import type { GoLoadLimits, GoMemory, GoProgramFacts } from "../../debug-adapter/src/values/go/go-program.ts";
import type { GoShownValue } from "../../debug-adapter/src/values/go/shown-value.ts";
import type { Debuggee } from "./go-toolchain-debuggee.ts";
import { goEnvironment } from "./go-toolchain.ts";

const helperFolder = join(import.meta.dirname, "../../core/go/layouts/helper");
const limit = { maxBuffer: 1 << 28 };

export interface GoDebuggable {
  readonly folder: string;
  readonly file: string;
  readonly code: GoCode;
  readonly table: FunctionTable;
  readonly layouts: GoLayouts;
  readonly functions: ReadonlyMap<string, GoFunctionVariables>;
  /** Functions of the listing whose variables could not be decoded. */
  readonly undecoded: readonly string[];
  readonly facts: GoProgramFacts;
  remove(): void;
}

/** `folder` holds a module with package main. */
export function buildDebuggable(folder: string, toolchain?: string): GoDebuggable {
  const output = mkdtempSync(join(tmpdir(), "go-wasm-values-"));
  const remove = (): void => rmSync(output, { recursive: true, force: true });
  try {
    return { ...build(folder, output, toolchain), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function build(folder: string, output: string, toolchain: string | undefined): Omit<GoDebuggable, "remove"> {
  const native = goEnvironment({ ...(toolchain && { toolchain }) });
  const wasm = goEnvironment({ os: "wasip1", ...(toolchain && { toolchain }) });
  const path = /^module (\S+)/m.exec(readFileSync(join(folder, "go.mod"), "utf8"))![1]!;
  const go = (args: readonly string[]): { readonly stdout: Buffer; readonly stderr: Buffer } => {
    const run = spawnSync("go", args, { cwd: folder, env: wasm, ...limit });
    if (run.status !== 0) throw new Error(`go ${args.join(" ")} failed: ${String(run.error ?? run.stderr.subarray(0, 2000))}`);
    return run;
  };
  const file = join(output, "program.wasm");
  const listing = go(["build", `-gcflags=${path}/...=-N -l -S`, "-o", file, "."]).stderr;
  const variables = go(["list", "-export", `-gcflags=${path}/...=-N -l -dwarf=true -dwarflocationlists=false -S -S`, "./..."]).stderr;
  const { functions, undecoded } = decodeAll(variables);
  const helper = join(output, "layouts");
  execFileSync("go", ["build", "-o", helper, "."], { cwd: helperFolder, env: native });
  const names = join(output, "names.txt");
  writeFileSync(names, [...new Set([...functions.values()].flatMap((func) => func.variables.map(({ typeName }) => typeName)))].join("\n"));
  const input = go(["list", "-export", "-deps", "-json=ImportPath,Export,Dir,GoFiles,DepOnly,Standard,Module", "./..."]).stdout;
  const { layouts, problem } = readLayouts(execFileSync(helper, [names], { input, ...limit }).toString());
  if (!layouts) throw new Error(problem);
  return { folder, file, layouts, functions, undecoded, ...open(file, listing, layouts, functions) };
}

function indexOf(listing: Uint8Array): ListingIndex {
  const indexer = new ListingIndexer();
  indexer.push(listing);
  return indexer.finish();
}

function decodeAll(listing: Uint8Array): Pick<GoDebuggable, "functions" | "undecoded"> {
  const index = indexOf(listing);
  const functions = new Map<string, GoFunctionVariables>();
  const undecoded: string[] = [];
  for (const name of index.names) {
    const [range] = index.find("variables", name);
    const decoded = range && readFunctionVariables(listing.subarray(range.start, range.end));
    if (decoded) functions.set(name, decoded);
    else if (range) undecoded.push(name);
  }
  return { functions, undecoded };
}

function open(
  file: string,
  listing: Uint8Array,
  layouts: GoLayouts,
  functions: ReadonlyMap<string, GoFunctionVariables>,
): Pick<GoDebuggable, "code" | "table" | "facts"> {
  const { module } = readModule(readFileSync(file));
  const { memory } = readInitialMemory(module);
  const { table, problems } = readFunctionTable(memory, module.functions.length - module.importedFunctionCount);
  if (!table) throw new Error(problems.join("; "));
  const lines = new GoLines(module, table, [{ index: indexOf(listing), read: ({ start, end }) => listing.subarray(start, end) }]);
  const { types } = layouts;
  const moduleWord = (name: string): number => {
    const address = findModuleData(memory, table)! + fieldOffset(types, types.runtimeStruct("runtime.moduledata"), name)!;
    return Number(new DataView(memory.buffer).getBigUint64(address, true));
  };
  const facts: GoProgramFacts = {
    types,
    typeData: { start: moduleWord("types"), end: moduleWord("etypes") },
    functionName: (counter) => {
      const place = splitProgramCounter(counter);
      return place && table.name(place.index);
    },
    closureVariables: (name) => {
      const func = functions.get(name);
      return func ? closureVariables(func, types) : [];
    },
  };
  return { code: new GoCode(module, table, lines), table, facts };
}

/** Lines of `source` with a comment `//@name`, by name. */
export function markedLines(source: string): ReadonlyMap<string, number> {
  const marks = source.split("\n").map((line, at) => [/\/\/@(\w+)/.exec(line)?.[1], at + 1] as const);
  return new Map(marks.flatMap(([name, line]) => (name === undefined ? [] : [[name, line] as const])));
}

export async function breakAt(debuggee: Debuggee, { code, table }: GoDebuggable, file: string, lines: Iterable<number>): Promise<void> {
  const found = table.files().find((candidate) => candidate.endsWith(file));
  for (const line of lines) {
    const match = found === undefined ? undefined : code.lines.placesOf(found, line);
    if (match?.line !== line) throw new Error(`no code on line ${line} of ${file}`);
    for (const { offset } of match.places) await debuggee.setBreakpoint(offset);
  }
}

export interface StoppedFrame {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  readonly frame: GoFrame;
  /** Of the stop. */
  readonly memory: GoMemory;
  /** The values in {@link memory}, or in another one. */
  variables(options?: { readonly limits?: GoLoadLimits; readonly memory?: GoMemory }): Promise<readonly GoShownValue[]>;
  /** Values of the program at this stop. */
  readonly values: GoValues;
  /** Where a variable of the frame is, unless it is elsewhere. */
  addressOf(name: string): number;
}

/** The innermost frame of the stopped program. */
export async function stoppedFrame(debuggee: Debuggee, program: GoDebuggable): Promise<StoppedFrame> {
  const { code, table, functions, layouts, facts } = program;
  const { places, stackPointer } = await debuggee.state();
  const frame = await debuggee.run(innermostFrame(code, places, stackPointer));
  if (!frame) throw new Error("no Go frame");
  const position = code.positionAt(frame.index, frame.offset!, frame.block)!;
  const functionName = table.name(frame.index);
  const func = functions.get(functionName) ?? { name: functionName, line: 0, variables: [], captured: [], blocks: [0] };
  const dictionary = func.variables.find(({ name }) => name === dictionaryVariable);
  const memory = memoryOf(debuggee);
  return {
    functionName,
    file: position.file,
    line: position.line,
    frame,
    memory,
    values: new GoValues(facts, memory),
    addressOf: (name) => variableAddress(frame.entry, func.variables.find((variable) => variable.name === name)!.frameOffset),
    variables: (options = {}) =>
      new GoValues(facts, options.memory ?? memory, options.limits).frame({
        entry: frame.entry,
        variables: visibleVariables(func, layouts.declarations.get(position.file) ?? [], position.line, layouts.types),
        ...(dictionary && { dictionary: variableAddress(frame.entry, dictionary.frameOffset) }),
      }),
  };
}

const pageSize = 1 << 16;

/** The stopped program's memory, each page read once; a read that is larger than a page goes past them. */
function memoryOf(debuggee: Debuggee): GoMemory {
  const pages = new Map<number, Promise<Uint8Array>>();
  const page = async (number: number): Promise<Uint8Array> => {
    let found = pages.get(number);
    if (!found) pages.set(number, (found = debuggee.run(readPiece(number * pageSize, pageSize))));
    return found;
  };
  return {
    read: async (address, length) => {
      if (length > pageSize) return debuggee.run(readPiece(address, length));
      const first = Math.floor(address / pageSize);
      const start = address - first * pageSize;
      const bytes = (await page(first)).subarray(start, start + length);
      if (start + length <= pageSize) return bytes;
      return Buffer.concat([bytes, (await page(first + 1)).subarray(0, start + length - pageSize)]);
    },
  };
}

function* readPiece(address: number, length: number): MemoryTask<Uint8Array> {
  const [bytes] = yield [{ address, length }];
  return bytes!;
}
