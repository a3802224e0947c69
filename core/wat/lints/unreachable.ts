/** Instructions behind one that never goes on. */
import { Node } from "../node.ts";
import type { NodeKind } from "../node.ts";
import { instructionTag } from "../token.ts";
import type { LintFinding } from "./finding.ts";
import { removal, tokensSpan, type FieldLint } from "./lint.ts";

const leaving = new Set(
  [
    "unreachable",
    "br",
    "br_table",
    "return",
    "return_call",
    "return_call_indirect",
    "return_call_ref",
    "throw",
    "throw_ref",
    "rethrow",
  ].map(instructionTag),
);

const sequences: ReadonlySet<NodeKind> = new Set<NodeKind>([
  Node.funcField,
  Node.block,
  Node.foldedBlock,
  Node.thenArm,
  Node.elseArm,
  Node.doArm,
  Node.catchArm,
]);

export const unreachableCode: FieldLint = (source) => {
  const { field } = source;
  if (field.kind !== Node.funcField) return [];
  // By node of a sequence: 0 while it goes on, 1 behind what leaves it, and then the place in the list of dead parts plus 2.
  const state = new Map<number, number>();
  const dead: { readonly first: number; end: number; readonly nodeEnd: number }[] = [];
  let deadEnd = 0;
  for (let node = 1; node < field.nodeCount; node++) {
    const kind = field.kindOf(node);
    if (kind < Node.plain || kind > Node.foldedBlock) continue;
    const parent = field.parentOf(node);
    if (!sequences.has(field.kindOf(parent))) continue;
    const now = state.get(parent) ?? 0;
    if (now > 1) dead[now - 2]!.end = field.endToken(node);
    else if (now === 1 && field.firstToken(node) >= deadEnd) {
      dead.push({ first: field.firstToken(node), end: field.endToken(node), nodeEnd: field.nodeEnd(parent) });
      state.set(parent, dead.length + 1);
      // What is inside of a dead part is not told again.
      deadEnd = field.endToken(parent);
    } else if (now === 0 && (kind === Node.plain || kind === Node.folded) && leaving.has(field.wordTag(node))) state.set(parent, 1);
  }
  return dead.map(({ first, end }): LintFinding => {
    const fix = { title: "Remove the unreachable code", edits: [removal(source, first, end)], isForAll: false };
    return { code: "unreachable-code", message: "This code is never reached.", ...tokensSpan(source, first, end), fix };
  });
};
