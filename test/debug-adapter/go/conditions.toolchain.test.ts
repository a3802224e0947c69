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
  return [...client.output("stdout").matchAll(/\d+/g)].map(([count]) => Number(count));
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
