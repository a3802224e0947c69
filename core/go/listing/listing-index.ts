/** Where each function stands in a compiler's listing, found while the listing streams by. */
import { decodeUtf8 } from "#core/bytes/utf8.ts";
import { plainName } from "./listed-function.ts";

/** Bytes of the listing from `start` up to `end` (exclusive). */
export interface ListingRange {
  readonly start: number;
  readonly end: number;
}

/** What a listing tells of one function. */
export type ListedKind = "function" | "variables" | "ranges";

/** The functions of a listing by plain name (see {@link plainName}); several have one name where more than one package compiled it. */
export interface ListingIndex {
  readonly names: readonly string[];
  find(kind: ListedKind, name: string): readonly ListingRange[];
}

const newline = 10;
const tab = 9;

/**
 * Takes a listing in chunks: the standard error of `go build -gcflags=-S`, or what {@link BuildOutputDecoder} makes of `-json`.
 * A symbol starts with a line without a tab; lines of the compiler's messages in between belong to nothing.
 */
export class ListingIndexer {
  readonly #ranges = {
    function: new Map<string, ListingRange[]>(),
    variables: new Map<string, ListingRange[]>(),
    ranges: new Map<string, ListingRange[]>(),
  };
  /** Bytes that earlier chunks had. */
  #before = 0;
  /** The line without a tab that has not ended yet. */
  #head: Uint8Array[] = [];
  #headStart = 0;
  #inHead = false;
  /** The last byte of what was pushed so far was a newline. */
  #lineStarts = true;
  #symbol: { readonly kind: ListedKind; readonly name: string; readonly start: number } | undefined;

  push(chunk: Uint8Array): void {
    let at = 0;
    if (this.#inHead) at = this.#readHead(chunk, 0);
    while (at < chunk.length) {
      if (this.#lineStarts && chunk[at] !== tab) {
        at = this.#startHead(chunk, at);
        continue;
      }
      this.#lineStarts = false;
      const end = chunk.indexOf(newline, at);
      if (end < 0) break;
      at = end + 1;
      this.#lineStarts = true;
    }
    this.#before += chunk.length;
  }

  finish(): ListingIndex {
    if (this.#inHead) this.#endHead();
    this.#endSymbol(this.#before);
    const { function: functions } = this.#ranges;
    const ranges = this.#ranges;
    return { names: [...functions.keys()], find: (kind, name) => ranges[kind].get(plainName(name)) ?? [] };
  }

  #startHead(chunk: Uint8Array, at: number): number {
    this.#headStart = this.#before + at;
    this.#endSymbol(this.#headStart);
    this.#inHead = true;
    this.#head = [];
    return this.#readHead(chunk, at);
  }

  /** Reads on in the head line; answers the offset behind it, or the end of the chunk. */
  #readHead(chunk: Uint8Array, at: number): number {
    const end = chunk.indexOf(newline, at);
    // The chunk's memory may be used again when `push` has returned.
    this.#head.push(chunk.slice(at, end < 0 ? chunk.length : end));
    this.#lineStarts = end >= 0;
    if (end < 0) return chunk.length;
    this.#endHead();
    return end + 1;
  }

  #endHead(): void {
    this.#inHead = false;
    const symbol = readHead(this.#head.map((part) => decodeUtf8(part)).join(""));
    this.#symbol = symbol && { ...symbol, start: this.#headStart };
  }

  #endSymbol(end: number): void {
    if (!this.#symbol) return;
    const { kind, name, start } = this.#symbol;
    this.#symbol = undefined;
    const found = this.#ranges[kind].get(name);
    if (found) found.push({ start, end });
    else this.#ranges[kind].set(name, [{ start, end }]);
  }
}

function readHead(line: string): { readonly kind: ListedKind; readonly name: string } | undefined {
  // Symbols of string constants are named by their text, which may be anything.
  if (line.startsWith("go:string.")) return undefined;
  const variables = /^aux for (.*) SDWARF(FCN|RANGE) /.exec(line);
  if (variables) return { kind: variables[2] === "FCN" ? "variables" : "ranges", name: plainName(variables[1]!) };
  const end = line.indexOf(" STEXT ");
  return end > 0 ? { kind: "function", name: plainName(line.slice(0, end)) } : undefined;
}
