import { ByteWriter } from "#core/bytes/writer.ts";

/** The entries of one section, counted. */
export class SectionWriter {
  readonly writer = new ByteWriter();
  count = 0;

  /** The writer, for one more entry. */
  entry(): ByteWriter {
    this.count++;
    return this.writer;
  }
}

/** How many bytes a number takes as unsigned LEB128. */
export function ulebLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) length++;
  return length;
}
