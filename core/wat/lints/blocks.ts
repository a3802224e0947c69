/** Blocks that hold nothing, `try_table` that catches nothing, clauses that catch nothing any more. */
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { instructionTag } from "../token.ts";
import type { LintFinding } from "./finding.ts";
import { removal, tokensSpan, type FieldLint } from "./lint.ts";

const blockTag = instructionTag("block");
const loopTag = instructionTag("loop");
const tryTableTag = instructionTag("try_table");
const catchAllTag = instructionTag("catch_all");

export const blockLints: FieldLint = (source) => {
  const { field } = source;
  const found: LintFinding[] = [];
  for (let node = 1; node < field.nodeCount; node++) {
    const kind = field.kindOf(node);
    if (kind === Node.elseArm) emptyElse(source, node, found);
    if (kind !== Node.block && kind !== Node.foldedBlock) continue;
    const tag = field.wordTag(node);
    if (tag === tryTableTag) tryTable(source, node, found);
    else if ((tag === blockTag || tag === loopTag) && field.nodeEnd(node) === node + 1) emptyBlock(source, node, found);
  }
  return found;
};

/** A block without types and instructions: nothing can branch to it, and nothing is on the stack that it would take. */
function emptyBlock(source: FieldText, node: number, found: LintFinding[]): void {
  const { field } = source;
  const first = field.firstToken(node);
  const end = field.endToken(node);
  found.push({
    code: "empty-block",
    message: `This \`${source.tokenText(field.wordToken(node))}\` holds no instruction.`,
    ...tokensSpan(source, field.wordToken(node), field.wordToken(node) + 1),
    fix: { title: "Remove the empty block", edits: [removal(source, first, end)], isForAll: true },
  });
}

function emptyElse(source: FieldText, node: number, found: LintFinding[]): void {
  const { field } = source;
  if (field.nodeEnd(node) !== node + 1) return;
  const parent = field.parentOf(node);
  // Parameters of the block are results of an empty arm.
  const hasType = field.childOf(parent, Node.result) !== undefined || field.childOf(parent, Node.typeUse) !== undefined;
  if (hasType || field.childOf(parent, Node.param) !== undefined) return;
  const first = field.firstToken(node);
  const word = field.wordToken(node);
  found.push({
    code: "empty-block",
    message: "This `else` holds no instruction.",
    ...tokensSpan(source, word, word + 1),
    fix: { title: "Remove the empty `else`", edits: [removal(source, first, field.endToken(node))], isForAll: true },
  });
}

function tryTable(source: FieldText, node: number, found: LintFinding[]): void {
  const { field } = source;
  const word = field.wordToken(node);
  const clauses: number[] = [];
  const end = field.nodeEnd(node);
  for (let child = node + 1; child < end && field.kindOf(child) !== Node.plain; child = field.nodeEnd(child))
    if (field.kindOf(child) === Node.catchClause) clauses.push(child);
  if (clauses.length === 0) {
    const span = tokensSpan(source, word, word + 1);
    const message = "This `try_table` catches nothing: a `block` does the same.";
    const fix = { title: "Make it a `block`", edits: [{ ...span, text: "block" }], isForAll: true };
    found.push({ code: "needless-try-table", message, ...span, fix });
    return;
  }
  const caught = new Set<string>();
  let catchesAll = false;
  for (const clause of clauses) {
    const token = field.wordToken(clause);
    const isAll = field.tags[token] === catchAllTag || source.tokenText(token) === "catch_all_ref";
    const tag = isAll ? "" : source.tokenText(token + 1);
    if (catchesAll || (!isAll && caught.has(tag))) {
      const first = field.firstToken(clause);
      found.push({
        code: "useless-catch",
        message: "A clause before this one catches all that it could catch.",
        ...tokensSpan(source, first, field.endToken(clause)),
        fix: { title: "Remove the clause", edits: [removal(source, first, field.endToken(clause))], isForAll: true },
      });
    }
    if (isAll) catchesAll = true;
    else caught.add(tag);
  }
}
