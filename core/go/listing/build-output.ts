/** The output of `go build -json` as plain text, decoded while it streams by. */
import { encodeUtf8 } from "#core/bytes/utf8.ts";

const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;
const letterU = 0x75;
const field = encodeUtf8('"Output":"');
/** What stands for a control character behind a backslash; any other character stands for itself. */
const escapes: ReadonlyMap<number, number> = new Map([
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
]);

/**
 * Picks the text of the `Output` field out of each line (`go help buildjson`). One line holds the whole listing of a package and may be
 * hundreds of megabytes long, too long for a string of JavaScript, so it is decoded byte by byte.
 */
export class BuildOutputDecoder {
  #state: "outside" | "inside" | "escape" | "unicode" = "outside";
  /** How many bytes of the field's name have been seen. */
  #matched = 0;
  #digits = "";
  /** The first half of a character beyond U+FFFF, until its second half follows; 0 without. */
  #highSurrogate = 0;

  /** The decoded text of `chunk`, as UTF-8. */
  push(chunk: Uint8Array): Uint8Array {
    // Every escape is longer than what it stands for; only one that began in an earlier chunk can come on top.
    const output = new Uint8Array(chunk.length + 4);
    let length = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      switch (this.#state) {
        case "outside":
          this.#match(byte);
          break;
        case "inside":
          if (byte === backslash) this.#state = "escape";
          // A newline cannot stand in a JSON string: the line was cut off.
          else if (byte === quote || byte === newline) this.#state = "outside";
          else output[length++] = byte;
          break;
        case "escape":
          this.#state = byte === letterU ? "unicode" : "inside";
          if (byte !== letterU) output[length++] = escapes.get(byte) ?? byte;
          break;
        case "unicode": {
          const text = this.#takeDigit(byte);
          output.set(text, length);
          length += text.length;
          break;
        }
      }
    }
    return output.subarray(0, length);
  }

  #match(byte: number): void {
    this.#matched = byte === field[this.#matched] ? this.#matched + 1 : byte === field[0] ? 1 : 0;
    if (this.#matched < field.length) return;
    this.#matched = 0;
    this.#state = "inside";
  }

  /** UTF-8 of the character that the digits make up, once they are complete. */
  #takeDigit(byte: number): Uint8Array {
    this.#digits += String.fromCharCode(byte);
    if (this.#digits.length < 4) return new Uint8Array();
    const unit = Number.parseInt(this.#digits, 16);
    const high = this.#highSurrogate;
    this.#digits = "";
    this.#highSurrogate = unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
    this.#state = "inside";
    if (this.#highSurrogate > 0) return new Uint8Array();
    return encodeUtf8(high > 0 ? String.fromCharCode(high, unit) : String.fromCharCode(unit));
  }
}
