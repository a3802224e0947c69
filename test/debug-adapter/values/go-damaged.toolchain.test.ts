/** Values without an end, and memory that a program has damaged: something is shown, soon, and nothing breaks. */
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GoMemory } from "../../../debug-adapter/src/values/go/go-program.ts";
import type { GoShownValue } from "../../../debug-adapter/src/values/go/shown-value.ts";
import { Debuggee } from "../../support/go-toolchain-debuggee.ts";
import { breakAt, buildDebuggable, markedLines, stoppedFrame, type GoDebuggable, type StoppedFrame } from "../../support/go-debuggable.ts";

const folder = join(import.meta.dirname, "../../corpus/debug/delve/kinds");
let program: GoDebuggable;
let debuggee: Debuggee;
/** With all of the memory as it was. */
const stops = new Map<string, StoppedFrame & { readonly bytes: Uint8Array }>();

const memoryOf = (bytes: Uint8Array): GoMemory => ({
  read: (address, length) => Promise.resolve(bytes.subarray(address, address + length)),
});

beforeAll(async () => {
  program = buildDebuggable(folder);
  debuggee = new Debuggee(program.file, undefined);
  await debuggee.start();
  const marks = markedLines(readFileSync(join(folder, "main.go"), "utf8"));
  const names = ["large", "named", "holding", "endless"];
  await breakAt(
    debuggee,
    program,
    "kinds/main.go",
    names.map((name) => marks.get(name)!),
  );
  for (const name of names) {
    await debuggee.resume();
    const stopped = await stoppedFrame(debuggee, program);
    stops.set(name, { ...stopped, bytes: await stopped.memory.read(0, 2 ** 32) });
  }
}, 300_000);

afterAll(async () => {
  await debuggee?.end();
  program?.remove();
});

/** Opens everything, `depth` levels deep. */
async function openAll(values: readonly GoShownValue[], depth: number): Promise<readonly GoShownValue[]> {
  const found = [...values];
  if (depth === 0) return found;
  for (const { inside } of values) {
    if (inside) found.push(...(await openAll((await inside.list()).slice(0, 20), depth - 1)));
  }
  return found;
}

describe("a value that holds itself", () => {
  test("is written out to some depth, and can be opened on and on", { timeout: 20_000 }, async () => {
    const stopped = stops.get("endless")!;
    const variables = await stopped.variables({ memory: memoryOf(stopped.bytes) });
    const texts = new Map(variables.map(({ name, value }) => [name, value]));
    expect(texts.get("self")).toMatch(/^(main\.Slice len: 1, cap: 1, \[){2}\*\(\*interface \{\}\)\(0x/);
    expect(texts.get("channel")).toBe("chan interface {} 1/1");
    expect(texts.get("held")).toMatch(/^interface \{\}\(\*interface \{\}\)/);
    expect(variables.map(({ name }) => name).toSorted()).toEqual(["channel", "held", "pointers", "ring", "self"]);
    for (const shown of await openAll(variables, 12)) expect(shown.value.length).toBeLessThan(300);
  });
});

/** Small numbers, so that a failure can be had again. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff);
}

describe("damaged memory", () => {
  const patterns = [0x00, 0xff, 0x7f, 0x80, 0x01, 0x10];

  test.each(["large", "named", "holding"])("around the variables of %s", { timeout: 60_000 }, async (name) => {
    const stopped = stops.get(name)!;
    for (let seed = 1; seed <= 12; seed++) {
      const bytes = Uint8Array.from(stopped.bytes);
      const next = random(seed);
      // In the frame, and in all of the memory.
      for (let count = 0; count < 60; count++) {
        const at = stopped.frame.entry - (next() % 4000);
        bytes.fill(patterns[next() % 6]!, at, at + (next() % 9));
      }
      for (let count = 0; count < 20_000; count++) {
        const at = next() % bytes.length;
        bytes.fill(patterns[next() % 6]!, at, at + (next() % 9));
      }
      const variables = await stopped.variables({ memory: memoryOf(bytes) });
      expect(variables.length).toBeGreaterThan(5);
      for (const shown of await openAll(variables, 2)) expect(shown.value).not.toBe("");
    }
  });

  test("memory that cannot be read is said so", async () => {
    const variables = await stops.get("named")!.variables({ memory: memoryOf(new Uint8Array()) });
    for (const name of ["low", "unit", "inch", "list", "names", "held", "handler"]) {
      const shown = variables.find((variable) => variable.name === name)!;
      expect(shown.value).toMatch(/^\(unreadable could not read \d+ bytes at 0x[0-9a-f]+\)$/);
      expect(shown.inside).toBeUndefined();
    }
  });
});
