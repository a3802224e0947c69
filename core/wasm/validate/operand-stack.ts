/**
 * The operand stack and the control stack of a function body that is validated.
 * Source: WebAssembly 3.0, appendix A.3 "Validation Algorithm".
 */
import type { Place, Reporter, ValidationCode } from "./code.ts";
import type { FunctionType, TypeTable } from "./type-table.ts";
import { bottom, isDefaultable } from "./value-type.ts";
import type { ValueType } from "./value-type.ts";

export const FrameKind = { body: 0, block: 1, loop: 2, if: 3, else: 4, tryTable: 5, try: 6, catch: 7 } as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

const noTypes = new Int32Array(0);

/**
 * Reused for one body after another. After a mistake it goes on as if the instruction had been right: a value of a wrong type counts as
 * taken, a missing one as there, so that one mistake gives one message.
 */
export class OperandStack {
  types!: TypeTable;
  /** Name of the current instruction, for messages, and where it is. */
  name = "";
  place: Place = 0;
  #reporter: Reporter | undefined;
  #word: "function" | "expression" = "function";
  #operands = new Int32Array(256);
  /** Place of the instruction that made each operand. */
  #origins = new Int32Array(256);
  #height = 0;
  /** Height at the start of the current instruction. */
  #before = 0;
  /** Whether the current instruction has had its message. */
  #failed = false;
  /** Instructions that have had a message: what they give is not worth another one. */
  readonly #failedPlaces = new Set<Place>();
  /** Whether a block has lacked a value while there was one outside of it, which then seems to be one too many. */
  #missedOuter = false;
  /**
   * Whether the next value that is missing may follow from a mistake told before: a block has left one that may have been meant for what is
   * around it, or an instruction has taken a wrong one in place of one that is missing.
   */
  #mayLack = false;

  #depth = 0;
  #kinds = new Uint8Array(64);
  #heights = new Int32Array(64);
  #unreachable = new Uint8Array(64);
  #places = new Int32Array(64);
  #initHeights = new Int32Array(64);
  readonly #blockTypes: FunctionType[] = [];

  #locals: Int32Array = noTypes;
  /** Whether a local of a type without default value has been set; only kept where there are such locals. */
  #unset: Uint8Array | undefined;
  readonly #setLocals: number[] = [];

  /**
   * Starts a body. The first `paramCount` of the locals have values. The stack keeps `locals` until the next start.
   */
  begin(
    types: TypeTable,
    reporter: Reporter,
    body: {
      readonly locals: Int32Array;
      readonly paramCount: number;
      readonly results: Int32Array;
      readonly place: Place;
      /** What messages call it. */
      readonly word: "function" | "expression";
    },
  ): void {
    this.types = types;
    this.#word = body.word;
    this.#reporter = reporter;
    this.#height = 0;
    this.#depth = 0;
    this.#locals = body.locals;
    this.#unset = undefined;
    this.#setLocals.length = 0;
    this.#failedPlaces.clear();
    this.#missedOuter = false;
    this.#mayLack = false;
    for (let at = body.paramCount; at < body.locals.length; at++) {
      if (isDefaultable(body.locals[at]!)) continue;
      this.#unset ??= new Uint8Array(body.locals.length);
      this.#unset[at] = 1;
    }
    this.#pushFrame(FrameKind.body, { params: noTypes, results: body.results }, body.place);
  }

  /** Whether the body that was begun last is one that reports there. */
  isHeldBy(reporter: Reporter): boolean {
    return this.#reporter === reporter;
  }

  /** Lets go of what the last body was checked with, so that it does not stay in memory. */
  release(): void {
    this.#reporter = undefined;
  }

  /** Starts an instruction. */
  start(name: string, place: Place): void {
    this.name = name;
    this.place = place;
    this.#before = this.#height;
    this.#failed = false;
  }

  /** Reports once for the current instruction. */
  fail(code: ValidationCode, message: string, place = this.place, related?: Parameters<Reporter["report"]>[3]): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#failedPlaces.add(this.place);
    if (related === undefined) this.#reporter?.report(code, message, place);
    else this.#reporter?.report(code, message, place, related);
  }

  /** Notes that the current instruction has had a message: what it gives is not worth another one. */
  doubt(): void {
    this.#failedPlaces.add(this.place);
  }

  // Operands

  push(type: ValueType): void {
    const height = this.#height++;
    if (height === this.#operands.length) this.#growOperands();
    this.#operands[height] = type;
    this.#origins[height] = this.place;
  }

  pushAll(types: Int32Array): void {
    for (const type of types) this.push(type);
  }

  /** Takes a value of a type. Returns what it was; `bottom` where there was none. */
  pop(expected: ValueType): ValueType {
    if (this.#height === this.#heights[this.#depth - 1]!) {
      if (this.#unreachable[this.#depth - 1] === 0) this.#underflow(Int32Array.of(expected));
      return bottom;
    }
    const actual = this.#operands[--this.#height]!;
    if (actual !== expected && !this.types.matches(actual, expected)) this.#mismatch(actual, expected);
    return actual;
  }

  /** Takes values of these types, the last one first. */
  popAll(types: Int32Array): void {
    for (let at = types.length - 1; at >= 0; at--) {
      const expected = types[at]!;
      if (this.#height === this.#heights[this.#depth - 1]!) {
        if (this.#unreachable[this.#depth - 1] === 0) this.#underflow(types);
        return;
      }
      const actual = this.#operands[--this.#height]!;
      if (actual !== expected && !this.types.matches(actual, expected)) this.#mismatch(actual, expected);
    }
  }

  /** Checks that values of these types are on top; from now on they count as of just these types. */
  replaceAll(types: Int32Array): void {
    const before = this.#height;
    this.popAll(types);
    for (const type of types) {
      const origin = this.#height < before ? this.#origins[this.#height]! : this.place;
      this.push(type);
      this.#origins[this.#height - 1] = origin;
    }
  }

  /** Takes a value of any type. `what` says what is asked for. */
  popAny(what = "a value"): ValueType {
    if (this.#height > this.#heights[this.#depth - 1]!) return this.#operands[--this.#height]!;
    if (this.#unreachable[this.#depth - 1] === 0) {
      if (!this.#mayLack) this.fail("type-mismatch", `\`${this.name}\` takes ${what}, but there is none on the stack.`);
      this.#missed();
    }
    return bottom;
  }

  /** Whether the innermost block has no operands of its own left. */
  get isExhausted(): boolean {
    return this.#height === this.#heights[this.#depth - 1]!;
  }

  /** Types of the values that the innermost block has on the stack, the topmost last; at most `limit`. */
  operands(limit: number): Int32Array {
    const base = this.#heights[this.#depth - 1]!;
    return this.#operands.slice(Math.max(base, this.#height - limit), this.#height);
  }

  /** Whether the present place is never reached, so that any further operands are there. */
  get isUnreachable(): boolean {
    return this.#unreachable[this.#depth - 1] !== 0;
  }

  /** Place of what made the value that was taken last. */
  get lastOrigin(): Place {
    return this.#origins[this.#height]!;
  }

  /** Reports the value taken last, which is of a wrong type. */
  wrongOperand(actual: ValueType, expected: string): void {
    const origin = this.lastOrigin;
    if (this.#failedPlaces.has(origin)) return;
    this.#mayLack = true;
    const found = this.types.text(actual);
    if (origin === this.place) return this.fail("type-mismatch", `\`${this.name}\` expects ${expected}, but found ${found}.`);
    const message = `\`${this.name}\` expects ${expected} here, but this gives ${found}.`;
    this.fail("type-mismatch", message, origin, { message: `\`${this.name}\` takes it here.`, place: this.place });
  }

  #mismatch(actual: ValueType, expected: ValueType): void {
    this.wrongOperand(actual, this.types.text(expected));
  }

  #underflow(expected: Int32Array): void {
    if (this.#mayLack) return this.#missed();
    const base = this.#heights[this.#depth - 1]!;
    const held = this.#operands.subarray(base, Math.max(base, this.#before));
    const there = held.length === 0 ? "nothing" : `only ${this.types.listText(held.slice(-8))}`;
    const where = this.#depth > 1 ? " within this block" : "";
    this.fail("type-mismatch", `\`${this.name}\` takes ${this.types.listText(expected)}, but the stack holds ${there}${where}.`);
    this.#missed();
  }

  /** After a missing value, which counts as taken. */
  #missed(): void {
    this.#mayLack = false;
    const top = this.#depth - 1;
    this.#missedOuter ||= top > 0 && this.#heights[top]! > this.#heights[top - 1]!;
  }

  #growOperands(): void {
    const operands = new Int32Array(this.#operands.length * 2);
    operands.set(this.#operands);
    this.#operands = operands;
    const origins = new Int32Array(operands.length);
    origins.set(this.#origins);
    this.#origins = origins;
  }

  // Control

  /** Takes the parameters of a block and opens it. */
  openBlock(kind: FrameKind, type: FunctionType): void {
    this.replaceAll(type.params);
    this.#pushFrame(kind, type, this.place);
    this.#heights[this.#depth - 1] = this.#height - type.params.length;
  }

  #pushFrame(kind: FrameKind, type: FunctionType, place: Place): void {
    const depth = this.#depth++;
    if (depth === this.#kinds.length) this.#growFrames();
    this.#kinds[depth] = kind;
    this.#heights[depth] = this.#height;
    this.#unreachable[depth] = 0;
    this.#places[depth] = place;
    this.#initHeights[depth] = this.#setLocals.length;
    this.#blockTypes[depth] = type;
  }

  #growFrames(): void {
    const size = this.#kinds.length * 2;
    this.#kinds = grown(this.#kinds, new Uint8Array(size));
    this.#unreachable = grown(this.#unreachable, new Uint8Array(size));
    this.#heights = grown(this.#heights, new Int32Array(size));
    this.#places = grown(this.#places, new Int32Array(size));
    this.#initHeights = grown(this.#initHeights, new Int32Array(size));
  }

  /** Goes from the first arm of an `if` to its `else`, or from an arm of a `try` to the next one, which starts with `params`. */
  nextArm(kind: FrameKind, params?: Int32Array): void {
    const top = this.#depth - 1;
    const type = this.#blockTypes[top]!;
    const opened = this.#places[top]!;
    this.#endArm(type);
    this.#depth--;
    this.#pushFrame(kind, type, opened);
    this.pushAll(params ?? type.params);
  }

  /** Ends the innermost block, whose results are then on the stack. `opener` made them, for messages. */
  closeBlock(opener: Place): void {
    const top = this.#depth - 1;
    const type = this.#blockTypes[top]!;
    this.#endArm(type);
    if (this.#kinds[top] === FrameKind.if) this.#endIfWithoutElse(type, opener);
    this.#depth--;
    this.place = opener;
    this.pushAll(type.results);
  }

  /** Ends the body. */
  endBody(): void {
    this.#endArm(this.#blockTypes[0]!);
  }

  #endIfWithoutElse({ params, results }: FunctionType, opener: Place): void {
    if (this.#failedPlaces.has(opener)) return;
    const matches = params.length === results.length && results.every((type, at) => this.types.matches(params[at]!, type));
    if (matches) return;
    this.fail("type-mismatch", `This \`if\` gives ${this.types.listText(results)}, so it needs an \`else\` that gives them too.`, opener);
  }

  /** Checks that exactly the results are on the stack, and takes away what the block has set and left. */
  #endArm({ results }: FunctionType): void {
    const top = this.#depth - 1;
    const base = this.#heights[top]!;
    const isPolymorphic = this.#unreachable[top] !== 0;
    const extra = this.#height - base - results.length;
    if (extra > 0) this.#superfluous(base, results, extra);
    else if (extra < 0 && !isPolymorphic && this.#mayLack) this.#mayLack = false;
    else if (extra < 0 && !isPolymorphic) {
      const held = this.types.listText(this.#operands.subarray(base, this.#height));
      const what = this.#ended;
      this.fail("type-mismatch", `The ${what} ends here with ${held} on the stack, but its results are ${this.types.listText(results)}.`);
    } else for (let at = results.length - 1; at >= 0 && this.#height > base; at--) this.#checkResult(results[at]!);
    this.#height = base;
    this.#restoreLocals(this.#initHeights[top]!);
  }

  /** What ends, for messages. */
  get #ended(): string {
    return this.#depth === 1 ? this.#word : "block";
  }

  #checkResult(expected: ValueType): void {
    const actual = this.#operands[--this.#height]!;
    if (actual === expected || this.types.matches(actual, expected)) return;
    const what = this.#ended;
    const origin = this.lastOrigin;
    if (this.#failedPlaces.has(origin)) return;
    const message = `The ${what} should give ${this.types.text(expected)} here, but this gives ${this.types.text(actual)}.`;
    if (origin === this.place) this.fail("type-mismatch", message);
    else this.fail("type-mismatch", message, origin, { message: `The ${what} ends here.`, place: this.place });
  }

  /** More values than results: the first one that is too many is where something was forgotten. */
  #superfluous(base: number, results: Int32Array, extra: number): void {
    // Where the deepest values are the results, what is above them is too much; else the deepest are.
    const count = results.length;
    const areDeepest = results.every((type, at) => this.types.matches(this.#operands[base + at]!, type));
    const areTop = results.every((type, at) => this.types.matches(this.#operands[this.#height - count + at]!, type));
    const first = areDeepest && !areTop ? base + count : base;
    const what = this.#ended;
    const given = count === 0 ? "has no results" : `only gives ${this.types.listText(results)}`;
    const values = extra === 1 ? "a value" : `${extra} values`;
    const message = `This leaves ${values} on the stack (${this.types.text(this.#operands[first]!)}), but the ${what} ${given}. Add \`drop\`, or add it to the results.`;
    const origin = this.#origins[first]!;
    const isConsequence = this.#missedOuter || this.#failedPlaces.has(origin);
    this.#missedOuter = false;
    this.#mayLack ||= this.#depth > 1;
    if (isConsequence) return;
    if (origin === this.place) this.fail("type-mismatch", message);
    else this.fail("type-mismatch", message, origin, { message: `The ${what} ends here.`, place: this.place });
  }

  /** What follows is never reached, so any operands are there. */
  setUnreachable(): void {
    const top = this.#depth - 1;
    this.#height = this.#heights[top]!;
    this.#unreachable[top] = 1;
  }

  /** Types that a branch to the label at a depth takes; `undefined` where there is no such label. */
  labelTypes(depth: number): Int32Array | undefined {
    const at = this.#depth - 1 - depth;
    if (at < 0) return undefined;
    const type = this.#blockTypes[at]!;
    return this.#kinds[at] === FrameKind.loop ? type.params : type.results;
  }

  /** Results of the function. */
  get results(): Int32Array {
    return this.#blockTypes[0]!.results;
  }

  /** Checks that the topmost values have these types, and leaves them there. `what` asks for them. */
  checkTop(types: Int32Array, what: string): void {
    const top = this.#depth - 1;
    const available = this.#height - this.#heights[top]!;
    if (available < types.length && this.#unreachable[top] === 0) {
      const held = this.types.listText(this.#operands.subarray(this.#height - available, this.#height));
      return this.fail("type-mismatch", `${what} takes ${this.types.listText(types)}, but the stack holds ${held}.`);
    }
    for (let back = 1; back <= types.length && back <= available; back++) {
      const actual = this.#operands[this.#height - back]!;
      const expected = types[types.length - back]!;
      if (this.types.matches(actual, expected) || this.#failedPlaces.has(this.#origins[this.#height - back]!)) continue;
      const message = `${what} takes ${this.types.text(expected)} here, but this gives ${this.types.text(actual)}.`;
      return this.fail("type-mismatch", message, this.#origins[this.#height - back]!, { message: `${what} is here.`, place: this.place });
    }
  }

  // Locals

  localType(index: number): ValueType {
    return this.#locals[index]!;
  }

  /** Whether a local may be read. */
  isSet(index: number): boolean {
    return this.#unset === undefined || this.#unset[index] === 0;
  }

  setLocal(index: number): void {
    if (this.#unset === undefined || this.#unset[index] === 0) return;
    this.#unset[index] = 0;
    this.#setLocals.push(index);
  }

  /** What a block has set does not count behind it. */
  #restoreLocals(count: number): void {
    if (this.#unset === undefined) return;
    while (this.#setLocals.length > count) this.#unset[this.#setLocals.pop()!] = 1;
  }
}

function grown<Kind extends Int32Array | Uint8Array>(from: Kind, to: Kind): Kind {
  to.set(from);
  return to;
}
