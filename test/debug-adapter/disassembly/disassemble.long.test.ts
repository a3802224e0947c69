import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, test } from "vitest";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { corpusFile, expectation } from "../../support/debug-corpus.ts";

const { connect } = sharedAdapterTests();
const program = corpusFile("c/prog.O0.wasm");
const source = corpusFile("c/prog.c");
const { markers } = expectation("c.prog.c");

type Instruction = DebugProtocol.DisassembledInstruction;

async function disassembled(
  client: DapClient,
  memoryReference: string,
  instructionOffset: number,
  instructionCount: number,
): Promise<Instruction[]> {
  const { instructions } = await client.request<{ instructions: Instruction[] }>("disassemble", {
    memoryReference,
    instructionOffset,
    instructionCount,
    resolveSymbols: true,
  });
  expect(instructions).toHaveLength(instructionCount);
  return instructions;
}

// Which instruction traps with which message is the engine's word.
test.each([
  ["1", /divide by zero/, /^i32\.div_s$/],
  ["2", /out of bounds/, /^i32\.load/],
  ["3", /unreachable/, /^unreachable$/],
])("the instruction that traps with argument %s is at the frame's place", async (argument, text, instruction) => {
  const client = connect();
  await client.launch({ program, args: [argument] });
  expect((await client.stopped()).text).toMatch(text);
  const frame = await client.top();
  const [at] = await disassembled(client, frame.instructionPointerReference!, 0, 1);
  expect(at).toMatchObject({ address: frame.instructionPointerReference, line: frame.line, location: { path: source } });
  expect(at!.instruction.trim()).toMatch(instruction);
});

test("around a breakpoint: names of functions, bytes, sources where they change, and places where there is nothing", async () => {
  const client = connect();
  await client.launch({ program }, { breakpoints: { [source]: [markers["loop"]!] } });
  await client.stopped();
  const reference = (await client.top()).instructionPointerReference!;
  const around = await disassembled(client, reference, -50, 120);
  expect(around[50]).toMatchObject({ address: reference, line: markers["loop"] });
  const addresses = around.map(({ address }) => Number(address));
  expect(addresses).toEqual(addresses.toSorted((a, b) => a - b));
  expect(new Set(addresses).size).toBe(120);
  for (const [at, { instructionBytes, address }] of around.slice(0, -1).entries()) {
    const next = around[at + 1]!;
    if (next.symbol === undefined) expect(instructionBytes!.split(" ").length).toBe(Number(next.address) - Number(address));
  }
  expect(around.filter(({ symbol }) => symbol !== undefined).map(({ symbol }) => symbol)).toContain("sum");
  expect(around.some(({ location }) => location === undefined)).toBe(true);
  const before = await disassembled(client, "0x0", -5, 10);
  expect(before.map(({ presentationHint }) => presentationHint === "invalid")).toEqual([...Array(5).fill(true), ...Array(5).fill(false)]);
  await expect(disassembled(client, "0x7fffffff00000000", 0, 1)).rejects.toThrow("no place in the code");
  await expect(disassembled(client, "nonsense", 0, 1)).rejects.toThrow("no place in the code");
});

test("a breakpoint on an instruction stops there, with a condition in the language of the source", async () => {
  const client = connect();
  await client.launch({ program }, { breakpoints: { [source]: [markers["sum"]! - 3] } });
  await client.stopped();
  const { instructionPointerReference: reference } = await client.top();
  const around = await disassembled(client, reference!, 0, 200);
  const wanted = around.find(({ line, instruction }) => line === markers["loop"] && instruction.trim() === "i32.add")!;
  await client.setBreakpoints(source, []);
  const { breakpoints } = await client.request<{ breakpoints: DebugProtocol.Breakpoint[] }>("setInstructionBreakpoints", {
    breakpoints: [
      { instructionReference: wanted.address, condition: "i == 3" },
      { instructionReference: wanted.address, offset: -1 },
      { instructionReference: "0x2" },
    ],
  });
  expect(breakpoints).toMatchObject([
    { verified: true, instructionReference: wanted.address },
    { verified: false },
    { verified: false, message: "no instruction begins at this address" },
  ]);
  await client.continue();
  expect(await client.stopped()).toMatchObject({ reason: "instruction breakpoint", hitBreakpointIds: [breakpoints[0]!.id] });
  const frame = await client.top();
  expect(frame).toMatchObject({ instructionPointerReference: wanted.address, line: markers["loop"] });
  expect(await client.evaluate("i")).toBe("3");
  await client.request("next", { threadId: 1, granularity: "instruction" });
  await client.stopped();
  const after = around[around.indexOf(wanted) + 1]!;
  expect((await client.top()).instructionPointerReference).toBe(after.address);
  await client.request("setInstructionBreakpoints", { breakpoints: [] });
  await client.continue();
  expect(await client.ended()).toBe(0);
});

test("a module without debug information has no sources, and is disassembled", async () => {
  const client = connect();
  await client.launch({ program: corpusFile("c/prog.stripped.wasm"), stopOnEntry: true });
  await client.stopped();
  const around = await disassembled(client, (await client.top()).instructionPointerReference!, -20, 20);
  expect(around.filter(({ location, instruction }) => location !== undefined || instruction === "")).toEqual([]);
});
