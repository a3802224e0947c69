/** Which comments are wasm directives, and what they say (cmd/compile/internal/noder/noder.go `pragma`). */
import type { Span } from "#core/text/positions.ts";
import type { NameNode } from "./syntax.ts";
import type { GoComment } from "./tokens.ts";

/** A directive before the parser has found out what it belongs to. Offsets are UTF-16. */
export interface DirectiveComment {
  readonly kind: "wasmimport" | "wasmexport";
  readonly span: Span;
  readonly position: number;
  readonly words: readonly NameNode[];
  readonly wellFormed: boolean;
  readonly beforeToken: number;
}

/** Undefined for any other `//go:` comment; the word must be followed by a space, not by a tab or the line's end. */
export function readWasmDirective(text: string, comment: GoComment): DirectiveComment | undefined {
  const kind = directiveKind(text, comment.start);
  if (kind === undefined) return undefined;
  const words = fields(text, comment.start + "//go:wasmimport ".length, comment.end);
  return {
    kind,
    span: { start: comment.start, end: comment.end },
    position: comment.start + 2,
    words,
    wellFormed: words.length === (kind === "wasmimport" ? 2 : 1),
    beforeToken: comment.beforeToken,
  };
}

function directiveKind(text: string, start: number): "wasmimport" | "wasmexport" | undefined {
  if (text.startsWith("//go:wasmimport ", start)) return "wasmimport";
  return text.startsWith("//go:wasmexport ", start) ? "wasmexport" : undefined;
}

/** `strings.Fields`: split at `unicode.IsSpace`, which has U+0085 and lacks U+FEFF, other than JavaScript's `\s`. */
function fields(text: string, start: number, end: number): NameNode[] {
  const found: NameNode[] = [];
  let wordStart = -1;
  for (let at = start; at <= end; at++) {
    const space = at === end || isGoSpace(text.charCodeAt(at));
    if (space && wordStart >= 0) {
      found.push({ text: text.slice(wordStart, at), span: { start: wordStart, end: at } });
      wordStart = -1;
    } else if (!space && wordStart < 0) wordStart = at;
  }
  return found;
}

function isGoSpace(unit: number): boolean {
  if (unit < 128) return unit === 32 || (unit >= 9 && unit <= 13);
  if (unit >= 0x2000 && unit <= 0x200a) return true;
  return (
    unit === 0x85 ||
    unit === 0xa0 ||
    unit === 0x1680 ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}
