import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { sharedAdapterTests } from "../support/adapter-test.ts";
import { corpusFile, temporaryFolder } from "../support/debug-corpus.ts";

const { connect } = sharedAdapterTests();
const source = corpusFile("c/prog.c");
const program = corpusFile("c/prog.O0.wasm");
const folder = temporaryFolder({
  "forever.wat": `(module
  (global $turns (mut i32) (i32.const 0))
  (func $turn (param $n i32)
    (global.set $turns (i32.add (global.get $turns) (local.get $n))))
  (func (export "forever")
    (loop $again
      (call $turn (i32.const 1))
      (br $again))))
`,
});
afterAll(() => folder.remove());
const forever = `${folder.path}/forever.wat`;

test("a line without code moves to the next one that has some, and says so", async () => {
  const client = connect();
  const answers = await client.launch({ program }, { breakpoints: { [source]: [36, 400] } });
  expect(answers[source]).toMatchObject([
    { verified: true, line: 38, message: "line 36 has no code: moved to line 38" },
    { verified: false, line: 400, message: "there is no code at or behind this line" },
  ]);
});

test("a file that the module does not know, and a module that knows none", async () => {
  const client = connect();
  const answers = await client.launch({ program }, { breakpoints: { "/nowhere/other.c": [3] } });
  expect(answers["/nowhere/other.c"]).toMatchObject([{ verified: false, message: expect.stringContaining("substitutePath") as unknown }]);
  const stripped = connect();
  const none = await stripped.launch({ program: corpusFile("c/prog.stripped.wasm") }, { breakpoints: { [source]: [40] } });
  expect(none[source]).toMatchObject([{ verified: false, message: expect.stringContaining("build it with -g") as unknown }]);
});

test("a source that is not where the module says: recognised by its name, or mapped by substitutePath", async () => {
  const modules = temporaryFolder({ "prog.wasm": readFileSync(corpusFile("c/prog.O0.wasm")) });
  const sources = temporaryFolder({ "prog.c": readFileSync(source) });
  const path = `${sources.path}/prog.c`;
  try {
    const named = connect();
    await named.launch({ program: `${modules.path}/prog.wasm` }, { breakpoints: { [path]: [33] } });
    await named.stopped();
    expect(await named.top()).toMatchObject({ line: 33, source: { path } });

    const mapped = connect();
    await mapped.launch({ program: `${modules.path}/prog.wasm`, args: ["1"], substitutePath: [{ from: sources.path, to: "" }] });
    await mapped.stopped();
    expect(await mapped.top()).toMatchObject({ line: 69, source: { path } });
  } finally {
    modules.remove();
    sources.remove();
  }
});

test("conditions, hit conditions and log points", async () => {
  const client = connect();
  await client.launch(
    { program },
    {
      breakpoints: {
        [source]: [
          { line: 40, condition: "i == 3 && xs[i] > 4" },
          { line: 49, hitCondition: "2" },
          { line: 32, logMessage: "n is {n}, twice {n * 2}" },
        ],
      },
    },
  );
  await client.stopped();
  expect(await client.top()).toMatchObject({ line: 49 });
  expect(await client.evaluate("val")).toBe("20");
  await client.continue();
  await client.stopped();
  expect(await client.top()).toMatchObject({ line: 40 });
  expect(await client.evaluate("i")).toBe("3");
  await client.continue();
  expect(await client.ended()).toBe(0);
  expect(client.output("console")).toBe([5, 4, 3, 2, 1].map((n) => `n is ${n}, twice ${n * 2}\n`).join(""));
});

test("a condition that is no expression is refused; one that fails stops and says why once", async () => {
  const client = connect();
  const answers = await client.launch(
    { program },
    {
      breakpoints: {
        [source]: [
          { line: 40, condition: "i ==" },
          { line: 42, hitCondition: "often" },
          { line: 33, condition: "nothing > 1" },
        ],
      },
    },
  );
  expect(answers[source]).toMatchObject([
    { verified: false, message: '"i ==" ends where a value is expected' },
    { verified: false, message: expect.stringContaining('hit condition "often"') as unknown },
    { verified: true },
  ]);
  await client.stopped();
  expect(await client.top()).toMatchObject({ line: 33 });
  expect(client.output("console")).toContain('there is no variable "nothing" here');
});

test("set, moved and removed while the program runs", async () => {
  const client = connect();
  await client.launch({ program: forever, invoke: { export: "forever" } });
  await client.setBreakpoints(forever, [4]);
  expect(await client.stopped()).toMatchObject({ reason: "breakpoint" });
  const first = Number(await client.evaluate("$turns"));
  await client.continue();
  await client.stopped();
  expect(Number(await client.evaluate("$turns"))).toBe(first + 1);
  await client.setBreakpoints(forever, []);
  await client.continue();
  await client.request("pause", { threadId: 1 });
  expect(await client.stopped()).toMatchObject({ reason: "pause" });
  expect(Number(await client.evaluate("$turns"))).toBeGreaterThan(first + 1);
  expect((await client.stack()).at(-1)).toMatchObject({ name: "forever" });
});

test("a breakpoint that is taken away right before the program goes on is not hit, though nobody waits for the answer", async () => {
  const client = connect();
  await client.launch({ program }, { breakpoints: { [source]: [40] } });
  await client.stopped();
  const removed = client.setBreakpoints(source, []);
  await client.continue();
  expect(await removed).toEqual([]);
  expect(await client.ended()).toBe(0);
  expect(client.output("stdout")).toContain("120 19 461");
});
