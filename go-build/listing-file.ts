/** The compiler's listing: streamed to a file of this session, for it may have hundreds of megabytes. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListingIndexer, type ListingRange } from "#core/go/listing/listing-index.ts";
import type { Listing } from "#core/go/listing/go-lines.ts";

/** A file that has no name any more: it is gone when it is closed or this process has ended, however that comes about. */
export class ListingFile {
  readonly #file: number;
  readonly #indexer = new ListingIndexer();
  #length = 0;
  #closed = false;

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), "go-wasm-listing-"));
    try {
      this.#file = openSync(join(folder, "listing"), "wx+", 0o600);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  push(chunk: Buffer): void {
    if (this.#closed) return;
    this.#indexer.push(chunk);
    for (let at = 0; at < chunk.length;) at += writeSync(this.#file, chunk, at, chunk.length - at, this.#length + at);
    this.#length += chunk.length;
  }

  finish(): Listing {
    return { index: this.#indexer.finish(), read: (range) => this.#read(range) };
  }

  /** The compiler's messages, which stand between the symbols: lines without a tab that are no symbol's. */
  messages(): string {
    const text = new TextDecoder().decode(this.#read({ start: Math.max(0, this.#length - longestMessages), end: this.#length }));
    let inMessage = false;
    const isPart = (line: string): boolean => (inMessage = isMessage(line) || (inMessage && isContinuation(line)));
    return text.split("\n").filter(isPart).join("\n");
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#file);
  }

  #read({ start, end }: ListingRange): Uint8Array {
    if (this.#closed) return new Uint8Array();
    const bytes = new Uint8Array(end - start);
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(this.#file, bytes, length, bytes.length - length, start + length);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  }
}

const longestMessages = 16 * 1024 * 1024;

/** Of a symbol's head line the listing has the kind and the size. */
function isMessage(line: string): boolean {
  return line !== "" && !line.startsWith("\t") && !/ S[A-Z]+(?: .*)? size=\d+/.test(line) && !/^\S+ (?:STEXT|SDWARF|SRODATA)/.test(line);
}

/** The compiler continues a message on lines with a tab; so does a listing. */
function isContinuation(line: string): boolean {
  return /^\t(?!0x|rel )/.test(line);
}
