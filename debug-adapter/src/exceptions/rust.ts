import { type PanicContext, type PanicFunction, textAt, wordsAt } from "./panic-function.ts";

/**
 * `rust_panic(&mut dyn PanicPayload)`, which std calls when hooks have run; before the name was mangled it had no prefix.
 * Source: Rust, library/std/src/panicking.rs.
 */
const rustPanic: PanicFunction = {
  name: /^(?:_RNvC\w+_7___rustc10rust_panic|(?:__rustc(?:\[\w+\])?::)?rust_panic)$/,
  plainName: "rust_panic",
  params: 2,
  filter: "unrecovered-panic",
  kind: "panic",
  text: async ([data = 0, table = 0], context) => payloadText(data, table, context),
};

/** Without std the program has its own handler: `rust_begin_unwind(&PanicInfo)`. */
const panicHandler: PanicFunction = {
  name: /^(?:_RNvC\w+_7___rustc17rust_begin_unwind|(?:__rustc(?:\[\w+\])?::)?rust_begin_unwind)$/,
  plainName: undefined,
  params: 1,
  filter: "unrecovered-panic",
  kind: "panic",
  text: () => Promise.resolve(undefined),
};

export const rustFunctions = [panicHandler, rustPanic] as const;

const methodsAt = 3;
const mostMethods = 4;
const noString = 0x8000_0000;
/** The linker puts nothing below. */
const lowestAddress = 1024;

/**
 * The type of a payload is told by the first method that its table names, whatever lies behind the table. Any other than a text stays unread.
 */
async function payloadText(data: number, table: number, context: PanicContext): Promise<string | undefined> {
  const methods = (await wordsAt(context, table, methodsAt + mostMethods)).slice(methodsAt);
  const names = await Promise.all(methods.map(async (element) => context.functionName?.(element)));
  const first = names.find((name) => name !== undefined && /Payload/.test(name)) ?? "";
  if (/StaticStrPayload|StrPanicPayload|PayloadReE/.test(first)) return sliceText(await wordsAt(context, data, 2), context);
  if (!/FormatStringPayload/.test(first)) return undefined;
  const formatted = await formattedText(data, context);
  if (formatted !== undefined) return formatted;
  // No hook has asked for the text, as std has none where nothing is printed: `get` makes it, as a hook would.
  const get = methods[names.findIndex((name) => name !== undefined && /FormatStringPayload.*3get/.test(name))];
  return get !== undefined && (await context.callForEffect(get, data)) ? formattedText(data, context) : undefined;
}

function sliceText([address = 0, length = 0]: readonly number[], context: PanicContext): Promise<string | undefined> {
  return address === 0 ? Promise.resolve(undefined) : textAt(context, address, length);
}

/**
 * `{ string: Option<String>, inner: &Arguments }`, as the compiler lays it out today. What does not look like a text with its capacity is none:
 * another order would make an address of a number, which is low, or a text of what is not one, which has zeros.
 */
async function formattedText(data: number, context: PanicContext): Promise<string | undefined> {
  const [capacity = noString, address = 0, length = 0] = await wordsAt(context, data, 3);
  if (capacity >= noString || length === 0 || length > capacity || address < lowestAddress) return undefined;
  const text = await textAt(context, address, length);
  return text?.includes("\0") ? undefined : text;
}
