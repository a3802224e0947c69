import { beforeAll, expect, test } from "vitest";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { corpusFile, expectation } from "../../support/debug-corpus.ts";

const { connect } = sharedAdapterTests();
const { source, markers } = expectation("zig.main.zig");

async function stopped(): Promise<{ readonly client: DapClient; readonly frameId: number }> {
  const client = connect();
  await client.launch(
    { program: corpusFile("zig/main.debug.wasm"), invoke: { export: "run", args: [3] } },
    { breakpoints: { [corpusFile(source)]: [markers["end"]!] } },
  );
  await client.stopped();
  return { client, frameId: (await client.top()).id };
}

// The first ones are the examples of Zig's language reference, the others its rules applied to variables of the program.
const values: readonly (readonly [string, string])[] = [
  ["@divFloor(-5, 3) == -2", "true"],
  ["@divTrunc(-5, 3) == -1", "true"],
  ["@mod(-5, 3) == 1", "true"],
  ["@rem(-5, 3) == -2", "true"],
  ["@divExact(6, 3) == 2", "true"],
  ["@as(u8, @truncate(0xabcd)) == 0xcd", "true"],
  ["@as(i16, 7)", "7"],
  ["@as(u8, @intCast(f))", "120"],
  ["@as(i32, @intCast(f)) + p.x", "124"],
  ["@intFromEnum(col) + 1", "7"],
  ["@as(f32, @floatFromInt(n))", "3"],
  ["@as(i32, @intFromFloat(-2.9))", "-2"],
  ["@as(u32, @bitCast(@as(f32, 1.0)))", "1065353216"],
  ["@sizeOf(u64)", "8"],
  ["@max(n, 7)", "7"],
  ["@min(n, p.y)", "-4"],
  ["@intFromBool(n == 3)", "1"],
  ["@abs(p.y)", "4"],
  ["@sqrt(6.25)", "2.5"],
];

const refusals: readonly (readonly [string, RegExp])[] = [
  ["@as(u8, 300)", /300 does not fit into u8/],
  ["@as(u8, @intCast(f * 3))", /360 does not fit into u8/],
  ["@as(i32, 2.5)", /@intFromFloat/],
  ["@as(f32, n)", /@floatFromInt/],
  ["@as(u64, @bitCast(@as(f32, 1.0)))", /different sizes/],
  ["@divExact(7, 3)", /no multiple/],
  ["@mod(7, 0)", /division by zero/],
  ["@nonsense(1)", /@nonsense is not known/],
  ["@max(1)", /takes 2 values, not 1/],
  ["@as(1, 2)", /takes a type first/],
  ["@as", /stands where a value is expected/],
  ["@intCast(1, 2", /not closed/],
];

let answers: ReadonlyMap<string, string> = new Map();
beforeAll(async () => {
  const { client, frameId } = await stopped();
  const asked = [...values, ...refusals].map(
    async ([text]) => [text, await client.evaluate(text, frameId).catch((error: Error) => error.message)] as const,
  );
  answers = new Map(await Promise.all(asked));
});

test.each(values)("%s is %s", (text, value) => expect(answers.get(text)).toBe(value));

test.each(refusals)("%s is refused", (text, reason) => expect(answers.get(text)).toMatch(reason));

test("conditions take them", async () => {
  const client = connect();
  const path = corpusFile(source);
  const condition = "@as(i32, @intCast(i)) == @divFloor(7, 2)";
  const launch = { program: corpusFile("zig/main.debug.wasm"), invoke: { export: "run", args: [3] } };
  await client.launch(launch, { breakpoints: { [path]: [{ line: markers["loop"]!, condition }] } });
  await client.stopped();
  expect(await client.evaluate("i")).toBe("3");
});
