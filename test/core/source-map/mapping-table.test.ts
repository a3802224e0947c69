import { expect, test } from "vitest";
import { firstRowFrom, lineFrom, MappingTableBuilder, rowsOfLine, rowsOfSource } from "#core/source-map/mapping-table.ts";

const builder = new MappingTableBuilder();
// Out of order, as the sections of an index map may be; two rows at offset 20.
builder.add(30, 0, 7, 2);
builder.add(10, 0, 5, 4);
builder.add(20, -1, 0, 0);
builder.add(20, 1, 1, 0);
builder.add(25, -1, 0, 0);
builder.add(40, 0, 5, 9);
const table = builder.finish();

test("rows are sorted by offset; one with a source stands for its offset", () => {
  expect([...table.offsets]).toEqual([10, 20, 25, 30, 40]);
  expect([...table.sources]).toEqual([0, 1, -1, 0, 0]);
});

test("the first row at or behind an offset", () => {
  expect([0, 10, 11, 20, 40, 41].map((offset) => firstRowFrom(table, offset))).toEqual([0, 0, 1, 1, 4, 5]);
});

test("rows of a line, and the next line with rows", () => {
  const rows = rowsOfSource(table, 0);
  expect(rowsOfLine(table, rows, 5)).toEqual([0, 4]);
  expect(rowsOfLine(table, rows, 6)).toEqual([]);
  expect([1, 5, 6, 8].map((line) => lineFrom(table, rows, line))).toEqual([5, 5, 7, undefined]);
});

test("more rows than the builder began with", () => {
  const many = new MappingTableBuilder();
  for (let row = 0; row < 5_000; row++) many.add(5_000 - row, 0, row, 0);
  const finished = many.finish();
  expect(finished.count).toBe(5_000);
  expect([finished.offsets[0], finished.lines[0], finished.offsets[4_999]]).toEqual([1, 4_999, 5_000]);
});
