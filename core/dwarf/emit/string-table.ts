import { ByteWriter } from "#core/bytes/writer.ts";
import { encodeUtf8 } from "#core/bytes/utf8.ts";

/** A section of strings that end with a zero byte, each written once. */
export class StringTable {
  readonly #writer = new ByteWriter(1024);
  readonly #offsets = new Map<string, number>();

  /** Offset of `text` in the section. A zero inside of it, which would end it, becomes U+FFFD. */
  offsetOf(text: string): number {
    const known = this.#offsets.get(text);
    if (known !== undefined) return known;
    const offset = this.#writer.length;
    this.#writer.bytes(encodeUtf8(text.replaceAll("\0", "\u{FFFD}")));
    this.#writer.u8(0);
    this.#offsets.set(text, offset);
    return offset;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#writer.finish();
  }
}
