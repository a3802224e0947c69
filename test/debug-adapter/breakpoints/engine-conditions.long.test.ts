// Conditions in C against the compiler: the program counts by itself how often each one is true on the line of the breakpoints.
import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import { markedLine, type DapClient } from "../../support/dap-client.ts";
import { corpusFile, temporaryFolder } from "../../support/debug-corpus.ts";

const { connect } = adapterTests();
const source = corpusFile("conditions/conditions.c");
const launch = { program: corpusFile("conditions/conditions.wasm"), invoke: { export: "run", args: [100] } };
const conditions = [...readFileSync(source, "utf8").matchAll(/^ {2}TRUTH\((.*)\)(?: *\\)?$/gm)].map(([, text]) => text!);
const visit = markedLine(source, "visit");
const end = markedLine(source, "end");

const folder = temporaryFolder({
  "count.wat": `(module
  (global $sum (mut i64) (i64.const 0))
  (func (export "count") (param $n i32) (local $half f64)
    (loop $again
      (local.set $half (f64.div (f64.convert_i32_s (local.get $n)) (f64.const 2)))
      (global.set $sum (i64.add (global.get $sum) (i64.const 0x100000000)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
`,
});
afterAll(() => folder.remove());

/** How often V8 has stopped, going by the protocol that the adapter traces. */
const pausesOf = (client: DapClient): number => client.output("console").match(/^<- \{"method":"Debugger\.paused"/gm)?.length ?? 0;

async function truths(): Promise<readonly number[]> {
  const client = connect();
  await client.launch(launch, { breakpoints: { [source]: [end] } });
  await client.stopped();
  const counts: number[] = [];
  for (let at = 0; at < conditions.length; at++) counts.push(Number(await client.evaluate(`truths[${at}]`)));
  return counts;
}

test("conditions in the language of the source are true as often as the program says, and stop the engine only then", async () => {
  const counts = await truths();
  expect(counts.filter((count) => count > 0).length).toBeGreaterThan(conditions.length - 2);
  const client = connect();
  // Each one stops at its last hit, and would stop at one more.
  const asked = conditions.flatMap((condition, at) => [
    { line: visit, condition, hitCondition: `== ${counts[at]}` },
    { line: visit, condition, hitCondition: `> ${counts[at]}` },
  ]);
  const answers = await client.launch({ ...launch, trace: true }, { breakpoints: { [source]: [...asked, end] } });
  const ids = answers[source]!.map(({ id }) => id!);
  const hit = new Map<number, number>();
  let stops = 0;
  for (;;) {
    const { hitBreakpointIds = [] } = await client.stopped();
    stops++;
    for (const id of hitBreakpointIds) hit.set(id, (hit.get(id) ?? 0) + 1);
    if (hitBreakpointIds.includes(ids.at(-1)!)) break;
    await client.continue();
  }
  const told = conditions.map((condition, at) => [condition, hit.get(ids[2 * at]!) ?? 0, hit.get(ids[2 * at + 1]!) ?? 0]);
  expect(told).toEqual(conditions.map((condition, at) => [condition, counts[at] === 0 ? 0 : 1, 0]));
  expect(pausesOf(client)).toBe(stops + 1);
});

test("locals and globals of WebAssembly text", async () => {
  const client = connect();
  const path = `${folder.path}/count.wat`;
  const breakpoints = [
    { line: 6, condition: "$n == 1500 && $sum == 500 << 32" },
    { line: 6, condition: "$half < 400 && $half > 399 || $n == -1" },
  ];
  await client.launch({ program: path, trace: true, invoke: { export: "count", args: [2000] } }, { breakpoints: { [path]: breakpoints } });
  for (const n of ["1500", "799"]) {
    await client.stopped();
    expect(await client.evaluate("$n")).toBe(n);
    await client.continue();
  }
  await client.ended();
  expect(pausesOf(client)).toBe(3);
});
