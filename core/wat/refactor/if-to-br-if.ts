/** An `if` that does nothing but a branch out of it, as `br_if`. */
import { isInstruction } from "../features/place.ts";
import { labelUses } from "../features/inner-names.ts";
import { removal } from "../lints/lint.ts";
import { Node } from "../node.ts";
import { instructionTag, Token } from "../token.ts";
import { instructionAt } from "./cursor-instruction.ts";
import { hasCommentBetween } from "./fields.ts";
import type { Refactor } from "./refactoring.ts";

const ifTag = instructionTag("if");
const brTag = instructionTag("br");
const typeKinds: ReadonlySet<number> = new Set([Node.typeUse, Node.param, Node.result]);

export const ifToBrIf: Refactor = ({ document, selection }) => {
  const place = instructionAt(document, selection.start);
  if (place === undefined || place.source.field.wordTag(place.node) !== ifTag) return [];
  const { source, node, word } = place;
  const { field } = source;
  const children = field.children(node);
  if (children.some((child) => typeKinds.has(field.kindOf(child)))) return [];
  const arms = children.filter((child) => field.kindOf(child) === Node.thenArm || field.kindOf(child) === Node.elseArm);
  const isFlat = field.kindOf(node) === Node.block;
  const isEmptyElse = (arm: number): boolean => field.kindOf(arm) === Node.elseArm && field.nodeEnd(arm) === arm + 1;
  const inside = isFlat ? children.filter((child) => isInstruction(field.kindOf(child))) : field.children(arms[0] ?? node);
  const [branch] = inside;
  const isBranch = inside.length === 1 && branch !== undefined && field.wordTag(branch) === brTag && field.nodeEnd(branch) === branch + 1;
  if (!isBranch || !arms.slice(isFlat ? 0 : 1).every(isEmptyElse)) return [];
  const label = labelUses(source).find(({ token }) => token === field.wordToken(branch) + 1);
  // A branch to the end of the `if` itself is no branch at all.
  if (label === undefined || label.node < 0 || label.node === node) return [];
  const target = field.tags[label.token] === Token.natural ? `${label.depth - 1}` : source.tokenText(label.token);
  const title = "Write `if` and `br` as `br_if`";
  const end = field.endToken(node);
  if (isFlat) {
    if (hasCommentBetween(source, word, end)) return [];
    return [{ title, kind: "rewrite", edits: [{ span: source.nodeSpan(node), text: `br_if ${target}` }] }];
  }
  const firstArm = field.firstToken(arms[0]!);
  if (hasCommentBetween(source, firstArm, end - 1)) return [];
  const head = { start: source.startOf(word), end: source.endOf(field.nameToken(node) ?? word) };
  const arm = removal(source, firstArm, end - 1);
  const rest = { span: { start: source.base + arm.start, end: source.base + arm.end }, text: arm.text };
  return [{ title, kind: "rewrite", edits: [{ span: head, text: `br_if ${target}` }, rest] }];
};
