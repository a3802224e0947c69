/**
 * Instructions, flat and folded, with an explicit stack instead of recursion, because texts nest as deep as they like.
 * Source: WebAssembly 3.0, 6.5 "Instructions"; `try` with `catch` from the exception-handling proposal, legacy format.
 */
import { Node } from "../node.ts";
import { Space } from "../field.ts";
import { firstInstruction, instructionTag, Token, Word, wordOf } from "../token.ts";
import { isLeaving } from "../leaving.ts";
import { LintHint } from "../lint-hint.ts";
import type { Cursor } from "./cursor.ts";
import { FunctionNames } from "./function-names.ts";
import { immediates } from "./immediates.ts";
import { Frame, Going, goingBehind, hintsOf, isArm, isBlock } from "./open-construct.ts";
import type { OpenConstruct } from "./open-construct.ts";
import { index, isName, typeUse } from "./types.ts";
import { renamedInstruction } from "./renamed.ts";

const ifTag = instructionTag("if");
const elseTag = instructionTag("else");
const end = instructionTag("end");
const tryTag = instructionTag("try");
const tryTable = instructionTag("try_table");
const catchTag = instructionTag("catch");
const catchAll = instructionTag("catch_all");
const delegate = instructionTag("delegate");
const unreachable = instructionTag("unreachable");

/** Instructions up to the `)` of the form around the cursor. */
export function instructionSequence(cursor: Cursor, names: FunctionNames): void {
  new InstructionParser(cursor, names).run(Frame.base);
}

/** One folded instruction, as in `(offset ...)` or `(item ...)` left out. */
export function foldedInstruction(cursor: Cursor): void {
  new InstructionParser(cursor, new FunctionNames()).run(Frame.single);
}

/** Whether a folded instruction comes next. */
export function atFoldedInstruction(cursor: Cursor): boolean {
  return cursor.tag === Token.leftParen && cursor.peek(1) >= firstInstruction;
}

/** Whether reading can go on at a token after an error. */
function isResumable(tag: number): boolean {
  return tag === Token.end || tag === Token.leftParen || tag === Token.rightParen || tag >= firstInstruction;
}

class InstructionParser {
  readonly #cursor: Cursor;
  readonly #names: FunctionNames;
  readonly #stack: OpenConstruct[] = [];
  /** Of the instructions directly inside of the innermost construct. */
  #going: Going = Going.on;

  constructor(cursor: Cursor, names: FunctionNames) {
    this.#cursor = cursor;
    this.#names = names;
  }

  run(base: typeof Frame.base | typeof Frame.single): void {
    const cursor = this.#cursor;
    this.#push(base, -1, 0);
    for (;;) {
      const tag = cursor.tag;
      if (tag === Token.leftParen) this.#leftParen();
      else if (tag === Token.rightParen) {
        if (this.#rightParen()) return;
      } else if (tag === Token.end) return this.#atEnd();
      else if (tag >= firstInstruction) this.#flat(tag);
      else this.#unexpected();
      if (base === Frame.single && this.#stack.length === 1) return;
    }
  }

  get #top(): OpenConstruct {
    return this.#stack[this.#stack.length - 1]!;
  }

  #push(kind: Frame, node: number, tag: number, hasLabel = false, label?: number): void {
    this.#stack.push({ kind, node, hasLabel, label, tag, around: this.#going, endlessArms: 0, isTarget: false });
    this.#going = Going.on;
  }

  #pop(): void {
    const construct = this.#stack.pop()!;
    if (construct.hasLabel && this.#names.popLabel()) construct.isTarget = true;
    const hints = hintsOf(construct, this.#cursor.isEmpty(construct.node));
    if (hints !== 0) this.#cursor.hints |= hints;
    const inner = this.#going;
    this.#going = construct.around;
    if (isArm(construct.tag)) {
      const around = this.#top;
      if (inner !== Going.on) around.endlessArms++;
      around.isTarget ||= construct.isTarget;
    } else if (construct.around === Going.on) this.#going = goingBehind(construct, inner);
    this.#cursor.close(construct.node);
  }

  /** Notes that an instruction begins where control does not come. */
  #beginUnreached(tag: number): void {
    if (this.#top.kind === Frame.operands) return;
    // What says that control never comes here is no mistake.
    if (this.#going === Going.endless && tag === unreachable) this.#going = Going.leaves;
    else this.#cursor.hints |= LintHint.unreachable;
  }

  /** Whether flat instructions may stand in the innermost construct. */
  #takesFlat(): boolean {
    const { kind } = this.#top;
    return kind === Frame.base || kind === Frame.body || kind === Frame.block || kind === Frame.arm || kind === Frame.damaged;
  }

  #flat(tag: number): void {
    const cursor = this.#cursor;
    if (!this.#takesFlat()) return this.#flatInOperands();
    if (tag === end) return this.#end();
    if (isArm(tag)) return this.#flatArm(tag);
    if (tag === delegate) return this.#delegate();
    if (isBlock(tag)) return this.#flatBlock(tag);
    if (this.#going !== Going.on) this.#beginUnreached(tag);
    const node = cursor.open(Node.plain);
    cursor.at++;
    immediates(cursor, tag, this.#names);
    this.#leaveFailed();
    cursor.close(node);
    if (this.#going === Going.on && isLeaving(tag)) this.#going = Going.leaves;
  }

  /** After a wrong immediate: what is left of the immediates is skipped, so that the next instruction is read. */
  #leaveFailed(): void {
    const cursor = this.#cursor;
    if (!cursor.failed) return;
    const first = cursor.at;
    while (!isResumable(cursor.tag) && (cursor.at === first || !this.#looksLikeInstruction())) cursor.at++;
    cursor.failed = false;
  }

  /** Whether the next token is unknown but spelled like an instruction, and so a mistake of its own. */
  #looksLikeInstruction(): boolean {
    const cursor = this.#cursor;
    const unit = cursor.text.charCodeAt(cursor.base + cursor.spans[2 * cursor.at]!);
    return cursor.tag === Token.unknown && unit >= 0x61 && unit <= 0x7a;
  }

  #flatInOperands(): void {
    const cursor = this.#cursor;
    const top = this.#top;
    const name = cursor.shortText(cursor.at);
    if (top.kind === Frame.operands) {
      cursor.report(
        "unexpected-token",
        `Inside the parentheses of an instruction its operands have parentheses too: \`(${name} ...)\`, or close the parenthesis before.`,
        cursor.at,
      );
    } else if (top.kind === Frame.condition) {
      cursor.report(
        "unexpected-token",
        `Inside \`(if\` the condition has parentheses, and instructions belong into \`(then ...)\` or \`(else ...)\`.`,
        cursor.at,
      );
    } else cursor.report("unexpected-token", `Expected ${this.#expectation()}, but found \`${name}\`.`, cursor.at);
    // From here on it is read as what it looks like, a sequence; only `single` has no room for one.
    if (top.kind === Frame.single) cursor.at++;
    else {
      cursor.isDamaged ||= top.kind !== Frame.operands;
      top.kind = Frame.damaged;
    }
  }

  #expectation(): string {
    switch (this.#top.kind) {
      case Frame.thenDone:
        return "`(else ...)` or `)`";
      case Frame.tryStart:
        return "`(do ...)`";
      case Frame.doDone:
        return "`(catch ...)`, `(catch_all ...)`, `(delegate ...)` or `)`";
      case Frame.armsDone:
        return "`)`";
      case Frame.condition:
        return "`(then ...)`";
      case Frame.operands:
        return "an operand in parentheses or `)`";
      default:
        return "an instruction";
    }
  }

  /** Label name and type use of a block, behind its word. Returns the label's token. */
  #blockHead(tag: number): number | undefined {
    const cursor = this.#cursor;
    const label = isName(cursor.tag) ? cursor.at++ : undefined;
    typeUse(cursor, undefined);
    this.#leaveFailed();
    if (tag === tryTable) {
      immediates(cursor, tag, this.#names);
      this.#leaveFailed();
    }
    return label;
  }

  #pushLabel(label: number | undefined): void {
    this.#names.pushLabel(label === undefined ? undefined : this.#cursor.nameOf(label));
  }

  #flatBlock(tag: number): void {
    if (this.#going !== Going.on) this.#beginUnreached(tag);
    const node = this.#cursor.open(Node.block);
    this.#cursor.at++;
    const label = this.#blockHead(tag);
    this.#pushLabel(label);
    this.#push(Frame.block, node, tag, true, label);
  }

  /** The flat block that an `end`, `else` or `catch` belongs to, after closing what lacks its `)`; `undefined` where there is none. */
  #flatBlockHere(): OpenConstruct | undefined {
    const stack = this.#stack;
    let depth = stack.length - 1;
    while (depth > 0 && stack[depth]!.kind !== Frame.block && stack[depth]!.kind !== Frame.arm) depth--;
    if (depth === 0) return undefined;
    while (stack.length - 1 > depth) {
      this.#reportUnclosed(this.#top.node);
      this.#pop();
    }
    return this.#top.kind === Frame.arm ? stack[stack.length - 2] : this.#top;
  }

  #reportUnclosed(node: number): void {
    const cursor = this.#cursor;
    cursor.reportUnclosed(cursor.firstToken(node), "This `(`");
  }

  #end(): void {
    const cursor = this.#cursor;
    const open = this.#flatBlockHere();
    if (open === undefined) {
      cursor.report(
        "unmatched-end",
        "There is no block that this `end` could close. Remove it, or look for a block closed too early.",
        cursor.at,
      );
      cursor.at++;
      this.#skipLabel();
      return;
    }
    if (this.#top.kind === Frame.arm) this.#pop();
    cursor.at++;
    this.#repeatedLabel(open);
    this.#pop();
  }

  #skipLabel(): void {
    if (isName(this.#cursor.tag)) this.#cursor.at++;
  }

  /** The label that may be repeated behind `end` and `else`. */
  #repeatedLabel(open: OpenConstruct): void {
    const cursor = this.#cursor;
    if (!isName(cursor.tag)) return;
    const word = wordOf(open.tag)!;
    if (open.label === undefined) {
      cursor.report(
        "mismatching-label",
        `This closes a \`${word}\` without a label. Remove the name here, or give it to the \`${word}\`.`,
        cursor.at,
      );
    } else if (cursor.nameOf(open.label) !== cursor.nameOf(cursor.at)) {
      const message = `This belongs to the \`${word}\` labelled \`${cursor.shortText(open.label)}\`, not to \`${cursor.shortText(cursor.at)}\`.`;
      const related = { message: "The label is here.", start: cursor.spans[2 * open.label]!, end: cursor.spans[2 * open.label + 1]! };
      cursor.report("mismatching-label", message, cursor.at, related);
    }
    cursor.at++;
  }

  /** `else` of a flat `if`; `catch`, `catch_all` of a flat `try`. */
  #flatArm(tag: number): void {
    const cursor = this.#cursor;
    const open = this.#flatBlockHere();
    const word = wordOf(tag)!;
    const opener = tag === elseTag ? ifTag : tryTag;
    const isSecondElse = tag === elseTag && this.#top.kind === Frame.arm;
    if (open === undefined || open.tag !== opener || isSecondElse) {
      const opened = wordOf(opener)!;
      const why = isSecondElse ? "The `if` around it has an `else` already." : `The innermost open block is no \`${opened}\`.`;
      cursor.report("unmatched-end", `There is no \`${opened}\` that this \`${word}\` could belong to. ${why}`, cursor.at);
      cursor.at++;
      this.#skipLabel();
      return;
    }
    if (this.#top.kind === Frame.arm) this.#pop();
    const node = cursor.open(tag === elseTag ? Node.elseArm : Node.catchArm);
    cursor.at++;
    if (tag === catchTag) index(cursor, Space.tag, "the name or index of a tag");
    else this.#repeatedLabel(open);
    this.#leaveFailed();
    this.#push(Frame.arm, node, tag);
  }

  /** `delegate` ends a flat `try`, whose own label it cannot mean. */
  #delegate(): void {
    const cursor = this.#cursor;
    const open = this.#flatBlockHere();
    if (open === undefined || open.tag !== tryTag || this.#top.kind === Frame.arm) {
      cursor.report("unmatched-end", "There is no `try` without `catch` that this `delegate` could close.", cursor.at);
      cursor.at++;
      this.#leaveFailedLabel();
      return;
    }
    cursor.at++;
    this.#names.useLabel(cursor, 1);
    this.#leaveFailed();
    this.#pop();
  }

  #leaveFailedLabel(): void {
    if (isName(this.#cursor.tag) || this.#cursor.tag === Token.natural) this.#cursor.at++;
  }

  #leftParen(): void {
    const cursor = this.#cursor;
    const top = this.#top;
    const tag = cursor.peek(1);
    if (top.kind === Frame.condition && tag === Word.then) return this.#thenArm();
    if (top.kind === Frame.thenDone) {
      if (tag === elseTag) return this.#arm(Node.elseArm, Frame.armsDone, tag);
      return this.#wrongForm();
    }
    if (top.kind === Frame.tryStart || top.kind === Frame.doDone) return this.#tryForm(tag);
    if (top.kind === Frame.armsDone) return this.#wrongForm();
    if (tag === end || isArm(tag) || tag === delegate) return this.#wrongForm();
    if (tag >= firstInstruction) return this.#folded(tag);
    if (tag === Token.unknown) return this.#unknownFolded();
    this.#wrongForm();
  }

  #folded(tag: number): void {
    const cursor = this.#cursor;
    if (this.#going !== Going.on) this.#beginUnreached(tag);
    if (isBlock(tag)) {
      const node = cursor.openForm(Node.foldedBlock);
      const label = this.#blockHead(tag);
      // The condition of an `if` is outside of its label's reach, so the arms push it.
      if (tag === ifTag) return this.#push(Frame.condition, node, tag, false, label);
      this.#pushLabel(label);
      return this.#push(tag === tryTag ? Frame.tryStart : Frame.body, node, tag, true, label);
    }
    const node = cursor.openForm(Node.folded);
    immediates(cursor, tag, this.#names);
    this.#leaveFailed();
    this.#push(Frame.operands, node, tag);
  }

  #thenArm(): void {
    this.#arm(Node.thenArm, Frame.thenDone, Word.then);
  }

  /** `(then`, `(else`, `(do`: the construct around goes into state `after`. */
  #arm(kind: typeof Node.thenArm | typeof Node.elseArm | typeof Node.doArm, after: Frame, tag: number): void {
    const around = this.#top;
    around.kind = after;
    const node = this.#cursor.openForm(kind);
    const pushesLabel = kind !== Node.doArm;
    if (pushesLabel) this.#pushLabel(around.label);
    this.#push(Frame.body, node, tag, pushesLabel);
  }

  /** Arms of a folded `try`. */
  #tryForm(tag: number): void {
    const cursor = this.#cursor;
    const top = this.#top;
    if (top.kind === Frame.tryStart) return tag === Word.do ? this.#arm(Node.doArm, Frame.doDone, tag) : this.#wrongForm();
    if (tag === delegate) {
      const node = cursor.openForm(Node.folded);
      this.#names.useLabel(cursor, 1);
      cursor.closeForm(node);
      top.kind = Frame.armsDone;
    } else if (tag === catchTag || tag === catchAll) {
      const node = cursor.openForm(Node.catchArm);
      if (tag === catchTag) index(cursor, Space.tag, "the name or index of a tag");
      this.#leaveFailed();
      this.#push(Frame.body, node, tag);
    } else this.#wrongForm();
  }

  /** `(` with what can be no instruction, or not here. */
  #wrongForm(): void {
    const cursor = this.#cursor;
    const top = this.#top;
    if (top.kind === Frame.damaged) return this.#skipAsError();
    const next = cursor.peek(1);
    const isLone = next === Token.leftParen || next === Token.rightParen || next === Token.end;
    if (isLone) {
      cursor.report("unexpected-token", "Expected the name of an instruction behind `(`.", cursor.at);
      this.#names.doubtLocals();
      cursor.isDamaged = true;
      if (top.kind === Frame.single) return this.#skipAsError();
      const node = cursor.open(Node.error);
      cursor.at++;
      return this.#push(Frame.damaged, node, 0);
    }
    if (
      next === Word.param ||
      next === Word.result ||
      next === Word.local ||
      next === Word.type ||
      next === Word.import ||
      next === Word.export
    ) {
      this.#names.doubtLocals();
      cursor.report(
        "unexpected-token",
        `${cursor.describe(cursor.at)} cannot stand here. The order is: exports, import, type, parameters, results, locals, instructions.`,
        cursor.at + 1,
      );
    } else if (next !== Token.broken)
      cursor.report("unexpected-token", `Expected ${this.#expectation()}, but found ${cursor.describe(cursor.at)}.`, cursor.at + 1);
    if (next === Word.then || next === elseTag || (top.kind > Frame.body && top.kind < Frame.block)) {
      // Often a `)` too many closed an arm, and then each `if` around it would be wrong too.
      if (top.kind > Frame.body && top.kind < Frame.block) top.kind = Frame.damaged;
      cursor.isDamaged = true;
    }
    this.#skipAsError();
  }

  #skipAsError(): void {
    const node = this.#cursor.open(Node.error);
    this.#cursor.skipOne();
    this.#cursor.close(node);
  }

  #unknownFolded(): void {
    const cursor = this.#cursor;
    const node = cursor.open(Node.error);
    cursor.at++;
    this.#reportUnknown();
    cursor.failed = true;
    this.#leaveFailed();
    this.#push(Frame.operands, node, 0);
  }

  #reportUnknown(): void {
    const cursor = this.#cursor;
    const written = cursor.textOf(cursor.at);
    if (!/^[a-z]/.test(written)) {
      cursor.failUnknown(this.#expectation());
      cursor.failed = false;
      return;
    }
    const today = renamedInstruction(written);
    const hint = today === undefined ? "" : ` It is called \`${today}\` today.`;
    cursor.report("unknown-instruction", `There is no instruction \`${cursor.shortText(cursor.at)}\`.${hint}`, cursor.at);
  }

  /** A token that starts no instruction. */
  #unexpected(): void {
    const cursor = this.#cursor;
    const node = cursor.open(Node.error);
    if (cursor.tag === Token.unknown) this.#reportUnknown();
    else cursor.expected(this.#expectation());
    cursor.failed = true;
    this.#leaveFailed();
    cursor.close(node);
  }

  /** `)`. Returns whether it is the one that ends the sequence, which is left to the caller. */
  #rightParen(): boolean {
    const cursor = this.#cursor;
    this.#endFlatBlocks();
    if (this.#top.kind === Frame.base) return true;
    if (this.#top.kind === Frame.single) {
      cursor.expected("an instruction in parentheses");
      return true;
    }
    if (this.#top.kind === Frame.condition) this.#lacksArm("`(then ...)`");
    if (this.#top.kind === Frame.tryStart) this.#lacksArm("`(do ...)`");
    cursor.at++;
    this.#pop();
    return false;
  }

  #lacksArm(arm: string): void {
    const { tag, node } = this.#top;
    this.#cursor.report("unexpected-token", `This \`${wordOf(tag)!}\` has no ${arm}.`, this.#cursor.firstToken(node) + 1);
    this.#cursor.isDamaged = true;
  }

  /** Ends the flat blocks that a `)` closes with what is around them: one mistake, told at the innermost. */
  #endFlatBlocks(): void {
    let innermost: OpenConstruct | undefined;
    let count = 0;
    while (this.#top.kind === Frame.block || this.#top.kind === Frame.arm) {
      if (this.#top.kind === Frame.block) {
        innermost ??= this.#top;
        count++;
      }
      this.#pop();
    }
    if (innermost === undefined) return;
    const others = count === 1 ? "" : ` The \`)\` behind it also cuts off ${count - 1} more around it: is it one too many?`;
    this.#cursor.report(
      "missing-end",
      `This \`${wordOf(innermost.tag)!}\` has no \`end\`.${others}`,
      this.#cursor.firstToken(innermost.node),
    );
  }

  /** The field has no more tokens, so a parenthesis is missing; the innermost that is open is told. */
  #atEnd(): void {
    while (this.#stack.length > 1) {
      const { kind, node } = this.#top;
      if (kind !== Frame.block && kind !== Frame.arm) this.#reportUnclosed(node);
      this.#pop();
    }
  }
}
