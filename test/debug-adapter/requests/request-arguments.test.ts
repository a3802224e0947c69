import { expect, test } from "vitest";
import { requests } from "../../../debug-adapter/src/requests/index.ts";
import { checkedArguments, requestArguments } from "../../../debug-adapter/src/requests/request-arguments.ts";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import { corpusFile } from "../../support/debug-corpus.ts";

const { connect } = sharedAdapterTests();

/** What the protocol's specification calls mandatory and the adapter cannot do without; and one wrong type of each kind. */
const mistakes: readonly (readonly [command: string, args: unknown, message: string])[] = [
  ["setBreakpoints", {}, 'the request "setBreakpoints" needs "source"'],
  ["setBreakpoints", { source: "main.c" }, '"source" in the request "setBreakpoints" must be an object'],
  ["setBreakpoints", { source: { path: 1 } }, '"path" in "source" in the request "setBreakpoints" must be a string'],
  ["setBreakpoints", { source: {}, breakpoints: 3 }, '"breakpoints" in the request "setBreakpoints" must be an array'],
  ["setBreakpoints", { source: {}, breakpoints: [{}] }, 'item 1 of "breakpoints" in the request "setBreakpoints" needs "line"'],
  ["setBreakpoints", { source: {}, lines: ["7"] }, 'item 1 of "lines" in the request "setBreakpoints" must be an integer'],
  ["breakpointLocations", { line: 1 }, 'the request "breakpointLocations" needs "source"'],
  ["setFunctionBreakpoints", {}, 'the request "setFunctionBreakpoints" needs "breakpoints"'],
  ["setFunctionBreakpoints", { breakpoints: [{}] }, 'item 1 of "breakpoints" in the request "setFunctionBreakpoints" needs "name"'],
  ["setExceptionBreakpoints", {}, 'the request "setExceptionBreakpoints" needs "filters"'],
  ["setExceptionBreakpoints", { filters: "trap" }, '"filters" in the request "setExceptionBreakpoints" must be an array'],
  ["scopes", {}, 'the request "scopes" needs "frameId"'],
  ["variables", {}, 'the request "variables" needs "variablesReference"'],
  ["variables", { variablesReference: 1, start: "0" }, '"start" in the request "variables" must be an integer'],
  ["evaluate", {}, 'the request "evaluate" needs "expression"'],
  ["evaluate", { expression: ["n"] }, '"expression" in the request "evaluate" must be a string'],
  ["setVariable", { variablesReference: 1, name: "n" }, 'the request "setVariable" needs "value"'],
  ["setExpression", { value: "1" }, 'the request "setExpression" needs "expression"'],
  ["completions", { column: 1 }, 'the request "completions" needs "text"'],
  ["source", {}, 'the request "source" needs "sourceReference"'],
  ["readMemory", { memoryReference: "0x10" }, 'the request "readMemory" needs "count"'],
  ["writeMemory", { memoryReference: "0x10" }, 'the request "writeMemory" needs "data"'],
  ["stackTrace", { threadId: "1" }, '"threadId" in the request "stackTrace" must be an integer'],
  ["next", { threadId: 1.5 }, '"threadId" in the request "next" must be an integer'],
  ["evaluate", [1], 'the request "evaluate" must be an object'],
];

test("what is missing, and what is of a wrong type, is named; the session goes on", async () => {
  const client = connect();
  await client.launch({ program: corpusFile("c/prog.O0.wasm") }, { breakpoints: { [corpusFile("c/prog.c")]: [33] } });
  await client.stopped();
  for (const [command, args, message] of mistakes) {
    const response = await client.raw(command, args as object);
    expect([command, args, response.success, response.message]).toEqual([command, args, false, message]);
  }
  expect(await client.top()).toMatchObject({ line: 33 });
});

test("null stands for an argument that is not there, as some clients write it", () => {
  const path = corpusFile("c/prog.c");
  const nulls = { source: { path, sourceReference: null }, breakpoints: [{ line: 33, condition: null }], sourceModified: null };
  expect(checkedArguments("setBreakpoints", nulls)).toEqual({ source: { path }, breakpoints: [{ line: 33 }], sourceModified: null });
  expect(() => checkedArguments("scopes", { frameId: null })).toThrow('the request "scopes" needs "frameId"');
});

test("every request has a row", () => {
  expect(Object.keys(requestArguments).toSorted()).toEqual([...requests.keys()].toSorted());
});

test("a launch keeps what its own table describes", () => {
  const args = { program: "a.wasm", env: { HOME: null } };
  expect(checkedArguments("launch", args)).toEqual(args);
});
