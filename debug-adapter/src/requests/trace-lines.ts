/** Places in the traces that Go programs print, and in those of traps and errors of JavaScript, so that a client can lead to them. */
import { printableLine } from "#core/text/printable.ts";

/** A piece of what a program prints. */
export interface PrintedPiece {
  readonly text: string;
  /** The file by its whole path and the 1-based line that the piece is about. */
  readonly place?: { readonly path: string; readonly line: number };
}

/** As the runtime writes them (runtime/traceback.go): below the name of the function, behind a tab. */
const placeLine = /^\t((?:\/(?!\/)|[A-Za-z]:[\\/]).*\.(?:go|s)):(\d{1,9})(?: \+0x[0-9a-f]+)?\r?\n?$/;

/** As V8 writes them: `    at name (file:line:column)`. What is between the last parentheses is looked at alone. */
const framePlace = /^((?:\/(?!\/)|[A-Za-z]:[\\/]).*?):(\d{1,9})(?::\d{1,9})?$/;

function placeIn(line: string): PrintedPiece["place"] {
  const [, path, number] =
    placeLine.exec(line) ?? (line.startsWith("    at ") ? framePlace.exec(betweenParentheses(line)) : undefined) ?? [];
  return path === undefined || path !== printableLine(path) ? undefined : { path, line: Number(number) };
}

function betweenParentheses(line: string): string {
  const whole = line.trimEnd();
  return whole.endsWith(")") ? whole.slice(whole.lastIndexOf(" (") + 2, -1) : "";
}

/** Lines that name a place stand alone, all others are left together. The pieces together are the text. */
export function printedPieces(text: string): readonly PrintedPiece[] {
  // Most of what is printed has none.
  if (!text.includes("\t") && !text.includes("    at ")) return [{ text }];
  const pieces: PrintedPiece[] = [];
  let plain = "";
  for (const line of text.split(/(?<=\n)/)) {
    const place = placeIn(line);
    if (!place) {
      plain += line;
      continue;
    }
    if (plain !== "") pieces.push({ text: plain });
    plain = "";
    pieces.push({ text: line, place });
  }
  return plain === "" ? pieces : [...pieces, { text: plain }];
}
