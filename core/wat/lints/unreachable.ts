/** Instructions behind one that never goes on. */
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import type { NodeKind } from "../node.ts";
import { instructionTag, Token } from "../token.ts";
import { endlessNodes } from "./endless.ts";
import type { LintFinding } from "./finding.ts";
import { removal, tokensSpan, type FieldLint } from "./lint.ts";

const unreachableTag = instructionTag("unreachable");

const sequenceKinds: readonly NodeKind[] = [
  Node.funcField,
  Node.block,
  Node.foldedBlock,
  Node.thenArm,
  Node.elseArm,
  Node.doArm,
  Node.catchArm,
];
/** 1 for each kind of nodes that hold instructions one after another. */
const isSequence = new Uint8Array(Math.max(...Object.values(Node)) + 1);
for (const kind of sequenceKinds) isSequence[kind] = 1;

/** Instructions that are never reached. */
interface DeadPart {
  readonly first: number;
  end: number;
  /** Whether validation does not know that they are never reached. */
  readonly isHidden: boolean;
}

export const unreachableCode: FieldLint = (source) => {
  const { field } = source;
  if (field.kind !== Node.funcField) return [];
  const endless = endlessNodes(source);
  if (endless === undefined) return [];
  // By node of a sequence: 0 while it goes on, 1 behind what leaves it, 2 behind what is endless, and then the place in the list plus 3.
  const state = new Uint32Array(field.nodeCount);
  const dead: DeadPart[] = [];
  let deadEnd = 0;
  for (let node = 1; node < field.nodeCount; node++) {
    const kind = field.kindOf(node);
    if (kind < Node.plain || kind > Node.foldedBlock) continue;
    const parent = field.parentOf(node);
    if (isSequence[field.kindOf(parent)] === 0) continue;
    const now = state[parent]!;
    if (now > 2) dead[now - 3]!.end = field.endToken(node);
    else if (now > 0 && field.firstToken(node) >= deadEnd) {
      // What says that control never comes here is not what is meant.
      if (now === 2 && field.wordTag(node) === unreachableTag) {
        state[parent] = 1;
        continue;
      }
      dead.push({ first: field.firstToken(node), end: field.endToken(node), isHidden: now === 2 });
      state[parent] = dead.length + 2;
      // What is inside of a dead part is not told again.
      deadEnd = field.endToken(parent);
    } else if (now === 0 && endless[node] !== 0) state[parent] = endless[node]!;
  }
  return dead.map((part) => finding(source, part));
};

function finding(source: FieldText, { first, end, isHidden }: DeadPart): LintFinding {
  const span = tokensSpan(source, first, end);
  if (!isHidden) {
    const fix = { title: "Remove the unreachable code", edits: [removal(source, first, end)], isForAll: false };
    return { code: "unreachable-code", message: "This code is never reached.", ...span, fix };
  }
  const text = source.field.tags[first] === Token.leftParen ? "(unreachable)" : "unreachable";
  const fix = { title: "Write `unreachable` in its place", edits: [{ ...span, text }], isForAll: false };
  return { code: "unreachable-code", message: "This code is never reached: what stands before it never ends.", ...span, fix };
}
