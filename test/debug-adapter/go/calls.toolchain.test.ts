// Calls of functions of a stopped program: those that go wrong leave it as it was, and no call breaks it.
import { expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { buildLimit, GoTestProgram } from "./programs.ts";

const { connect } = adapterTests();
const program = new GoTestProgram("calls");
const main = program.path();
async function stopAtCalls(client: DapClient, launch: object = {}): Promise<void> {
  await client.launch({ program: program.folder, ...launch }, { breakpoints: { [main]: [program.line("calls")] }, filters: [] });
  await client.stopped();
}

const call = async (client: DapClient, expression: string): Promise<string> =>
  client.evaluate(`call ${expression}`).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));

const undone = "what it did to the program's memory is undone";

test("what goes wrong is undone", { timeout: buildLimit }, async () => {
  const client = connect();
  await stopAtCalls(client);
  expect(await call(client, 'note("a")')).toBe("1");
  const before = await client.evaluate("main.log");
  expect(await call(client, "overflows(1)")).toContain(undone);
  expect(await call(client, "exits()")).toContain("the program was about to exit");
  expect(await call(client, "endless()")).toContain("ended after 5 s");
  expect(await call(client, "fills()")).toContain("the program was about to exit");
  expect(await client.evaluate("main.log")).toBe(before);
  expect(await call(client, 'note("b")')).toBe("2");
  expect(await call(client, "leaves()")).toContain("runtime.Goexit");
  expect(await call(client, "panics()")).toMatch(/^interface \{\}\(.*"bad 3"/);
  expect(await call(client, "escapes(pointer)")).toContain("stack object passed to escaping pointer: at");
  expect(await call(client, "sleeps()")).toBe('"woke"');
  await client.setBreakpoints(main, []);
  await client.continue();
  expect(await client.ended()).toBe(0);
});

test.each(["go1.24.13", "go1.25.11", "go1.27.4"])(
  "%s: calls at every stop leave the program as it is",
  { timeout: 2 * buildLimit },
  async (version) => {
    const client = connect({ ...process.env, GOTOOLCHAIN: version });
    await stopAtCalls(client);
    let stops = 0;
    for (let running = true; running; stops++) {
      expect(await call(client, `note("stop ${stops}")`)).toBe(String(3 * stops + 1));
      expect(await call(client, "parent.count()")).toBe("127");
      // Meanwhile other goroutines run, and pass the breakpoint.
      expect(await call(client, "sleeps()")).toBe('"woke"');
      expect(await call(client, "panics()")).toMatch(/bad 3/);
      expect(await call(client, "grow(8).count()")).toBe("511");
      await client.continue();
      running = (await client.event("stopped", "terminated")).event === "stopped";
    }
    expect(stops).toBeGreaterThan(2);
    expect(client.output("stdout")).toBe(`1788 ${3 * stops} 127\n`);
  },
);

test("in a program for JavaScript", { timeout: buildLimit }, async () => {
  const client = connect();
  await stopAtCalls(client, { host: "js" });
  for (let stops = 1; stops <= 12; stops++) {
    expect(await call(client, `note("stop ${stops}")`)).toBe(String(2 * stops - 1));
    expect(await call(client, "exits()")).toContain("the program was about to exit");
    expect(await call(client, "panics()")).toMatch(/bad 3/);
    expect(await call(client, "grow(8).count()")).toBe("511");
    if (stops === 12) break;
    await client.continue();
    await client.stopped();
  }
  expect(await call(client, "deadlocks()")).toContain(undone);
  await client.continue();
  expect(await client.ended()).toBe(0);
  expect(client.output("stdout")).toBe("1788 24 127\n");
});

test("nothing gets in between a call and what it is made of", { timeout: buildLimit }, async () => {
  const client = connect();
  await stopAtCalls(client);
  const { id: frameId } = await client.top();
  const evaluate = (expression: string): Promise<{ result: string }> =>
    client.request("evaluate", { expression, frameId, context: "watch" });
  const texts = ["one", "two", "three"].map((text) => evaluate(`call note("${text}")`));
  const stack = client.stack();
  const sum = evaluate("call parent.count()");
  const gone = client.request("continue", { threadId: client.threadId });
  expect((await Promise.all(texts)).map(({ result }) => result)).toEqual(["1", "2", "3"]);
  expect((await stack).map(({ name }) => name)).toEqual(["main.work", "main.main.func1", "runtime.goexit"]);
  expect((await sum).result).toBe("127");
  await gone;
  await client.stopped();
  await client.setBreakpoints(main, []);
  await client.continue();
  await client.ended();
  expect(client.output("stdout")).toBe("1788 3 127\n");
});

test.each([{ invoke: { export: "twice", args: [21] } }, { host: "host.mjs" }])(
  "in an export, by %o",
  { timeout: buildLimit },
  async ({ invoke, host }) => {
    const reactor = new GoTestProgram("reactor");
    const client = connect();
    const caller = host === undefined ? { invoke } : { host: reactor.path(host) };
    await client.launch({ program: reactor.folder, ...caller }, { breakpoints: { [reactor.path()]: [reactor.line("receive")] } });
    await client.stopped();
    expect(await call(client, "twice(4)")).toBe("8");
    expect(await call(client, "twice(n)")).toBe("42");
    expect(await client.step("next")).toBe(`${reactor.line("return")} main.twice`);
    expect(await call(client, "twice(result)")).toBe("84");
    await client.continue();
    expect(await client.ended()).toBe(0);
    expect(client.output("stdout")).toMatch(/^42\n/);
  },
);
