// Whole functions stepped line by line: the places must be those that Delve was recorded at, on the native build of the same program.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { buildLimit } from "./programs.ts";

const { connect } = adapterTests();
const folder = join(import.meta.dirname, "../../core/go/listing/counted");
const main = join(folder, "main.go");

/** Name without type arguments, and line. */
async function place(client: DapClient): Promise<string> {
  const { name, line } = await client.top();
  return `${name.replace(/\[.*\]/, "[]")}:${line}`;
}

/** Steps from where the program stands, as often as there are places to compare. */
async function walk(client: DapClient, how: "next" | "stepIn", length: number): Promise<string[]> {
  const places = [await place(client)];
  while (places.length < length) {
    await client.step(how);
    places.push(await place(client));
  }
  return places;
}

test("steps over lines go where Delve's go", { timeout: buildLimit }, async () => {
  const walks = readFileSync(join(folder, "delve-steps.txt"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(" "));
  const starts = walks.map(([first]) => Number(/\d+$/.exec(first!)![0]));
  const client = connect();
  await client.launch({ program: folder }, { breakpoints: { [main]: [starts[0]!] }, filters: [] });
  for (const [at, wanted] of walks.entries()) {
    await client.stopped();
    await client.setBreakpoints(main, []);
    expect(await walk(client, "next", wanted.length)).toEqual(wanted);
    if (starts[at + 1] === undefined) break;
    await client.setBreakpoints(main, [starts[at + 1]!]);
    await client.continue();
  }
  expect(walks.flat().length).toBeGreaterThan(250);
});

test("a step into the end of a function enters what it has deferred", { timeout: buildLimit }, async () => {
  const source = readFileSync(main, "utf8").split("\n");
  const start = source.findIndex((line) => line.startsWith("func results(")) + 1;
  const client = connect();
  await client.launch({ program: folder }, { breakpoints: { [main]: [start + 9] }, filters: [] });
  await client.stopped();
  await client.setBreakpoints(main, []);
  // As Delve does, but for the line of the return, at which the machine of the native build gets the results ready.
  const places = [start + 9, start + 10, start + 11].map((line) => `main.results:${line}`);
  const entered = [start + 1, start + 2, start + 6].map((line) => `main.results.func1:${line}`);
  expect(await walk(client, "stepIn", 7)).toEqual([...places, ...entered, `main.results:${start + 11}`]);
});

test("the lines of a package of the standard library are listed when a breakpoint is set in it", { timeout: buildLimit }, async () => {
  const root = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
  const file = join(root, "src/strings/strings.go");
  const line = readFileSync(file, "utf8").split("\n").indexOf("func Join(elems []string, sep string) string {") + 1;
  const client = connect();
  const answers = await client.launch({ program: folder }, { breakpoints: { [file]: [line] }, filters: [] });
  expect(answers[file]).toMatchObject([{ verified: true, line }]);
  await client.stopped();
  expect(await place(client)).toBe(`strings.Join:${line}`);
  await client.setBreakpoints(file, []);
  // `main.expression` joins two texts.
  const caller = (await client.stack()).find(({ name }) => name.startsWith("main."))!;
  expect(await client.step("next")).toMatch(/ strings\.Join$/);
  expect(await client.step("stepOut")).toBe(`${caller.line} ${caller.name}`);
});
