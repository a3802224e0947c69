import type { LineIndex } from "#core/text/line-index.ts";

/** DWARF's lines keep no more. */
const mostUnits = 0xffff;

/** Lines and columns of a text as compilers write them into DWARF: 1-based, columns in bytes of UTF-8. */
export class ByteColumns {
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #isAscii: boolean;
  /** Bytes before each UTF-16 unit of the line that was looked at last. */
  #bytes: { readonly line: number; readonly before: Uint32Array } | undefined;

  constructor(text: string, lines: LineIndex) {
    this.#text = text;
    this.#lines = lines;
    // oxlint-disable-next-line no-control-regex
    this.#isAscii = /^[\x00-\x7f]*$/.test(text);
  }

  /** `offset` in UTF-16 units. */
  at(offset: number): { readonly line: number; readonly column: number } {
    const { line, character } = this.#lines.positionAt(offset);
    const column = this.#isAscii ? character : this.#bytesBefore(line)[Math.min(character, mostUnits)]!;
    return { line: line + 1, column: column + 1 };
  }

  #bytesBefore(line: number): Uint32Array {
    if (this.#bytes?.line === line) return this.#bytes.before;
    const start = this.#lines.lineStart(line);
    const units = Math.min(this.#lines.lineStart(line + 1) - start, mostUnits);
    const before = new Uint32Array(units + 1);
    for (let unit = 0; unit < units; unit++) before[unit + 1] = before[unit]! + utf8Length(this.#text.charCodeAt(start + unit));
    this.#bytes = { line, before };
    return this.#bytes.before;
  }
}

/** Each half of a surrogate pair counts as half of the four bytes that the pair takes. */
function utf8Length(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
}
