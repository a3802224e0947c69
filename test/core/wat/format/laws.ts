import { encodeModule } from "#core/wat/encode.ts";
import { WatDocument } from "#core/wat/document.ts";
import { defaultFormat, type FormatOptions } from "#core/wat/format/options.ts";
import { formatText } from "#core/wat/format/format.ts";
import type { Language } from "#core/wat/split.ts";

/** The tokens of a text, and its comments without blanks at the ends of their lines and one inside of what opens and closes them. */
export function tokensOf(document: WatDocument): string[] {
  const found: string[] = [];
  for (let at = 0; at < document.fields.length; at++) {
    const source = document.fieldText(at);
    const { field, base } = source;
    let trivia = 0;
    for (let token = 0; token <= field.tokenCount; token++) {
      const start = token < field.tokenCount ? source.startOf(token) : base + field.length;
      for (; trivia < field.trivia.length && base + field.trivia[trivia + 1]! < start; trivia += 3) {
        const comment = document.text.slice(base + field.trivia[trivia + 1]!, base + field.trivia[trivia + 2]!);
        found.push(comment.replaceAll(/[ \t]+(?=\r|\n|$)/g, "").replaceAll(/^(;;+|\(;) | (?=;\)$)/g, "$1"));
      }
      if (token < field.tokenCount) found.push(source.tokenText(token));
    }
  }
  return found;
}

/** What is broken of that formatting changes white space only, the same bytes come out, and formatting twice changes nothing. */
export function brokenLaw(text: string, kind: Language, options: FormatOptions = defaultFormat): string | undefined {
  const before = WatDocument.open(text, kind);
  const formatted = formatText(before, options);
  const after = WatDocument.open(formatted, kind);
  const [left, right] = [tokensOf(before), tokensOf(after)];
  const differs = left.findIndex((token, at) => token !== right[at]);
  if (differs >= 0 || left.length !== right.length) return `token ${left[differs]} became ${right[differs]}`;
  if (before.modules.length !== after.modules.length) return "another number of modules";
  for (const [at, module] of before.modules.entries()) {
    if (module.isRejected) continue;
    const bytes = encodeModule(before, module).bytes;
    const same = encodeModule(after, after.modules[at]!).bytes;
    if (Buffer.compare(Buffer.from(bytes ?? []), Buffer.from(same ?? [])) !== 0) return `module ${at} has other bytes`;
  }
  const again = formatText(after, options);
  if (again !== formatted) return `not stable: ${firstDifference(formatted, again)}`;
  return undefined;
}

export function firstDifference(left: string, right: string): string {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  const from = Math.max(0, at - 60);
  return `${JSON.stringify(left.slice(from, at + 60))} and then ${JSON.stringify(right.slice(from, at + 60))}`;
}
