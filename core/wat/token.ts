/**
 * Tags of tokens and words. A token has one 16-bit tag: below {@link firstWord} the kind of a token, from there on one known word of the
 * language, from {@link firstInstruction} on an instruction by its place in the instruction table. So a parser compares numbers, not text.
 */
import { instructions } from "#core/wasm/instructions.ts";
import type { Instruction } from "#core/wasm/instructions.ts";

/** Tags of tokens that are not known words. Source: WebAssembly 3.0, 6.3 "Lexical Format" and 6.3.3 "Tokens". */
export const Token = {
  /** Stands behind the last token of a field. */
  end: 0,
  leftParen: 1,
  rightParen: 2,
  /** `"text"`; its escapes have been checked. */
  string: 3,
  /** `$name` */
  name: 4,
  /** `$"any text"` */
  quotedName: 5,
  /** Digits without a sign, decimal or hexadecimal. */
  natural: 6,
  /** Digits with a sign. */
  integer: 7,
  /** A number with a fraction or exponent, `inf`, `nan`, `nan:0x1`; also `nan:canonical` and `nan:arithmetic` of test scripts. */
  float: 8,
  /** `offset=4` as one token */
  offset: 9,
  /** `align=4` as one token */
  align: 10,
  /** Characters that form a token but none that the language knows, such as `i32.ad` or `0$x`. */
  unknown: 11,
  /** A token whose lexical error has been reported already. */
  broken: 12,
} as const;

export const firstWord = 16;
export const firstInstruction = 256;

// prettier-ignore
const words = [
  "module", "definition", "instance", "binary", "quote",
  "type", "rec", "import", "func", "table", "memory", "global", "tag", "export", "start", "elem", "data",
  "param", "result", "local", "sub", "final", "struct", "array", "cont", "field", "mut", "ref", "null",
  "offset", "item", "declare", "shared", "pagesize", "then", "do", "on", "catch_ref", "catch_all_ref",
  "i32", "i64", "f32", "f64", "v128", "i8", "i16", "i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2",
  "any", "eq", "i31", "none", "nofunc", "extern", "noextern", "exn", "noexn", "nocont",
  "anyref", "eqref", "i31ref", "structref", "arrayref", "nullref", "funcref", "nullfuncref", "externref", "nullexternref",
  "exnref", "nullexnref", "contref", "nullcontref",
  "register", "invoke", "get", "assert_return", "assert_trap", "assert_exception", "assert_suspension", "assert_exhaustion",
  "assert_invalid", "assert_malformed", "assert_unlinkable", "assert_invalid_custom", "assert_malformed_custom", "either", "script", "input", "output",
  "thread", "wait",
] as const;

/** A known word that is not an instruction. */
export type Word = (typeof words)[number];

/** Tag of each known word that is not an instruction. */
export const Word = Object.fromEntries(words.map((word, index) => [word, firstWord + index])) as Readonly<Record<Word, number>>;

const spelling: string[] = [];
words.forEach((word, index) => (spelling[firstWord + index] = word));
instructions.forEach((instruction, index) => (spelling[firstInstruction + index] = instruction.name));

// An open-addressing table, because the lexer looks words up by the hash it computes while scanning and never cuts a string out.
const tableSize = 4096;
const wordTable = new Uint16Array(tableSize);
spelling.forEach((word, tag) => {
  let slot = slotOf(hashOf(word));
  while (wordTable[slot] !== 0) {
    // Of two rows with one name the first counts, as in `lookupInstruction`.
    if (spelling[wordTable[slot]!] === word) return;
    slot = (slot + 1) % tableSize;
  }
  wordTable[slot] = tag;
});

/** One step of the hash over the UTF-16 units of a word; starts at 0. */
export function hashStep(hash: number, unit: number): number {
  return (Math.imul(hash, 31) + unit) | 0;
}

function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = hashStep(hash, word.charCodeAt(at));
  return hash;
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 12)) & (tableSize - 1);
}

/** Tag of the word at `start` to `end` of `text`, whose hash is given; {@link Token.unknown} where it is not a word of the language. */
export function wordTag(text: string, start: number, end: number, hash: number): number {
  for (let slot = slotOf(hash); ; slot = (slot + 1) % tableSize) {
    const tag = wordTable[slot]!;
    if (tag === 0) return Token.unknown;
    if (spelling[tag]!.length === end - start && text.startsWith(spelling[tag]!, start)) return tag;
  }
}

/** The instruction behind a tag; of `select`, `ref.test` and `ref.cast` the first row. */
export function instructionOf(tag: number): Instruction | undefined {
  return instructions[tag - firstInstruction];
}

/** Tag of an instruction's name. Throws for a name that the instruction table does not have. */
export function instructionTag(name: string): number {
  const tag = wordTag(name, 0, name.length, hashOf(name));
  if (tag < firstInstruction) throw new Error(`no instruction ${name}`);
  return tag;
}

/** How a known word is spelled; `undefined` for tags of tokens. */
export function wordOf(tag: number): string | undefined {
  return spelling[tag];
}
