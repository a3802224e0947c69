/** Types and indices. Source: WebAssembly 3.0, 6.4 "Types" and 6.6 "Modules". */
import { Space } from "../field.ts";
import { fitsBits, integerValue } from "../literal-number.ts";
import { Node } from "../node.ts";
import { Token, Word } from "../token.ts";
import type { Cursor } from "./cursor.ts";

const numberTypes: ReadonlySet<number> = new Set([Word.i32, Word.i64, Word.f32, Word.f64, Word.v128]);
const shortRefTypes: ReadonlySet<number> = new Set([
  Word.anyref, Word.eqref, Word.i31ref, Word.structref, Word.arrayref, Word.nullref, Word.funcref, Word.nullfuncref, Word.externref,
  Word.nullexternref, Word.exnref, Word.nullexnref, Word.contref, Word.nullcontref,
]); // prettier-ignore
const heapTypes: ReadonlySet<number> = new Set([
  Word.any, Word.eq, Word.i31, Word.struct, Word.array, Word.none, Word.func, Word.nofunc, Word.extern, Word.noextern, Word.exn, Word.noexn,
  Word.cont, Word.nocont,
]); // prettier-ignore

export function isName(tag: number): boolean {
  return tag === Token.name || tag === Token.quotedName;
}

export function isIndex(tag: number): boolean {
  return tag === Token.natural || tag === Token.name || tag === Token.quotedName;
}

/** Skips `$name` where one stands. */
export function optionalName(cursor: Cursor): void {
  if (isName(cursor.tag)) cursor.at++;
}

/** A number without sign that must be below 2 ** `bits`. */
function natural(cursor: Cursor, what: string, bits: number): void {
  if (cursor.tag !== Token.natural) return cursor.expected(what);
  checkRange(cursor, bits);
  cursor.at++;
}

/** Checks that the integer at the cursor fits. */
export function checkRange(cursor: Cursor, bits: number): void {
  // Up to nine characters fit 32 bits in whatever form, and most numbers are short.
  const length = cursor.spans[2 * cursor.at + 1]! - cursor.spans[2 * cursor.at]!;
  if (length <= 9 && bits >= 32) return;
  const plain = plainDecimal(cursor);
  if (plain !== undefined && bits <= 64 && (bits === 64 || (plain >= -(2 ** (bits - 1)) && plain < 2 ** bits))) return;
  if (fitsBits(integerValue(cursor.textOf(cursor.at)), bits)) return;
  cursor.report("constant-out-of-range", `\`${cursor.shortText(cursor.at)}\` does not fit ${bits} bits.`, cursor.at);
}

/** Value of an integer of up to 15 decimal digits, as most long ones are: `BigInt` would take longer. */
function plainDecimal({ text, base, spans, at }: Cursor): number | undefined {
  const end = base + spans[2 * at + 1]!;
  let place = base + spans[2 * at]!;
  const first = text.charCodeAt(place);
  const isSigned = first === 0x2b || first === 0x2d;
  if (isSigned) place++;
  if (end - place > 15) return undefined;
  let value = 0;
  for (; place < end; place++) {
    const digit = text.charCodeAt(place) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return first === 0x2d ? -value : value;
}

/** An index or name that the module resolves. */
export function index(cursor: Cursor, space: Space, what: string): void {
  if (!isIndex(cursor.tag)) return cursor.expected(what);
  if (cursor.tag === Token.natural) checkRange(cursor, 32);
  cursor.refer(space, cursor.at);
  cursor.at++;
}

export function string(cursor: Cursor, what: string): void {
  if (cursor.tag === Token.broken) {
    // It may be two strings that touch, so a missing one behind it is no news.
    cursor.at++;
    cursor.failed = true;
    return;
  }
  if (cursor.tag !== Token.string) return cursor.expected(what);
  cursor.at++;
}

export function atRefType(cursor: Cursor): boolean {
  return shortRefTypes.has(cursor.tag) || cursor.atForm(Word.ref);
}

function valueType(cursor: Cursor): void {
  if (numberTypes.has(cursor.tag)) cursor.at++;
  else refType(cursor, "a type such as `i32` or `funcref`");
}

export function refType(cursor: Cursor, what = "a reference type such as `funcref` or `(ref null $t)`"): void {
  if (shortRefTypes.has(cursor.tag)) {
    cursor.at++;
    return;
  }
  if (!cursor.atForm(Word.ref)) return cursor.expected(what);
  const node = cursor.openForm(Node.refType);
  if (cursor.tag === Word.null) cursor.at++;
  heapType(cursor);
  cursor.closeForm(node);
}

export function heapType(cursor: Cursor): void {
  if (heapTypes.has(cursor.tag)) cursor.at++;
  else index(cursor, Space.type, "a heap type such as `func`, `any` or a type's name");
}

/** `(type $x)` */
function typeUseForm(cursor: Cursor): number {
  const node = cursor.openForm(Node.typeUse);
  index(cursor, Space.type, "the name or index of a type");
  cursor.closeForm(node);
  return node;
}

/** Names a parameter or local for the function being parsed. */
export type Declare = (nameToken: number | undefined, count: number) => void;

/**
 * `(type $x)`, then parameters, then results; each may be missing. `declare` gets the parameters; without it they may not be named.
 * Returns whether there was a `(type $x)` without parameters and results beside it.
 */
export function typeUse(cursor: Cursor, declare: Declare | undefined): boolean {
  let used: number | undefined;
  if (cursor.atForm(Word.type)) used = typeUseForm(cursor);
  const before = cursor.at;
  parameters(cursor, declare);
  results(cursor);
  if (used !== undefined && cursor.at > before) cursor.checkedTypeUses.push(used);
  return used !== undefined && cursor.at === before;
}

function parameters(cursor: Cursor, declare: Declare | undefined): void {
  while (cursor.atForm(Word.param)) valueTypesForm(cursor, Node.param, declare);
}

export function results(cursor: Cursor): void {
  while (cursor.atForm(Word.result)) valueTypesForm(cursor, Node.result, undefined);
}

/** `(param $x i32)` or `(param i32 i64)`; likewise results and locals. */
export function valueTypesForm(
  cursor: Cursor,
  kind: typeof Node.param | typeof Node.result | typeof Node.local,
  declare: Declare | undefined,
): void {
  const node = cursor.openForm(kind);
  if (isName(cursor.tag) && declare !== undefined) {
    declare(cursor.at, 1);
    cursor.at++;
    valueType(cursor);
  } else {
    let count = 0;
    while (cursor.tag !== Token.rightParen && cursor.tag !== Token.end && !cursor.failed) {
      valueType(cursor);
      count++;
    }
    declare?.(undefined, count);
  }
  cursor.closeForm(node, kind === Node.result ? "a type or `)`" : "`)`; a form with a name has one type");
}

/** What a `type` field defines: `(func ...)`, `(struct ...)`, `(array ...)`, `(cont ...)`, or one of them inside `(sub ...)`. */
export function subType(cursor: Cursor): void {
  if (!cursor.atForm(Word.sub)) return compositeType(cursor);
  const node = cursor.openForm(Node.subType);
  if (cursor.tag === Word.final) cursor.at++;
  while (isIndex(cursor.tag)) index(cursor, Space.type, "a type's name");
  compositeType(cursor);
  cursor.closeForm(node);
}

function compositeType(cursor: Cursor): void {
  if (cursor.atForm(Word.func)) {
    const node = cursor.openForm(Node.funcType);
    parameters(cursor, () => undefined);
    results(cursor);
    cursor.closeForm(node, "`(param ...)`, `(result ...)` or `)`, parameters first");
  } else if (cursor.atForm(Word.struct)) structType(cursor);
  else if (cursor.atForm(Word.array)) {
    const node = cursor.openForm(Node.arrayType);
    storageOrMutable(cursor);
    cursor.closeForm(node);
  } else if (cursor.atForm(Word.cont)) {
    const node = cursor.openForm(Node.contType);
    index(cursor, Space.type, "the name or index of a function type");
    cursor.closeForm(node);
  } else cursor.expected("`(func ...)`, `(struct ...)`, `(array ...)` or `(sub ...)`");
}

function structType(cursor: Cursor): void {
  const node = cursor.openForm(Node.structType);
  const names = new Map<string, number>();
  while (cursor.atForm(Word.field)) {
    const field = cursor.openForm(Node.structField);
    if (isName(cursor.tag)) {
      const name = cursor.nameOf(cursor.at);
      const before = names.get(name);
      if (before === undefined) names.set(name, cursor.at);
      else reportSecond(cursor, before, "field");
      cursor.at++;
      storageOrMutable(cursor);
    } else while (cursor.tag !== Token.rightParen && cursor.tag !== Token.end && !cursor.failed) storageOrMutable(cursor);
    cursor.closeForm(field);
  }
  cursor.closeForm(node, "`(field ...)` or `)`");
}

/** Reports the name at the cursor, which the token `before` has given to something already. */
export function reportSecond(cursor: Cursor, before: number, what: string): void {
  const token = cursor.at;
  const related = { message: "The first one is here.", start: cursor.spans[2 * before]!, end: cursor.spans[2 * before + 1]! };
  cursor.report(
    "duplicate-name",
    `There is another ${what} \`${cursor.shortText(token)}\`. Give one of them another name.`,
    token,
    related,
  );
}

function storageOrMutable(cursor: Cursor): void {
  if (!cursor.atForm(Word.mut)) return storageType(cursor);
  const node = cursor.openForm(Node.mutable);
  storageType(cursor);
  cursor.closeForm(node);
}

function storageType(cursor: Cursor): void {
  if (cursor.tag === Word.i8 || cursor.tag === Word.i16) cursor.at++;
  else valueType(cursor);
}

export function globalType(cursor: Cursor): void {
  if (!cursor.atForm(Word.mut)) return valueType(cursor);
  const node = cursor.openForm(Node.mutable);
  valueType(cursor);
  cursor.closeForm(node);
}

export function addressType(cursor: Cursor): void {
  if (cursor.tag === Word.i32 || cursor.tag === Word.i64) cursor.at++;
}

/** Minimum and optional maximum. */
export function limits(cursor: Cursor): void {
  natural(cursor, "a size", 64);
  if (cursor.tag === Token.natural) natural(cursor, "a size", 64);
}

export function memoryType(cursor: Cursor): void {
  addressType(cursor);
  limits(cursor);
  if (cursor.tag === Word.shared) cursor.at++;
  pageSize(cursor);
}

export function pageSize(cursor: Cursor): void {
  if (!cursor.atForm(Word.pagesize)) return;
  const node = cursor.openForm(Node.pageSize);
  const isAllowed = cursor.tag !== Token.natural || cursor.naturalOf(cursor.at) === 1 || cursor.naturalOf(cursor.at) === 65_536;
  if (!isAllowed) cursor.report("constant-out-of-range", "A page has 1 or 65536 bytes.", cursor.at);
  natural(cursor, "a page size in bytes", 64);
  cursor.closeForm(node);
}

export function tableType(cursor: Cursor): void {
  addressType(cursor);
  limits(cursor);
  if (cursor.tag === Word.shared) cursor.at++;
  refType(cursor);
}
