/**
 * Line rows and entry trees that were read before, as one array of bytes that can be kept: reading them again from DWARF takes several
 * times as long. Each is kept with a hash of the bytes that it was read from, and given out only for the same bytes.
 *
 * Format: 32-bit words, little-endian: magic, version, checksum of all behind it, then records of `headerWords` words and their columns.
 */
import type { UnitTree } from "./entries.ts";
import type { LineProgram, LineRows } from "./line-table.ts";
import type { DwarfSections } from "./sections.ts";
import type { Unit } from "./units.ts";

const magic = 0x49575347;
/** To be changed with the format, and with what rows and trees are. */
const version = 1;
const preambleWords = 3;

const kinds = { rows: 1, tree: 2 } as const;
type Kind = (typeof kinds)[keyof typeof kinds];

/** Kind, offset, two halves of the hash, count of rows or entries. */
const headerWords = 5;

interface Saved {
  readonly kind: Kind;
  /** Of the line program or unit in its section. */
  readonly offset: number;
  readonly hash: Hash;
  readonly count: number;
  /** Words of the columns, one after the other. */
  readonly words: Uint32Array;
}

type Hash = readonly [number, number];

/** What was read of one file's DWARF, now and before. */
export class SavedIndexes {
  readonly #sections: DwarfSections;
  readonly #saved: Map<string, Saved>;
  readonly #mostBytes: number;
  readonly #onAdded: () => void;
  #bytes = 0;
  #abbreviations: Hash | undefined;

  /** `bytes`: as {@link encode} gave them; whatever else they are is left aside. No more than `mostBytes` are taken in; `onAdded` hears of each. */
  constructor(sections: DwarfSections, bytes: Uint8Array | undefined, mostBytes: number, onAdded: () => void) {
    this.#sections = sections;
    this.#mostBytes = mostBytes;
    this.#onAdded = onAdded;
    this.#saved = new Map(decode(bytes).map((saved) => [keyOf(saved.kind, saved.offset), saved]));
    for (const { words } of this.#saved.values()) this.#bytes += words.byteLength;
  }

  rowsOf(program: LineProgram): LineRows | undefined {
    const saved = this.#find(kinds.rows, program.offset, () => this.#hashOfProgram(program));
    return saved && rowsIn(saved);
  }

  treeOf(unit: Unit): UnitTree | undefined {
    if (unit.section !== this.#sections.info) return undefined;
    const saved = this.#find(kinds.tree, unit.offset, () => this.#hashOfUnit(unit));
    return saved && treeIn(saved);
  }

  /** Gives the same rows; those that were given are not held. */
  addRows(program: LineProgram, rows: LineRows): LineRows {
    const { count, addresses, lines, columns, files, flags } = rows;
    const all = [addresses, lines, columns, files, flags];
    const saved = this.#add(kinds.rows, program.offset, count, all, () => this.#hashOfProgram(program));
    return saved ? rowsIn(saved) : rows;
  }

  /** Gives the same tree; the one that was given is not held. */
  addTree(unit: Unit, tree: UnitTree): UnitTree {
    if (unit.section !== this.#sections.info) return tree;
    const { count, offsets, parents, ends, tags } = tree;
    const saved = this.#add(kinds.tree, unit.offset, count, [offsets, parents, ends, tags], () => this.#hashOfUnit(unit));
    return saved ? treeIn(saved) : tree;
  }

  encode(): Uint8Array {
    const all = [...this.#saved.values()];
    const length = all.reduce((sum, { words }) => sum + headerWords + words.length, preambleWords);
    const result = new Uint32Array(length);
    let at = preambleWords;
    for (const { kind, offset, hash, count, words } of all) {
      result.set([kind, offset, ...hash, count], at);
      result.set(words, at + headerWords);
      at += headerWords + words.length;
    }
    result.set([magic, version, checksum(result.subarray(preambleWords))]);
    return new Uint8Array(result.buffer);
  }

  #find(kind: Kind, offset: number, hashOf: () => Hash): Saved | undefined {
    const saved = this.#saved.get(keyOf(kind, offset));
    if (!saved) return undefined;
    const [first, second] = hashOf();
    return saved.hash[0] === first && saved.hash[1] === second ? saved : undefined;
  }

  #add(kind: Kind, offset: number, count: number, columns: readonly Column[], hashOf: () => Hash): Saved | undefined {
    const length = columns.reduce((sum, column) => sum + wordsFor(column.byteLength), 0);
    if (offset > 0xffffffff || this.#bytes + length * 4 > this.#mostBytes) return undefined;
    const words = new Uint32Array(length);
    const bytes = new Uint8Array(words.buffer);
    let at = 0;
    for (const column of columns) {
      bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
      at += wordsFor(column.byteLength) * 4;
    }
    this.#bytes += words.byteLength;
    const saved = { kind, offset, hash: hashOf(), count, words };
    this.#saved.set(keyOf(kind, offset), saved);
    this.#onAdded();
    return saved;
  }

  #hashOfProgram({ offset, end, encoding }: LineProgram): Hash {
    return hashOf(this.#sections.line.subarray(offset, end), [encoding.addressSize, end - offset]);
  }

  /** What stands where in a unit depends on its abbreviations, too. */
  #hashOfUnit({ offset, end, section }: Unit): Hash {
    this.#abbreviations ??= hashOf(this.#sections.abbreviations, [0, 0]);
    return hashOf(section.subarray(offset, end), this.#abbreviations);
  }
}

type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array;

const keyOf = (kind: Kind, offset: number): string => `${kind}:${offset}`;
const wordsFor = (byteLength: number): number => Math.ceil(byteLength / 4);

function rowsIn({ count, words }: Saved): LineRows {
  const columns = new ColumnReader(words);
  return {
    count,
    addresses: columns.words(count),
    lines: columns.words(count),
    columns: columns.halves(count),
    files: columns.halves(count),
    flags: columns.bytes(count),
  };
}

function treeIn({ count, words }: Saved): UnitTree {
  const columns = new ColumnReader(words);
  const offsets = columns.words(count);
  const parents = columns.words(count);
  return {
    count,
    offsets,
    parents: new Int32Array(parents.buffer, parents.byteOffset, count),
    ends: columns.words(count),
    tags: columns.halves(count),
  };
}

/** Takes columns out of a record's words, without copying them. */
class ColumnReader {
  readonly #words: Uint32Array;
  #at = 0;

  constructor(words: Uint32Array) {
    this.#words = words;
  }

  words(count: number): Uint32Array {
    return this.#take(count * 4);
  }

  halves(count: number): Uint16Array {
    const words = this.#take(count * 2);
    return new Uint16Array(words.buffer, words.byteOffset, count);
  }

  bytes(count: number): Uint8Array {
    const words = this.#take(count);
    return new Uint8Array(words.buffer, words.byteOffset, count);
  }

  #take(byteLength: number): Uint32Array {
    const start = this.#at;
    this.#at += wordsFor(byteLength);
    return this.#words.subarray(start, this.#at);
  }
}

function decode(bytes: Uint8Array | undefined): readonly Saved[] {
  if (!bytes || bytes.length < preambleWords * 4 || bytes.length % 4 !== 0) return [];
  // Words must stand at multiples of four.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
  if (words[0] !== magic || words[1] !== version || words[2] !== checksum(words.subarray(preambleWords))) return [];
  const found: Saved[] = [];
  for (let at = preambleWords; at < words.length;) {
    const [kind, offset = 0, first = 0, second = 0, count = 0] = words.subarray(at, at + headerWords);
    if (kind !== kinds.rows && kind !== kinds.tree) return [];
    const start = at + headerWords;
    at = start + payloadWords(kind, count);
    if (at > words.length) return [];
    found.push({ kind, offset, hash: [first, second], count, words: words.subarray(start, at) });
  }
  return found;
}

function payloadWords(kind: Kind, count: number): number {
  return kind === kinds.rows ? 2 * count + 2 * wordsFor(count * 2) + wordsFor(count) : 3 * count + wordsFor(count * 2);
}

function checksum(words: Uint32Array): number {
  let sum = words.length;
  for (let at = 0; at < words.length; at++) sum = Math.imul(sum ^ words[at]!, 0x9e3779b1) ^ (sum >>> 15);
  return sum >>> 0;
}

/** Of two independent multipliers: that different bytes have one hash is as unlikely as with 64 bits. */
function hashOf(bytes: Uint8Array, [first, second]: Hash): Hash {
  let a = first ^ 0x811c9dc5;
  let b = second ^ bytes.length;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x85ebca6b) ^ (b >>> 13);
  }
  return [a >>> 0, b >>> 0];
}
