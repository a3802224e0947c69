import { decodeUtf8 } from "./utf8.ts";

/** Thrown by {@link ByteReader} when a read runs past the end or a LEB128 is malformed. Format readers catch it and turn it into a problem. */
export class ByteError extends Error {
  /** Offset in the reader's bytes at which the failed read began. */
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** A cursor over little-endian bytes. Offsets count from the first byte of `bytes`. Every read throws {@link ByteError} rather than return a wrong value. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  position: number;
  /** Made when it is needed: readers of a few bytes are made by the ten thousand. */
  #view: DataView | undefined;

  /** Reads `bytes` from `position` up to `end` (exclusive). */
  constructor(bytes: Uint8Array, position = 0, end = bytes.length) {
    this.bytes = bytes;
    this.position = position;
    this.end = Math.min(end, bytes.length);
  }

  get atEnd(): boolean {
    return this.position >= this.end;
  }

  get remaining(): number {
    return this.end - this.position;
  }

  u8(): number {
    return this.bytes[this.#take(1)]!;
  }

  u16(): number {
    const at = this.#take(2);
    return this.bytes[at]! | (this.bytes[at + 1]! << 8);
  }

  u32(): number {
    const { bytes } = this;
    const at = this.#take(4);
    return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
  }

  u64(): bigint {
    return this.#data.getBigUint64(this.#take(8), true);
  }

  f32(): number {
    return this.#data.getFloat32(this.#take(4), true);
  }

  f64(): number {
    return this.#data.getFloat64(this.#take(8), true);
  }

  /** Unsigned LEB128 of at most 53 significant bits. */
  uleb(): number {
    const start = this.position;
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new ByteError("LEB128 number is too large", start);
      if (byte < 0x80) return value;
      scale *= 128;
      if (this.position - start >= 10) throw new ByteError("LEB128 number is too long", start);
    }
  }

  /** Unsigned LEB128 of up to 64 bits. */
  uleb64(): bigint {
    const start = this.position;
    const short = this.#shortLeb();
    if (short !== undefined) return BigInt(short);
    let value = 0n;
    let shift = 0n;
    for (;;) {
      const byte = this.u8();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
      shift += 7n;
      if (this.position - start >= 10) throw new ByteError("LEB128 number is too long", start);
    }
  }

  /** Signed LEB128 of up to 64 bits. */
  sleb64(): bigint {
    const start = this.position;
    const short = this.#shortLeb();
    if (short !== undefined) return BigInt(this.#signed(short, start));
    let value = 0n;
    let shift = 0n;
    for (;;) {
      const byte = this.u8();
      value |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
      if (byte < 0x80) return BigInt.asIntN(64, byte & 0x40 ? value - (1n << shift) : value);
      if (this.position - start >= 10) throw new ByteError("LEB128 number is too long", start);
    }
  }

  /** Signed LEB128 that fits a safe integer. */
  sleb(): number {
    const start = this.position;
    const short = this.#shortLeb();
    if (short !== undefined) return this.#signed(short, start);
    const value = Number(this.sleb64());
    if (!Number.isSafeInteger(value)) throw new ByteError("LEB128 number is too large", start);
    return value;
  }

  /** Moves behind a LEB128 number of up to 64 bits. */
  skipLeb(): void {
    const start = this.position;
    while (this.u8() >= 0x80) if (this.position - start >= 10) throw new ByteError("LEB128 number is too long", start);
  }

  /** The bits of a LEB128 number of at most four bytes; `undefined`, and nothing read, for a longer one and at the end. */
  #shortLeb(): number | undefined {
    let value = 0;
    const last = Math.min(this.position + 4, this.end);
    for (let at = this.position, shift = 0; at < last; at++, shift += 7) {
      const byte = this.bytes[at]!;
      value |= (byte & 0x7f) << shift;
      if (byte >= 0x80) continue;
      this.position = at + 1;
      return value;
    }
    return undefined;
  }

  /** What the bits of a number that began at `start` mean with a sign. */
  #signed(bits: number, start: number): number {
    const unused = 32 - 7 * (this.position - start);
    return (bits << unused) >> unused;
  }

  get #data(): DataView {
    return (this.#view ??= new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength));
  }

  /** A view (no copy) of the next `length` bytes. */
  take(length: number): Uint8Array {
    const start = this.#take(length);
    return this.bytes.subarray(start, start + length);
  }

  skip(length: number): void {
    this.#take(length);
  }

  /** `length` bytes as UTF-8; malformed sequences become U+FFFD. */
  utf8(length: number): string {
    return decodeUtf8(this.take(length));
  }

  /** A string whose length stands before it as unsigned LEB128. */
  name(): string {
    return this.utf8(this.uleb());
  }

  /** A string that ends with a zero byte; the reader stands behind that byte afterwards. */
  cstring(): string {
    const zero = this.bytes.indexOf(0, this.position);
    if (zero < 0 || zero >= this.end) throw new ByteError("string has no end", this.position);
    const text = decodeUtf8(this.bytes.subarray(this.position, zero));
    this.position = zero + 1;
    return text;
  }

  #take(length: number): number {
    const start = this.position;
    if (length < 0 || start + length > this.end) throw new ByteError("unexpected end of data", start);
    this.position = start + length;
    return start;
  }
}
