import { type FileHandle, open } from "node:fs/promises";
import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { checkPreamble } from "#core/wasm/preamble.ts";

/** Of the file that are read at once while it is gone through: small sections are hopped over within. */
const windowBytes = 64 * 1024;
/** Of a section's header: its id, its size, the length of its name, and a name. */
const headerBytes = 1 + 5 + 5 + 256;
const customId = 0;
const preambleBytes = 8;

/**
 * A module that holds but those custom sections of the file at `path` whose names are `wanted`: the rest, code above all, is not read.
 * The whole file where it is no module in the binary format.
 */
export async function readCustomSections(path: string, wanted: (name: string) => boolean): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const window = new FileWindow(file, (await file.stat()).size);
    const preamble = await window.at(0, preambleBytes);
    if (checkPreamble(preamble)) return await window.copy(0, window.size);
    const parts = [Uint8Array.from(preamble)];
    for (let position = preambleBytes; position < window.size;) {
      const { end, name } = sectionIn(await window.at(position, headerBytes), position, window.size);
      if (name !== undefined && wanted(name)) parts.push(await window.copy(position, end));
      position = end;
    }
    return Buffer.concat(parts);
  } finally {
    await file.close();
  }
}

/**
 * The section whose header is `bytes`, which stand at `position`; `name` is that of a custom section, as far as it is short enough to be wanted.
 * One whose size is damaged goes to the end of the file, as nothing behind it can be found.
 */
function sectionIn(bytes: Uint8Array, position: number, fileSize: number): { readonly end: number; readonly name: string | undefined } {
  const reader = new ByteReader(bytes);
  let end = fileSize;
  try {
    const id = reader.u8();
    const size = reader.uleb();
    end = Math.min(position + reader.position + size, fileSize);
    return { end, name: id === customId ? reader.name() : undefined };
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
    return { end, name: undefined };
  }
}

/** A file, of which the part at hand is kept. */
class FileWindow {
  readonly size: number;
  readonly #file: FileHandle;
  #start = 0;
  #bytes = new Uint8Array(0);

  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.size = size;
  }

  /** `length` bytes at `position`, fewer at the file's end; they hold until the next call. */
  async at(position: number, length: number): Promise<Uint8Array> {
    const end = Math.min(position + length, this.size);
    if (position < this.#start || end > this.#start + this.#bytes.length) {
      this.#bytes = await this.copy(position, Math.min(position + windowBytes, this.size));
      this.#start = position;
    }
    return this.#bytes.subarray(position - this.#start, end - this.#start);
  }

  /** From `start` up to `end`; fewer bytes where the file has become shorter. */
  async copy(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(end - start);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await this.#file.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }
}
