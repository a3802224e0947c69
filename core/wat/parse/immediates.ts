/** Immediates of instructions. Source: WebAssembly 3.0, 6.5 "Instructions"; what an instruction has is in the instruction table. */
import { instructions } from "#core/wasm/instructions.ts";
import type { Immediate } from "#core/wasm/instructions.ts";
import { Space } from "../field.ts";
import { fitsBits, floatBits, integerValue } from "../literal-number.ts";
import { Node } from "../node.ts";
import { firstInstruction, instructionOf, instructionTag, Token, Word, wordOf } from "../token.ts";
import type { Cursor } from "./cursor.ts";
import type { FunctionNames } from "./function-names.ts";
import { checkRange, heapType, index, isIndex, refType, results, typeUse } from "./types.ts";

/** Immediates of each instruction by its place in the table; `undefined` where there are none. */
const immediatesOf: readonly (readonly Immediate[] | undefined)[] = instructions.map(({ immediates }) =>
  immediates.length === 0 ? undefined : immediates,
);

const catchWords: ReadonlySet<number> = new Set([instructionTag("catch"), Word.catch_ref, instructionTag("catch_all"), Word.catch_all_ref]);
const catchAllWords: ReadonlySet<number> = new Set([instructionTag("catch_all"), Word.catch_all_ref]);
const switchTag = instructionTag("switch");

/** Reads the immediates of the instruction with `tag`, whose name stands before the cursor. */
export function immediates(cursor: Cursor, tag: number, names: FunctionNames): void {
  const list = immediatesOf[tag - firstInstruction];
  if (list === undefined) return;
  for (let at = 0; at < list.length; at++) {
    const kind = list[at]!;
    if (kind === "table" || kind === "memory") {
      const taken = optionalIndices(cursor, kind, list[at + 1]);
      at += taken;
    } else immediate(cursor, kind, names, list[at + 1], tag);
  }
}

/** A table or memory that may be left out; where two indices belong together, both or none. Returns how many further immediates were read. */
function optionalIndices(cursor: Cursor, kind: "table" | "memory", next: Immediate | undefined): number {
  const space = kind === "table" ? Space.table : Space.memory;
  const what = `the name or index of a ${kind}`;
  if (next === kind) {
    if (!isIndex(cursor.tag)) {
      cursor.referDefault(space, cursor.at - 1);
      return 1;
    }
    index(cursor, space, what);
    index(cursor, space, `${what}: with one of the two given, the other one is needed`);
    return 1;
  }
  const needsIndex = next === "data" || next === "elem";
  if (isIndex(cursor.tag) && (!needsIndex || isIndex(cursor.peek(1)))) index(cursor, space, what);
  else cursor.referDefault(space, cursor.at - 1);
  return 0;
}

function immediate(cursor: Cursor, kind: Immediate, names: FunctionNames, next: Immediate | undefined, tag: number): void {
  switch (kind) {
    case "local":
      return names.useLocal(cursor, tag);
    case "label":
      return names.useLabel(cursor);
    case "labels":
      names.useLabel(cursor);
      while (isIndex(cursor.tag)) names.useLabel(cursor);
      return;
    case "func":
      return index(cursor, Space.func, "the name or index of a function");
    case "type":
      return index(cursor, Space.type, "the name or index of a type");
    case "global":
      return index(cursor, Space.global, "the name or index of a global");
    case "tag":
      return index(cursor, Space.tag, "the name or index of a tag");
    case "data":
      return index(cursor, Space.data, "the name or index of a data segment");
    case "elem":
      return index(cursor, Space.elem, "the name or index of an element segment");
    case "field":
      return index(cursor, Space.structField, "the name or index of a field");
    case "i32":
      return integer(cursor, 32);
    case "i64":
      return integer(cursor, 64);
    case "f32":
      return float(cursor, 32);
    case "f64":
      return float(cursor, 64);
    case "memarg":
      return memoryArgument(cursor, next === "lane", tag);
    case "lane":
      return lane(cursor);
    case "lanes":
      return shuffleLanes(cursor);
    case "v128":
      return vector(cursor);
    case "count":
      return count(cursor);
    case "block-type":
    case "type-use":
      typeUse(cursor, undefined);
      return;
    case "result-types":
      return results(cursor);
    case "heap-type":
      return heapType(cursor);
    case "ref-type":
      return refType(cursor);
    case "catches":
      return catchClauses(cursor, names);
    case "handlers":
      return handlers(cursor, names);
    case "table":
    case "memory":
      index(cursor, kind === "table" ? Space.table : Space.memory, `the name or index of a ${kind}`);
  }
}

function count(cursor: Cursor): void {
  if (cursor.tag !== Token.natural) return cursor.expected("a count");
  checkRange(cursor, 32);
  cursor.at++;
}

function integer(cursor: Cursor, bits: 32 | 64): void {
  if (cursor.tag !== Token.natural && cursor.tag !== Token.integer) return cursor.expected(`an integer of ${bits} bits`);
  checkRange(cursor, bits);
  cursor.at++;
}

function float(cursor: Cursor, bits: 32 | 64): void {
  const tag = cursor.tag;
  if (tag !== Token.float && tag !== Token.natural && tag !== Token.integer) return cursor.expected(`a number for an f${bits}`);
  checkFloat(cursor, bits);
  cursor.at++;
}

function checkFloat(cursor: Cursor, bits: 32 | 64): void {
  const length = cursor.spans[2 * cursor.at + 1]! - cursor.spans[2 * cursor.at]!;
  if (cursor.tag !== Token.float && length < 30) return;
  const written = cursor.textOf(cursor.at);
  if (written === "nan:canonical" || written === "nan:arithmetic")
    return cursor.expected("a number: this NaN pattern is for expected results in test scripts");
  if (floatBits(written, bits) !== undefined) return;
  const why = written.includes("nan")
    ? "its payload must be 1 or more and fit the fraction"
    : "the largest finite one is smaller; write `inf` for infinity";
  cursor.report("constant-out-of-range", `\`${cursor.shortText(cursor.at)}\` is not an f${bits}: ${why}.`, cursor.at);
}

/** `$memory offset=8 align=4`, each optional. With a lane behind it, a lone number is that lane. */
function memoryArgument(cursor: Cursor, laneFollows: boolean, tag: number): void {
  const next = cursor.peek(1);
  const isMemory = isIndex(cursor.tag) && (!laneFollows || next === Token.natural || next === Token.offset || next === Token.align);
  if (isMemory) index(cursor, Space.memory, "a memory");
  else cursor.referDefault(Space.memory, cursor.at - 1);
  if (cursor.tag === Token.offset) {
    // Up to 16 digits of whatever kind fit; only more are looked at.
    const length = cursor.spans[2 * cursor.at + 1]! - cursor.spans[2 * cursor.at]! - "offset=".length;
    if (length > 16 && !fitsBits(integerValue(cursor.textOf(cursor.at).slice("offset=".length)), 64))
      cursor.report("constant-out-of-range", "An offset must fit 64 bits.", cursor.at);
    cursor.at++;
  }
  if (cursor.tag !== Token.align) return;
  const value = alignment(cursor);
  if (value === 0n || (value & (value - 1n)) !== 0n) {
    cursor.report("bad-alignment", "An alignment counts bytes and must be a power of two: 1, 2, 4, 8 or 16.", cursor.at);
    cursor.at++;
    return;
  }
  const { accessBytes: width, feature } = instructionOf(tag)!;
  const bytes = width === 1 ? "1 byte" : `${width} bytes`;
  if (value > width)
    cursor.report("bad-alignment", `\`${wordOf(tag)!}\` accesses ${bytes}, and an alignment may not be larger.`, cursor.at);
  // Source: threads proposal, "Atomic Memory Instructions".
  else if (value < width && feature === "threads")
    cursor.report("bad-alignment", `\`${wordOf(tag)!}\` accesses ${bytes} at once, and an alignment may be no other.`, cursor.at);
  cursor.at++;
}

const smallAlignments: ReadonlyMap<number, bigint> = new Map([0n, 1n, 2n, 4n, 8n].map((value) => [0x30 + Number(value), value]));

function alignment({ text, base, spans, at }: Cursor): bigint {
  const start = base + spans[2 * at]! + "align=".length;
  const end = base + spans[2 * at + 1]!;
  const small = end === start + 1 ? smallAlignments.get(text.charCodeAt(start)) : undefined;
  return small ?? integerValue(text.slice(start, end));
}

function lane(cursor: Cursor): void {
  if (cursor.tag !== Token.natural) return cursor.expected("a lane number");
  checkRange(cursor, 8);
  cursor.at++;
}

function shuffleLanes(cursor: Cursor): void {
  const first = cursor.at;
  while (cursor.tag === Token.natural || cursor.tag === Token.integer) {
    if (cursor.tag === Token.integer) return cursor.expected("a lane number from 0 to 31");
    lane(cursor);
  }
  const given = cursor.at - first;
  if (given !== 16)
    cursor.fail("lane-count", `A shuffle takes 16 lane numbers, but here are ${given}.`, given === 0 ? first - 1 : cursor.at - 1);
}

const shapes: ReadonlyMap<number, readonly [lanes: number, check: (cursor: Cursor) => void]> = new Map([
  [Word.i8x16, [16, (cursor) => laneValue(cursor, 8)]],
  [Word.i16x8, [8, (cursor) => laneValue(cursor, 16)]],
  [Word.i32x4, [4, (cursor) => laneValue(cursor, 32)]],
  [Word.i64x2, [2, (cursor) => laneValue(cursor, 64)]],
  [Word.f32x4, [4, (cursor) => checkFloat(cursor, 32)]],
  [Word.f64x2, [2, (cursor) => checkFloat(cursor, 64)]],
]);

function laneValue(cursor: Cursor, bits: number): void {
  if (cursor.tag === Token.float) return cursor.expected("an integer, as the shape says");
  checkRange(cursor, bits);
}

/** `i32x4 0 1 2 3` */
function vector(cursor: Cursor): void {
  const shape = shapes.get(cursor.tag);
  if (shape === undefined) return cursor.expected("a shape: `i8x16`, `i16x8`, `i32x4`, `i64x2`, `f32x4` or `f64x2`");
  const [lanes, check] = shape;
  const shapeToken = cursor.at++;
  let given = 0;
  while (!cursor.failed && (cursor.tag === Token.natural || cursor.tag === Token.integer || cursor.tag === Token.float)) {
    check(cursor);
    cursor.at++;
    given++;
  }
  if (cursor.tag === Token.unknown || cursor.tag === Token.broken) return cursor.expected("a number");
  if (given !== lanes)
    cursor.fail("lane-count", `\`${cursor.textOf(shapeToken)}\` has ${lanes} lanes, but here are ${given} numbers.`, shapeToken);
}

function catchClauses(cursor: Cursor, names: FunctionNames): void {
  while (cursor.tag === Token.leftParen && catchWords.has(cursor.peek(1))) {
    const word = cursor.peek(1);
    const node = cursor.openForm(Node.catchClause);
    if (!catchAllWords.has(word)) index(cursor, Space.tag, "the name or index of a tag");
    names.useLabel(cursor);
    cursor.closeForm(node);
  }
}

function handlers(cursor: Cursor, names: FunctionNames): void {
  while (cursor.atForm(Word.on)) {
    const node = cursor.openForm(Node.handler);
    index(cursor, Space.tag, "the name or index of a tag");
    if (cursor.tag === switchTag) cursor.at++;
    else names.useLabel(cursor);
    cursor.closeForm(node);
  }
}
