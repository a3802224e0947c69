import { afterAll, describe, expect, test } from "vitest";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import { corpusFile, expectation, temporaryFolder, unpacked } from "../../support/debug-corpus.ts";

// What texts the variables hold is written in the programs.
const { connect } = sharedAdapterTests();
const folder = temporaryFolder({
  "mini.wasm": unpacked("rust/mini.debug.wasm.gz"),
  "shapes.wasm": unpacked("cpp/shapes.O0.wasm.gz"),
  "tinygo.wasm": unpacked("tinygo/main.opt0.wasm.gz"),
});
afterAll(() => folder.remove());

const run3 = { invoke: { export: "run", args: [3] } };
const long = "a text that does not fit into the object itself";

interface Subject {
  readonly name: string;
  readonly launch: object;
  readonly file: string;
  readonly marker: string;
  readonly holds: readonly string[];
  readonly fails: readonly string[];
}

const subjects: readonly Subject[] = [
  {
    name: "C",
    launch: { program: corpusFile("c/prog.O0.wasm") },
    file: "c.prog.c",
    marker: "print",
    holds: ['r.name == "rec-one"', 'greeting == "hello wasm"', 'r.label != "x" && r.pos.x == 3', "r.label == greeting"],
    fails: ['r.name == "rec"', 'argv[argc] == "x"', 'r.name != "rec-one"'],
  },
  {
    name: "C++",
    launch: { program: `${folder.path}/shapes.wasm`, cwd: corpusFile("cpp") },
    file: "cpp.shapes.cpp",
    marker: "end",
    holds: [
      'small == "short"',
      `large == "${long}"`,
      'view == "text"',
      'names[0] == "ada"',
      "small == small",
      'title == "dr"',
      'empty == ""',
    ],
    fails: ['small == "shor"', "view == small", 'small != "short"'],
  },
  {
    name: "Rust",
    launch: { program: `${folder.path}/mini.wasm`, cwd: corpusFile("rust"), ...run3 },
    file: "rust.mini.rs",
    marker: "end",
    holds: ['name == "hello rust"', 'name != "x"'],
    fails: ['name == "hello"'],
  },
  {
    name: "Zig",
    launch: { program: corpusFile("zig/main.debug.wasm"), ...run3 },
    file: "zig.main.zig",
    marker: "end",
    holds: ['name == "hello zig"'],
    fails: ['name == "hello"'],
  },
  {
    name: "TinyGo",
    launch: { program: `${folder.path}/tinygo.wasm`, cwd: corpusFile("tinygo") },
    file: "tinygo.main.go",
    marker: "end",
    holds: ['greeting == "hello tinygo"'],
    fails: ['greeting == "x"'],
  },
  {
    name: "AssemblyScript",
    launch: { program: corpusFile("as/main.debug.wasm"), ...run3 },
    file: "as.main.ts",
    marker: "end",
    holds: ['name == "hello as!"', 'greeting == "hello as"'],
    fails: ["name == greeting"],
  },
];

describe.each(subjects)("$name", ({ launch, file, marker, holds, fails }) => {
  const { source, markers } = expectation(file);
  const path = corpusFile(source);
  const line = markers[marker]!;

  test("texts compare by what they are", async () => {
    const client = connect();
    await client.launch(launch, { breakpoints: { [path]: [line] } });
    await client.stopped();
    for (const text of holds) expect([text, await client.evaluate(text)]).toEqual([text, expect.stringMatching(/^(true|1)$/)]);
    for (const text of fails) expect([text, await client.evaluate(text)]).toEqual([text, expect.stringMatching(/^(false|0)$/)]);
  });

  test("conditions take them", async () => {
    const client = connect();
    await client.launch(launch, {
      breakpoints: {
        [path]: [
          { line, condition: fails[0]! },
          { line, column: 1, condition: holds[0]! },
        ],
      },
    });
    await client.stopped();
    expect(await client.top()).toMatchObject({ line });
    expect(client.outputs.filter(({ output }) => /breakpoint in line/.test(output))).toEqual([]);
  });
});

test("a text is no number, and other pointers lead to no text", async () => {
  const client = connect();
  const { source, markers } = expectation("c.prog.c");
  await client.launch({ program: corpusFile("c/prog.O0.wasm") }, { breakpoints: { [corpusFile(source)]: [markers["print"]!] } });
  await client.stopped();
  await expect(client.evaluate('counter == "x"')).rejects.toThrow("not a number");
  await expect(client.evaluate('r.list == "x"')).rejects.toThrow("not a number");
});
