import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import { corpusFile } from "../../support/debug-corpus.ts";

// What is expected is written in the program, and what C says of it.
const { connect } = sharedAdapterTests();
const path = corpusFile("wide/wide.c");
const line =
  readFileSync(path, "utf8")
    .split("\n")
    .findIndex((text) => text.includes("//@end")) + 1;

test.each(["wide.c.wasm", "wide.cpp.wasm"])("text in wide units, and calls through pointers to functions: %s", async (name) => {
  const client = connect();
  const launch = { program: corpusFile(`wide/${name}`), cwd: corpusFile("wide"), invoke: { export: "run", args: [1] } };
  await client.launch(launch, { breakpoints: { [path]: [line] } });
  await client.stopped();
  const expected = {
    letter: "228 'ä'",
    wide: 'L"wäit"',
    "wide[0]": "119 'w'",
    halves: 'u"ü😀"',
    whole: 'U"😀!"',
    behind: 'u"😀"',
    nothing: "0x0",
    // Without a zero it is as long as the array.
    full: 'u"ab"',
    numbers: "[104, 105]",
    "chosen(9, 4)": "5",
    "first[0](9, 4)": "13",
    "(*chosen)(9, 4)": "5",
    "tool.work(1, 2)": "-1",
    "(&tool)->work(1, 2)": "-1",
    "chosen(1)": expect.stringMatching(/subtract.* takes 2 arguments, not 1/) as string,
    "turn(1)": "only functions are called, by their names or by pointers to functions of the module",
  };
  const shown: Record<string, string> = {};
  const { id } = await client.top();
  for (const expression of Object.keys(expected)) {
    const answer = client.request<{ result: string }>("evaluate", { expression, frameId: id, context: "repl" });
    shown[expression] = await answer.then(({ result }) => result).catch((error: Error) => error.message);
  }
  expect(shown).toEqual(expected);
});
