/** Modules that a script has as quoted text. */
import { decodeUtf8Strictly } from "#core/bytes/utf8.ts";
import { ByteWriter } from "#core/bytes/writer.ts";
import type { FieldText } from "../field.ts";
import type { PlacedProblem } from "../problem.ts";
import { Token, Word, wordOf } from "../token.ts";
import { unmetExpectation } from "./expectation.ts";
import type { Finding } from "./expectation.ts";

/** A problem of the quoted text; the offset counts in it. */
interface QuotedFinding extends Finding {
  readonly offset: number;
}

/** The strings of a `(module quote ...)` and what is expected of it. */
interface Quoted {
  readonly strings: readonly number[];
  /** Word of the assertion, and the token of its message. */
  readonly assertion: { readonly word: string; readonly message: number } | undefined;
}

const rejecting: ReadonlySet<number> = new Set([Word.assert_invalid, Word.assert_malformed]);

/** Problems of a script's command as to the quoted module in it; offsets count from the start of the field. `read` finds those of a text. */
export function quotedProblems(source: FieldText, read: (text: string) => readonly QuotedFinding[]): readonly PlacedProblem[] {
  const quoted = quotedModule(source);
  if (quoted === undefined) return [];
  const { field } = source;
  const writer = new ByteWriter();
  for (const token of quoted.strings) writer.bytes(source.bytesOf(token));
  const text = decodeUtf8Strictly(writer.finish());
  const found = text === undefined ? [notUtf8] : read(text);
  const at = (token: number): { readonly start: number; readonly end: number } => ({
    start: field.spans[2 * token]!,
    end: field.spans[2 * token + 1]!,
  });
  const [first] = found;
  if (quoted.assertion === undefined) {
    if (first === undefined) return [];
    const place = at(stringWith(source, quoted.strings, first.offset));
    return [{ code: first.code, message: `In the quoted text: ${first.message}`, ...place }];
  }
  const { word, message } = quoted.assertion;
  const unmet = unmetExpectation(word, source.stringOf(message) ?? "", found);
  return unmet === undefined ? [] : [{ code: "unmet-expectation", message: unmet, ...at(message) }];
}

const notUtf8: QuotedFinding = { code: "bad-utf8", message: "The quoted text is not well-formed UTF-8.", offset: 0 };

/** Of `(module quote ...)` alone or in an assertion that it is wrong; modules that other assertions run count as alone. */
function quotedModule({ field: { tags } }: FieldText): Quoted | undefined {
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
  if (tags[at] !== Word.quote) return undefined;
  const strings: number[] = [];
  for (at++; tags[at] === Token.string; at++) strings.push(at);
  if (assertion === undefined) return { strings, assertion: undefined };
  const message = at + 1;
  if (tags[at] !== Token.rightParen || tags[message] !== Token.string) return undefined;
  return { strings, assertion: { word: wordOf(assertion)!, message } };
}

/** The string token in which an offset of the joined text lies. */
function stringWith(source: FieldText, strings: readonly number[], offset: number): number {
  let length = 0;
  for (const token of strings) {
    length += source.stringOf(token)?.length ?? 0;
    if (offset < length) return token;
  }
  return strings.at(-1) ?? 1;
}
