// Variables of Go frames over the protocol, in Delve's words as recorded in test/corpus/debug/delve/golden.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { adapterTests } from "../../support/adapter-test.ts";
import { markedLine } from "../../support/dap-client.ts";
import { buildLimit, GoTestProgram } from "./programs.ts";

const { connect } = adapterTests();
const corpus = join(import.meta.dirname, "../../corpus/debug/delve");
const main = join(corpus, "values/main.go");

interface RecordedScopes {
  readonly op: string;
  readonly scopes?: readonly {
    readonly name: string;
    readonly variables: readonly { readonly name: string; readonly value: string; readonly type: string; readonly evaluateName?: string }[];
  }[];
}

test("locals and globals, as Delve shows them", { timeout: buildLimit }, async () => {
  const golden = JSON.parse(readFileSync(join(corpus, "golden/values.json"), "utf8")) as { sessions: { globals: RecordedScopes[] } };
  const wanted = golden.sessions.globals.find(({ scopes }) => scopes)!.scopes!;
  const client = connect();
  const launch = { program: join(corpus, "values"), showGlobalVariables: true };
  await client.launch(launch, { breakpoints: { [main]: [markedLine(main, "end")] } });
  await client.stopped();
  const scopes = await client.scopes((await client.top()).id);
  expect(Object.keys(scopes)).toEqual(wanted.map(({ name }) => name));
  let compared = 0;
  for (const { name, variables } of wanted) {
    for (const variable of variables) {
      const { value, type, evaluateName } = variable;
      expect(scopes[name]![variable.name]).toMatchObject({ value, type, ...(evaluateName === undefined ? {} : { evaluateName }) });
      compared++;
    }
  }
  expect(compared).toBe(6);
});

test("conditions, log messages and evaluations read them", { timeout: buildLimit }, async () => {
  const program = new GoTestProgram("channels");
  const file = program.path("pool/pool.go");
  const [twice, send] = [program.line("twice", "pool/pool.go"), program.line("send", "pool/pool.go")];
  const client = connect();
  await client.launch(
    { program: program.folder },
    {
      breakpoints: {
        [file]: [
          { line: twice, logMessage: "n is {n}" },
          { line: send, condition: "n == 2 && twice > 3" },
        ],
      },
    },
  );
  expect(await client.stopped()).toMatchObject({ reason: "breakpoint" });
  expect(client.output("stdout")).toMatch(/> \[Go \d+\]: n is 1\n> \[Go \d+\]: n is 2\n/);
  expect(await client.evaluate("twice")).toBe("4");
  await expect(client.evaluate("missing")).rejects.toThrow("Unable to evaluate expression: could not find symbol value for missing");
  const caller = (await client.stack())[1]!;
  expect(await client.scopes(caller.id)).toHaveProperty("Locals");
});

test("those of optimised code are marked as Delve marks them", { timeout: buildLimit }, async () => {
  const program = new GoTestProgram("channels");
  const client = connect();
  const launch = { program: program.folder, buildFlags: "-gcflags='-N=0 -l=0'" };
  await client.launch(launch, { breakpoints: { [program.path()]: [program.line("receive2")] } });
  await client.stopped();
  expect(await client.scopes((await client.top()).id)).toHaveProperty(["Locals (warning: optimized function)"]);
});
