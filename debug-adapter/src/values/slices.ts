import { depthLimit, reference, summaries, typedOf, type Nesting } from "./c.ts";
import { bytesOf, element, type Slice, type TypedValue } from "./parts.ts";
import { hexadecimal } from "./scalars.ts";
import { quotedText } from "./text.ts";
import type { Child, ChildRange, FormattedValue, ValueContext } from "./value.ts";

/** Elements that are handed out at once, whatever was asked for. */
const unpagedLimit = 10_000;

/** A slice as `&[i32] len 4 [2, 3, 5, 8]`. */
export async function formatSlice(value: TypedValue, slice: Slice, context: ValueContext, nesting: Nesting): Promise<FormattedValue> {
  const head = `${value.type.name} len ${slice.count}`;
  const children = (range: ChildRange = { start: 0, count: unpagedLimit }) => Promise.resolve(elements(slice, range));
  const common = { ...reference(value), ...(slice.count > 0 ? { children, indexedCount: slice.count } : {}) };
  if (nesting.depth > depthLimit) return { value: head, ...common };
  const shown = elements(slice, { start: 0, count: context.limits.maxArrayValues >> nesting.depth });
  const texts = await summaries(shown, context, nesting);
  const more = slice.count > shown.length ? [`...+${slice.count - shown.length} more`] : [];
  return { value: `${head} [${[...texts, ...more].join(", ")}]`, ...common };
}

/** A slice of bytes as the text that they are. */
export async function formatText(value: TypedValue, slice: Slice, context: ValueContext): Promise<FormattedValue> {
  const first = typedOf(slice.first);
  const address = first.kind === "memory" ? first.address : 0;
  const children = (range: ChildRange = { start: 0, count: unpagedLimit }) => Promise.resolve(elements(slice, range));
  const common = { memoryReference: hexadecimal(address), ...(slice.count > 0 ? { children, indexedCount: slice.count } : {}) };
  if (slice.count === 0) return { value: '""', ...reference(value) };
  const limit = context.limits.maxStringLen;
  const bytes = await bytesOf(first, Math.min(slice.count, limit), context);
  if (!bytes) return { value: `<cannot read memory at ${hexadecimal(address)}>` };
  return { value: slice.count > limit ? `${quotedText(bytes)}...+${slice.count - limit} more` : quotedText(bytes), ...common };
}

function elements(slice: Slice, range: ChildRange): readonly Child[] {
  const end = Math.min(range.start + Math.min(range.count, unpagedLimit), slice.count);
  const found: Child[] = [];
  for (let index = Math.max(range.start, 0); index < end; index++) {
    const child = element(slice.first, typedOf(slice.first), slice.type, index);
    if (!child) return found;
    found.push({ variable: child, access: { kind: "index", index } });
  }
  return found;
}
