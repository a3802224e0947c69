import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { afterAll, beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "../../support/debug-corpus.ts";

const source = fileURLToPath(new URL("../../../debug-adapter/src/start/code-cache.ts", import.meta.url));
const folder = temporaryFolder({ "other.cjs": "exports.word = 'other';" });
afterAll(() => folder.remove());

const runner = join(folder.path, "runner.cjs");
buildSync({
  stdin: {
    contents: `import { runCached } from ${JSON.stringify(source)}; runCached(process.argv[2], process.argv[3]);`,
    resolveDir: folder.path,
  },
  outfile: runner,
  bundle: true,
  platform: "node",
  format: "cjs",
});

const program = join(folder.path, "program.cjs");
const cache = join(folder.path, "cache", "program.code");
const text = (result: number): string =>
  `const { word } = require("./other.cjs"); console.log(word, __filename, __dirname, typeof module.exports, (() => ${result})());`;
const printed = (result: number): string => `other ${program} ${folder.path} object ${result}\n`;

function run(): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [runner, program, cache], { encoding: "utf8" });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return stdout;
}

/** Each replacement is a file of its own. */
const cacheIdentity = (): number => statSync(cache).ino;

beforeEach(() => writeFileSync(program, text(1)));

test("the code is written once, for the user alone, and used from then on", () => {
  expect(run()).toBe(printed(1));
  expect(statSync(cache).mode & 0o777).toBe(0o600);
  const first = cacheIdentity();
  expect(run()).toBe(printed(1));
  expect(run()).toBe(printed(1));
  expect(cacheIdentity()).toBe(first);
});

test("another program of the same length does not get it", () => {
  run();
  const first = cacheIdentity();
  writeFileSync(program, text(2));
  expect(run()).toBe(printed(2));
  expect(cacheIdentity()).not.toBe(first);
});

test.each([
  ["cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ["changed in a byte", (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -9), Buffer.of(bytes.at(-9)! ^ 1), bytes.subarray(-8)])],
  ["empty", () => Buffer.alloc(0)],
])("a file that is %s is replaced", (_, damaged) => {
  run();
  const whole = readFileSync(cache);
  const bytes = damaged(whole);
  writeFileSync(cache, bytes);
  expect(run()).toBe(printed(1));
  expect(readFileSync(cache).equals(bytes)).toBe(false);
  expect(readFileSync(cache).length).toBeGreaterThan(whole.length / 2);
  const replaced = cacheIdentity();
  run();
  expect(cacheIdentity()).toBe(replaced);
});

test("a cache that cannot be written is done without", () => {
  const file = join(folder.path, "no-folder");
  mkdirSync(join(folder.path, "closed"), { recursive: true });
  writeFileSync(file, "");
  chmodSync(join(folder.path, "closed"), 0o500);
  for (const closed of [join(file, "program.code"), join(folder.path, "closed")]) {
    const { stdout, status } = spawnSync(process.execPath, [runner, program, closed], { encoding: "utf8" });
    expect({ stdout, status }).toEqual({ stdout: printed(1), status: 0 });
    expect(existsSync(join(closed, "program.code"))).toBe(false);
  }
});
