import { afterAll, describe, expect, test } from "vitest";
import { sharedAdapterTests } from "../support/adapter-test.ts";
import { corpusFile, temporaryFolder } from "../support/debug-corpus.ts";

const { connect } = sharedAdapterTests();
const source = corpusFile("c/prog.c");
const program = corpusFile("c/prog.O0.wasm");

async function stoppedAt(line: number, launch: object = {}, path = source) {
  const client = connect();
  await client.launch({ program, ...launch }, { breakpoints: { [path]: [line] } });
  await client.stopped();
  return client;
}

describe("by line in C", () => {
  test("over calls, an inlined function and the end of main", async () => {
    const client = await stoppedAt(84);
    const steps: string[] = [];
    for (let last = ""; last !== "end"; steps.push(last)) last = await client.step("next");
    expect(steps).toEqual([85, 86, 87, 88, 90, 91, 93, 94, 96].map((line) => `${line} main`).concat("end"));
  });

  test("into a function through a pointer, behind its prologue, and into its recursion", async () => {
    const client = await stoppedAt(86);
    expect(await client.step("stepIn")).toBe("32 fact");
    expect(await client.step("stepIn")).toBe("34 fact");
    expect(await client.step("stepIn")).toBe("32 fact");
    expect((await client.stack()).slice(0, 3).map((frame) => frame.name)).toEqual(["fact", "fact", "main"]);
  });

  test("into an inlined function, and out of it", async () => {
    const client = await stoppedAt(88);
    expect(await client.step("stepIn")).toBe("27 square");
    expect(await client.step("stepOut")).toBe("88 main");
    expect(await client.step("next")).toBe("90 main");
  });

  test("into a function of which there is no source goes over it", async () => {
    const client = await stoppedAt(93);
    expect(await client.step("stepIn")).toBe("94 main");
  });

  test("out to the caller's line, from there on, and out of main to the end", async () => {
    const client = await stoppedAt(42);
    expect(await client.step("stepOut")).toBe("87 main");
    expect(await client.step("next")).toBe("88 main");
    expect(await client.step("stepOut")).toBe("end");
  });

  test("around a loop, with its line before each turn", async () => {
    const client = await stoppedAt(38);
    const steps: string[] = [];
    for (let count = 0; count < 12; count++) steps.push(await client.step("next"));
    expect(steps.map((step) => Number.parseInt(step, 10))).toEqual([39, 40, 39, 40, 39, 40, 39, 40, 39, 40, 39, 42]);
  });

  test("a breakpoint in a function that is stepped over ends the step", async () => {
    const client = connect();
    await client.launch({ program }, { breakpoints: { [source]: [86, 33] } });
    await client.stopped();
    await client.request("next", { threadId: client.threadId });
    expect(await client.stopped()).toMatchObject({ reason: "breakpoint" });
    expect((await client.top()).line).toBe(33);
  });
});

describe("in WebAssembly text", () => {
  const folder = temporaryFolder({
    "loop.wat": `(module
  (func $spin (export "spin") (param $n i32) (result i32)
    (local $i i32)
    (nop)
    (loop $again (local.set $i (i32.add (local.get $i) (i32.const 1))) (br_if $again (i32.lt_u (local.get $i) (local.get $n))))
    (local.get $i)))
`,
  });
  afterAll(() => folder.remove());
  const wat = `${folder.path}/loop.wat`;

  test("a line that holds a whole loop is run at full speed", async () => {
    const client = await stoppedAt(4, { program: wat, invoke: { export: "spin", args: [20_000_000] } }, wat);
    expect(await client.step("next")).toBe("5 $spin");
    const begin = performance.now();
    expect(await client.step("next")).toBe("6 $spin");
    // By single steps of the engine it would take some ten minutes.
    expect(performance.now() - begin).toBeLessThan(5000);
    expect(await client.evaluate("$i")).toBe("20000000");
  });

  test("by instruction", async () => {
    const client = await stoppedAt(5, { program: wat, invoke: { export: "spin", args: [3] } }, wat);
    const { instructionPointerReference: before } = await client.top();
    expect(await client.step("next", "instruction")).toBe("5 $spin");
    const { instructionPointerReference: behind } = await client.top();
    expect(Number(behind)).toBeGreaterThan(Number(before));
    expect(Number(behind) - Number(before)).toBeLessThan(6);
  });
});

test("without debug information, instruction by instruction in the disassembly", async () => {
  const client = connect();
  await client.launch({ program: corpusFile("c/prog.stripped.wasm"), stopOnEntry: true });
  expect(await client.stopped()).toMatchObject({ reason: "entry" });
  const [frame] = await client.stack();
  const { content } = await client.request<{ content: string }>("source", {
    source: frame!.source,
    sourceReference: frame!.source!.sourceReference,
  });
  const lines = content.split("\n");
  expect(lines[frame!.line - 1]).toMatch(/call/);
  expect(await client.step("stepIn")).toMatch(/^\d+ /);
  expect((await client.stack()).length).toBe(2);
  await client.continue();
  expect(await client.ended()).toBe(0);
  expect(client.output("stdout")).toContain("rec-one");
});
