/** Places in the traces that Go programs print, so that a client can lead to them. */

/** A piece of what a program prints. */
export interface PrintedPiece {
  readonly text: string;
  /** The file by its whole path and the 1-based line that the piece is about. */
  readonly place?: { readonly path: string; readonly line: number };
}

/** As the runtime writes them (runtime/traceback.go): below the name of the function, behind a tab. */
const placeLine = /^\t((?:\/|[A-Za-z]:[\\/]).*\.(?:go|s)):(\d{1,9})(?: \+0x[0-9a-f]+)?\r?\n?$/;

/** Lines that name a place stand alone, all others are left together. The pieces together are the text. */
export function printedPieces(text: string): readonly PrintedPiece[] {
  // Most of what is printed has none.
  if (!text.includes("\t")) return [{ text }];
  const pieces: PrintedPiece[] = [];
  let plain = "";
  for (const line of text.split(/(?<=\n)/)) {
    const [, path, number] = placeLine.exec(line) ?? [];
    if (path === undefined) {
      plain += line;
      continue;
    }
    if (plain !== "") pieces.push({ text: plain });
    plain = "";
    pieces.push({ text: line, place: { path, line: Number(number) } });
  }
  return plain === "" ? pieces : [...pieces, { text: plain }];
}
