import { afterAll, describe, expect, test } from "vitest";
import { sharedAdapterTests } from "../support/adapter-test.ts";
import type { DapClient } from "../support/dap-client.ts";
import { corpusFile, expectation, temporaryFolder, unpacked } from "../support/debug-corpus.ts";

// The same, in each language, in a loop whose turns are known from the program's text.
const { connect } = sharedAdapterTests();
const wat = `(module
  (func $sum (param $n i32) (result i32)
    (local $i i32) (local $total i32)
    (loop $more
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (local.set $total (i32.add (local.get $total) (local.get $i)))
      (br_if $more (i32.lt_s (local.get $i) (local.get $n))))
    (local.get $total))
  (func $run (export "run") (param $n i32) (result i32)
    (call $sum (local.get $n))))
`;
const folder = temporaryFolder({
  "sum.wat": wat,
  "mini.wasm": unpacked("rust/mini.debug.wasm.gz"),
  "shapes.wasm": unpacked("cpp/shapes.O0.wasm.gz"),
  "emscripten.wasm": unpacked("cpp/shapes.emscripten.wasm.gz"),
  "tinygo.wasm": unpacked("tinygo/main.opt0.wasm.gz"),
});
afterAll(() => folder.remove());

interface Subject {
  readonly name: string;
  readonly launch: object;
  readonly path: string;
  /** 1-based, of the statement in the loop, or of one that runs once for each call. */
  readonly line: number;
  /** True in one turn. */
  readonly condition: string;
  /** An expression, and its value where the condition is true. */
  readonly shown: readonly [expression: string, value: string];
  /** What the expression is in each turn. */
  readonly turns: readonly string[];
  /** Line behind a step over from there. */
  readonly next: number;
  readonly caller: string;
}

function marked(file: string, marker: string): { readonly path: string; readonly line: number } {
  const { source, markers } = expectation(file);
  return { path: corpusFile(source), line: markers[marker]! };
}

/** A loop over the numbers of a table. Its head is the line before; Zig ends a turn in the line of the closing brace. */
function loop(name: string, file: string, more: Pick<Subject, "launch" | "condition" | "shown" | "turns" | "caller">): Subject {
  const place = marked(file, "loop");
  return { name, ...place, ...more, next: name === "Zig" ? place.line + 1 : place.line - 1 };
}

/** A method that is called twice for one object, which has grown between. */
function method(name: string, program: string): Subject {
  const place = marked("cpp.shapes.cpp", "area");
  return {
    name,
    launch: { program, cwd: corpusFile("cpp") },
    ...place,
    condition: "id == 5 && this->w * h == 20",
    shown: ["w * h", "20"],
    turns: ["12", "20"],
    next: place.line + 1,
    caller: "through",
  };
}

const run3 = { invoke: { export: "run", args: [3] } };
const sums = { condition: "i == 3", shown: ["total", "6"], turns: ["0", "1", "3", "6", "11"] } as const;

const subjects: readonly Subject[] = [
  loop("C", "c.prog.c", { launch: { program: corpusFile("c/prog.dwarf5.wasm") }, ...sums, caller: "main" }),
  method("C++", `${folder.path}/shapes.wasm`),
  method("C++, Emscripten", `${folder.path}/emscripten.wasm`),
  loop("Rust", "rust.mini.rs", {
    launch: { program: `${folder.path}/mini.wasm`, cwd: corpusFile("rust"), ...run3 },
    condition: "*x == 5",
    shown: ["total", "5"],
    turns: ["0", "2", "5", "10"],
    caller: "run",
  }),
  loop("Zig", "zig.main.zig", {
    launch: { program: corpusFile("zig/main.debug.wasm"), ...run3 },
    condition: "i == 3",
    shown: ["total", "9"],
    turns: ["0", "1", "4", "9", "17"],
    caller: "run",
  }),
  {
    name: "TinyGo",
    launch: { program: `${folder.path}/tinygo.wasm`, cwd: corpusFile("tinygo") },
    path: corpusFile("tinygo/main.go"),
    // TinyGo describes locals in the first block of a function only.
    line: marked("tinygo.main.go", "base").line - 1,
    condition: "n == 3",
    shown: ["n", "3"],
    turns: ["5", "4", "3", "2", "1"],
    // To its compiler the branch is part of the line behind.
    next: marked("tinygo.main.go", "base").line,
    caller: "main.fact",
  },
  loop("AssemblyScript", "as.main.ts", { launch: { program: corpusFile("as/main.debug.wasm"), ...run3 }, ...sums, caller: "run" }),
  {
    name: "WAT",
    launch: { program: `${folder.path}/sum.wat`, ...run3 },
    path: `${folder.path}/sum.wat`,
    line: 6,
    condition: "$i == 3",
    shown: ["$total", "3"],
    turns: ["0", "1", "3"],
    next: 7,
    caller: "$run",
  },
];

async function atTheTurn({ launch, path, line, condition }: Subject): Promise<DapClient> {
  const client = connect();
  const answers = await client.launch(launch, { breakpoints: { [path]: [{ line, condition }] } });
  expect(answers[path]).toMatchObject([{ verified: true, line }]);
  await client.stopped();
  return client;
}

describe.each(subjects)("$name", (subject) => {
  const {
    launch,
    path,
    line,
    shown: [expression, value],
    turns,
    next,
    caller,
  } = subject;

  test("a condition stops where it is true, and nowhere else", async () => {
    const client = await atTheTurn(subject);
    expect(await client.top()).toMatchObject({ line });
    expect(await client.evaluate(expression)).toBe(value);
    await client.continue();
    expect((await client.event("stopped", "terminated")).event).toBe("terminated");
  });

  test("a step over, and one out to the caller", async () => {
    const client = await atTheTurn(subject);
    expect(await client.step("next")).toMatch(new RegExp(`^${next} `));
    expect((await client.step("stepOut")).replace(/^\d+ /, "")).toBe(caller);
  });

  test("a log point tells each turn", async () => {
    const client = connect();
    await client.launch(launch, { breakpoints: { [path]: [{ line, logMessage: `at {${expression}}` }] } });
    await client.ended();
    expect([...client.output("console").matchAll(/^(?:.*)at (.*)$/gm)].map(([, text]) => text)).toEqual(turns);
  });

  test("a breakpoint with a hit count stops in that turn", async () => {
    const client = connect();
    await client.launch(launch, { breakpoints: { [path]: [{ line, hitCondition: String(turns.length) }] } });
    await client.stopped();
    expect(await client.evaluate(expression)).toBe(turns.at(-1));
  });
});
