// Variables of optimised code: those that are surely where they should be, and for all others why they are not shown.
import { beforeAll, expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { buildLimit, GoTestProgram } from "./programs.ts";

const { connect } = adapterTests();
const program = new GoTestProgram("optimised");
const scope = "Locals (warning: optimized function)";
const unknown = "<optimised: where the value is now is not known>";

let client: DapClient;
beforeAll(() => {
  client = connect();
});

/** Values in the frame that is this far out. */
async function locals(depth: number): Promise<Record<string, string>> {
  const frame = (await client.stack())[depth]!;
  const variables = (await client.scopes(frame.id))[scope] ?? {};
  return Object.fromEntries(Object.values(variables).map(({ name, value }) => [name, value]));
}

test("only what is certain has a value", { timeout: buildLimit }, async () => {
  const main = program.path();
  const changed = program.line("changed");
  await client.launch(
    { program: program.folder, buildFlags: "-gcflags='-N=0 -l=0'" },
    // A condition on what is not known is told, and stops.
    { breakpoints: { [main]: [program.line("kept"), { line: changed, condition: "n == 7" }, program.line("scaled")] } },
  );

  await client.stopped();
  expect(await locals(0)).toEqual({
    n: "7",
    text: '"text"',
    in: "main.box {value: 1, width: 2}",
    list: "[]int len: 1, cap: 1, [1]",
    "~r0": unknown,
    sum: unknown,
  });
  expect(await client.evaluate("n + in.width")).toBe("9");
  await expect(client.evaluate("sum")).rejects.toThrow("sum: optimised: where the value is now is not known");

  await client.continue();
  await client.stopped();
  expect((await client.top()).line).toBe(changed);
  expect(await locals(0)).toEqual({ n: unknown, text: unknown, in: unknown, by: "*main.box {value: 25, width: 4}", out: unknown });
  await expect(client.evaluate("n")).rejects.toThrow("n: optimised");

  await client.continue();
  await client.stopped();
  expect((await client.stack()).slice(0, 2).map(({ name }) => name)).toEqual(["main.scaled", "main.total"]);
  expect(await locals(0)).toEqual({ "(variables)": expect.stringMatching(/^<the function was inlined: /) });
  expect(await locals(1)).toEqual({ "(variables)": expect.stringMatching(/^<optimised code with inlined calls: /) });
  // The global of this name is not the variable.
  await expect(client.evaluate("n")).rejects.toThrow("n may be a local variable");
  expect(await client.evaluate("main.n")).toBe("1000");

  // Inlined into a loop that runs twice.
  await client.continue();
  await client.stopped();
  expect(await client.top()).toMatchObject({ name: "main.scaled", line: program.line("scaled") });
  await client.continue();
  expect(await client.ended()).toBe(0);
});
