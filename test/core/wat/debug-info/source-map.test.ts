import { SourceMapConsumer } from "source-map";
import { expect, test } from "vitest";
import { MappingTableBuilder } from "#core/source-map/mapping-table.ts";
import { writeSourceMap } from "#core/source-map/write.ts";
import { readModule } from "#core/wasm/module.ts";
import { built, codeRows, encoded, program } from "./program.ts";

test("npm source-map finds the place of every instruction, to the column", async () => {
  const consumer = await new SourceMapConsumer(built.sourceMap!);
  const rows = codeRows();
  const found = rows.map(({ offset }) => consumer.originalPositionFor({ line: 1, column: offset }));
  expect(found).toEqual(rows.map(({ line, character }) => ({ source: "src/demo.wat", line: line + 1, column: character, name: null })));
  expect(rows.length).toBeGreaterThan(35);
  for (const { range } of encoded.functions)
    expect(consumer.originalPositionFor({ line: 1, column: range.end })).toMatchObject({ source: null });
  expect(consumer.sourceContentFor("src/demo.wat")).toBe(program);
  consumer.destroy();
});

test("the module names its map, and its code has not moved", () => {
  const { module } = readModule(built.bytes!);
  const [section] = module.customSections("sourceMappingURL");
  expect(Buffer.from(built.bytes!.subarray(section!.start, section!.end)).toString("latin1")).toBe("\x0ddemo.wasm.map");
  const { end } = encoded.functions.at(-1)!.range;
  expect(built.bytes!.subarray(0, end)).toEqual(encoded.bytes!.subarray(0, end));
});

test("npm source-map reads steps back and forth, and the largest numbers", async () => {
  const table = new MappingTableBuilder();
  const rows: [offset: number, source: number, line: number, column: number][] = [
    [0, 1, 4_000_000_00, 70_000],
    [15, 0, 1, 0],
    [16, 0, 17, 31],
    [32, 1, 16, 32],
    [2_000_000_000, 1, 2, 1],
  ];
  for (const row of rows) table.add(...row);
  const sources = ["a", "b"].map((name) => ({ name, content: undefined }));
  const consumer = await new SourceMapConsumer(writeSourceMap("x.wasm", sources, table.finish()));
  const found: unknown[] = [];
  consumer.eachMapping(({ generatedColumn, source, originalLine, originalColumn }) =>
    found.push([generatedColumn, ["a", "b"].indexOf(source!), originalLine, originalColumn]),
  );
  expect(found).toEqual(rows);
  consumer.destroy();
});
