/**
 * Reads the messages of the base protocol: header lines, an empty line, as many bytes of JSON as `Content-Length` says.
 * Source: Language Server Protocol 3.17, "Base Protocol".
 */
import { AbstractMessageReader, type DataCallback, type Disposable, type MessageReader } from "vscode-languageserver/node";

const headEnd = "\r\n\r\n";
/** A head has two lines at most; what is longer without an end is none. */
const longestHead = 4096;
/** How the heads of nearly all messages begin. */
const usualName = Buffer.from("Content-Length: ");
const [zero, carriageReturn, lineFeed] = [0x30, 0x0d, 0x0a];

/**
 * In place of the library's, which looks at each byte of a head several times and sets a clock for each message: with small documents that
 * takes as long as to read and check them.
 */
export class WholeMessageReader extends AbstractMessageReader implements MessageReader {
  readonly #input: NodeJS.ReadableStream;
  /** What has come and was not read, in order, and how many bytes that is. */
  #parts: Buffer[] = [];
  #size = 0;
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
    this.#parts.push(chunk);
    this.#size += chunk.length;
    // A large body comes in many chunks, which are put together once.
    if (this.#size < (this.#bodyLength ?? 0)) return;
    const bytes = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts, this.#size);
    let at = 0;
    for (;;) {
      if (this.#bodyLength === undefined) at = this.#head(bytes, at);
      if (this.#bodyLength === undefined || bytes.length - at < this.#bodyLength) break;
      const end = at + this.#bodyLength;
      this.#bodyLength = undefined;
      this.#body(bytes.toString("utf8", at, end), callback);
      at = end;
    }
    const rest = bytes.subarray(at);
    this.#parts = rest.length > 0 ? [rest] : [];
    this.#size = rest.length;
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
