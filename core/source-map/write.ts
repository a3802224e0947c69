/** Writes a source map (ECMA-426) of a module: one generated line, whose columns are module offsets. */
import type { MappingTable } from "./mapping-table.ts";

export interface WrittenSource {
  /** Path or URL, relative to the map where it is relative. */
  readonly name: string;
  /** Text of the source, so that readers need not find it. */
  readonly content: string | undefined;
}

/** `file`: name of the module that the map belongs to. The numbers in `table.sources` are places in `sources`. */
export function writeSourceMap(file: string, sources: readonly WrittenSource[], table: MappingTable): string {
  return JSON.stringify({
    version: 3,
    file,
    sources: sources.map(({ name }) => name),
    sourcesContent: sources.map(({ content }) => content ?? null),
    names: [],
    mappings: mappings(table),
  });
}

function mappings({ count, offsets, sources, lines, columns }: MappingTable): string {
  const segments: string[] = [];
  const last = { offset: 0, source: 0, line: 0, column: 0 };
  for (let row = 0; row < count; row++) {
    const offset = offsets[row]!;
    const source = sources[row]!;
    let segment = vlq(offset - last.offset);
    last.offset = offset;
    if (source >= 0) {
      const line = lines[row]! - 1;
      const column = columns[row]!;
      segment += vlq(source - last.source) + vlq(line - last.line) + vlq(column - last.column);
      last.source = source;
      last.line = line;
      last.column = column;
    }
    segments.push(segment);
  }
  return segments.join(",");
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base 64 VLQ: five bits a digit from the lowest on, the sign in the lowest bit of all. */
function vlq(value: number): string {
  // Without shifts of the whole value: a difference of 32-bit numbers and its sign need 33 bits.
  let rest = Math.abs(value) * 2 + (value < 0 ? 1 : 0);
  let text = "";
  do {
    const digit = rest % 32;
    rest = (rest - digit) / 32;
    text += digits[rest > 0 ? digit + 32 : digit];
  } while (rest > 0);
  return text;
}
