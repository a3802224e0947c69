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

// Known words as a tree of their letters: a lexer goes down it while it passes a word, and has the tag at its end without looking at the
// letters again.
const alphabet = Array.from(new Set(Object.values(spelling).join("")), (letter) => letter.charCodeAt(0));
/** By ASCII character, its place among the children of a node; 0 for those that no word has. */
const places = new Uint8Array(128);
alphabet.forEach((unit, at) => (places[unit] = at + 1));
const width = alphabet.length + 1;
const nodeLimit = spelling.reduce((sum, word) => sum + word.length, 2);
/** Children of each node. Node 0 is below all that no word goes on with. */
const children = new Uint16Array(nodeLimit * width);
const tags = new Uint16Array(nodeLimit);
/** Where {@link wordStep} begins. */
export const wordRoot = 1;
let nodeCount = 2;
spelling.forEach((word, tag) => {
  let node = wordRoot;
  for (let at = 0; at < word.length; at++) node = children[node * width + places[word.charCodeAt(at)]!] ||= nodeCount++;
  // Of two rows with one name the first counts, as in `lookupInstruction`.
  tags[node] ||= tag;
});

/** The node behind one more character, which must be an ASCII one. */
export function wordStep(node: number, unit: number): number {
  return children[node * width + places[unit]!]!;
}

/** Tag of the word that ends at a node of {@link wordStep}; {@link Token.unknown} where none does. */
export function wordTagAt(node: number): number {
  const tag = tags[node]!;
  return tag === 0 ? Token.unknown : tag;
}

/** The instruction behind a tag; of `select`, `ref.test` and `ref.cast` the first row. */
export function instructionOf(tag: number): Instruction | undefined {
  return instructions[tag - firstInstruction];
}

/** Tag of an instruction's name. Throws for a name that the instruction table does not have. */
export function instructionTag(name: string): number {
  let node = wordRoot;
  for (let at = 0; at < name.length; at++) node = wordStep(node, name.charCodeAt(at));
  const tag = wordTagAt(node);
  if (tag < firstInstruction) throw new Error(`no instruction ${name}`);
  return tag;
}

/** How a known word is spelled; `undefined` for tags of tokens. */
export function wordOf(tag: number): string | undefined {
  return spelling[tag];
}
