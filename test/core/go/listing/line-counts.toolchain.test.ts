// Every line of a program with every kind of statement: its breakpoint is hit as often as the line runs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { CountedProgram } from "../../../support/go-toolchain-lines.ts";

const folder = join(import.meta.dirname, "counted");
const program = new CountedProgram(folder);

afterAll(() => program.remove());

/** By a part of the line: where Delve counts otherwise on the native build, and why ours is right. */
const better: readonly (readonly [text: string, reason: string])[] = [
  ['return "small"', "Delve misses the way through `fallthrough`"],
  ["switch value {", "Delve misses the turns that come by `continue`"],
  ["for n > 0 {", "Delve never stops there"],
  ['text == "" {', "the result of the whole condition is looked at on its last line"],
  ["return err", "the compiler for WebAssembly makes no instruction for a result that is in its place"],
];

test("breakpoints are hit as often as their lines run, by the program's own count and by Delve's", { timeout: 300_000 }, async () => {
  const { wrong, right, hits } = await program.compare("-N -l");
  expect(wrong).toEqual([]);
  expect(right).toBeGreaterThan(300);

  const ours: string[] = [];
  const theirs: string[] = [];
  for (const [, file, line, count] of readFileSync(join(folder, "delve.txt"), "utf8").matchAll(/^(\S+):(\d+) (\S+)$/gm)) {
    const text = readFileSync(join(folder, file!), "utf8").split("\n")[Number(line) - 1]!;
    if (better.some(([part]) => text.includes(part))) continue;
    ours.push(`${file}:${line} ${hits.get(join(folder, `${file}:${line}`)) ?? "refused"}`);
    theirs.push(`${file}:${line} ${count}`);
  }
  expect(ours).toEqual(theirs);
  expect(ours.length).toBeGreaterThan(600);
});
