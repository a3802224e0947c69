/** What is open around the instruction being parsed, and what it tells lints when it ends. */
import { isLeaving } from "../leaving.ts";
import { LintHint } from "../lint-hint.ts";
import { instructionTag, Word } from "../token.ts";

const block = instructionTag("block");
const loop = instructionTag("loop");
const ifTag = instructionTag("if");
const elseTag = instructionTag("else");
const tryTag = instructionTag("try");
const tryTable = instructionTag("try_table");
const catchTag = instructionTag("catch");
const catchAll = instructionTag("catch_all");

/** What an open construct is waiting for. */
export const Frame = {
  /** The outermost: instructions up to the `)` of the field or form, which is not consumed. */
  base: 0,
  /** As base, but one folded instruction only. */
  single: 1,
  /** `(name immediates`: folded operands up to `)`. */
  operands: 2,
  /** Instructions up to `)`: a folded block, an arm. */
  body: 3,
  /** Folded `if` before `(then`. */
  condition: 4,
  /** Folded `if` behind `(then ...)`. */
  thenDone: 5,
  /** Folded `if` behind `(else ...)`, folded `try` behind its last arm. */
  armsDone: 6,
  /** Folded `try` before `(do`. */
  tryStart: 7,
  /** Folded `try` behind `(do ...)`. */
  doDone: 8,
  /** Flat block up to `end`. */
  block: 9,
  /** Flat `else` or `catch` arm up to `end`, or the next arm. */
  arm: 10,
  /** A form in which something was out of place, up to `)`: what else is in it is read but not judged by its place. */
  damaged: 11,
} as const;
export type Frame = (typeof Frame)[keyof typeof Frame];

/** Whether control goes on behind what has been read of a construct, as far as lints are concerned; see `lints/endless.ts`. */
export const Going = {
  on: 0,
  /** Some instruction leaves. */
  leaves: 1,
  /** Something never ends for what is inside of it. */
  endless: 2,
} as const;
export type Going = (typeof Going)[keyof typeof Going];

/** What has begun and not ended yet, as all that is around the next token. */
export interface OpenConstruct {
  kind: Frame;
  readonly node: number;
  /** Whether a label was pushed that its end pops. */
  readonly hasLabel: boolean;
  /** Name token of the label. */
  readonly label: number | undefined;
  /** Tag of the instruction. */
  readonly tag: number;
  /** Whether control comes to where it begins. */
  readonly around: Going;
  /** Of an `if`, how many of its arms never end, and whether something branches to its label from inside an arm. */
  endlessArms: number;
  isTarget: boolean;
}

/** Whether a construct is part of one: an arm of an `if` or `try`. */
export function isArm(tag: number): boolean {
  return tag === Word.then || tag === Word.do || tag === elseTag || tag === catchTag || tag === catchAll;
}

/** Whether an instruction holds others up to its `end` or `)`, and has a label. */
export function isBlock(tag: number): boolean {
  return tag === block || tag === loop || tag === ifTag || tag === tryTag || tag === tryTable;
}

/** What comes behind a construct that is no arm. */
export function goingBehind({ tag, kind, endlessArms, isTarget }: OpenConstruct, inner: Going): Going {
  if (isLeaving(tag)) return Going.leaves;
  if (tag === tryTag) return Going.on;
  const isEndless = inner !== Going.on;
  if (tag !== ifTag) return isEndless && (tag === loop || !isTarget) ? Going.endless : Going.on;
  // Of a folded one these are the conditions, of a flat one the first arm.
  if (isEndless && kind !== Frame.block) return Going.endless;
  return endlessArms + (isEndless ? 1 : 0) === 2 && !isTarget ? Going.endless : Going.on;
}

/** What lints may have to say of a construct as such. */
export function hintsOf({ tag, label, isTarget }: OpenConstruct, isEmpty: boolean): number {
  const hints = label !== undefined && !isTarget ? LintHint.labels : 0;
  const isOdd = tag === tryTable || (isEmpty && (tag === elseTag || isBlock(tag)));
  return isOdd ? hints | LintHint.blocks : hints;
}
