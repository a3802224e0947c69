import { afterAll, expect, test } from "vitest";
import { sharedAdapterTests } from "../support/adapter-test.ts";
import { corpusFile, expectation, temporaryFolder, unpacked } from "../support/debug-corpus.ts";
import { expectation as factsOf } from "../support/debug-modules.ts";

const { connect } = sharedAdapterTests();
const prog = corpusFile("c/prog.c");
const packed = temporaryFolder({ "shapes.wasm": unpacked("cpp/shapes.O0.wasm.gz") });
afterAll(() => packed.remove());

interface Places {
  readonly breakpoints: { line: number; column: number }[];
}

test("places for breakpoints are the lines and columns of the line table", async () => {
  const client = connect();
  await client.launch({ program: corpusFile("c/prog.O0.wasm"), stopOnEntry: true });
  const { loop } = expectation("c.prog.c").markers;
  const rows = factsOf("c.prog.c").modules["prog.O0.wasm"]!.lines;
  const { breakpoints } = await client.request<Places>("breakpointLocations", {
    source: { path: prog },
    line: loop! - 3,
    endLine: loop! + 2,
  });
  const expected = Object.entries(rows)
    .filter(([line]) => Number(line) >= loop! - 3 && Number(line) <= loop! + 2)
    .flatMap(([line, places]) =>
      [...new Set(places.map(([, column]) => column))].map((column) => ({ line: Number(line), column: Math.max(column, 1) })),
    );
  for (const place of breakpoints) expect(expected).toContainEqual(place);
  expect(new Set(breakpoints.map(({ line }) => line))).toEqual(new Set(expected.map(({ line }) => line)));
});

test("a breakpoint on a column stops there, and not where the line begins", async () => {
  const client = connect();
  const { recurse } = expectation("c.prog.c").markers;
  const rows = factsOf("c.prog.c").modules["prog.O0.wasm"]!.lines[recurse!]!;
  const column = Math.max(...rows.map(([, at]) => at));
  const answers = await client.launch({ program: corpusFile("c/prog.O0.wasm") }, { breakpoints: { [prog]: [{ line: recurse!, column }] } });
  expect(answers[prog]).toMatchObject([{ verified: true, line: recurse, column }]);
  await client.stopped();
  expect((await client.stack())[0]).toMatchObject({ line: recurse, column });
});

test.each([
  ["a method by its whole name", "geo::Box::grow", "geo::Box::grow"],
  ["a method by its last name", "grow", "geo::Box::grow"],
  ["a class and a method", "Box::grow", "geo::Box::grow"],
  ["any copy of a template", "add", "add<long>"],
  ["a method of any copy of a class template", "Pair::larger", "Pair<double>::larger"],
  ["a pattern", "/^geo::.*grow$/", "geo::Box::grow"],
])("a function breakpoint takes %s", async (_, name, frame) => {
  const client = connect();
  await client.request("initialize", { adapterID: "wasm" });
  const launched = client.request("launch", { program: `${packed.path}/shapes.wasm`, cwd: corpusFile("cpp") });
  await client.event("initialized");
  await launched;
  const answer = await client.request<{ breakpoints: { verified: boolean }[] }>("setFunctionBreakpoints", { breakpoints: [{ name }] });
  expect(answer.breakpoints).toMatchObject([{ verified: true }]);
  await client.request("configurationDone");
  await client.event("stopped");
  expect((await client.stack())[0]).toMatchObject({ name: frame });
});

test("a function that is not there, and a pattern that is none", async () => {
  const client = connect();
  await client.launch({ program: corpusFile("c/prog.O0.wasm"), stopOnEntry: true });
  const { breakpoints } = await client.request<{ breakpoints: object[] }>("setFunctionBreakpoints", {
    breakpoints: [{ name: "nowhere" }, { name: "/(/" }],
  });
  expect(breakpoints).toMatchObject([
    { verified: false, message: 'location "nowhere" not found' },
    { verified: false, message: 'location "/(/" not found' },
  ]);
});
