const newline = 10;

interface RawBytes {
  readonly bytes: Uint8Array;
  filled: number;
  readonly done: (bytes: Uint8Array) => void;
}

/** Cuts a byte stream into UTF-8 lines; lines may end in any chunk, at any byte. */
export class LineSplitter {
  #parts: Uint8Array[] = [];
  /** Bytes that are to be handed out as they are before lines go on. */
  #raw: RawBytes | undefined;
  readonly #onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** The next `length` bytes are no lines; `done` gets them in a buffer of their own. May be called from `onLine`. */
  takeRaw(length: number, done: (bytes: Uint8Array) => void): void {
    if (length === 0) done(new Uint8Array(0));
    else this.#raw = { bytes: new Uint8Array(length), filled: 0, done };
  }

  push(chunk: Uint8Array): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#raw ? this.#pushRaw(this.#raw, rest) : this.#pushLine(rest);
  }

  #pushRaw(raw: RawBytes, chunk: Uint8Array): Uint8Array {
    const taken = chunk.subarray(0, raw.bytes.length - raw.filled);
    raw.bytes.set(taken, raw.filled);
    raw.filled += taken.length;
    if (raw.filled === raw.bytes.length) {
      this.#raw = undefined;
      raw.done(raw.bytes);
    }
    return chunk.subarray(taken.length);
  }

  #pushLine(chunk: Uint8Array): Uint8Array {
    const end = chunk.indexOf(newline);
    if (end < 0) {
      this.#parts.push(chunk.slice());
      return chunk.subarray(chunk.length);
    }
    this.#parts.push(chunk.subarray(0, end));
    const line = Buffer.concat(this.#parts).toString("utf8");
    this.#parts = [];
    this.#onLine(line);
    return chunk.subarray(end + 1);
  }
}
