/** Reads numbers and names as the specification demands, where {@link ByteReader} is lenient. */
import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { decodeUtf8Strictly } from "#core/bytes/utf8.ts";

/** Kinds of malformed modules. Each stands for some messages of the specification's test suite. */
export type BinaryFault =
  | "preamble"
  | "section-id"
  | "section-order"
  | "size"
  | "number"
  | "utf8"
  | "encoding"
  | "opcode"
  | "memory-argument"
  | "counts"
  | "locals";

/** A byte that no module can have at its place. */
export class BinaryError extends ByteError {
  readonly fault: BinaryFault;

  constructor(fault: BinaryFault, message: string, at: number) {
    super(message, at);
    this.fault = fault;
  }
}

/** Throws {@link BinaryError}; where the bytes end too early, {@link ByteError}. Source: WebAssembly 3.0, 5.2 "Values". */
export class StrictReader extends ByteReader {
  /** u32 */
  override uleb(): number {
    const start = this.position;
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.u8();
      if (shift === 28) this.#checkLast(byte, byte > 0x0f, start);
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  /** u64 */
  override uleb64(): bigint {
    const start = this.position;
    let value = 0n;
    for (let shift = 0; ; shift += 7) {
      const byte = this.u8();
      if (shift === 63) this.#checkLast(byte, byte > 1, start);
      value |= BigInt(byte & 0x7f) << BigInt(shift);
      if (byte < 0x80) return value;
    }
  }

  /** s33, which block types and heap types are. */
  override sleb(): number {
    return this.#signed(33);
  }

  s32(): number {
    return this.#signed(32);
  }

  /** s64 */
  override sleb64(): bigint {
    const start = this.position;
    let value = 0n;
    for (let shift = 0; ; shift += 7) {
      const byte = this.u8();
      if (shift === 63) this.#checkLast(byte, byte !== 0 && byte !== 0x7f, start);
      value |= BigInt(byte & 0x7f) << BigInt(shift);
      if (byte < 0x80) return BigInt.asIntN(64, byte & 0x40 ? value - (1n << BigInt(shift + 7)) : value);
    }
  }

  /** Moves behind a name, which must be UTF-8. Returns the name. */
  override name(): string {
    const length = this.uleb();
    const start = this.position;
    const text = decodeUtf8Strictly(this.take(length));
    if (text === undefined) throw new BinaryError("utf8", "A name must be well-formed UTF-8.", start);
    return text;
  }

  /** A byte that is one of a few. `what` says what it stands for. */
  oneOf(allowed: readonly number[], what: string): number {
    const start = this.position;
    const byte = this.u8();
    if (allowed.includes(byte)) return byte;
    throw new BinaryError("encoding", `0x${byte.toString(16).padStart(2, "0")} stands for no ${what}.`, start);
  }

  /** A number of up to 33 bits, of which the last of five bytes may hold only repetitions of the sign. */
  #signed(bits: 32 | 33): number {
    const start = this.position;
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.u8();
      if (shift === 28) {
        const high = (byte & 0x7f) >> (bits - 29);
        this.#checkLast(byte, high !== 0 && high !== 0x7f >> (bits - 29), start);
      }
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return byte & 0x40 ? value - 2 ** (shift + 7) : value;
    }
  }

  #checkLast(byte: number, isTooLarge: boolean, start: number): void {
    if (byte >= 0x80) throw new BinaryError("number", "This number takes more bytes than its type allows.", start);
    if (isTooLarge) throw new BinaryError("number", "This number is too large for its type.", start);
  }
}
