import { expect, test } from "vitest";
import { moduleOffset, type ModuleOffset } from "#core/wasm/offsets.ts";
import { BreakpointSet } from "../../../debug-adapter/src/breakpoints/breakpoint-set.ts";
import { LogSink } from "../../../debug-adapter/src/breakpoints/log-sink.ts";
import type { EngineBreakpoint } from "../../../debug-adapter/src/engine/engine.ts";
import type { LoadedModule } from "../../../debug-adapter/src/program/loaded-module.ts";
import type { KnownSource } from "../../../debug-adapter/src/sources/source-registry.ts";

const range = (line: number) => ({ start: moduleOffset(line), end: moduleOffset(line + 1) });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A module in which line n begins at offset n, and whose engine answers when it is told to. */
function slowModule() {
  const answers: (() => void)[] = [];
  const engine = {
    setBreakpoints: (wanted: readonly EngineBreakpoint[]) =>
      new Promise<readonly ModuleOffset[]>((resolve) => answers.push(() => resolve(wanted.map(({ offset }) => offset)))),
  };
  const symbols = { offsetsOf: (_: unknown, line: number) => ({ line, ranges: [range(line)] }) };
  const module = { engine, symbols } as unknown as LoadedModule;
  const sources = [{ module, symbols, source: { key: "a", name: "a", candidates: [] } }] as unknown as readonly KnownSource[];
  const answer = async (): Promise<void> => {
    while (answers.length === 0) await Promise.resolve();
    answers.shift()!();
  };
  return { module, sources, answer };
}

test("a breakpoint stays what it is while others are being set, and new ones are known when the change has settled", async () => {
  const { module, sources, answer } = slowModule();
  const set = new BreakpointSet({
    limits: { maxStringLen: 64, maxArrayValues: 64 },
    hitsPerGoroutine: false,
    logs: new LogSink(
      () => undefined,
      () => undefined,
    ),
  });
  const idsAt = (line: number): number[] => set.at(module.engine, moduleOffset(line)).map(({ id }) => id);
  const first = set.replace("a", [{ line: 5 }], sources, [module]);
  await answer();
  const [five] = await first;

  const second = set.replace("b", [{ line: 9 }], sources, [module]);
  await turn();
  expect(idsAt(5)).toEqual([five!.id]);
  let settled = false;
  void set.settled().then(() => (settled = true));
  await turn();
  expect(settled).toBe(false);
  await answer();
  await set.settled();
  expect(idsAt(5)).toEqual([five!.id]);
  expect(idsAt(9)).toEqual([(await second)[0]!.id]);
});

test("two breakpoints that are the same are two, also when they are sent again", async () => {
  const { module, sources, answer } = slowModule();
  const set = new BreakpointSet({
    limits: { maxStringLen: 64, maxArrayValues: 64 },
    hitsPerGoroutine: false,
    logs: new LogSink(
      () => undefined,
      () => undefined,
    ),
  });
  const ids = async (): Promise<number[]> => {
    const replaced = set.replace("a", [{ line: 5 }, { line: 5 }], sources, [module]);
    await answer();
    return (await replaced).map(({ id }) => id);
  };
  expect(await ids()).toEqual([1, 2]);
  expect(await ids()).toEqual([1, 2]);
});
