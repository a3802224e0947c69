import { ByteWriter } from "#core/bytes/writer.ts";
import type { Attribute } from "./attributes.ts";

/** The one table of abbreviations (section 7.5.3) that all units share: a shape of entry has one number. */
export class AbbreviationTable {
  readonly #writer = new ByteWriter(1024);
  readonly #numbers = new Map<string, number>();

  numberOf(tag: number, hasChildren: boolean, attributes: readonly Attribute[]): number {
    const key = `${tag}${hasChildren ? "+" : "-"}${attributes.map(({ name, form }) => `${name}:${form}`).join()}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    this.#numbers.set(key, number);
    this.#writer.uleb(number);
    this.#writer.uleb(tag);
    this.#writer.u8(hasChildren ? 1 : 0);
    for (const { name, form } of attributes) {
      this.#writer.uleb(name);
      this.#writer.uleb(form);
    }
    this.#writer.u8(0);
    this.#writer.u8(0);
    return number;
  }

  finish(): Uint8Array<ArrayBuffer> {
    this.#writer.u8(0);
    return this.#writer.finish();
  }
}
