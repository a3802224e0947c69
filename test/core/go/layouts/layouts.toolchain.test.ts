/** The layouts helper against the compiler: the names of types are those of its debug information. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readLayouts } from "#core/go/layouts/layouts.ts";
import { goEnvironment } from "../../../support/go-toolchain.ts";
import { buildDebuggable, type GoDebuggable } from "../../../support/go-debuggable.ts";

const corpus = join(import.meta.dirname, "../../../corpus/debug/delve");
const helperFolder = join(import.meta.dirname, "../../../../core/go/layouts/helper");

let program: GoDebuggable;
let folder: string;

beforeAll(() => {
  program = buildDebuggable(join(corpus, "kinds"));
  folder = mkdtempSync(join(tmpdir(), "go-wasm-layouts-"));
  execFileSync("go", ["build", "-o", join(folder, "layouts"), "."], { cwd: helperFolder, env: goEnvironment({}) });
}, 300_000);

afterAll(() => {
  program?.remove();
  rmSync(folder, { recursive: true, force: true });
});

function runHelper(packages: string, names: readonly string[]): string {
  const args = ["list", "-export", "-deps", "-json=ImportPath,Export,Dir,GoFiles,DepOnly,Standard,Module", "./..."];
  const input = execFileSync("go", args, { cwd: packages, env: goEnvironment({ os: "wasip1" }), maxBuffer: 1 << 28 });
  const file = join(folder, "names.txt");
  writeFileSync(file, names.join("\n"));
  return execFileSync(join(folder, "layouts"), [file], { input, maxBuffer: 1 << 28 }).toString();
}

describe("names of types", () => {
  test("all that the compiler uses are understood, and written as it writes them", () => {
    const names = new Set([...program.functions.values()].flatMap((func) => func.variables.map(({ typeName }) => typeName)));
    expect(names.size).toBeGreaterThan(100);
    const { types } = program.layouts;
    for (const name of names) {
      const id = types.find(name);
      expect([name, id]).toEqual([name, expect.any(Number)]);
      // A shape has a name of its own, and the layout of a type that has it.
      if (!name.includes("go.shape.")) expect(types.get(id!)?.name).toBe(name);
    }
  });

  test("unusual ones are understood, too; nonsense is left out", () => {
    const unusual = [
      "chan (<-chan int)",
      "func(string, ...interface {}) (int, error)",
      "interface { Read([]uint8) (int, error); Close() error }",
      'struct { Name string "json:\\"name\\""; main.hidden int; main.Empty; *main.Point }',
      "map[[2]string]func() func(int) bool",
      "struct { F func(); G func() int }",
      "struct { Renamed = main.Point }",
      "noalg.map[string]struct {}",
    ];
    const nonsense = [
      "",
      "[",
      "[]",
      "map[",
      "main.Nothing",
      "nowhere/else.T",
      "func(",
      "struct { ",
      "[x]int",
      "main.Point[int]",
      "*".repeat(5000),
    ];
    const { layouts } = readLayouts(runHelper(join(corpus, "values"), [...unusual, ...nonsense]));
    const found = unusual.map((name) => layouts?.types.get(layouts.types.find(name)!)?.name);
    expect(found).toEqual([
      "chan (<-chan int)",
      "func(string, ...interface {}) (int, error)",
      "interface { Close() error; Read([]uint8) (int, error) }",
      'struct { Name string "json:\\"name\\""; main.hidden int; main.Empty; *main.Point }',
      "map[[2]string]func() func(int) bool",
      "struct { F func(); G func() int }",
      "struct { Renamed = main.Point }",
      "map[string]struct {}",
    ]);
    expect(nonsense.filter((name) => layouts?.types.find(name) !== undefined)).toEqual([]);
  });

  test("variables of packages come in the order in which the program declares them", () => {
    const golden = JSON.parse(readFileSync(join(corpus, "golden/values.json"), "utf8")) as {
      readonly sessions: {
        readonly globals: readonly { readonly scopes?: readonly { readonly variables: readonly { evaluateName: string }[] }[] }[];
      };
    };
    const expected = golden.sessions.globals.flatMap((step) => step.scopes?.[1]?.variables ?? []).map(({ evaluateName }) => evaluateName);
    const { layouts } = readLayouts(runHelper(join(corpus, "values"), []));
    expect(expected.length).toBe(4);
    expect(layouts?.globals.map(({ name }) => name)).toEqual(expected);
  });

  test("a package with mistakes has layouts nevertheless", () => {
    const broken = join(folder, "broken");
    execFileSync("cp", ["-r", join(corpus, "values"), broken]);
    writeFileSync(join(broken, "broken.go"), "package main\n\ntype Late struct{ A int8; B int }\n\nvar late Late = 5\n");
    const listed = JSON.stringify({ ImportPath: "example.com/values", Dir: broken, GoFiles: ["broken.go"] });
    const output = execFileSync(join(folder, "layouts"), [], { input: listed }).toString();
    const { layouts } = readLayouts(output);
    const late = layouts?.types.get(layouts.types.find("main.Late")!);
    expect(late).toMatchObject({
      kind: "struct",
      size: 16,
      fields: [
        { name: "A", offset: 0 },
        { name: "B", offset: 8 },
      ],
    });
    expect(layouts?.problems.join("\n")).toMatch(/broken\.go:5:17: cannot use 5/);
  });

  test("the same program has the same output", () => {
    const names = ["int", "main.Person"];
    expect(runHelper(join(corpus, "values"), names)).toBe(runHelper(join(corpus, "values"), names));
  });
});

describe("text that the helper did not write", () => {
  test.each([
    ["", /no JSON/],
    ["{", /no JSON/],
    ["[]", /no JSON object/],
    ['{"format":99}', /another format/],
  ])("%j", (text, reason) => {
    expect(readLayouts(text).problem).toMatch(reason);
  });

  test("wrong values in the right places are none", () => {
    const text = JSON.stringify({
      format: 1,
      types: [
        null,
        { name: "main.T", kind: "struct", size: -1, fields: [{ name: 5, type: 1e300, offset: "x" }, null] },
        7,
        { kind: "odd" },
      ],
      names: { a: -4, b: "c" },
      runtime: [],
      constants: { "main.T": [{ name: "X", value: "1e5" }, 3] },
      files: [5],
      variables: [{ name: "x", file: 99 }, null],
      globals: {},
      problems: "x",
    });
    const { layouts } = readLayouts(text);
    const type = layouts?.types.get(layouts.types.find("main.T")!);
    expect(type).toMatchObject({ kind: "struct", size: 0, fields: [{ name: "", type: 0, offset: 0 }, { name: "" }] });
    expect(layouts?.types.constantsOf("main.T")).toEqual([]);
    expect(layouts?.types.runtimeStruct("runtime.g")).toBeUndefined();
  });
});
