/** `br_if $l` as `if br $l end`: where more is to be done than the branch. */
import { labelUses } from "../features/inner-names.ts";
import { Node } from "../node.ts";
import { instructionTag, Token } from "../token.ts";
import { instructionAt } from "./cursor-instruction.ts";
import { hasCommentBetween, insertion } from "./fields.ts";
import { inLines } from "./flat-lines.ts";
import type { Refactor } from "./refactoring.ts";
import { branchTypes, writtenTypes } from "./signatures.ts";

const brIfTag = instructionTag("br_if");

export const brIfToIf: Refactor = ({ document, selection, options }) => {
  const place = instructionAt(document, selection.start);
  if (place === undefined || place.source.field.wordTag(place.node) !== brIfTag) return [];
  const { module, source, node, word } = place;
  const { field } = source;
  const label = labelUses(source).find(({ token }) => token === word + 1);
  if (label === undefined || label.node < 0 || hasCommentBetween(source, word, label.token + 1)) return [];
  const values = branchTypes(document, module, source, label.node);
  const types = values === undefined ? undefined : writtenTypes(document.viewOf(module).environment.types, values);
  if (types === undefined) return [];
  // The values for the branch are there without it, too.
  const opening = types === "" ? "if" : `if (param ${types}) (result ${types})`;
  // Inside of the `if`, there is one block more to leave.
  const isIndex = field.tags[label.token] === Token.natural;
  const target = isIndex ? `${source.naturalOf(label.token) + 1}` : source.tokenText(label.token);
  const head = { start: source.startOf(word), end: source.endOf(label.token) };
  const title = "Write `br_if` as `if` and `br`";
  if (field.kindOf(node) === Node.plain)
    return [{ title, kind: "rewrite", edits: [{ span: head, text: inLines(source, node, [opening, `br ${target}`, "end"], options) }] }];
  const arm = insertion(source.endOf(field.endToken(node) - 2), ` (then (br ${target}))`);
  return [{ title, kind: "rewrite", edits: [{ span: head, text: opening }, arm] }];
};
