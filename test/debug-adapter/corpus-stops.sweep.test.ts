import { afterAll, describe, expect, test } from "vitest";
import { adapterTests } from "../support/adapter-test.ts";
import type { DapClient } from "../support/dap-client.ts";
import { corpusFile, expectation, temporaryFolder, unpacked } from "../support/debug-corpus.ts";

// What is expected is written in the corpus, by hand from the programs' texts and checked by running them.
const { connect } = adapterTests();
const rust = temporaryFolder({ "mini.wasm": unpacked("rust/mini.debug.wasm.gz") });
afterAll(() => rust.remove());

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
  /** Whether a value of the corpus is one that is shown in this way already. */
  readonly shown: (expression: string, value: string) => boolean;
}

/** Where the adapter does not say what a reader of the program would, and why. */
const today: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // The compiler has put the constant where it is used: the module has no such local.
  AssemblyScript: { big: 'there is no variable "big" here' },
};

const isNumber = (_: string, value: string): boolean => /^-?\d+$/.test(value);
const all = (): boolean => true;
const run3 = { invoke: { export: "run", args: [3] } };
// Members of AssemblyScript's classes and the like have types that no source map tells.
const plain = (expression: string, value: string): boolean => /^\w+$/.test(expression) && isNumber(expression, value);

const subjects: readonly Subject[] = [
  { name: "C, DWARF 4", program: corpusFile("c/prog.O0.wasm"), expect: "c.prog.c", shown: all },
  { name: "C, DWARF 5", program: corpusFile("c/prog.dwarf5.wasm"), expect: "c.prog.c", shown: all },
  { name: "C, debug information in another file", program: corpusFile("c/prog.external.wasm"), expect: "c.prog.c", shown: all },
  { name: "AssemblyScript", program: corpusFile("as/main.debug.wasm"), expect: "as.main.ts", launch: run3, shown: plain },
  { name: "Zig", program: corpusFile("zig/main.debug.wasm"), expect: "zig.main.zig", launch: run3, shown: all },
  {
    name: "Rust",
    program: `${rust.path}/mini.wasm`,
    expect: "rust.mini.rs",
    launch: { ...run3, cwd: corpusFile("rust") },
    shown: all,
  },
];

describe.each(subjects)("$name", ({ name: subject, program, expect: file, launch, shown }) => {
  const { source, markers, ...rest } = expectation(file);
  const stops = (rest as unknown as { values: { stops: Stops } }).values.stops;
  const names = Object.keys(stops).filter((name) => markers[name] !== undefined);
  const path = corpusFile(source);

  test.each(names)("stops at %s with the values and callers of the program", async (name) => {
    const expected = stops[name]!;
    const client = connect();
    const answers = await client.launch({ program, ...launch }, { breakpoints: { [path]: [markers[name]!] } });
    expect(answers[path]).toMatchObject([{ verified: true, line: markers[name] }]);
    expect(await client.stopped()).toMatchObject({ reason: "breakpoint", hitBreakpointIds: [answers[path]![0]!.id] });

    const frames = await client.stack();
    expect(frames[0]).toMatchObject({ line: markers[name], source: { path } });
    if (expected.stack) expect(frames.map((frame) => frame.name).slice(0, expected.stack.length)).toEqual(expected.stack);
    if (expected.depth) expect(new Set(frames.slice(0, expected.depth).map((frame) => frame.name)).size).toBe(1);
    await expectValues(client, expected.locals ?? {}, shown, today[subject]);
    if (file.startsWith("c.")) await expectValues(client, expected.globals ?? {}, shown, today[subject]);

    if (expected.hits === undefined) return;
    let hits = 1;
    for (; ; hits++) {
      await client.continue();
      if ((await client.event("stopped", "terminated")).event === "terminated") break;
      const later = expected[`hit${hits + 1}`] as Readonly<Record<string, string>> | undefined;
      if (later) await expectValues(client, later, shown, today[subject]);
    }
    expect(hits).toBe(expected.hits);
  });
});

async function expectValues(
  client: DapClient,
  values: Readonly<Record<string, string>>,
  shown: Subject["shown"],
  instead: Readonly<Record<string, string>> = {},
): Promise<void> {
  const checked = Object.entries(values).filter(([expression, value]) => shown(expression, value));
  const found: Record<string, string> = {};
  for (const [expression] of checked) found[expression] = await client.evaluate(expression).catch((error: Error) => error.message);
  expect(found).toEqual(Object.fromEntries(checked.map(([expression, value]) => [expression, instead[expression] ?? value])));
}
