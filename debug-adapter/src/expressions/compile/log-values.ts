/**
 * Values of log messages: the engine hands out the bytes of memory that a value is made of, and the adapter writes them out as it writes out values
 * at a stop. Text that is calculated in the engine stands for itself.
 */
import type { SharedValue } from "../../engine/engine.ts";

/** One value: what the engine evaluates, and what the adapter makes of it. */
export interface LogValue {
  readonly code: string;
  text(value: SharedValue): Promise<string>;
}

/** A whole message, in the order of its text. */
export interface EngineMessage {
  readonly values: readonly LogValue[];
  /** Pieces of text between the values; one more than there are of those. */
  readonly texts: readonly string[];
  /** Number of the goroutine, where the language has them. */
  readonly goroutine: string | undefined;
}

/** What the code of {@link LogValue} gives for memory: address and bytes, as a character each. */
type Piece = readonly [address: number, bytes: string];

/** Code for `length` bytes at an address; both are JavaScript. */
export const pieceCode = (address: string, length: string | number): string => `points.piece(memory,${address},${length})`;

/** Memory as far as the engine has handed it out. */
export class LoggedMemory {
  readonly #pieces: readonly Piece[];

  constructor(value: SharedValue) {
    this.#pieces = value as unknown as readonly Piece[];
  }

  /** Address of the first piece, which is the value itself. */
  get address(): number {
    return this.#pieces[0]?.[0] ?? 0;
  }

  /** Fewer than `length` bytes where no more are there. */
  read(address: number, length: number): Uint8Array {
    const piece = this.#pieces.find(([start, bytes]) => start <= address && address < start + bytes.length);
    if (!piece) return new Uint8Array(0);
    const [start, bytes] = piece;
    return Uint8Array.from(bytes.slice(address - start, address - start + length), (character) => character.charCodeAt(0));
  }
}

/** Of code that gives the text itself. */
export const textOfResult = (value: SharedValue): Promise<string> =>
  Promise.resolve(typeof value === "string" ? value : JSON.stringify(value));
