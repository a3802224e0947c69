// The variables of functions as the bodies of their loops over functions see them, by Go's rules of scope.
import { expect, test } from "vitest";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { buildLimit, GoTestProgram } from "./programs.ts";

const { connect } = sharedAdapterTests();
const program = new GoTestProgram("loops");
const path = program.path();

/** Stops on the line of a mark, where `condition` holds. */
async function stopAt(mark: string, condition?: string): Promise<DapClient> {
  const client = connect();
  const line = program.line(mark);
  const breakpoint = condition === undefined ? line : { line, condition };
  await client.launch({ mode: "debug", program: program.folder }, { breakpoints: { [path]: [breakpoint] } });
  await client.stopped();
  return client;
}

async function values(client: DapClient, frameId: number): Promise<Record<string, string>> {
  const { Locals } = await client.scopes(frameId);
  return Object.fromEntries(Object.entries(Locals!).map(([name, { value }]) => [name, value]));
}

test("conditions read a function's variable, not the global that it hides", { timeout: buildLimit }, async () => {
  const client = await stopAt("hides", "hidden == 1 && i == 1");
  expect(await values(client, (await client.top()).id)).toEqual({ hidden: "1", i: "1" });
  await client.setBreakpoints(path, [{ line: program.line("nested"), condition: "outer == 2 && hidden == 10 && j == 1" }]);
  await client.continue();
  await client.stopped();
  expect(await values(client, (await client.top()).id)).toEqual({ outer: "2", i: "1", hidden: "10", j: "1" });
});

test("a body that is being entered has them already", { timeout: buildLimit }, async () => {
  const client = connect();
  await client.initialize();
  await client.request("launch", { mode: "debug", program: program.folder });
  await client.event("initialized");
  await client.request("setFunctionBreakpoints", { breakpoints: [{ name: "main.hides-range1" }] });
  await client.request("configurationDone");
  await client.stopped();
  const { id, name } = await client.top();
  expect(name).toBe("main.hides-range1");
  expect(await values(client, id)).toEqual({ hidden: "1", i: "0" });
});

test("each body of a recursion has those of its own call", { timeout: buildLimit }, async () => {
  const client = await stopAt("recursive");
  const bodies = (await client.stack()).filter(({ name }) => name === "main.recursive-range1");
  const seen = [];
  for (const { id } of bodies) seen.push(await values(client, id));
  expect(seen).toEqual([0, 1, 2].map((depth) => ({ depth: `${depth}`, local: `${depth * 2}`, i: "0" })));
});

test("a body on another goroutine than its loop has what it captured", { timeout: buildLimit }, async () => {
  const client = await stopAt("elsewhere");
  expect(await values(client, (await client.top()).id)).toEqual({ captured: '"captured"', v: "1" });
});

test("a body on a goroutine that waits", { timeout: buildLimit }, async () => {
  const client = await stopAt("waits");
  const { threads } = await client.request<{ threads: { id: number; name: string }[] }>("threads");
  const { id } = threads.find(({ name }) => name.includes("main.waits"))!;
  const { stackFrames } = await client.request<{ stackFrames: { id: number; name: string }[] }>("stackTrace", { threadId: id });
  const body = stackFrames.find(({ name }) => name === "main.waits-range1")!;
  expect(await values(client, body.id)).toMatchObject({ local: '"waiting"' });
});

test("results that the body of a loop sets are where it sets them", { timeout: buildLimit }, async () => {
  const client = await stopAt("escapes");
  const { id } = await client.top();
  const locals = await values(client, id);
  expect(locals).toMatchObject({ text: '"result"', "(text)": '"result"' });
  expect(locals["(err)"]).toBe(locals["err"]);
});
