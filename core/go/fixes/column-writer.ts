/** Aligns cells as gofmt does (text/tabwriter with padding 1 and discarded empty columns). */

/** All cells but the last end a column; consecutive lines that have a column share its width. */
export type CellLine = readonly string[];

/** The lines with their cells padded; no white space at their ends. */
export function alignColumns(lines: readonly CellLine[]): string[] {
  const padded: string[] = [];
  alignFrom(lines, 0, lines.length, [], padded);
  return padded.map((line) => line.trimEnd());
}

/** Columns nest as deep as a line has cells, of which a field has five. */
function alignFrom(lines: readonly CellLine[], from: number, to: number, widths: number[], into: string[]): void {
  const column = widths.length;
  let start = from;
  for (let at = from; at < to; at++) {
    if (column >= lines[at]!.length - 1) continue;
    writeLines(lines, start, at, widths, into);
    start = at;
    let width = 0;
    for (; at < to && column < lines[at]!.length - 1; at++) {
      const length = widthOf(lines[at]![column]!);
      if (length > 0) width = Math.max(width, length + 1);
    }
    widths.push(width);
    alignFrom(lines, start, at, widths, into);
    widths.pop();
    start = at;
  }
  writeLines(lines, start, to, widths, into);
}

function writeLines(lines: readonly CellLine[], from: number, to: number, widths: readonly number[], into: string[]): void {
  for (let at = from; at < to; at++) {
    const cells = lines[at]!.map((cell, index) => cell + " ".repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell))));
    into.push(cells.join(""));
  }
}

/** Characters, as Go counts them. */
function widthOf(text: string): number {
  return Array.from(text).length;
}
