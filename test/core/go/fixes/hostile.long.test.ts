/** Unfinished and hostile sources: fixes for them come in time, or not at all. */
import { describe, expect, test } from "vitest";
import { goldenCases, type CorpusCase } from "../../../server/go/corpus.ts";
import { fixesOf, problemsIn, withFix } from "./repair.ts";

function caseOf(text: string): CorpusCase {
  return { id: "hostile", goos: "wasip1", files: { "go.mod": "module example.com/m\n\ngo 1.24\n", "main.go": text }, expected: [] };
}

/** The texts of `main.go` after each fix of each problem. */
function results(text: string): string[] {
  const source = caseOf(text);
  return problemsIn(source).flatMap((found) => fixesOf(found).map((fix) => withFix(source, fix).files["main.go"]!));
}

const header = "package main\n\nfunc main() {}\n\n";

describe("fixes", () => {
  test("for files that end anywhere", () => {
    for (const { files } of goldenCases()) {
      const text = files["main.go"];
      if (text !== undefined) for (let end = 0; end < text.length; end += 9) results(text.slice(0, end));
    }
  });

  test("for types that contain themselves", () => {
    const types = "type A struct { b *B; s string; a *A }\ntype B struct { a A; b []B }\ntype C [2]C\ntype D D\ntype E *E\ntype F []F\n";
    const functions = ["A", "B", "C", "D", "E", "F"].map(
      (name) => `//go:wasmexport f${name}\nfunc f${name}(x *${name}, y ${name}, z []${name}) *${name} { return x }\n`,
    );
    expect(results(header + types + functions.join("\n"))).not.toEqual([]);
  });

  test("for a struct of 10 000 fields", () => {
    const fields = Array.from({ length: 10_000 }, (_, index) => `\tfield${index} int32`).join("\n");
    const [fixed] = results(`${header}type Big struct {\n${fields}\n}\n\n//go:wasmexport f\nfunc f(x *Big) {}\n`);
    expect(fixed).toMatch(/\n\t_ +structs\.HostLayout\n\tfield0 +int32\n/u);
  });

  test.each([
    ["structs in structs", (depth: number) => `${"struct{ a ".repeat(depth)}int32${" }".repeat(depth)}`],
    ["structs in structs on lines", (depth: number) => `${"struct {\na ".repeat(depth)}int32${"\nb string\n}".repeat(depth)}`],
    ["pointers", (depth: number) => `${"*".repeat(depth)}int`],
    ["slices", (depth: number) => `${"[]".repeat(depth)}int`],
  ])("for 90 %s", (_, nested) => {
    expect(results(`${header}type T ${nested(90)}\n\n//go:wasmexport f\nfunc f(x *T, y ${nested(90)}) {}\n`)).not.toEqual([]);
  });
});
