import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { cacheFolder } from "#go-build/cache-folder.ts";
import { DebugInfo } from "#core/dwarf/debug-info.ts";
import { type CacheLimits, openIndexCache } from "../../../../debug-adapter/src/symbols/dwarf/index-cache.ts";
import { temporaryFolder } from "../../../support/debug-corpus.ts";
import { debugInfoOf, moduleBytes } from "../../../support/debug-modules.ts";

const limits: CacheLimits = { worthKeeping: 0, mostOfOne: 10_000_000, mostOfAll: 10_000_000, pause: 1 };
const { sections } = debugInfoOf(moduleBytes("c/prog.O0.wasm"));
const folder = temporaryFolder({ "app.wasm": "1", "other.wasm": "2" });
const file = join(folder.path, "app.wasm");
let cache = "";
let count = 0;

beforeEach(() => {
  cache = join(folder.path, `cache${count++}`);
  for (const name of ["XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"]) vi.stubEnv(name, cache);
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => folder.remove());

const kept = (): string[] => {
  const path = join(cacheFolder(), "dwarf");
  return existsSync(path) ? readdirSync(path).map((name) => join(path, name)) : [];
};

/** Reads a line program and a unit, and waits for what is to be kept. Gives how much had to be read. */
async function launch(path: string, given = limits): Promise<number> {
  const saved = await openIndexCache(path, sections, given);
  const before = saved?.encode().length ?? 0;
  const info = new DebugInfo(sections, [], saved);
  info.treeOf(info.units[0]!);
  info.rowsOf(info.linePrograms[0]!);
  const read = (saved?.encode().length ?? 0) - before;
  const deadline = Date.now() + 5000;
  while (kept().every((name) => !/[\\/][0-9a-f]{32}$/.test(name)) && Date.now() < deadline) await setTimeout(5);
  return read;
}

// macOS keeps caches in a folder of its own, which no variable moves.
test("what was read is there at the next launch, for the user alone", async () => {
  expect(await launch(file)).toBeGreaterThan(0);
  expect(kept()).toHaveLength(1);
  if (process.platform !== "win32") expect(statSync(kept()[0]!).mode & 0o077).toBe(0);
  expect(await launch(file)).toBe(0);
});

test("a module that was built again is another one", async () => {
  await launch(file);
  utimesSync(file, new Date(), new Date(Date.now() - 60_000));
  expect(await launch(file)).toBeGreaterThan(0);
});

test("a damaged file is left aside and written anew", async () => {
  await launch(file);
  const [path] = kept();
  const whole = readFileSync(path!);
  writeFileSync(path!, whole.subarray(0, -8));
  expect(await launch(file)).toBeGreaterThan(0);
  await vi.waitFor(() => expect(readFileSync(path!)).toEqual(whole));
});

test("what was used longest ago goes first", async () => {
  await launch(file);
  const [first] = kept();
  const { size } = statSync(first!);
  utimesSync(first!, new Date(0), new Date(0));
  await launch(join(folder.path, "other.wasm"), { ...limits, mostOfAll: size + 1 });
  await vi.waitFor(() => expect(kept()).not.toContain(first));
  expect(kept()).toHaveLength(1);
});

test("small debug information is not kept", async () => {
  expect(await openIndexCache(file, sections, { ...limits, worthKeeping: 10_000_000 })).toBeUndefined();
});

test("where nothing can be written all works without", async () => {
  mkdirSync(dirname(cacheFolder()), { recursive: true });
  writeFileSync(cacheFolder(), "a file in the place of the folder");
  const saved = await openIndexCache(file, sections, limits);
  const info = new DebugInfo(sections, [], saved);
  expect(info.rowsOf(info.linePrograms[0]!).count).toBeGreaterThan(0);
  await setTimeout(50);
});
