/**
 * Reads the messages of the base protocol: header lines, an empty line, as many bytes of JSON as `Content-Length` says.
 * Source: Language Server Protocol 3.17, "Base Protocol".
 */
import { constants } from "node:buffer";
import { AbstractMessageReader, type DataCallback, type Disposable, type MessageReader } from "vscode-languageserver/node";

const headEnd = "\r\n\r\n";
/** A head has two lines at most; what is longer without an end is none. */
const longestHead = 4096;
/** How the heads of nearly all messages begin. */
const usualName = Buffer.from("Content-Length: ");
const nothing = Buffer.alloc(0);
/** Bytes from which a body that came in part gets room of its own. */
const largeBody = 65_536;
const [zero, carriageReturn, lineFeed] = [0x30, 0x0d, 0x0a];

/**
 * In place of the library's, which looks at each byte of a head several times and sets a clock for each message: with small documents that
 * takes as long as to read and check them.
 */
export class WholeMessageReader extends AbstractMessageReader implements MessageReader {
  readonly #input: NodeJS.ReadableStream;
  /** What has come of the next head, or of a small body. */
  #rest: Buffer = nothing;
  /** Room for a large body of which a part has come, and how much of it that is. */
  #large: { readonly bytes: Buffer; filled: number } | undefined;
  /** Bytes of the body that comes next; `undefined` until its head has been read. */
  #bodyLength: number | undefined;

  constructor(input: NodeJS.ReadableStream) {
    super();
    this.#input = input;
  }

  listen(callback: DataCallback): Disposable {
    const take = (chunk: Buffer): void => this.#take(chunk, callback);
    const fail = (error: Error): void => this.fireError(error);
    const close = (): void => this.fireClose();
    this.#input.on("data", take).on("error", fail).on("close", close);
    return { dispose: () => this.#input.off("data", take).off("error", fail).off("close", close) };
  }

  #take(chunk: Buffer, callback: DataCallback): void {
    const own = this.#large === undefined ? 0 : this.#fill(this.#large, chunk, callback);
    if (own === chunk.length) return;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = own;
    for (;;) {
      if (this.#bodyLength === undefined) at = this.#head(bytes, at);
      if (this.#bodyLength !== undefined && this.#bodyLength > constants.MAX_STRING_LENGTH) {
        this.fireError(new Error(`a message of ${this.#bodyLength} bytes is longer than a text can be`));
        this.#bodyLength = undefined;
        continue;
      }
      if (this.#bodyLength === undefined || bytes.length - at < this.#bodyLength) break;
      const end = at + this.#bodyLength;
      this.#bodyLength = undefined;
      this.#body(bytes.toString("utf8", at, end), callback);
      at = end;
    }
    this.#rest = bytes.subarray(at);
    if (this.#bodyLength !== undefined && this.#bodyLength >= largeBody) this.#begin(this.#bodyLength);
  }

  /** Makes room for a large body, which comes in many chunks: each is put in its place while the next ones are still on their way. */
  #begin(length: number): void {
    const bytes = Buffer.allocUnsafeSlow(length);
    this.#large = { bytes, filled: this.#rest.copy(bytes) };
    this.#rest = nothing;
  }

  /** Adds what a chunk has of a large body. Returns how many bytes that are. */
  #fill(large: { readonly bytes: Buffer; filled: number }, chunk: Buffer, callback: DataCallback): number {
    const copied = chunk.copy(large.bytes, large.filled);
    large.filled += copied;
    if (large.filled < large.bytes.length) return copied;
    this.#large = undefined;
    this.#bodyLength = undefined;
    this.#body(large.bytes.toString(), callback);
    return copied;
  }

  #body(text: string, callback: DataCallback): void {
    try {
      callback(JSON.parse(text) as Parameters<DataCallback>[0]);
    } catch (error) {
      this.fireError(error);
    }
  }

  /** Reads the head at an offset, and skips what is none. Gives the offset behind that; what has not come as a whole is left. */
  #head(bytes: Buffer, start: number): number {
    for (let at = start; ;) {
      const usual = this.#usualHead(bytes, at);
      if (usual !== undefined) return usual;
      const end = bytes.indexOf(headEnd, at);
      if (end < 0) {
        if (bytes.length - at <= longestHead) return at;
        this.fireError(new Error("no message begins in what was received"));
        return bytes.length;
      }
      const length = /^content-length: *(\d+) *$/im.exec(bytes.toString("latin1", at, end))?.[1];
      at = end + headEnd.length;
      if (length !== undefined) {
        this.#bodyLength = Number(length);
        return at;
      }
      this.fireError(new Error("a message has no Content-Length"));
    }
  }

  /** As {@link #head}, of one that has a length and nothing else; `undefined` where it is not such a one. */
  #usualHead(bytes: Buffer, at: number): number | undefined {
    for (let place = 0; place < usualName.length; place++) if (bytes[at + place] !== usualName[place]) return undefined;
    let length = 0;
    let place = at + usualName.length;
    for (let digit = bytes[place]! - zero; digit >= 0 && digit <= 9; digit = bytes[++place]! - zero) length = length * 10 + digit;
    const isEnd = bytes[place] === carriageReturn && bytes[place + 1] === lineFeed && bytes[place + 2] === carriageReturn;
    if (!isEnd || bytes[place + 3] !== lineFeed || place === at + usualName.length) return undefined;
    this.#bodyLength = length;
    return place + headEnd.length;
  }
}
