import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import { corpusFile, temporaryFolder, unpacked } from "../../support/debug-corpus.ts";

// What the values are is written in the programs.
const { connect } = sharedAdapterTests();
const folder = temporaryFolder({
  "adaptors.wasm": unpacked("cpp/adaptors.wasm.gz"),
  "shared.wasm": unpacked("rust/shared.wasm.gz"),
  "errors.wasm": unpacked("zig/errors.wasm.gz"),
});
afterAll(() => folder.remove());

const bits = (count: number, ...set: number[]): string => `[${Array.from({ length: count }, (_, at) => set.includes(at)).join(", ")}]`;

interface Subject {
  readonly name: string;
  readonly source: string;
  readonly launch: object;
  /** What expressions show. */
  readonly values: Readonly<Record<string, string>>;
  /** What is set, to which value, and what it shows then. */
  readonly sets: readonly (readonly [string, string, string])[];
}

const subjects: readonly Subject[] = [
  {
    name: "C++",
    source: "cpp/adaptors.cpp",
    launch: { program: `${folder.path}/adaptors.wasm` },
    values: {
      line: "[5, 6]",
      "line[1]": "6",
      "line.size()": "2",
      letters: "[97 'a', 98 'b']",
      jobs: "[{weight: 7}, {weight: 1}]",
      "jobs[0].weight": "7",
      idle: "[]",
      "idle.empty()": "true",
      few: bits(12, 0, 2),
      many: bits(40, 0, 39),
      "many[39]": "true",
      z: "1.5 + -2i",
      good: "5",
      "good.has_value()": "true",
      bad: 'unexpected {value: "why"}',
      "bad.has_value()": "false",
      wrapped: "6",
      "wrapped + 1": "7",
      "hits + 1": "5",
      both: "read | write (3)",
      all: "read | write | run (7)",
      // One of its bits has no name.
      odd: "9",
      none: "none (0)",
      // Of three numbers in a row.
      color: "3",
    },
    sets: [
      ["hits", "9", "9"],
      ["good", "8", "8"],
      ["bad", "8", expect.stringContaining("cannot be written as a whole") as string],
      ["many[2]", "true", "true"],
      ["few[0]", "false", "false"],
      ["line[0]", "1", "1"],
      ["both", "run", "run (4)"],
      ["both", "6", "write | run (6)"],
    ],
  },
  {
    name: "Rust",
    source: "rust/shared.rs",
    launch: { program: `${folder.path}/shared.wasm`, invoke: { export: "run", args: [2] } },
    values: {
      text: '"rün"',
      "text.len()": "4",
      list: "[7, 8, 9]",
      "list[1]": "8",
      big: "[1099511627776, 5]",
      none: "[]",
      strong: "5",
      weak: "(Weak)",
      ready: "true",
      small: "9",
      nonzero: "6",
      "nonzero + 1": "7",
      maybe: "None",
      heap: "[9, 3, 1]",
      path: '"/tmp/x"',
      'path == "/tmp/x"': "true",
      system: '"os"',
      c: '"c"',
      COUNTER: "40",
      "COUNTER + count": "42",
    },
    sets: [
      ["COUNTER", "41", "41"],
      ["ready", "false", "false"],
      ["small", "8", "8"],
      ["nonzero", "7", "7"],
      ["strong", "6", "6"],
      ["heap[0]", "10", "10"],
      ["weak", "1", expect.stringContaining("cannot be written as a whole") as string],
    ],
  },
  {
    name: "Zig",
    source: "zig/errors.zig",
    launch: { program: `${folder.path}/errors.wasm`, invoke: { export: "run", args: [1] } },
    values: {
      good: "3",
      "good + 1": "4",
      bad: "error.Bad",
      place: "{x: 1, y: 2}",
      "place.y": "2",
      nowhere: "error.Worse",
      "nowhere.y": "nowhere holds no value: it is error.Worse",
      done: "{}",
      undone: "error.Bad",
      said: '"yes"',
      "said.len": "3",
      unsaid: "error.Other",
      some: "{x: 7, y: 8}",
      "some.y": "8",
      none: "null",
      optional: "{x: 9, y: 10}",
      "optional.?.x": "9",
      missing: "null",
      shape: "{dot: {x: 4, y: 5}}",
      "shape.dot.y": "5",
      "shape.width": "shape is dot: it has no member width now",
      blank: "{nothing}",
      zero: '"zero"',
      'zero == "zero"': "true",
    },
    sets: [
      ["good", "4", "4"],
      ["place.x", "6", "6"],
      ["optional.y", "7", "7"],
      ["shape.dot.x", "3", "3"],
      ["bad", "4", expect.stringContaining("cannot be written as a whole") as string],
    ],
  },
];

describe.each(subjects)("types of the library of $name", ({ source, launch, values, sets }) => {
  test("are what they are for their users, and are set by what is in them", async () => {
    const client = connect();
    const path = corpusFile(source);
    const line =
      readFileSync(path, "utf8")
        .split("\n")
        .findIndex((text) => text.includes("//@end")) + 1;
    await client.launch({ ...launch, cwd: corpusFile(source.replace(/\/.*/, "")) }, { breakpoints: { [path]: [line] } });
    await client.stopped();
    const shown: Record<string, string> = {};
    for (const expression of Object.keys(values)) {
      shown[expression] = await client.evaluate(expression).catch((error: Error) => error.message);
    }
    expect(shown).toEqual(values);
    const { id } = await client.top();
    for (const [expression, value, then] of sets) {
      const answer = client.request<{ value: string }>("setExpression", { expression, value, frameId: id });
      expect([
        expression,
        await answer.then(
          () => client.evaluate(expression),
          (error: Error) => error.message,
        ),
      ]).toEqual([expression, then]);
    }
  });
});
