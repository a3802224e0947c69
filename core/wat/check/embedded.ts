/** Modules that a script has as quoted text or as bytes. */
import { decodeUtf8Strictly } from "#core/bytes/utf8.ts";
import { ByteWriter } from "#core/bytes/writer.ts";
import { moduleText } from "#core/wasm/strict/module-text.ts";
import type { FieldText } from "../field.ts";
import type { PlacedProblem } from "../problem.ts";
import { Token, Word, wordOf } from "../token.ts";
import { unmetExpectation } from "./expectation.ts";
import type { Finding } from "./expectation.ts";

/** A problem of the text of a module; the offset counts in it. */
export interface TextFinding extends Finding {
  readonly offset: number;
}

type ReadText = (text: string) => readonly TextFinding[];

/** A problem of a module that is given in strings. */
interface EmbeddedFinding extends Finding {
  /** The string with the mistake, counted from the first. */
  readonly string: number;
}

/** The strings of a `(module quote ...)` or `(module binary ...)` and what is expected of it. */
interface Embedded {
  readonly form: "quote" | "binary";
  /** Token of the first string; the others follow. */
  readonly first: number;
  readonly count: number;
  /** Word of the assertion, and the token of its message. */
  readonly assertion: { readonly word: string; readonly message: number } | undefined;
}

const rejecting: ReadonlySet<number> = new Set([Word.assert_invalid, Word.assert_malformed]);

/** Problems of a script's command as to the module in it; offsets count from the start of the field. `read` finds those of a text. */
export function embeddedProblems(source: FieldText, read: ReadText): readonly PlacedProblem[] {
  const embedded = embeddedModule(source);
  if (embedded === undefined) return [];
  const { field } = source;
  const at = (token: number): { readonly start: number; readonly end: number } => ({
    start: field.spans[2 * token]!,
    end: field.spans[2 * token + 1]!,
  });
  const strings = Array.from({ length: embedded.count }, (_, index) => source.bytesOf(embedded.first + index));
  const found = embedded.form === "quote" ? quotedFindings(strings, read) : binaryFindings(strings, read);
  if (embedded.assertion === undefined) {
    const [first] = found;
    // Without strings the word that stands before them is to blame.
    return first === undefined ? [] : [{ code: first.code, message: first.message, ...at(embedded.count === 0 ? embedded.first - 1 : embedded.first + first.string) }]; // prettier-ignore
  }
  const { word, message } = embedded.assertion;
  const unmet = unmetExpectation(word, source.stringOf(message) ?? "", found);
  return unmet === undefined ? [] : [{ code: "unmet-expectation", message: unmet, ...at(message) }];
}

function quotedFindings(strings: readonly Uint8Array[], read: ReadText): readonly EmbeddedFinding[] {
  const text = decodeUtf8Strictly(joined(strings));
  if (text === undefined) return [{ code: "bad-utf8", message: "The quoted text is not well-formed UTF-8.", string: 0 }];
  const lengths = strings.map((bytes) => decodeUtf8Strictly(bytes)?.length ?? bytes.length);
  return read(text).map(({ code, message, offset }) => ({
    code,
    message: `In the quoted text: ${message}`,
    string: stringWith(lengths, offset),
  }));
}

function binaryFindings(strings: readonly Uint8Array[], read: ReadText): readonly EmbeddedFinding[] {
  const lengths = strings.map((bytes) => bytes.length);
  const found = moduleText(joined(strings));
  if ("fault" in found) {
    const { fault, message, offset } = found;
    return [{ code: "malformed-binary", fault, message: `${bytePlace(offset)}: ${message}`, string: stringWith(lengths, offset) }];
  }
  return read(found.text).map(({ code, message, offset }) => {
    const byte = found.offsetAt(offset);
    return { code, message: `${bytePlace(byte)}: ${message}`, string: stringWith(lengths, byte) };
  });
}

function bytePlace(offset: number): string {
  return `At byte ${offset} (0x${offset.toString(16)})`;
}

function joined(strings: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const bytes of strings) writer.bytes(bytes);
  return writer.finish();
}

/** Of a module alone or in an assertion that it is wrong; modules that other assertions run count as alone. */
function embeddedModule({ field: { tags } }: FieldText): Embedded | undefined {
  let at = 1;
  let assertion: number | undefined;
  if (tags[at] !== Word.module) {
    if (tags[2] !== Token.leftParen || tags[3] !== Word.module) return undefined;
    if (rejecting.has(tags[1]!)) assertion = tags[1];
    at = 3;
  }
  at++;
  if (tags[at] === Word.definition) at++;
  if (tags[at] === Token.name || tags[at] === Token.quotedName) at++;
  const form = tags[at] === Word.quote ? "quote" : tags[at] === Word.binary ? "binary" : undefined;
  if (form === undefined) return undefined;
  const first = at + 1;
  for (at++; tags[at] === Token.string;) at++;
  const count = at - first;
  if (assertion === undefined) return { form, first, count, assertion: undefined };
  const message = at + 1;
  if (tags[at] !== Token.rightParen || tags[message] !== Token.string) return undefined;
  return { form, first, count, assertion: { word: wordOf(assertion)!, message } };
}

/** The string in which an offset of all of them together lies; behind the end the last one. */
function stringWith(lengths: readonly number[], offset: number): number {
  let end = 0;
  const found = lengths.findIndex((length) => offset < (end += length));
  return found < 0 ? Math.max(0, lengths.length - 1) : found;
}
