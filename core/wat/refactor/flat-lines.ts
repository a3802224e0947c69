/** Flat instructions in place of one, in lines of their own where that has one. */
import type { FieldText } from "../field.ts";
import type { FormatOptions } from "../format/options.ts";
import { indentationAt, lineBreakNear, lineStart } from "./fields.ts";

/** The lines between the first and the last are those inside of a block. */
export function inLines(source: FieldText, node: number, lines: readonly string[], { useTabs, indentWidth }: FormatOptions): string {
  const { text } = source;
  const { start, end } = source.nodeSpan(node);
  const indentation = indentationAt(text, start);
  const isAlone = lineStart(text, start) + indentation.length === start && /^[ \t)]*(?:$|[\r\n]|;;)/.test(text.slice(end, end + 200));
  if (!isAlone) return lines.join(" ");
  const lineBreak = lineBreakNear(text, start);
  const step = useTabs ? "\t" : " ".repeat(indentWidth);
  return lines.map((line, at) => (at === 0 || at === lines.length - 1 ? line : step + line)).join(lineBreak + indentation);
}
