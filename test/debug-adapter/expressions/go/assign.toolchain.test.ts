// Variables of Go that are set while the program is stopped: what the program itself then prints says what they are.
import { join } from "node:path";
import { expect, test } from "vitest";
import { sharedAdapterTests } from "../../../support/adapter-test.ts";
import { type DapClient, markedLine } from "../../../support/dap-client.ts";
import { buildLimit } from "../../go/programs.ts";

const { connect } = sharedAdapterTests();
const folder = join(import.meta.dirname, "programs/assigned");
const main = join(folder, "main.go");

async function stopAt(mark: string): Promise<{ client: DapClient; frameId: number }> {
  const client = connect();
  const launched = { program: folder, showGlobalVariables: true };
  await client.launch(launched, { breakpoints: { [main]: [markedLine(main, mark)] }, client: { supportsInvalidatedEvent: true } });
  await client.stopped();
  return { client, frameId: (await client.top()).id };
}

test("the program goes on with what was set", { timeout: buildLimit }, async () => {
  const { client, frameId } = await stopAt("set");
  const set = (expression: string, value: string): Promise<object> => client.request("setExpression", { expression, value, frameId });
  await set("number", "300");
  await set("small", "300");
  await set("text", '"a longer text than there was, with ü"');
  await set("same", '"equal"');
  await set("list[1]", "20");
  await set("bytes", '[]byte("new bytes")');
  await set("point.X", "-5");
  await set("pointer", "&other");
  await set("table", "nil");
  await set("anything", "shape");
  await set("global", "7");
  await set("letters[0]", "'z'");
  await set("*target", "99");
  await set("half", "0.5");
  await expect(set("number", '"text"')).rejects.toThrow('Unable to set expression: can not convert "text" constant to int');
  await expect(set("number + 1", "2")).rejects.toThrow("Unable to set expression: can not assign to number + 1");
  await expect(set("nosuch", "2")).rejects.toThrow("could not find symbol value for nosuch");
  expect(await client.evaluate("len(text)", frameId)).toBe("37");
  expect(await client.evaluate('call list[len("a=")] = 3', frameId)).toBe("");
  await client.request("continue", { threadId: client.threadId });
  await client.ended();
  expect(client.output("stdout").split("\n").filter(Boolean)).toEqual([
    "300 44 0.5",
    '"a longer text than there was, with ü" "equal" "constant"',
    "[1 20 3] new bytes zbc",
    "{-5 2} {8 9} map[] {4} 7 99",
  ]);
});

test("elements and fields are set through the list that they stand in, and read anew", { timeout: buildLimit }, async () => {
  const { client, frameId } = await stopAt("set");
  const { Locals: locals = {} } = await client.scopes(frameId);
  const list = locals["list"]!.variablesReference;
  await client.request("setVariable", { variablesReference: list, name: "[2]", value: "list[0] + 41" });
  expect((await client.event("invalidated")).body).toEqual({ areas: ["variables"] });
  expect((await client.children(list)).map(({ value }) => value)).toEqual(["1", "2", "42"]);
  const table = locals["table"]!.variablesReference;
  await client.request("setVariable", { variablesReference: table, name: '"one"', value: "11" });
  expect(await client.evaluate('table["one"]', frameId)).toBe("11");
  await expect(client.request("setVariable", { variablesReference: table, name: "len()", value: "11" })).rejects.toThrow(
    "Unable to set variable: can not assign to len(table)",
  );
  // Memory that an editor writes is read anew, too.
  const { memoryReference } = locals["list"]!;
  const data = Buffer.from([5, 0, 0, 0, 0, 0, 0, 0]).toString("base64");
  expect(await client.request("writeMemory", { memoryReference, offset: 8, data })).toEqual({ offset: 0, bytesWritten: 8 });
  expect(await client.evaluate("list", frameId)).toBe("[]int len: 3, cap: 3, [1,5,42]");
  await expect(client.request("writeMemory", { memoryReference: "0xfffffff0", data })).rejects.toThrow("nothing was written");
});

test("the console completes names, members and packages", { timeout: buildLimit }, async () => {
  const { client, frameId } = await stopAt("set");
  const complete = async (text: string): Promise<string[]> => {
    const { targets } = await client.request<{ targets: { label: string; start: number; length: number }[] }>("completions", {
      text,
      column: text.length + 1,
      frameId,
    });
    return targets.map(({ label }) => label);
  };
  expect(await complete("poi")).toEqual(["point", "pointer"]);
  expect(await complete("1 + point.")).toEqual(["X", "Y"]);
  expect(await complete("pointer.X")).toEqual(["X"]);
  expect(await complete("shape.")).toEqual(["S"]);
  expect(await complete("main.glo")).toEqual(["global"]);
  expect(await complete("len(tab")).toEqual(["table"]);
  expect(await complete("nosuch.")).toEqual([]);
  expect(await complete("12.")).toEqual([]);
});

test("evaluating has no effects", { timeout: buildLimit }, async () => {
  const { client, frameId } = await stopAt("set");
  for (const expression of ['text + "x"', "list[1:]", "[]byte(text)", "main.Point{1, 2}", "&list[0]", "nosuch", "number = 3"]) {
    await client.raw("evaluate", { expression, context: "hover", frameId });
  }
  await client.request("continue", { threadId: client.threadId });
  await client.ended();
  expect(client.output("stdout").split("\n").filter(Boolean)).toEqual([
    "1 2 3",
    '"short" "there" "constant"',
    "[1 2 3] bytes abc",
    "{1 2} {1 2} map[one:1] 42 3 5",
  ]);
});
