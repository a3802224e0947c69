/** An `if` that does nothing but a branch out of it, as `br_if`. */
import { isInstruction } from "../features/place.ts";
import { labelUses } from "../features/inner-names.ts";
import { removal } from "../lints/lint.ts";
import { Node } from "../node.ts";
import { instructionTag, Token } from "../token.ts";
import { instructionAt } from "./cursor-instruction.ts";
import { hasCommentBetween } from "./fields.ts";
import type { Refactor } from "./refactoring.ts";
import { branchTypes, typeUseOf } from "./signatures.ts";

const ifTag = instructionTag("if");
const brTag = instructionTag("br");
const typeKinds: ReadonlySet<number> = new Set([Node.typeUse, Node.param, Node.result]);

export const ifToBrIf: Refactor = ({ document, selection }) => {
  const place = instructionAt(document, selection.start);
  if (place === undefined || place.source.field.wordTag(place.node) !== ifTag) return [];
  const { module, source, node, word } = place;
  const { field } = source;
  const children = field.children(node);
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
  const values = branchTypes(document, module, source, label.node);
  const own = typeUseOf(document, module, source, node);
  if (values === undefined || own === undefined || !isSame(own.params, values) || !isSame(own.results, values)) return [];
  const target = field.tags[label.token] === Token.natural ? `${label.depth - 1}` : source.tokenText(label.token);
  const title = "Write `if` and `br` as `br_if`";
  const end = field.endToken(node);
  if (isFlat) {
    if (hasCommentBetween(source, word, end)) return [];
    return [{ title, kind: "rewrite", edits: [{ span: source.nodeSpan(node), text: `br_if ${target}` }] }];
  }
  const firstArm = field.firstToken(arms[0]!);
  if (hasCommentBetween(source, firstArm, end - 1)) return [];
  const types = children.filter((child) => typeKinds.has(field.kindOf(child)));
  const lastType = types.at(-1);
  const headEnd = lastType === undefined ? (field.nameToken(node) ?? word) : field.endToken(lastType) - 1;
  if (hasCommentBetween(source, word, headEnd + 1)) return [];
  const head = { start: source.startOf(word), end: source.endOf(headEnd) };
  const arm = removal(source, firstArm, end - 1);
  const rest = { span: { start: source.base + arm.start, end: source.base + arm.end }, text: arm.text };
  return [{ title, kind: "rewrite", edits: [{ span: head, text: `br_if ${target}` }, rest] }];
};

/** Where an `if` gives what its branch takes, both ways leave the same values. */
function isSame(left: Int32Array, right: Int32Array): boolean {
  return left.length === right.length && left.every((type, at) => type === right[at]);
}
