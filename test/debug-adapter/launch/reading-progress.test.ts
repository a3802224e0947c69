import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type EngineModule, GoneError } from "../../../debug-adapter/src/engine/engine.ts";
import type { BuildListener, LaunchPlan, ProgramModule } from "../../../debug-adapter/src/launch/launch-plan.ts";
import { LaunchedModules } from "../../../debug-adapter/src/launch/modules.ts";
import { splitSections } from "../../../debug-adapter/src/symbols/dwarf/split-files.ts";
import { readModule } from "#core/wasm/module.ts";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import { temporaryFolder } from "../../support/debug-corpus.ts";
import { moduleBytes } from "../../support/debug-modules.ts";

const { connect } = sharedAdapterTests();

/** A custom section of 17 MB, which nobody reads. */
function padding(): Uint8Array {
  const size = 17 * 1024 * 1024;
  const leb = [(size & 0x7f) | 0x80, ((size >> 7) & 0x7f) | 0x80, ((size >> 14) & 0x7f) | 0x80, size >> 21];
  const contents = new Uint8Array(size);
  contents.set([3, 0x70, 0x61, 0x64]);
  return Buffer.concat([Buffer.from([0, ...leb]), contents]);
}

const folder = temporaryFolder({ "large.wasm": Buffer.concat([moduleBytes("c/prog.O0.wasm"), padding()]) });
afterAll(() => folder.remove());

test("reading a large module is shown, to a client that shows progress", async () => {
  const client = connect();
  await client.initialize({ supportsProgressReporting: true });
  const launched = client.request("launch", { program: join(folder.path, "large.wasm") });
  const begun = (await client.event("progressStart")).body;
  expect(begun).toMatchObject({ title: "Reading debug information of large.wasm", cancellable: true });
  const ended = (await client.event("progressEnd")).body as { progressId: string };
  expect(begun).toMatchObject({ progressId: ended.progressId });
  await client.event("initialized");
  await client.request("configurationDone");
  await launched;
});

test("what waits for the symbols of a cancelled launch hears nothing that would be told to the user", async () => {
  const bytes = moduleBytes("c/prog.split5.wasm");
  const program: ProgramModule = { path: join(folder.path, "prog.split5.wasm"), bytes };
  const shown: string[] = [];
  const begin = (title: string): (() => void) => {
    shown.push(title);
    return () => shown.push("end");
  };
  const listener: BuildListener = { tell: () => undefined, built: () => undefined, begin };
  const abort = new AbortController();
  const options = { limits: { maxStringLen: 64, maxArrayValues: 64 } } as ConstructorParameters<typeof LaunchedModules>[1];
  const modules = new LaunchedModules({ program } as Partial<LaunchPlan> as LaunchPlan, options, abort.signal, listener);
  abort.abort();
  await expect(modules.symbolsOf({ bytes } as Partial<EngineModule> as EngineModule)).rejects.toThrow(GoneError);
  // It is small, and was not shown for so short a time.
  expect(shown).toEqual([]);
});

test("no more files are read after the signal", async () => {
  const { module } = readModule(moduleBytes("c/prog.split5.wasm"));
  const abort = new AbortController();
  const asked: string[] = [];
  const readFile = (name: string): Promise<undefined> => {
    asked.push(name);
    abort.abort(new Error("enough"));
    return Promise.resolve(undefined);
  };
  await expect(splitSections(module, { name: "prog.split5.wasm", readFile, signal: abort.signal })).rejects.toThrow("enough");
  expect(asked).not.toContain("split5.dwo");
});
