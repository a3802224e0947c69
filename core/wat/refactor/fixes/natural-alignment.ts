/** An alignment that the instruction cannot have becomes its natural one, which is the largest. */
import { nodeWith, tokenAt } from "../../features/place.ts";
import { instructionOf, Token } from "../../token.ts";
import type { FixFinder } from "./problem-fix.ts";

export const naturalAlignment: FixFinder = (document, { code, span }) => {
  const place = code === "bad-alignment" ? tokenAt(document, span.start) : undefined;
  if (place?.source.field.tags[place.token] !== Token.align) return [];
  const { source, token } = place;
  const width = instructionOf(source.field.wordTag(nodeWith(source.field, token)))?.accessBytes ?? 0;
  if (width === 0) return [];
  const text = `align=${width}`;
  return [{ title: `Write \`${text}\`, the natural alignment`, edits: [{ span: source.tokenSpan(token), text }], isSure: true }];
};
