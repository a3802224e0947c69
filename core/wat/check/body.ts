/** Checks the instructions of a function or constant expression. Walks the tree with a stack of its own: texts nest as deep as they like. */
import { instructions } from "#core/wasm/instructions.ts";
import { FrameKind } from "#core/wasm/validate/operand-stack.ts";
import { signatures32, signatures64, signaturesOfAny } from "#core/wasm/validate/signatures.ts";
import { isConstant } from "#core/wasm/validate/constant.ts";
import { entryFlag } from "#core/wasm/validate/environment.ts";
import { i32 } from "#core/wasm/validate/value-type.ts";
import type { Field } from "../field.ts";
import { Space } from "../field.ts";
import { integerValue } from "../literal-number.ts";
import { Node } from "../node.ts";
import { firstInstruction, instructionTag, Token } from "../token.ts";
import { BodyContext, immediateKinds, isIndex, typeUse } from "./body-context.ts";
import { handlers } from "./instructions/index.ts";
import { checkCatches, tagParameters } from "./instructions/exception.ts";

const loop = instructionTag("loop");
const ifTag = instructionTag("if");
const tryTag = instructionTag("try");
const tryTable = instructionTag("try_table");
const catchTag = instructionTag("catch");

/** What must be looked at of an instruction whose signature is fixed. */
const Form = { plain: 0, memory: 1, lane: 2, shuffle: 3 } as const;

/** How many lanes the vector has into which an instruction's lane number points; 0 where it has none. */
const laneCounts = instructions.map(({ name, immediates, accessBytes }) => {
  if (!immediates.includes("lane")) return 0;
  return accessBytes > 0 ? 16 / accessBytes : Number(/x(\d+)/.exec(name)![1]);
});
const forms = Uint8Array.from(instructions, ({ immediates }) => {
  if (immediates.includes("memarg") || immediates.includes("memory")) return Form.memory;
  if (immediates.includes("lanes")) return Form.shuffle;
  return immediates.includes("lane") ? Form.lane : Form.plain;
});
const isConstantRow = instructions.map(({ name }) => isConstant(name));

/** Checks the instructions of a constant expression that has been begun, among the nodes from `first` to `end`; not its end. */
export function checkInstructions(context: BodyContext, first: number, end: number, constantGlobals: number): void {
  new BodyWalk(context, first, end, constantGlobals).run(Number.POSITIVE_INFINITY);
}

/** A walk over the instructions of a body that has been begun. It can rest between two of them. */
export class BodyWalk {
  readonly #context: BodyContext;
  readonly #end: number;
  readonly #constantGlobals: number | undefined;
  readonly #open: number[] = [];
  #node: number;

  constructor(context: BodyContext, first: number, end: number, constantGlobals?: number) {
    this.#context = context;
    this.#node = first;
    this.#end = end;
    this.#constantGlobals = constantGlobals;
  }

  /** Checks `limit` instructions more. Returns how many of them were not needed; 0 where there may be more to check. */
  run(limit: number): number {
    const context = this.#context;
    const constantGlobals = this.#constantGlobals;
    const open = this.#open;
    const end = this.#end;
    const { field } = context;
    let node = this.#node;
    for (let rest = limit; rest > 0; rest--) {
      while (open.length > 0 && field.nodeEnd(open[open.length - 1]!) <= node) leave(context, open.pop()!, constantGlobals);
      if (node >= end || context.isLost) return rest;
      const kind = field.kindOf(node);
      if (kind === Node.plain) {
        instruction(context, node, constantGlobals);
        node = field.nodeEnd(node);
      } else if (immediateKinds.has(kind)) node = field.nodeEnd(node);
      else {
        enter(context, node, kind, constantGlobals);
        open.push(node);
        node++;
      }
    }
    this.#node = node;
    return 0;
  }
}

function enter(context: BodyContext, node: number, kind: number, constantGlobals: number | undefined): void {
  const { field } = context;
  switch (kind) {
    case Node.block:
      return openBlock(context, node, constantGlobals);
    case Node.foldedBlock:
      // The condition of an `if` comes before it.
      if (field.wordTag(node) !== ifTag) openBlock(context, node, constantGlobals);
      return;
    case Node.thenArm:
      return openBlock(context, field.parentOf(node), constantGlobals);
    case Node.elseArm:
      context.start("else", BodyContext.startOf(node));
      return context.stack.nextArm(FrameKind.else);
    case Node.catchArm: {
      context.start("catch", BodyContext.startOf(node));
      context.token = field.wordToken(node) + 1;
      const values = field.wordTag(node) === catchTag ? tagParameters(context) : undefined;
      return context.stack.nextArm(FrameKind.catch, values ?? new Int32Array(0));
    }
    case Node.error:
      return context.stack.setUnreachable();
    default:
  }
}

function leave(context: BodyContext, node: number, constantGlobals: number | undefined): void {
  const kind = context.field.kindOf(node);
  if (kind === Node.folded) instruction(context, node, constantGlobals);
  else if (kind === Node.block || kind === Node.foldedBlock) closeBlock(context, node);
}

function openBlock(context: BodyContext, node: number, constantGlobals: number | undefined): void {
  const { field, stack } = context;
  const tag = field.wordTag(node);
  context.start(instructions[tag - firstInstruction]!.name, BodyContext.startOf(node));
  if (constantGlobals !== undefined) notConstant(context, stack.name);
  const { type } = typeUse(context, node);
  if (tag === tryTable) checkCatches(context, node);
  if (tag === ifTag) stack.pop(i32);
  stack.openBlock(frameKind(tag), type);
  context.pushLabel(field.nameToken(node));
}

function frameKind(tag: number): FrameKind {
  if (tag === loop) return FrameKind.loop;
  if (tag === ifTag) return FrameKind.if;
  if (tag === tryTag) return FrameKind.try;
  return tag === tryTable ? FrameKind.tryTable : FrameKind.block;
}

function closeBlock(context: BodyContext, node: number): void {
  const { stack } = context;
  context.start("end", BodyContext.endOf(node));
  stack.closeBlock(BodyContext.startOf(node));
  context.popLabel();
}

function notConstant(context: BodyContext, name: string): void {
  context.report(
    "constant-required",
    `\`${name}\` cannot stand here: the value must be constant, made of constants, imported or earlier immutable globals, and additions, subtractions and multiplications of integers.`,
    context.stack.place,
  );
  context.isLost = true;
}

/** `constantGlobals`: in a constant expression, how many of the globals it may read. */
function instruction(context: BodyContext, node: number, constantGlobals: number | undefined): void {
  const { field, stack } = context;
  const word = field.wordToken(node);
  const row = field.tags[word]! - firstInstruction;
  const { name } = instructions[row]!;
  context.start(name, BodyContext.startOf(node));
  context.node = node;
  context.token = word + 1;
  if (constantGlobals !== undefined && !isAllowed(context, row, constantGlobals)) return;
  const handler = handlers[row];
  if (handler !== undefined) return handler(context);
  const form = forms[row]!;
  const signature = (form === Form.memory ? memorySignatures(context, row) : signatures32)[row];
  // Those of the first design of exceptions that end a block have no operands.
  if (signature === undefined) return;
  if (form === Form.lane) checkLane(context, laneCounts[row]!);
  else if (form === Form.shuffle) for (let lane = 0; lane < 16; lane++) checkLane(context, 32);
  const { operands, results } = signature;
  if (operands.length === 1) stack.pop(operands[0]!);
  else stack.popAll(operands);
  for (let at = 0; at < results.length; at++) stack.push(results[at]!);
}

function isAllowed(context: BodyContext, row: number, globalCount: number): boolean {
  const { name } = instructions[row]!;
  if (!isConstantRow[row]) {
    notConstant(context, name);
    return false;
  }
  if (name !== "global.get") return true;
  const token = context.token;
  const index = context.module.resolve(Space.global, context.source, token);
  const entry = context.environment.globals[index];
  if (entry === undefined) return true;
  const written = context.source.tokenText(token);
  context.concern(Space.global, index);
  if (index >= globalCount) {
    context.reportAt("unknown-global", `The global \`${written}\` cannot be used here, because it gets its value later.`, token);
  } else if (entryFlag(entry)) {
    context.reportAt(
      "constant-required",
      `The global \`${written}\` is mutable, and a constant can only be made of immutable ones.`,
      token,
    );
  }
  return true;
}

/** Reads memory argument or memory of an instruction: the signatures for its addresses. Checks offset and lane. */
function memorySignatures(context: BodyContext, row: number): typeof signatures32 {
  const { field } = context;
  const { tags } = field;
  const lanes = laneCounts[row]!;
  const next = tags[context.token + 1]!;
  const isGiven = isIndex(tags[context.token]!) && (lanes === 0 || next === Token.natural || next === Token.offset || next === Token.align);
  const memory = context.environment.memories[isGiven ? context.index(Space.memory) : 0];
  if (!isGiven) context.concern(Space.memory, 0);
  if (tags[context.token] === Token.offset) {
    if (memory === 0) checkOffset(context);
    context.token++;
  }
  if (tags[context.token] === Token.align) context.token++;
  if (lanes > 0) checkLane(context, lanes);
  if (memory === undefined) return signaturesOfAny;
  return memory === 1 ? signatures64 : signatures32;
}

function checkOffset(context: BodyContext): void {
  const { source, token } = context;
  // Up to nine characters fit 32 bits in whatever form.
  if (source.endOf(token) - source.startOf(token) <= "offset=".length + 9) return;
  if (integerValue(source.tokenText(token).slice("offset=".length)) < 1n << 32n) return;
  context.reportAt("offset-out-of-range", "The addresses of this memory have 32 bits, and the offset does not fit them.", token);
}

function checkLane(context: BodyContext, count: number): void {
  if (context.tag !== Token.natural) return;
  const token = context.token;
  const lane = context.natural();
  if (lane >= count)
    context.reportAt("lane-out-of-range", `There is no lane ${lane}: \`${context.stack.name}\` has lanes 0 to ${count - 1}.`, token);
}

/** The first node behind type use, parameters, locals and the like of a field. */
export function firstInstructionOf(field: Field): number {
  let node = 1;
  for (const end = field.nodeEnd(0); node < end && field.kindOf(node) < Node.tableUse;) node = field.nodeEnd(node);
  return node;
}
