/** Places for breakpoints in the sample program, by its source. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { callRows, positionAt, resumeRow } from "#core/go/listing/breakpoint-rows.ts";
import { prologueEnd } from "#core/go/listing/function-start.ts";
import { readListedPosition } from "#core/go/listing/listed-position.ts";
import { buildSample, sampleFolder } from "../../../support/go-toolchain.ts";

const program = buildSample({ os: "wasip1" });
const { code, table } = program;
const lines = code.lines;
afterAll(() => program.remove());

const file = join(sampleFolder, "main.go");
const source = readFileSync(file, "utf8").split("\n");
const lineOf = (text: string): number => source.findIndex((line) => line.includes(text)) + 1;
const functionsAt = (path: string, line: number): readonly unknown[] => {
  const match = lines.placesOf(path, line);
  return [match?.line, ...(match?.places.map(({ index }) => table.name(index)) ?? [])];
};

describe("a breakpoint", () => {
  test("stands in every function of its line", () => {
    const line = lineOf("shapes.Map([]int{1, 2, 3}");
    expect(functionsAt(file, line)).toEqual([line, "main.main", "main.main.func6"]);
    expect(functionsAt(join(sampleFolder, "worker/worker.go"), 19)).toEqual([19, "example.com/sample/worker.Receive"]);
  });

  test("stands in every instance of a generic function, and in no wrapper of one", () => {
    const shapes = join(sampleFolder, "shapes/shapes.go");
    const instances = ["[go.shape.int,go.shape.int]", "[go.shape.string,go.shape.string]"].map(
      (types) => `example.com/sample/shapes.Map${types}`,
    );
    expect(new Set(functionsAt(shapes, 12))).toEqual(new Set([12, ...instances]));
  });

  test("on a line without code moves to the next line with code", () => {
    const loop = lineOf("for {");
    expect(functionsAt(file, lineOf("// callers prints"))).toEqual([lineOf("func callers"), "main.callers"]);
    expect(functionsAt(file, 1)).toEqual([lineOf("func mark"), "main.mark"]);
    expect(functionsAt(file, loop + 1)).toEqual([loop + 1, "main.callers"]);
    expect(functionsAt(file, source.length + 10)).toEqual([undefined]);
    expect(functionsAt("/nowhere/else.go", 3)).toEqual([undefined]);
  });

  test("stands in lines that a comment gives to another file", () => {
    expect(functionsAt("grammar/expr.y", 10)).toEqual([10, "main.parse"]);
    expect(functionsAt("grammar/expr.y", 11)).toEqual([11, "main.parse"]);
    expect(functionsAt("/generated/other.y", 20)).toEqual([20, "main.parse"]);
    const { start, position } = lines.runs(table.find("main.parse")[0]!).find((run) => run.position.line === 11)!;
    expect(position.original).toEqual({ file: join(sampleFolder, "generated.go"), line: 7 });
    expect(positionAt(lines.aligned(table.find("main.parse")[0]!)!, start)).toEqual(position);
  });

  test("never stands in the dispatch or on what only opens or ends a block", () => {
    for (const index of lines.listedFunctions()) {
      const aligned = lines.aligned(index)!;
      for (const { row, start } of lines.runs(index)) {
        expect(start).toBe(aligned.offsets[row]);
        expect(aligned.operations[row]!.operation).not.toMatch(/^(Block|Loop|Else|End)$/);
        if (aligned.dispatch !== undefined) expect(start).toBeGreaterThan(aligned.dispatch);
      }
    }
  });
});

test("the prologue of a closure ends behind the copies of what it captured", () => {
  const captured = [
    "main.main.func1",
    "main.main.func2",
    "main.main.func3",
    "main.main.func4",
    "main.recovering.func1",
    "main.capture.func1",
  ];
  for (const name of captured) {
    const aligned = lines.aligned(table.find(name)[0]!)!;
    const end = prologueEnd(aligned);
    expect([name, aligned.closure, aligned.operations[end - 1]!.operation]).toEqual([name, true, "I64Store"]);
    // What follows does not read what the closure was entered with.
    const later = aligned.operations.slice(end).filter((_, at) => aligned.positionOf[end + at] === aligned.positionOf[0]);
    expect([name, later.some(({ operands }) => operands === "CTXT")]).toEqual([name, false]);
  }
  // The context's fields are at 8, 16 and so on: `capture` reads a string of two words, an array by its address, and two words more.
  const capture = lines.aligned(table.find("main.capture.func1")[0]!)!;
  const read = capture.operations.slice(0, prologueEnd(capture)).filter(({ operation, block }) => operation === "I64Load" && block > 0);
  expect(read.map(({ operands }) => operands)).toEqual(["$8", "$16", "$48", "$56"]);
  // One that captures nothing has no such prologue.
  const plain = lines.aligned(table.find("main.main.func5")[0]!)!;
  expect(plain.closure).toBe(false);
  expect(prologueEnd(plain)).toBe(plain.blocks.findIndex((block) => block > 0));
});

test("a call goes on at the first instruction of the block that it returns to", () => {
  const aligned = lines.aligned(table.find("main.deep")[0]!)!;
  for (const row of callRows(aligned, 0, aligned.offsets.length)) {
    if (aligned.blocks[row] === 0 || !aligned.operations[row]!.operands.endsWith("(SB)")) continue;
    const next = resumeRow(aligned, aligned.blocks[row]! + 1);
    expect(next).toBeGreaterThan(row);
  }
  const recursion = callRows(aligned, 0, aligned.offsets.length).find((row) => aligned.operations[row]!.operands === "main.deep(SB)")!;
  expect(positionAt(aligned, aligned.offsets[recursion] as never)).toEqual({ file, line: lineOf("return deep(n-1)") });
});

test.each([
  ["/a/main.go:5", { file: "/a/main.go", line: 5 }],
  ["C:\\a\\main.go:5", { file: "C:\\a\\main.go", line: 5 }],
  ["foo.y:10[/abs/main.go:5]", { file: "foo.y", line: 10, original: { file: "/abs/main.go", line: 5 } }],
  ["<autogenerated>:1", { file: "<autogenerated>", line: 1 }],
  ["<unknown line number>", { file: "", line: 0 }],
])("position %s", (text, position) => {
  expect(readListedPosition(text)).toEqual(position);
});
