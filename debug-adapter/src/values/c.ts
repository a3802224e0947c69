import {
  sizeOf,
  withoutAliases,
  type ArrayType,
  type BaseType,
  type DataType,
  type EnumType,
  type PointerType,
  type StructType,
} from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { atOnce } from "./at-once.ts";
import { addressIn, bytesOf, element, knownBytes, membersOf, pointee, type TypedValue } from "./parts.ts";
import { hexadecimal, integerOf, scalarText } from "./scalars.ts";
import { quotedCharacter, quotedText } from "./text.ts";
import type { Child, ChildRange, FormattedValue, ValueContext } from "./value.ts";
import { wideTextAt, wideUnit } from "./wide-text.ts";

/** How values inside of a value are written: how deep they are, and by which language. */
export interface Nesting {
  readonly depth: number;
  readonly write: TypedFormatter;
}

/** A promise only where memory has to be read first: a summary has hundreds of values in it. */
type Formatted = FormattedValue | Promise<FormattedValue>;

export type TypedFormatter = (variable: Variable, value: TypedValue, context: ValueContext, nesting: Nesting) => Formatted;

/** Values inside of values are written out this deep; below stands `{...}`. */
export const depthLimit = 2;
/** Members that the summary of a struct names. */
export const memberLimit = 16;
/** Elements that are handed out at once, whatever was asked for. */
const unpagedLimit = 10_000;

/** Values of C and of every language that has no file of its own: scalars, pointers, structs, unions, arrays, enums. */
export function formatC(variable: Variable, value: TypedValue, context: ValueContext, nesting: Nesting): Formatted {
  const type = withoutAliases(value.type);
  switch (type.kind) {
    case "base":
      return withBytes(value, type.size, context, (bytes) => formatBase(value, type, bytes));
    case "enum":
      return withBytes(value, type.size, context, (bytes) => formatEnum(variable, value, type, bytes));
    case "pointer":
      return formatPointer(variable, value, type, context, nesting);
    case "array":
      return formatArray(variable, value, type, context, nesting);
    case "struct":
      return formatStruct(variable, value, type, context, nesting);
    case "function":
      return { value: `{${type.name}}`, ...reference(value) };
    case "unknown":
      return { value: `<type ${type.name} is incomplete in the debug information>`, ...reference(value) };
  }
}

const unreadable = (address: number): string => `<cannot read memory at ${hexadecimal(address)}>`;

export function unread(value: TypedValue): FormattedValue {
  return { value: value.kind === "memory" ? unreadable(value.address) : "<its location does not hold all of it>" };
}

export function reference(value: TypedValue): Pick<FormattedValue, "memoryReference"> {
  return value.kind === "memory" ? { memoryReference: hexadecimal(value.address) } : {};
}

/** What `write` makes of the bytes of a value, at once where they are known. */
function withBytes(value: TypedValue, size: number, context: ValueContext, write: (bytes: Uint8Array) => FormattedValue): Formatted {
  const known = knownBytes(value, size, context);
  return known ? write(known) : bytesOf(value, size, context).then((bytes) => (bytes ? write(bytes) : unread(value)));
}

function formatBase(value: TypedValue, type: BaseType, bytes: Uint8Array): FormattedValue {
  const text = scalarText(type, bytes);
  if (text === undefined) return { value: `<${type.size} bytes of type ${type.name}>`, ...reference(value) };
  return {
    value: isCharacter(value.type) ? `${text} ${quotedCharacter(Number(integerOf(bytes, false)), type.size)}` : text,
    ...reference(value),
  };
}

/** A character type, but not one that a typedef makes a small number: `uint8_t`, `byte`. */
function isCharacter(type: DataType): boolean {
  let current: DataType | undefined = type;
  for (let depth = 0; current?.kind === "alias" && depth < 64; depth++) {
    if (/^(u?int(_least|_fast)?8(_t)?|(std::)?byte|[us]8)$/i.test(current.name)) return false;
    if (wideUnit(current)) return true;
    current = current.target();
  }
  if (current?.kind !== "base") return false;
  if (current.name === "wchar_t") return true;
  return current.encoding === "signed-char" || current.encoding === "unsigned-char" || current.encoding === "utf";
}

function formatEnum({ language }: Variable, value: TypedValue, type: EnumType, bytes: Uint8Array): FormattedValue {
  const number = integerOf(bytes, type.signed);
  const name =
    type.values.find((candidate) => candidate.value === number)?.name ?? (language.startsWith("c") ? flagNames(type, number) : undefined);
  return { value: name === undefined ? String(number) : `${name} (${number})`, ...reference(value) };
}

/** Fewer bits are numbers in a row as often as flags. */
const fewestFlags = 3;

/** The bits of a number that an enum of flags has names for, where it has names for all of them: `read | write`. */
function flagNames({ values }: EnumType, number: bigint): string | undefined {
  const flags = values.filter(({ value }) => value > 0n);
  const isFlags = flags.every(({ value }) => (value & (value - 1n)) === 0n) && values.every(({ value }) => value >= 0n);
  if (!isFlags || number <= 0n || flags.length < fewestFlags) return undefined;
  const set = flags.filter(({ value }) => (number & value) !== 0n);
  const covered = set.reduce((bits, { value }) => bits | value, 0n);
  return covered === number ? set.map(({ name }) => name).join(" | ") : undefined;
}

async function formatPointer(
  variable: Variable,
  value: TypedValue,
  type: PointerType,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue> {
  const address = await addressIn(value, type, context);
  if (address === undefined) return unread(value);
  const text = hexadecimal(address);
  const target = type.target();
  if (type.flavour === "member-pointer" || !target || address === 0)
    return { value: text, ...(address === 0 ? {} : { memoryReference: text }) };
  const targetType = withoutAliases(target);
  if (targetType.kind === "function") return { value: (await context.functionName?.(address)) ?? text };

  const behind = pointee(variable, value, `*${variable.name}`, address, target);
  const behindValue = typedOf(behind);
  // A reference is what it refers to; a damaged file may hold one that refers to itself.
  if (type.flavour !== "pointer" && nesting.depth > depthLimit) return { value: text, memoryReference: text };
  if (type.flavour !== "pointer") return nesting.write({ ...behind, name: variable.name }, behindValue, context, deeper(nesting));
  const children = () => pointerChildren(behind, behindValue, targetType, context);
  const wide = wideUnit(target);
  const wideText = wide && (await wideTextAt(behindValue, wide, undefined, context));
  if (wideText !== undefined) return { value: wideText, memoryReference: text, children };
  if (isCharacter(target) && sizeOf(target) === 1) return { value: await stringAt(behindValue, context), memoryReference: text, children };
  return { value: text, memoryReference: text, ...(isExpandable(targetType) ? { children } : {}) };
}

const isExpandable = (target: DataType): boolean => target.kind !== "unknown" && !(target.kind === "struct" && target.size === undefined);

async function pointerChildren(behind: Variable, value: TypedValue, target: DataType, context: ValueContext): Promise<readonly Child[]> {
  if (target.kind === "struct") return membersOf(behind, value, target.members(), "pointer", context);
  return [{ variable: behind, access: { kind: "dereference" } }];
}

/** The string that begins at `value`, up to its zero byte or the limit. */
export async function stringAt(value: TypedValue & { readonly address?: number }, context: ValueContext): Promise<string> {
  const limit = context.limits.maxStringLen;
  const bytes = value.kind === "memory" ? await context.memory.read(value.memoryIndex, value.address, limit + 1) : value.bytes;
  const zero = bytes.indexOf(0);
  if (zero >= 0) return quotedText(bytes.subarray(0, zero));
  if (bytes.length > limit) return `${quotedText(bytes.subarray(0, limit))}...`;
  // Memory ends before the string does.
  return value.kind === "memory" ? unreadable(value.address + bytes.length) : quotedText(bytes);
}

async function formatArray(
  variable: Variable,
  value: TypedValue,
  type: ArrayType,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue> {
  const { count } = type;
  if (count === undefined)
    return { value: "[...]", ...reference(value), children: async () => elements(variable, value, type, { start: 0, count: 1 }) };
  const children = async (range: ChildRange = { start: 0, count: unpagedLimit }) => elements(variable, value, type, range);
  const common = { ...reference(value), ...(count > 0 ? { children, indexedCount: count } : {}) };
  const wide = wideUnit(type.element);
  const text = wide && (await wideTextAt(value, wide, count, context));
  if (text !== undefined) return { value: text, ...common };
  if (isCharacter(type.element) && sizeOf(type.element) === 1 && (await isText(value, type, context)))
    return { value: await characters(value, count, context), ...common };
  if (nesting.depth > depthLimit) return { value: "[...]", ...common };
  const shown = elements(variable, value, type, { start: 0, count: previewLength(context, nesting.depth) });
  const texts = await summaries(shown, context, nesting);
  const more = count > shown.length ? [`...+${count - shown.length} more`] : [];
  return { value: `[${[...texts, ...more].join(", ")}]`, ...common };
}

/** Arrays of `unsigned char` are bytes as often as text: only what is behind a text's end tells them apart. */
async function isText(value: TypedValue, type: ArrayType, context: ValueContext): Promise<boolean> {
  const element = withoutAliases(type.element);
  if (element.kind !== "base" || element.encoding !== "unsigned-char") return true;
  const bytes = await bytesOf(value, Math.min(type.count ?? 0, context.limits.maxStringLen), context);
  const zero = bytes?.indexOf(0) ?? -1;
  if (!bytes || zero < 0) return false;
  return (
    zero > 0 && bytes.subarray(0, zero).every((byte) => byte >= 0x20 && byte < 0x7f) && bytes.subarray(zero).every((byte) => byte === 0)
  );
}

/** Arrays in arrays show fewer elements, or a summary would grow without bounds. */
const previewLength = (context: ValueContext, depth: number): number =>
  depth === 0 ? context.limits.maxArrayValues : Math.min(context.limits.maxArrayValues, 32 >> depth);

/** A character array is a string up to its first zero byte. */
async function characters(value: TypedValue, count: number, context: ValueContext): Promise<string> {
  const limit = context.limits.maxStringLen;
  const bytes = await bytesOf(value, Math.min(count, limit), context);
  if (!bytes) return unread(value).value;
  const zero = bytes.indexOf(0);
  if (zero >= 0) return quotedText(bytes.subarray(0, zero));
  return count > limit ? `${quotedText(bytes)}...+${count - limit} more` : quotedText(bytes);
}

function elements(variable: Variable, value: TypedValue, type: ArrayType, range: ChildRange): readonly Child[] {
  const end = Math.min(range.start + Math.min(range.count, unpagedLimit), type.count ?? 1);
  const found: Child[] = [];
  for (let index = Math.max(range.start, 0); index < end; index++) {
    const child = element(variable, value, type.element, index);
    if (child) found.push({ variable: child, access: { kind: "index", index } });
  }
  return found;
}

async function formatStruct(
  variable: Variable,
  value: TypedValue,
  type: StructType,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue> {
  if (type.size === undefined) return { value: `<type ${type.name} is incomplete in the debug information>`, ...reference(value) };
  const children = () => membersOf(variable, value, type.members(), "value", context);
  const common = { ...reference(value), children };
  if (type.members().length === 0) return { value: "{}", ...reference(value) };
  if (nesting.depth > depthLimit) return { value: "{...}", ...common };
  const members = await children();
  const shown = members.slice(0, memberLimit);
  const texts = await summaries(shown, context, nesting);
  const fields = shown.map(({ variable: member }, at) => `${member.name}: ${texts[at]}`);
  return { value: `{${[...fields, ...(members.length > shown.length ? ["..."] : [])].join(", ")}}`, ...common };
}

/** The values of `children`, one level deeper; a promise only where one of them has to be waited for. */
export function summaries(
  children: readonly Child[],
  context: ValueContext,
  nesting: Nesting,
): readonly string[] | Promise<readonly string[]> {
  return atOnce(children.map(({ variable }) => summary(variable, context, nesting)));
}

/** The value of `variable`, one level deeper. */
export function summary(variable: Variable, context: ValueContext, nesting: Nesting): string | Promise<string> {
  const { value } = variable;
  if (value.kind === "memory" || value.kind === "bytes") {
    const written = nesting.write(variable, value, context, deeper(nesting));
    return written instanceof Promise ? written.then((formatted) => formatted.value) : written.value;
  }
  if (value.kind === "go") return value.load().then((loaded) => loaded.value);
  return value.kind === "unavailable" ? `<${value.reason}>` : value.value.type;
}

export const deeper = ({ depth, write }: Nesting): Nesting => ({ depth: depth + 1, write });

export function typedOf(variable: Variable): TypedValue {
  const { value } = variable;
  if (value.kind === "memory" || value.kind === "bytes") return value;
  throw new Error("a pointee is in memory");
}
