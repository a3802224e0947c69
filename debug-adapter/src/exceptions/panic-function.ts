import type { ExceptionFilter } from "../program/exception-filters.ts";
import type { ValueContext } from "../values/value.ts";

/** What a panic may ask for while it is told. */
export interface PanicContext extends ValueContext {
  /**
   * Calls a function of the module's table that gives back a value of up to eight bytes through the pointer that is its first argument; `false`
   * where it has not returned. What it gives back is dropped, and memory that was read before does not hold any more.
   */
  readonly callForEffect: (element: number, argument: number) => Promise<boolean>;
}

/** A function of a language's runtime that a program calls when it gives up. */
export interface PanicFunction {
  /** Its name in the name section, mangled or as linkers write it out. */
  readonly name: RegExp;
  /** Its name in DWARF (DW_AT_name); `undefined`: whatever the program calls it. */
  readonly plainName: string | undefined;
  /** How many parameters it has; all are i32. Another function of its name has others. */
  readonly params: number;
  readonly filter: ExceptionFilter;
  /** What the stop is called. */
  readonly kind: string;
  /** The program's own words for it, out of the arguments (unsigned); `undefined` where they cannot be read. */
  text(args: readonly number[], context: PanicContext): Promise<string | undefined>;
}

const longestText = 4096;
const strict = new TextDecoder("utf-8", { fatal: true });

/** UTF-8 text of a length in bytes; `undefined` where memory holds no such text. */
export async function textAt(context: ValueContext, address: number, length: number): Promise<string | undefined> {
  const shown = Math.min(length, longestText);
  const bytes = await context.memory.read(0, address, shown);
  if (bytes.length < shown) return undefined;
  const text = decoded(bytes);
  return text !== undefined && length > shown ? `${text}…` : text;
}

/** UTF-8 text up to a zero byte. */
export async function cTextAt(context: ValueContext, address: number): Promise<string | undefined> {
  if (address === 0) return undefined;
  const bytes = await context.memory.read(0, address, longestText);
  const end = bytes.indexOf(0);
  return end < 0 ? undefined : decoded(bytes.subarray(0, end));
}

/** Little-endian 32-bit words; fewer where memory ends. */
export async function wordsAt(context: ValueContext, address: number, count: number): Promise<readonly number[]> {
  const bytes = await context.memory.read(0, address, count * 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) => view.getUint32(at * 4, true));
}

/** A character that the limit has cut is left out. */
function decoded(bytes: Uint8Array): string | undefined {
  for (let cut = 0; cut < 4; cut++) {
    try {
      return strict.decode(bytes.subarray(0, bytes.length - cut));
    } catch {
      if (bytes.length < longestText) return undefined;
    }
  }
  return undefined;
}
