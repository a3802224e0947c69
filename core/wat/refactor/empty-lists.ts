/** Takes away lists of no types, such as `(param)`: one, or all of a field. */
import { typesIn } from "../features/inner-names.ts";
import { nodeWith, tokenAt } from "../features/place.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { instructionTag } from "../token.ts";
import { hasCommentBetween, nodeRemoval } from "./fields.ts";
import type { OfferedChange, Refactor } from "./refactoring.ts";

const lists: ReadonlySet<number> = new Set([Node.param, Node.result, Node.local, Node.structField]);
const selectTag = instructionTag("select");

export const emptyLists: Refactor = ({ document, selection }) => {
  const place = tokenAt(document, selection.start);
  if (place === undefined || place.source.field.problems.length > 0) return [];
  const { source, token } = place;
  const node = nodeWith(source.field, token);
  if (!isEmptyList(source, node)) return [];
  const word = source.tokenText(source.field.wordToken(node));
  const found: OfferedChange[] = [{ title: `Remove the empty \`(${word})\``, kind: "rewrite", edits: [nodeRemoval(source, node)] }];
  const all: number[] = [];
  for (let other = 1; other < source.field.nodeCount; other++) if (isEmptyList(source, other)) all.push(other);
  if (all.length > 1) {
    const edits = all.map((other) => nodeRemoval(source, other));
    found.push({ title: "Remove all empty lists of this field", kind: "rewrite", edits });
  }
  return found;
};

function isEmptyList(source: FieldText, node: number): boolean {
  const { field } = source;
  if (!lists.has(field.kindOf(node)) || field.nameToken(node) !== undefined || typesIn(field, node).length > 0) return false;
  // A `select` with a list is another instruction than one without.
  if (field.wordTag(field.parentOf(node)) === selectTag) return false;
  return !hasCommentBetween(source, field.firstToken(node), field.endToken(node));
}
