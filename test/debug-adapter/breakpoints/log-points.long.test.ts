// Log points: nothing is lost, and all comes in order, whether the engine collects the values or the adapter has to stop for them.
import { expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import { markedLine, type DapClient } from "../../support/dap-client.ts";
import { corpusFile, temporaryFolder } from "../../support/debug-corpus.ts";

const { connect } = adapterTests();
const source = corpusFile("conditions/conditions.c");
const program = corpusFile("conditions/conditions.wasm");
const line = (mark: string): number => markedLine(source, mark);

const pausesOf = (client: DapClient): number => client.output("console").match(/^<- \{"method":"Debugger\.paused"/gm)?.length ?? 0;
const logged = (client: DapClient, pattern: RegExp): string[] => client.output("console").match(pattern) ?? [];

test("a log point in a hot loop loses nothing, and stops the engine for a thousand lines at a time", async () => {
  const client = connect();
  const turns = 5000;
  const launch = { program, trace: true, invoke: { export: "spin", args: [turns] } };
  await client.launch(launch, { breakpoints: { [source]: [{ line: line("tick"), logMessage: "tick {i} of {acc}" }] } });
  await client.ended();
  let acc = 0;
  const expected = Array.from({ length: turns }, (_, i) => `tick ${i} of ${(acc += i & 7) - (i & 7)}`);
  expect(logged(client, /^tick .*$/gm)).toEqual(expected);
  expect(pausesOf(client)).toBeLessThan(turns / 1000 + 3);
});

test("values read as they do at a stop, and what the engine cannot collect is logged by the adapter, in order", async () => {
  const expressions = [
    "i",
    "p->left",
    "p->flag",
    "p->color",
    "p->weight",
    "p->narrow",
    "p->wide",
    "p->bytes[3]",
    "p->label",
    "p->ready",
    "c",
    "i * 2 == 14",
  ];
  const client = connect();
  const whole = { line: line("visit"), condition: "i < 3", logMessage: "whole {i}: {p->head}" };
  const parts = expressions.map((text) => ({ line: line("visit"), condition: "i < 3", logMessage: `${text} is {${text}}` }));
  await client.launch(
    { program, invoke: { export: "run", args: [4] } },
    { breakpoints: { [source]: [...parts, whole, { line: line("visit"), condition: "i >= 1" }] } },
  );
  await client.stopped();
  const atStop: string[] = [];
  for (const text of expressions) atStop.push(`${text} is ${await client.evaluate(text)}`);
  await client.continue();
  await client.stopped();
  const log = client.output("console").split("\n");
  const second = log.slice(log.indexOf("i is 1"), log.indexOf("i is 2"));
  expect(second.sort()).toEqual([...atStop, `whole 1: ${second.find((text) => text.startsWith("whole"))!.slice(9)}`].sort());
  expect(log.filter((text) => text.startsWith("whole"))).toHaveLength(3);
  expect(second.find((text) => text.startsWith("whole"))).toMatch(/^whole 1: \{depth: 0\}$/);
});

test("what was logged shows also while the program goes on computing", async () => {
  const client = connect();
  const launch = { program, invoke: { export: "spin", args: [2_000_000_000] } };
  await client.launch(launch, { breakpoints: { [source]: [line("spin")] } });
  await client.stopped();
  await client.setBreakpoints(source, [{ line: line("tick"), hitCondition: "<= 2", logMessage: "early {i}" }]);
  await client.continue();
  await client.outputMatching("console", /early 0\nearly 1\n/);
});

test("a pause shows where the program is, also when it comes while the adapter asks for what was logged", async () => {
  const sleepless = temporaryFolder({
    "sleepless.wat": `(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func $main (export "_start") (local $turn i32)
    (i32.store (i32.const 16) (i32.const 1)) ;; CLOCK_MONOTONIC
    (i64.store (i32.const 24) (i64.const 20000000))
    (loop $again
      (local.set $turn (i32.add (local.get $turn) (i32.const 1))) ;;@turn
      (drop (call $poll (i32.const 0) (i32.const 100) (i32.const 1) (i32.const 200)))
      (br $again))))
`,
  });
  try {
    const path = `${sleepless.path}/sleepless.wat`;
    const client = connect();
    const logPoint = { line: markedLine(path, "turn"), hitCondition: "<= 2", logMessage: "turn {$turn}" };
    await client.launch({ program: path }, { breakpoints: { [path]: [logPoint] } });
    await client.outputMatching("console", /turn 1/);
    const tops = new Set<string>();
    for (let at = 0; at < 60; at++) {
      // The adapter asks ten times a second.
      await new Promise((resolve) => setTimeout(resolve, at));
      await client.request("pause", { threadId: 1 });
      await client.stopped();
      tops.add((await client.top()).name);
      await client.continue();
    }
    expect([...tops]).toEqual(["$main"]);
  } finally {
    sleepless.remove();
  }
});

test.each([
  ["lit {i", "invalid log point format"],
  ["lit i}", "invalid log point format, unexpected '}'"],
  ["lit {}", "empty evaluation string"],
])("%s is refused", async (logMessage, message) => {
  const client = connect();
  const answers = await client.launch(
    { program, invoke: { export: "spin", args: [1] } },
    { breakpoints: { [source]: [{ line: line("tick"), logMessage }] } },
  );
  expect(answers[source]).toMatchObject([{ verified: false, message }]);
});

test("a condition that fails in the engine stops there and tells why, once", async () => {
  const client = connect();
  await client.launch(
    { program, invoke: { export: "run", args: [20] } },
    { breakpoints: { [source]: [{ line: line("visit"), condition: "i > 4 && p->next->head.depth == 51" }] } },
  );
  for (const i of ["5", "10"]) {
    await client.stopped();
    expect(await client.evaluate("i")).toBe(i);
    await client.continue();
  }
  await client.stopped();
  expect(client.output("console").match(/null pointer/g)).toHaveLength(1);
});

test("hits are counted on when other breakpoints of the source change", async () => {
  const client = connect();
  const counted = { line: line("tick"), hitCondition: "== 50" };
  await client.launch(
    { program, invoke: { export: "spin", args: [100] } },
    { breakpoints: { [source]: [counted, { line: line("tick"), condition: "i == 19" }] } },
  );
  await client.stopped();
  expect(await client.evaluate("i")).toBe("19");
  await client.setBreakpoints(source, [{ line: line("tick"), condition: "i == 29" }, counted]);
  await client.continue();
  await client.stopped();
  expect(await client.evaluate("i")).toBe("29");
  await client.continue();
  await client.stopped();
  expect(await client.evaluate("i")).toBe("49");
});
