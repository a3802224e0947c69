import { readFileSync } from "node:fs";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sharedAdapterTests } from "../support/adapter-test.ts";
import type { DapClient } from "../support/dap-client.ts";
import { corpusFile, expectation, temporaryFolder, unpacked } from "../support/debug-corpus.ts";

// What is expected is written in the corpus, by hand from the programs' texts and checked by running them.
const { connect } = sharedAdapterTests();
const packed = temporaryFolder({
  "mini.wasm": unpacked("rust/mini.debug.wasm.gz"),
  "kinds.wasm": unpacked("rust/kinds.debug.wasm.gz"),
  "shapes.wasm": unpacked("cpp/shapes.O0.wasm.gz"),
  "emscripten.wasm": unpacked("cpp/shapes.emscripten.wasm.gz"),
  "prog.split5.wasm": readFileSync(corpusFile("c/prog.split5.wasm")),
  "split5.dwo": readFileSync(corpusFile("c/split5.dwo")),
  "tinygo.wasm": unpacked("tinygo/main.opt0.wasm.gz"),
});
afterAll(() => packed.remove());

interface StopExpectation {
  readonly locals?: Readonly<Record<string, string>>;
  readonly globals?: Readonly<Record<string, string>>;
  readonly stack?: readonly string[];
  readonly depth?: number;
  readonly hits?: number;
}

type Stops = Readonly<Record<string, StopExpectation & Readonly<Record<string, unknown>>>>;

interface Subject {
  readonly name: string;
  readonly program: string;
  readonly expect: string;
  readonly launch?: object;
}

/** One stop at a mark, with what was asked about there. */
interface Visit {
  readonly stop: DebugProtocol.StoppedEvent["body"];
  readonly frames: readonly DebugProtocol.StackFrame[];
  readonly values: Readonly<Record<string, string>>;
}

/** Where the adapter does not say what a reader of the program would, and why. */
const today: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // The compiler has put the constant where it is used: the module has no such local.
  AssemblyScript: { big: 'there is no variable "big" here' },
};

const run3 = { invoke: { export: "run", args: [3] } };

const subjects: readonly Subject[] = [
  { name: "C, DWARF 4", program: corpusFile("c/prog.O0.wasm"), expect: "c.prog.c" },
  { name: "C, DWARF 5", program: corpusFile("c/prog.dwarf5.wasm"), expect: "c.prog.c" },
  { name: "C, debug information in another file", program: corpusFile("c/prog.external.wasm"), expect: "c.prog.c" },
  { name: "C, DWARF in a .dwp file", program: corpusFile("c/prog.split5.wasm"), expect: "c.prog.c" },
  {
    name: "C, DWARF in a .dwo file",
    program: `${packed.path}/prog.split5.wasm`,
    expect: "c.prog.c",
    launch: { cwd: corpusFile("c") },
  },
  { name: "AssemblyScript", program: corpusFile("as/main.debug.wasm"), expect: "as.main.ts", launch: run3 },
  { name: "AssemblyScript, types of its source", program: corpusFile("as/kinds.wasm"), expect: "as.kinds.ts", launch: run3 },
  { name: "Zig", program: corpusFile("zig/main.debug.wasm"), expect: "zig.main.zig", launch: run3 },
  {
    name: "Rust",
    program: `${packed.path}/mini.wasm`,
    expect: "rust.mini.rs",
    launch: { ...run3, cwd: corpusFile("rust") },
  },
  {
    name: "Rust, types of its library",
    program: `${packed.path}/kinds.wasm`,
    expect: "rust.kinds.rs",
    launch: { ...run3, cwd: corpusFile("rust") },
  },
  { name: "C++", program: `${packed.path}/shapes.wasm`, expect: "cpp.shapes.cpp", launch: { cwd: corpusFile("cpp") } },
  {
    name: "C++, Emscripten",
    program: `${packed.path}/emscripten.wasm`,
    expect: "cpp.shapes.cpp",
    launch: { cwd: corpusFile("cpp") },
  },
  { name: "TinyGo", program: `${packed.path}/tinygo.wasm`, expect: "tinygo.main.go", launch: { cwd: corpusFile("tinygo") } },
];

describe.each(subjects)("$name", (subject) => {
  const { source, markers, ...rest } = expectation(subject.expect);
  const stops = (rest as unknown as { values: { stops: Stops } }).values.stops;
  const names = Object.keys(stops).filter((name) => markers[name] !== undefined);
  const path = corpusFile(source);
  let answers: readonly DebugProtocol.Breakpoint[] = [];
  const visits = new Map<string, Visit[]>();

  // One run from mark to mark serves them all: starting a program costs far more than a stop.
  beforeAll(async () => {
    const client = connect();
    const lines = names.map((name) => markers[name]!);
    answers = (await client.launch({ program: subject.program, ...subject.launch }, { breakpoints: { [path]: lines } }))[path]!;
    for (;;) {
      const event = await client.event("stopped", "terminated");
      if (event.event === "terminated") break;
      const frames = await client.stack();
      const name = names.find((mark) => markers[mark] === frames[0]?.line) ?? "elsewhere";
      const before = visits.get(name) ?? [];
      const expected = valuesAt(stops[name], before.length + 1, subject);
      const values = await shownValues(client, Object.keys(expected));
      visits.set(name, [...before, { stop: (event as DebugProtocol.StoppedEvent).body, frames, values }]);
      await client.continue();
    }
    await client.close();
  });

  test.each(names)("stops at %s with the values and callers of the program", (name) => {
    const expected = stops[name]!;
    const answer = answers[names.indexOf(name)]!;
    expect(answer).toMatchObject({ verified: true, line: markers[name] });

    const hits = visits.get(name) ?? [];
    for (const { stop, frames } of hits) {
      expect(stop).toMatchObject({ reason: "breakpoint", hitBreakpointIds: [answer.id] });
      expect(frames[0]).toMatchObject({ line: markers[name], source: { path } });
    }
    expect(hits.map(({ values }) => values)).toEqual(hits.map((_, hit) => valuesAt(expected, hit + 1, subject)));

    const { frames } = hits[0]!;
    if (expected.stack) expect(frames.map((frame) => frame.name).slice(0, expected.stack.length)).toEqual(expected.stack);
    if (expected.depth) expect(new Set(frames.slice(0, expected.depth).map((frame) => frame.name)).size).toBe(1);
    if (expected.hits !== undefined) expect(hits).toHaveLength(expected.hits);
  });

  test("stops nowhere else", () => {
    expect([...visits.keys()].sort()).toEqual([...names].sort());
  });
});

/** What the corpus, or {@link today}, says that a stop shows when it is reached for the given time. */
function valuesAt(stop: Stops[string] | undefined, hit: number, { name, expect: file }: Subject): Readonly<Record<string, string>> {
  const first = { ...stop?.locals, ...(file.startsWith("c.") ? stop?.globals : {}) };
  const values = hit === 1 ? first : ((stop?.[`hit${hit}`] ?? {}) as Readonly<Record<string, string>>);
  return Object.fromEntries(Object.entries(values).map(([expression, value]) => [expression, today[name]?.[expression] ?? value]));
}

async function shownValues(client: DapClient, expressions: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const expression of expressions) found[expression] = await client.evaluate(expression).catch((error: Error) => error.message);
  return found;
}
