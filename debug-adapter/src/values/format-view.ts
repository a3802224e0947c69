import { withoutAliases } from "#core/dwarf/data-type.ts";
import type { Variable } from "../symbols/module-symbols.ts";
import { depthLimit, reference, summaries, summary, type Nesting } from "./c.ts";
import { unpagedLimit, within } from "./child-range.ts";
import { typedValue } from "./fields.ts";
import { bytesOf, element, membersOf, typed, type TypedValue } from "./parts.ts";
import { hexadecimal } from "./scalars.ts";
import { quotedText, quotedWideText } from "./text.ts";
import type { Access, Child, ChildRange, FormattedValue, ValueContext } from "./value.ts";
import type { MapEntry, View } from "./view.ts";

/** A value of a library's type, written as what it is for its users. */
export function formatView(value: TypedValue, view: View, context: ValueContext, nesting: Nesting): Promise<FormattedValue> {
  switch (view.kind) {
    case "text":
      return formatText(value, view, context);
    case "sequence":
      return formatElements(value, view, `${view.head ?? ""}[`, "]", context, nesting);
    case "set":
      return formatElements(value, view, "{", "}", context, nesting);
    case "map":
      return formatMap(value, view, context, nesting);
    case "pointer":
      return formatPointer(view, context);
    case "wrapped":
      return formatWrapped(value, view, context, nesting);
    case "tuple":
      return formatTuple(value, view.parts, context, nesting);
  }
}

async function formatText(value: TypedValue, view: Extract<View, { kind: "text" }>, context: ValueContext): Promise<FormattedValue> {
  const { first, units, unitSize, prefix } = view;
  const start = typed(first);
  const limit = context.limits.maxStringLen;
  const bytes = await bytesOf(start, Math.min(units, limit) * unitSize, context);
  if (!bytes)
    return { value: start.kind === "memory" ? `<cannot read memory at ${hexadecimal(start.address)}>` : "<cut off>", ...reference(value) };
  const children = (range: ChildRange = { start: 0, count: unpagedLimit }) =>
    Promise.resolve(
      within(range, units).flatMap((index): Child[] => {
        const child = element(first, start, start.type, index);
        return child ? [{ variable: child, access: { kind: "index", index } }] : [];
      }),
    );
  const text = prefix + (unitSize === 1 ? quotedText(bytes) : quotedWideText(bytes, unitSize));
  return {
    value: units > limit ? `${text}...+${units - limit} more` : text,
    ...reference(start),
    ...(units > 0 ? { children, indexedCount: units } : {}),
  };
}

/** Inside of other values fewer elements are shown, or a summary would grow without bounds. */
const previewLength = (context: ValueContext, depth: number): number =>
  depth === 0 ? context.limits.maxArrayValues : Math.min(context.limits.maxArrayValues, 32 >> depth);

const more = (count: number, shown: number): readonly string[] => (count > shown ? [`...+${count - shown} more`] : []);

async function formatElements(
  value: TypedValue,
  view: Extract<View, { kind: "sequence" | "set" }>,
  open: string,
  close: string,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue> {
  const { count, kind } = view;
  const list = async (range: ChildRange): Promise<readonly Child[]> =>
    (await view.at(range)).map((variable, at) => ({
      variable,
      access: kind === "sequence" ? { kind: "index", index: Math.max(range.start, 0) + at } : { kind: "none" },
    }));
  const children = (range: ChildRange = { start: 0, count: unpagedLimit }) => list(range);
  const common = { ...reference(value), ...(count > 0 ? { children, indexedCount: count } : {}) };
  if (nesting.depth > depthLimit && count > 0) return { value: `${open}...${close}`, ...common };
  const shown = await list({ start: 0, count: previewLength(context, nesting.depth) });
  const texts = await summaries(shown, context, nesting);
  return { value: `${open}${[...texts, ...more(count, shown.length)].join(", ")}${close}`, ...common };
}

async function formatMap(
  value: TypedValue,
  view: Extract<View, { kind: "map" }>,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue> {
  const { count } = view;
  const children = async (range: ChildRange = { start: 0, count: unpagedLimit }): Promise<readonly Child[]> => {
    const entries = await view.at(range);
    return Promise.all(entries.map((entry) => mapChild(entry, context, nesting)));
  };
  const common = { ...reference(value), ...(count > 0 ? { children, indexedCount: count } : {}) };
  if (nesting.depth > depthLimit && count > 0) return { value: "{...}", ...common };
  const entries = await view.at({ start: 0, count: previewLength(context, nesting.depth) });
  const texts = await Promise.all(
    entries.map(async (entry) => {
      const [key, mapped] = await Promise.all([summary(entry.key, context, nesting), summary(entry.value, context, nesting)]);
      return `${key}: ${mapped}`;
    }),
  );
  return { value: `{${[...texts, ...more(count, entries.length)].join(", ")}}`, ...common };
}

/** A value under the text of its key; keys that are numbers, and plain texts, lead to it in expressions. */
async function mapChild({ key, value }: MapEntry, context: ValueContext, nesting: Nesting): Promise<Child> {
  const text = await summary(key, context, nesting);
  return { variable: { ...value, name: `[${text}]` }, access: keyAccess(text) };
}

function keyAccess(key: string): Access {
  if (/^\d{1,15}$/.test(key)) return { kind: "index", index: Number(key) };
  const text = /^"([^"\\]*)"$/.exec(key)?.[1];
  return text === undefined ? { kind: "none" } : { kind: "key", text };
}

async function formatPointer(
  { target, address, others }: Extract<View, { kind: "pointer" }>,
  context: ValueContext,
): Promise<FormattedValue> {
  const text = hexadecimal(address);
  if (!target) return { value: text };
  const children = async (): Promise<readonly Child[]> => {
    const behind = typedValue(target);
    const type = behind && withoutAliases(behind.type);
    const inner: readonly Child[] =
      behind && type?.kind === "struct"
        ? await membersOf(target, behind, type.members(), "pointer", context)
        : [{ variable: target, access: { kind: "dereference" } }];
    return [...inner, ...others.map((variable): Child => ({ variable, access: { kind: "none" } }))];
  };
  return { value: text, memoryReference: text, children };
}

async function formatWrapped(
  value: TypedValue,
  { inner, none, label }: Extract<View, { kind: "wrapped" }>,
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue> {
  const written = inner && typedValue(inner);
  if (!inner || !written) return { value: inner?.value.kind === "unavailable" ? `<${inner.value.reason}>` : none, ...reference(value) };
  const formatted = await nesting.write(inner, written, context, nesting);
  return label === undefined ? formatted : { ...formatted, value: `${label} {value: ${formatted.value}}` };
}

async function formatTuple(
  value: TypedValue,
  parts: readonly Variable[],
  context: ValueContext,
  nesting: Nesting,
): Promise<FormattedValue> {
  const list: readonly Child[] = parts.map((variable) => ({ variable, access: { kind: "none" } }));
  const common = { ...reference(value), ...(parts.length > 0 ? { children: () => Promise.resolve(list) } : {}) };
  if (nesting.depth > depthLimit) return { value: "(...)", ...common };
  return { value: `(${(await summaries(list, context, nesting)).join(", ")})`, ...common };
}
