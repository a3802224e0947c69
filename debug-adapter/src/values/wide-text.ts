/** Text of C and C++ in units of two or four bytes: arrays of `wchar_t`, `char16_t` and `char32_t`, and pointers to them. */
import { sizeOf, type DataType } from "#core/dwarf/data-type.ts";
import { bytesOf, type TypedValue } from "./parts.ts";
import { quotedWideText } from "./text.ts";
import type { ValueContext } from "./value.ts";

/** What stands before the quotes. */
const prefixes: ReadonlyMap<string, string> = new Map([
  ["wchar_t", "L"],
  ["char16_t", "u"],
  ["char32_t", "U"],
]);
const linkLimit = 64;

export interface WideUnit {
  readonly prefix: string;
  /** In bytes. */
  readonly size: number;
}

/** In C the types of such units are other names of integers. */
export function wideUnit(type: DataType): WideUnit | undefined {
  let current: DataType | undefined = type;
  for (let links = 0; current && links < linkLimit; links++) {
    const prefix = prefixes.get(current.name);
    const size = prefix === undefined ? undefined : sizeOf(current);
    if (prefix !== undefined && (size === 2 || size === 4)) return { prefix, size };
    current = current.kind === "alias" ? current.target() : undefined;
  }
  return undefined;
}

/** The text that begins at `value`, up to its zero, the limit, or `count` units; `undefined` where memory ends before. */
export async function wideTextAt(
  value: TypedValue,
  { prefix, size }: WideUnit,
  count: number | undefined,
  context: ValueContext,
): Promise<string | undefined> {
  const limit = context.limits.maxStringLen;
  const wanted = Math.min(count ?? limit + 1, limit + 1) * size;
  const read =
    value.kind === "memory" ? await context.memory.read(value.memoryIndex, value.address, wanted) : await bytesOf(value, wanted, context);
  if (!read) return undefined;
  const units = Math.floor(read.length / size);
  const end = Array.from({ length: units }, (_, at) => at).find((at) =>
    read.subarray(at * size, (at + 1) * size).every((byte) => byte === 0),
  );
  if (end === undefined && read.length < wanted) return undefined;
  const shown = Math.min(end ?? units, limit);
  const text = prefix + quotedWideText(read.subarray(0, shown * size), size);
  return end === undefined && units > limit ? `${text}...` : text;
}
