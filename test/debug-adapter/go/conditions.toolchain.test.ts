// Conditions in Go against the compiler: the program counts by itself how often each one is true on the line of the breakpoints.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { buildLimit, GoTestProgram } from "./programs.ts";

const { connect } = adapterTests();
const program = new GoTestProgram("conditions");
const path = program.path();
const conditions = [...readFileSync(path, "utf8").matchAll(/^\tc\.is\((.*)\)$/gm)].map(([, text]) => text!);

/** How often V8 has stopped, going by the protocol that the adapter traces. */
const pausesOf = (client: DapClient): number => client.output("console").match(/^<- \{"method":"Debugger\.paused"/gm)?.length ?? 0;

async function truths(): Promise<readonly number[]> {
  const client = connect();
  await client.launch({ mode: "debug", program: program.folder });
  await client.ended();
  return [...client.output("stdout").split("\n")[0]!.matchAll(/\d+/g)].map(([count]) => Number(count));
}

test(
  "conditions in Go are true as often as the program says, and stop the engine only then",
  async () => {
    const counts = await truths();
    expect(counts).toHaveLength(conditions.length);
    const client = connect();
    await client.launch({ mode: "debug", program: program.folder, trace: true }, { breakpoints: { [path]: [program.line("begin")] } });
    await client.stopped();
    // The places of variables are known by now: the engine checks from the first hit on.
    await client.evaluate("c");
    const before = pausesOf(client);
    const asked = conditions.flatMap((condition, at) => [
      { line: program.line("visit"), condition, hitCondition: `== ${counts[at]}` },
      { line: program.line("visit"), condition, hitCondition: `> ${counts[at]}` },
    ]);
    const ids = (await client.setBreakpoints(path, [...asked, program.line("end")])).map(({ id }) => id!);
    const hit = new Map<number, number>();
    let stops = 0;
    do {
      await client.continue();
      const { hitBreakpointIds = [] } = await client.stopped();
      stops++;
      for (const id of hitBreakpointIds) hit.set(id, (hit.get(id) ?? 0) + 1);
    } while (!hit.has(ids.at(-1)!));
    const told = conditions.map((condition, at) => [condition, hit.get(ids[2 * at]!) ?? 0, hit.get(ids[2 * at + 1]!) ?? 0]);
    expect(told).toEqual(conditions.map((condition, at) => [condition, counts[at] === 0 ? 0 : 1, 0]));
    expect(pausesOf(client) - before).toBe(stops);
  },
  buildLimit,
);

test(
  "log points read as Delve's, each behind what the program printed before it",
  async () => {
    const client = connect();
    const path = program.path("log.go");
    const line = program.line("log", "log.go");
    const messages = ["log {i} {name} {tone} {half} {odd} {small} {i*2} {len(list) == 2} {name[0]}", "whole {list}"];
    await client.launch(
      { mode: "debug", program: program.folder },
      { breakpoints: { [path]: messages.map((logMessage) => ({ line, logMessage })) } },
    );
    await client.ended();
    const tones = ["dark (0) = 0x0", "light (1) = 0x1", "2 = 0x2"];
    const expected = Array.from({ length: 20 }, (_, i) => {
      const half = String(i / 2);
      return [
        `> [Go 1]: log ${i} "turn \\"${i}\\"" ${tones[i % 3]} ${half} ${i % 2 === 1} ${-i} ${i * 2} true 116 = 0x74`,
        `> [Go 1]: whole []int len: 2, cap: 2, [${i},${i * i}]`,
        `print ${i} turn "${i}" ${i % 3} ${half} ${i % 2 === 1} ${-i} [${i} ${i * i}]`,
      ];
    });
    const lines = client.output("stdout").trimEnd().split("\n").slice(1);
    expect(lines).toEqual(expected.flat());
  },
  buildLimit,
);

test.each([
  { hitCondPerG: false, stops: 1 },
  { hitCondPerG: true, stops: 3 },
])(
  "hits of three goroutines, hitCondPerG $hitCondPerG: the second one $stops times",
  async ({ hitCondPerG, stops }) => {
    const client = connect();
    const path = program.path("log.go");
    const line = program.line("work", "log.go");
    // The adapter evaluates the type assertion; the engine the rest: both count the same hits.
    const breakpoints = [
      { line, hitCondition: "== 2" },
      { line, condition: "held.(int) >= 0", hitCondition: "== 2" },
    ];
    await client.launch({ mode: "debug", program: program.folder, hitCondPerG }, { breakpoints: { [path]: breakpoints } });
    for (let stop = 0; stop < stops; stop++) {
      const { hitBreakpointIds } = await client.stopped();
      expect(hitBreakpointIds).toHaveLength(2);
      await client.continue();
    }
    await client.ended();
  },
  buildLimit,
);
