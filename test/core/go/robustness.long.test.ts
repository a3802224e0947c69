import { describe, expect, test } from "vitest";
import { checkFile } from "#core/go/check.ts";
import type { GoProblem } from "#core/go/rules/rule.ts";
import { belongsToTarget } from "#core/go/source/build-constraints.ts";
import { parseGoFile } from "#core/go/source/parser.ts";
import { makePackage } from "#core/go/types/package.ts";
import { standardPackages } from "#core/go/types/standard.ts";
import { goldenCases } from "../../server/go/corpus.ts";

function check(text: string): GoProblem[] {
  const file = parseGoFile("main.go", text);
  const target = { goos: "wasip1", goarch: "wasm", minor: 26 };
  return checkFile({ file, package: makePackage([file], undefined), target, hasForeignCode: false, source: standardPackages });
}

/** Milliseconds that `run` takes. */
function timed(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

const head = 'package main\n\nimport "structs"\n\n';
const tail = "\nfunc main() {}\nvar _ structs.HostLayout\n";

test("every prefix of every golden file, and every file without one of its characters", () => {
  let slowest = 0;
  for (const { files } of goldenCases()) {
    for (const [path, text] of Object.entries(files)) {
      if (!path.endsWith(".go")) continue;
      for (let end = 0; end < text.length; end++) {
        slowest = Math.max(
          slowest,
          timed(() => check(text.slice(0, end))),
        );
        if (end % 25 === 0) check(text.slice(0, end) + text.slice(end + 1));
      }
    }
  }
  expect(slowest).toBeLessThan(2000);
}, 120_000);

describe("depth", () => {
  const deep = 100_000;
  test.each([
    ["parentheses", `//go:wasmexport f\nfunc f(p ${"(".repeat(deep)}int${")".repeat(deep)}) {}`, 1],
    ["pointers", `//go:wasmexport f\nfunc f(p ${"*".repeat(deep)}int) {}`, 0],
    ["slices", `//go:wasmexport f\nfunc f(p ${"[]".repeat(deep)}int) {}`, 0],
    ["structs", `//go:wasmexport f\nfunc f(p ${"struct{ a ".repeat(deep)}int${"}".repeat(deep)}) {}`, 0],
    ["functions", `//go:wasmexport f\nfunc f(p ${"func(".repeat(deep)}int${")".repeat(deep)}) {}`, 0],
    ["type arguments", `type G[T any] int\n//go:wasmexport f\nfunc f(p ${"G[".repeat(deep)}int${"]".repeat(deep)}) {}`, 0],
    ["lengths", `//go:wasmexport f\nfunc f(p [${"(".repeat(deep)}1${")".repeat(deep)}]int) {}`, 0],
    ["signs", `//go:wasmexport f\nfunc f(p [${"-".repeat(deep)}1]int) {}`, 0],
    ["blocks", `func f() {${"{".repeat(deep)}\n//go:wasmexport f\n${"}".repeat(deep)}}`, 1],
    ["open blocks", `func f() {${"{ if x ".repeat(deep)}\n//go:wasmexport f\n`, 1],
    ["function literals", `func f() {${"_ = func() {".repeat(deep)}\n//go:wasmexport f\n${"}".repeat(deep)}}`, 1],
  ])("%s", (_, text, count) => {
    let found: GoProblem[] = [];
    const milliseconds = timed(() => (found = check(head + text + tail)));
    expect(found.length).toBe(count);
    expect(milliseconds).toBeLessThan(3000);
  });
});

function chain(make: (index: number) => string, count: number): string {
  return Array.from({ length: count }, (_, index) => make(index)).join("\n");
}

function negatedTwiceOften(tag: string): string {
  return `//go:build ${"!(".repeat(100_000)}${tag}${")".repeat(100_000)}\n\npackage main\n`;
}

test("a build constraint of 100 000 parentheses", () => {
  const target = { goos: "js", goarch: "wasm", minor: 26 };
  expect(belongsToTarget("a.go", negatedTwiceOften("js"), target)).toBe(true);
  expect(belongsToTarget("a.go", negatedTwiceOften("wasip1"), target)).toBe(false);
});

describe("types that lead to themselves or to very much", () => {
  test.each([
    ["struct in itself", "type T struct { _ structs.HostLayout; t T }", 0],
    ["array of itself", "type T [2]T", 0],
    ["two in each other", "type T struct { u U }\ntype U struct { t T }", 0],
    ["name for itself", "type T T", 0],
    ["alias for itself", "type T = *T", 0],
    ["two names in a circle", "type T U\ntype U T", 0],
    ["interface in itself", "type T interface { T }", 1],
    ["constant in its own length", "type T [n]int32\nconst n = n + 1", 0],
    ["constants in a circle", "type T [n]int32\nconst n = m\nconst m = n", 0],
    ["instances without end", "type T = G[int]\ntype G[P any] struct { g G[[]P] }", 0],
    ["instances without end by pointers", "type T = G[int]\ntype G[P any] struct { _ structs.HostLayout; g *G[[]P] }", 1],
    ["long chain of names", `${chain((index) => `type T${index} T${index + 1}`, 20_000)}\ntype T20000 int32\ntype T T0`, 0],
    ["long chain of aliases", `${chain((index) => `type T${index} = *T${index + 1}`, 20_000)}\ntype T20000 int32\ntype T = T0`, 0],
    [
      "long chain of constants",
      `${chain((index) => `const c${index} = c${index + 1} + 1`, 20_000)}\nconst c20000 = 1\ntype T [c0]int32`,
      0,
    ],
    ["huge number", "type T [1 << 500 << 500 << 500]int32", 0],
    [
      "doubling texts",
      `${chain((index) => `const c${index} = c${index + 1} + c${index + 1}`, 60)}\nconst c60 = "ab"\ntype T [len(c0)]int32`,
      0,
    ],
    [
      "doubling aliases",
      `${chain((index) => `type T${index} = struct { _ structs.HostLayout; a, b T${index + 1} }`, 40)}\ntype T40 = int\ntype T = T0`,
      0,
    ],
    [
      "doubling structs",
      `${chain((index) => `type T${index} struct { _ structs.HostLayout; a, b T${index + 1} }`, 40)}\ntype T40 int\ntype T T0`,
      1,
    ],
  ])("%s", (_, text, count) => {
    let found: GoProblem[] = [];
    const milliseconds = timed(() => (found = check(`${head}${text}\n\n//go:wasmexport f\nfunc f(p *T) {}\n${tail}`)));
    expect(found.map((problem) => problem.message).length).toBe(count);
    expect(milliseconds).toBeLessThan(2000);
  });

  test("a struct of 10 000 fields", () => {
    const text = `type T struct {\n_ structs.HostLayout\n${chain((index) => `\tf${index} int32`, 10_000)}\nlast int\n}\n\n//go:wasmexport f\nfunc f(p *T) {}\n`;
    let found: GoProblem[] = [];
    const milliseconds = timed(() => (found = check(head + text + tail)));
    expect(found[0]?.advice).toEqual(["Field last has type int, which has no place in the host's memory: use int32 or int64."]);
    expect(milliseconds).toBeLessThan(500);
  });

  test("1000 exports of one name", () => {
    const text = chain((index) => `//go:wasmexport same\nfunc f${index}(a int) {}`, 1000);
    expect(check(head + text + tail).length).toBe(1999);
  });
});
