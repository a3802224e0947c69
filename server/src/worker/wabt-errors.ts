/** Reads the errors out of what wabt prints. */
import type { BuildError } from "#core/contract/messages.ts";
import { LineIndex } from "#core/text/line-index.ts";

/** How many errors of one module are handed on; wabt itself lists them without end. */
const maxErrors = 1000;

/**
 * The errors in `report`, the text of a refusal by wabt's `parseWat` or `validate`, with ranges in `text`.
 * wabt counts lines from 1 by LF alone, and columns from 1 in UTF-8 bytes; the carets below a source line are as many as the bad bytes.
 */
export function wabtErrors(report: string, text: string): BuildError[] {
  const index = new LineIndex(text);
  const lineOffsets = lineFeedOffsets(text);
  const errors: BuildError[] = [];
  for (const match of report.matchAll(/^[^\n:]*:(\d+):(\d+): error: ([^\n]*)(?:\n[^\n]*\n *(\^*))?/gm)) {
    if (errors.length === maxErrors) break;
    const lineOffset = lineOffsets[Number(match[1]) - 1] ?? text.length;
    const start = offsetOfByte(text, lineOffset, Number(match[2]) - 1);
    const end = Math.max(offsetOfByte(text, start, match[4]?.length ?? 0), start);
    const from = index.positionAt(start);
    const to = index.positionAt(end);
    errors.push({
      message: (match[3] ?? "").replace(/\.$/, ""),
      line: from.line,
      startCharacter: from.character,
      endCharacter: to.line === from.line ? Math.max(to.character, from.character + 1) : from.character + 1,
    });
  }
  return errors;
}

function lineFeedOffsets(text: string): number[] {
  const offsets = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) offsets.push(at + 1);
  return offsets;
}

/** The UTF-16 offset that lies `bytes` UTF-8 bytes behind `start`, at most the end of the line (LF). */
function offsetOfByte(text: string, start: number, bytes: number): number {
  let at = start;
  let left = bytes;
  while (left > 0 && at < text.length && text.charCodeAt(at) !== 10) {
    const codePoint = text.codePointAt(at)!;
    left -= utf8Length(codePoint);
    at += codePoint > 0xffff ? 2 : 1;
  }
  return at;
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
