// Panics and fatal errors stop where Delve stops, with its texts (service/dap/server.go: the quoted value, an error's message).
import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { buildLimit, GoTestProgram } from "./programs.ts";

const { connect } = adapterTests();
const program = new GoTestProgram("panics");
const goFilters = ["unrecovered-panic", "runtime-fatal-throw"];

async function run(argument: string, filters = ["trap", ...goFilters]): Promise<DapClient> {
  const client = connect();
  await client.launch({ program: program.folder, args: [argument] }, { filters });
  return client;
}

/** The frames below those of the runtime. */
async function userFrames(client: DapClient): Promise<string[]> {
  const frames = (await client.stack()).filter(({ presentationHint }) => presentationHint !== "subtle");
  return frames.map(({ name, line }) => `${name} ${line}`);
}

const stops: [argument: string, id: string, text: string, mark: string | undefined][] = [
  ["text", "panic", '"boom"', "text"],
  ["number", "panic", "42", undefined],
  ["error", "panic", '"an error"', undefined],
  ["nil", "panic", '"runtime error: invalid memory address or nil pointer dereference"', "nil"],
  ["index", "panic", '"runtime error: index out of range [2] with length 1"', undefined],
  ["divide", "panic", '"runtime error: integer divide by zero"', undefined],
  ["deadlock", "fatal error", '"all goroutines are asleep - deadlock!"', "deadlock"],
];

test.each(stops)("%s: %s %s", { timeout: buildLimit }, async (argument, id, text, mark) => {
  const client = await run(argument);
  expect(await client.stopped()).toMatchObject({ reason: "exception", description: id, text, threadId: 1 });
  const info = await client.request<DebugProtocol.ExceptionInfoResponse["body"]>("exceptionInfo", { threadId: 1 });
  expect(info).toMatchObject({ exceptionId: id, description: text });
  expect(info.details?.stackTrace).toContain("main.main");
  const [user] = await userFrames(client);
  expect(user).toMatch(mark === undefined ? /^main\.main \d+$/ : `main.main ${program.line(mark)}`);
  // The program has printed its last words when it is let go on.
  await client.continue();
  expect(await client.ended()).toBe(2);
  expect(client.output("stderr")).toContain(id === "panic" ? "panic: " : "fatal error: ");
});

test("a recovered panic is no stop, nor is one that nobody asked for", { timeout: buildLimit }, async () => {
  const recovered = await run("recovered");
  expect(await recovered.ended()).toBe(0);
  expect(recovered.output("stdout")).toBe("recovered not seen\ndeferred\n");
  const unasked = await run("text", []);
  expect(await unasked.ended()).toBe(2);
});

test("a stack overflow shows the lines that called each other", { timeout: buildLimit }, async () => {
  const client = await run("overflow");
  expect(await client.stopped()).toMatchObject({ reason: "exception" });
  expect((await userFrames(client)).slice(1, 5)).toEqual(Array.from({ length: 4 }, () => `main.endless ${program.line("overflow")}`));
});

test.each([
  ["text", /^panic: boom\n\ngoroutine 1 \[running\]:/, "text"],
  ["overflow", /Maximum call stack size exceeded|stack overflow/, "overflow"],
])("without a debugger, %s is printed with the lines of the program", { timeout: buildLimit }, async (way, text, mark) => {
  const client = connect();
  await client.launch({ program: program.folder, args: [way], noDebug: true });
  expect(await client.ended()).toBeGreaterThan(0);
  expect(client.output("stderr")).toMatch(text);
  expect(client.output("stderr")).toContain(`${program.path()}:${program.line(mark)}`);
});

test("a recursion that Go's own stack holds is no overflow", { timeout: buildLimit }, async () => {
  const client = await run("deep");
  expect(await client.ended()).toBe(0);
  expect(client.output("stdout")).toBe("depth 50000\ndeferred\n");
});
