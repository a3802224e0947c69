// Reads damaged debug information as a session would: `tsx test/soak/debug-info/fuzz.ts --minutes N [--seed N]`.
// Each case has a number from which it can be had again (`--seed N --cases 1`). A case that throws, takes too long or too much memory
// ends the run with that number; so does one that takes the process away.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { moduleOffset } from "#core/wasm/offsets.ts";
import { dwarfSymbols } from "../../../debug-adapter/src/symbols/dwarf.ts";
import type { ModuleSymbols } from "../../../debug-adapter/src/symbols/module-symbols.ts";
import { sourceMapSymbols } from "../../../debug-adapter/src/symbols/source-map.ts";
import { askEverything, askNames } from "../../debug-adapter/symbols/ask-everything.ts";
import { damagedModule, damagedText, random } from "./damage.ts";

/** Seconds for one case; the largest module takes about one, on a busy machine a few. */
const patience = 30;
/** Bytes of the whole process: each module takes some ten times its size, and what was read of the last ones is not collected at once. */
const mostMemory = 1.5 * 2 ** 30;
/** A process that has read many modules is replaced, so that what it has kept does not count. */
const casesPerProcess = 300;

const corpus = fileURLToPath(new URL("../../corpus/debug/modules/", import.meta.url));

interface Subject {
  readonly module: string;
  /** Files beside it that are damaged as well, under the names by which the module knows them. */
  readonly beside: Readonly<Record<string, string>>;
  readonly kind: "dwarf" | "source-map";
}

const subjects: readonly Subject[] = [
  { module: "c/prog.O0.wasm", beside: {}, kind: "dwarf" },
  { module: "c/prog.O2.wasm", beside: {}, kind: "dwarf" },
  { module: "c/prog.dwarf5.wasm", beside: {}, kind: "dwarf" },
  { module: "c/prog.external.wasm", beside: { "prog.external.debug.wasm": "c/prog.external.debug.wasm" }, kind: "dwarf" },
  { module: "c/prog.split5.wasm", beside: { "split5.dwo": "c/split5.dwo" }, kind: "dwarf" },
  { module: "c/prog.split5.wasm", beside: { "prog.split5.dwp": "c/prog.split5.dwp" }, kind: "dwarf" },
  { module: "units/lists.split4.wasm", beside: { "lists.split4.dwo": "units/lists.split4.dwo" }, kind: "dwarf" },
  { module: "units/lists.split4.wasm", beside: { "lists.split4.dwp": "units/lists.split4.dwp" }, kind: "dwarf" },
  { module: "units/incomplete.wasm", beside: {}, kind: "dwarf" },
  { module: "units/kinds.types4.wasm", beside: {}, kind: "dwarf" },
  { module: "units/kinds.types5.wasm", beside: {}, kind: "dwarf" },
  { module: "units/kinds.split5.wasm", beside: { "kinds.split5.dwp": "units/kinds.split5.dwp" }, kind: "dwarf" },
  { module: "zig/main.debug.wasm", beside: {}, kind: "dwarf" },
  { module: "zig/errors.wasm.gz", beside: {}, kind: "dwarf" },
  { module: "wide/wide.cpp.wasm", beside: {}, kind: "dwarf" },
  { module: "cpp/shapes.O0.wasm.gz", beside: {}, kind: "dwarf" },
  { module: "cpp/shapes.emscripten.wasm.gz", beside: {}, kind: "dwarf" },
  { module: "rust/mini.debug.wasm.gz", beside: {}, kind: "dwarf" },
  { module: "rust/kinds.debug.wasm.gz", beside: {}, kind: "dwarf" },
  { module: "tinygo/main.opt0.wasm.gz", beside: {}, kind: "dwarf" },
  { module: "as/main.debug.wasm", beside: { "main.debug.wasm.map": "as/main.debug.wasm.map" }, kind: "source-map" },
  { module: "as/kinds.wasm", beside: { "kinds.wasm.map": "as/kinds.wasm.map" }, kind: "source-map" },
];

const contents = new Map<string, Uint8Array>();

function contentOf(name: string): Uint8Array {
  let bytes = contents.get(name);
  if (!bytes) {
    const read = readFileSync(corpus + name);
    contents.set(name, (bytes = Uint8Array.from(name.endsWith(".gz") ? gunzipSync(read) : read)));
  }
  return bytes;
}

/** One damaged module, asked for all that it has. */
async function tryCase(seed: number): Promise<void> {
  const next = random(seed);
  const { module, beside, kind } = subjects[seed % subjects.length]!;
  const files = new Map(
    Object.entries(beside).map(([name, file]) => {
      const whole = contentOf(file);
      if (next(3) === 0) return [name, whole] as const;
      return [name, file.endsWith(".map") ? damagedText(whole, next) : damagedModule(whole, next)] as const;
    }),
  );
  const bytes = files.size > 0 && next(2) === 0 ? Uint8Array.from(contentOf(module)) : damagedModule(contentOf(module), next);
  const readFile = (name: string): Promise<Uint8Array | undefined> => Promise.resolve(files.get(name.replace(/^.*[\\/]/, "")));
  const input = { bytes, name: module, path: corpus + module, readFile };
  const symbols: ModuleSymbols | undefined = await (kind === "dwarf" ? dwarfSymbols(input) : sourceMapSymbols(input));
  if (!symbols) return;
  await askEverything(symbols);
  await askNames(symbols, moduleOffset(next(bytes.length)));
  for (let places = 0; places < 8; places++) await symbols.positionOf(moduleOffset(next(bytes.length)));
}

async function child(first: number, count: number): Promise<void> {
  for (let seed = first; seed < first + count; seed++) {
    process.send!({ seed });
    try {
      await tryCase(seed);
    } catch (error) {
      process.send!({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      break;
    }
    const { rss } = process.memoryUsage();
    if (rss > mostMemory) {
      process.send!({ failure: `the process has ${Math.round(rss / 2 ** 20)} MiB` });
      break;
    }
  }
  process.disconnect();
}

/** Runs cases in a process of their own; resolves to how many, or to what went wrong with which. */
async function runCases(first: number, count: number, end: number): Promise<{ readonly done: number; readonly failure?: string }> {
  const reader: ChildProcess = fork(fileURLToPath(import.meta.url), ["--child", "--seed", String(first), "--cases", String(count)], {
    execArgv: [...process.execArgv, "--max-old-space-size=1024"],
  });
  const state: { seed: number; failure: string | undefined; enough: boolean } = { seed: first - 1, failure: undefined, enough: false };
  let timer: NodeJS.Timeout | undefined;
  const watch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      state.failure = `it does not end within ${patience} s`;
      reader.kill("SIGKILL");
    }, patience * 1000);
  };
  watch();
  reader.on("message", (message: { readonly seed?: number; readonly failure?: string }) => {
    if (message.failure !== undefined) state.failure = message.failure;
    if (message.seed === undefined) return;
    watch();
    state.seed = message.seed;
    if (Date.now() < end) return;
    state.enough = true;
    reader.kill("SIGKILL");
  });
  const [code, signal] = (await once(reader, "close")) as [number | null, string | null];
  clearTimeout(timer);
  if (state.failure === undefined && !state.enough && code !== 0) state.failure = `the process has ended with ${signal ?? code}`;
  const done = state.seed - first + (state.enough ? 0 : 1);
  return state.failure === undefined ? { done } : { done, failure: `case ${state.seed}: ${state.failure}` };
}

async function parent(first: number, end: number, most: number): Promise<void> {
  console.log(`damaged debug information from case ${first} on`);
  let done = 0;
  do {
    const outcome = await runCases(first + done, Math.min(casesPerProcess, most - done), end);
    done += outcome.done;
    if (outcome.failure !== undefined) throw new Error(`${outcome.failure}\nagain: --seed ${first + done - 1} --cases 1`);
  } while (done < most && Date.now() < end);
  console.log(`${done} cases: nothing was thrown, nothing hung, and memory stayed within bounds`);
}

const { values } = parseArgs({
  options: { child: { type: "boolean" }, minutes: { type: "string" }, seed: { type: "string" }, cases: { type: "string" } },
});
const seed = Number(values.seed ?? Math.floor(Date.now() / 1000) % 1_000_000_000);
const cases = Number(values.cases ?? Number.MAX_SAFE_INTEGER - seed);

if (values.child) await child(seed, cases);
else {
  try {
    await parent(seed, Date.now() + Number(values.minutes ?? 10) * 60_000, cases);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
