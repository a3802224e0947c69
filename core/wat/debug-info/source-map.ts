import { MappingTableBuilder } from "#core/source-map/mapping-table.ts";
import { writeSourceMap } from "#core/source-map/write.ts";
import type { LineIndex } from "#core/text/line-index.ts";
import type { EncodedWat } from "../encode.ts";

export interface WatSource {
  /** Path or URL, as the map is to have it. */
  readonly name: string;
  readonly text: string;
  readonly lines: LineIndex;
}

/** A source map with a row for each instruction of a function, and one without a source behind each function. `file`: name of the module. */
export function watSourceMap(file: string, { name, text, lines }: WatSource, { rows, functions }: EncodedWat): string {
  const table = new MappingTableBuilder();
  let row = 0;
  for (const { bodyStart, range } of functions) {
    while (row < rows.offsets.length && rows.offsets[row]! < bodyStart) row++;
    for (; row < rows.offsets.length && rows.offsets[row]! < range.end; row++) {
      const { line, character } = lines.positionAt(rows.starts[row]!);
      table.add(rows.offsets[row]!, 0, line + 1, character);
    }
    table.add(range.end, -1, 0, 0);
  }
  return writeSourceMap(file, [{ name, content: text }], table.finish());
}
