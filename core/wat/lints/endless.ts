/**
 * Which instructions control never comes behind: those that leave, loops that always begin again, blocks that end so and that nothing
 * branches to. Validation knows only of the first kind.
 */
import { forEachInnerUse, innerNames } from "../features/inner-names.ts";
import { InnerUse } from "../field-notes.ts";
import type { Field, FieldText } from "../field.ts";
import { isLeaving } from "../leaving.ts";
import { Node } from "../node.ts";
import { instructionTag } from "../token.ts";

const ifTag = instructionTag("if");
const loopTag = instructionTag("loop");
const tryTag = instructionTag("try");

/**
 * By node: 1 where it is an instruction that leaves by itself, 2 where it is one that never ends for what is inside of it. `undefined` where
 * there is none, as in most functions.
 */
export function endlessNodes(source: FieldText): Uint8Array | undefined {
  const { field } = source;
  if (!mayLeave(field)) return undefined;
  const found = new Uint8Array(field.nodeCount);
  // Most functions have nothing for which it matters where branches go.
  let targets: ReadonlySet<number> | undefined;
  const isTarget = (node: number): boolean => (targets ??= branchTargets(source)).has(node);
  // By node, whether some instruction directly inside of it is endless. What is inside of a node comes behind it.
  const holds = new Uint8Array(field.nodeCount);
  for (let node = field.nodeCount - 1; node > 0; node--) {
    const kind = field.kindOf(node);
    if (kind === Node.plain || kind === Node.folded) {
      if (isLeaving(field.wordTag(node))) found[node] = 1;
      else if (holds[node] === 1) found[node] = 2;
    } else if ((kind === Node.block || kind === Node.foldedBlock) && blockIsEndless(field, node, holds, isTarget)) found[node] = 2;
    if (found[node] !== 0) holds[field.parentOf(node)] = 1;
  }
  return found;
}

function mayLeave({ tags }: Field): boolean {
  for (let token = 0; token < tags.length; token++) if (isLeaving(tags[token]!)) return true;
  return false;
}

function blockIsEndless(field: Field, node: number, holds: Uint8Array, isTarget: (node: number) => boolean): boolean {
  const tag = field.wordTag(node);
  // What catches in it goes on behind it.
  if (tag === tryTag) return false;
  if (tag === loopTag) return holds[node] === 1;
  if (tag !== ifTag) return holds[node] === 1 && !isTarget(node);
  const isFolded = field.kindOf(node) === Node.foldedBlock;
  if (isFolded && holds[node] === 1) return true;
  const otherwise = field.childOf(node, Node.elseArm);
  const then = isFolded ? field.childOf(node, Node.thenArm) : node;
  return otherwise !== undefined && then !== undefined && holds[then] === 1 && holds[otherwise] === 1 && !isTarget(node);
}

/** Blocks that something branches to. */
function branchTargets(source: FieldText): ReadonlySet<number> {
  const targets = new Set<number>();
  forEachInnerUse(innerNames(source), (_, kind, meant) => {
    if (kind === InnerUse.labelByName || kind === InnerUse.labelByIndex) targets.add(meant);
  });
  return targets;
}
