import { afterAll, describe, expect, test } from "vitest";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import { corpusFile, expectation, temporaryFolder, unpacked } from "../../support/debug-corpus.ts";

// What is in the values is written in the programs; that they are answered right at a stop is in the corpus.
const { connect } = sharedAdapterTests();
const folder = temporaryFolder({ "kinds.wasm": unpacked("rust/kinds.debug.wasm.gz"), "shapes.wasm": unpacked("cpp/shapes.O0.wasm.gz") });
afterAll(() => folder.remove());

const subjects = [
  {
    name: "C++",
    launch: { program: `${folder.path}/shapes.wasm`, cwd: corpusFile("cpp") },
    file: "cpp.shapes.cpp",
    holds: 'numbers.size() == 4 && ages["bob"] == 41 && !missing.has_value()',
    fails: "numbers.empty() || primes.size() > 3",
    unknown: 'ages["dan"]',
    missing: 'ages has no key "dan"',
  },
  {
    name: "Rust",
    launch: { program: `${folder.path}/kinds.wasm`, cwd: corpusFile("rust"), invoke: { export: "run", args: [3] } },
    file: "rust.kinds.rs",
    holds: 'xs.len() == 4 && ages["amy"] == 39 && some.is_some() && circle.0 > 1.0',
    fails: "none.is_some() || text.is_empty()",
    unknown: "rect.w2",
    missing: "has no member w2",
  },
];

describe.each(subjects)("$name", ({ launch, file, holds, fails, unknown, missing }) => {
  const { source, markers } = expectation(file);
  const path = corpusFile(source);
  const line = markers["end"]!;

  test("conditions take what libraries tell of their values, and watches, too", async () => {
    const client = connect();
    await client.launch(launch, {
      breakpoints: {
        [path]: [
          { line, condition: fails },
          { line, column: 1, condition: holds },
        ],
      },
    });
    await client.stopped();
    expect(await client.top()).toMatchObject({ line });
    expect(client.outputs.filter(({ output }) => /breakpoint in line/.test(output))).toEqual([]);
    expect(await client.evaluate(holds)).toMatch(/^(true|1)$/);
    await expect(client.evaluate(unknown)).rejects.toThrow(missing);
  });

  test("what is not known without a call stays one", async () => {
    const client = connect();
    await client.launch(launch, { breakpoints: { [path]: [line] } });
    await client.stopped();
    const { id } = await client.top();
    const watch = client.request("evaluate", { expression: "sum.size()", frameId: id, context: "watch" });
    await expect(watch).rejects.toThrow("a call may change the program");
  });
});
