/** Dijkstra's shunting yard: operators and brackets wait until their last operand is known. */
import { ExpressionError } from "./expression-error.ts";
import { type BinaryOperator, type CheckedCast, hasEffects, precedence, type Step, type TypeSyntax } from "./steps.ts";

/** Of what stands before a value. */
const prefixLevel = 15;

/** What waits for its last operand. */
type Pending = Waiting | Bracket;

interface Waiting {
  readonly kind: "step" | "question";
  /** Of a question: that of its `?:`. */
  readonly level: number;
  readonly step: Step;
  /** Ends before the step. */
  readonly guard?: Guard;
}

/** Its end is known when the operand behind it is. */
interface Guard {
  readonly kind: "guard";
  readonly when: boolean;
  readonly depth: 0 | 1;
  end: number;
}

export interface Bracket {
  readonly kind: "bracket";
  readonly close: ")" | "]";
  /** Arguments of a call so far; `undefined` for other brackets. */
  arguments: number | undefined;
  method: string | undefined;
  /** What the value in the brackets is converted to: `int(x)`, `static_cast<int>(x)`, `@as(T, x)`. */
  cast: TypeSyntax | undefined;
  readonly how?: CheckedCast;
  /** Of Zig, whose arguments these are. */
  readonly builtin?: string;
  slice: { readonly from: boolean; readonly inclusive: boolean } | undefined;
}

/** Steps in postfix order, and what waits for its last operand. Errors name the whole text. */
export class ShuntingYard {
  readonly #text: string;
  readonly #steps: Step[] = [];
  readonly #pending: Pending[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Throws {@link ExpressionError} where something is still open. */
  end(): readonly Step[] {
    this.reduce(0);
    const open = this.#pending.at(-1);
    if (open?.kind === "question") throw new ExpressionError(`":" is missing behind "?" in "${this.#text}"`);
    if (open) throw new ExpressionError(`a bracket in "${this.#text}" is not closed`);
    // Where nothing happens, what does not matter may as well be evaluated: without guards the engine can do it.
    return hasEffects(this.#steps) ? this.#steps : this.#steps.filter(({ kind }) => kind !== "guard");
  }

  /** A step whose operands are all there. */
  push(step: Step): void {
    this.#steps.push(step);
  }

  /** At a bracket, within which nothing before it binds. */
  open(opened: Bracket): void {
    this.#pending.push(opened);
  }

  /** The name of the member that stands right here, which is called: `(a.f)(1)` is the same as `a.f(1)`. */
  takeMethod(): string | undefined {
    const last = this.#steps.at(-1);
    if (last?.kind !== "member") return undefined;
    this.#steps.pop();
    return last.name;
  }

  binary(operator: BinaryOperator, level: number): void {
    this.reduce(level);
    const guard = operator === "&&" || operator === "||" ? this.#guard(operator === "||", 0) : undefined;
    this.wait({ kind: "binary", operator }, level, guard);
  }

  /** At `?`. */
  question(): void {
    this.reduce(precedence.conditional, true);
    const guard = this.#guard(false, 0);
    this.#pending.push({ kind: "question", level: precedence.conditional, step: { kind: "conditional" }, guard });
  }

  /** A step whose last operand is still to come, and how strongly it binds; without `level` as strongly as what stands before a value. */
  wait(step: Step, level = prefixLevel, guard?: Guard): void {
    this.#pending.push({ kind: "step", level, step, ...(guard ? { guard } : {}) });
  }

  /** Behind the operand that decides. */
  #guard(when: boolean, depth: 0 | 1): Guard {
    const guard: Guard = { kind: "guard", when, depth, end: 0 };
    this.#steps.push(guard);
    return guard;
  }

  /** At `,`. Throws {@link ExpressionError} outside of a call. */
  nextArgument(): void {
    this.reduce(0);
    const open = this.#pending.at(-1);
    if (open?.kind !== "bracket" || open.arguments === undefined) throw new ExpressionError(`"," is not understood in "${this.#text}"`);
    open.arguments++;
  }

  /** At `:`. */
  otherwise(): void {
    this.reduce(0);
    const question = this.#pending.pop();
    if (question?.kind !== "question") throw new ExpressionError(`":" stands without "?" in "${this.#text}"`);
    if (question.guard) question.guard.end = this.#steps.length;
    this.wait(question.step, question.level, this.#guard(true, 1));
  }

  /** At the dots between the bounds of a slice; `isWhole`: no bound comes behind them. */
  cut(from: boolean, inclusive: boolean, isWhole: boolean): void {
    const open = this.#pending.at(-1);
    if (open?.kind !== "bracket" || open.close !== "]" || open.slice)
      throw new ExpressionError(`".." is not understood in "${this.#text}"`);
    open.slice = { from, inclusive };
    if (!isWhole) return;
    this.#pending.pop();
    this.#steps.push({ kind: "slice", from, to: false, inclusive });
  }

  /** At the end of a bracket. Throws {@link ExpressionError} where none of its kind is open. */
  close(close: ")" | "]"): void {
    this.reduce(0);
    const open = this.#pending.pop();
    if (open?.kind !== "bracket" || open.close !== close) throw new ExpressionError(`"${close}" closes nothing in "${this.#text}"`);
    if (open.builtin !== undefined) this.#steps.push({ kind: "builtin", name: open.builtin, count: (open.arguments ?? 0) + 1 });
    else if (open.arguments !== undefined) this.#steps.push({ kind: "call", count: open.arguments + 1, method: open.method });
    else if (open.cast) this.#steps.push({ kind: "cast", type: open.cast, ...(open.how ? { how: open.how } : {}) });
    else if (open.slice) this.#steps.push({ kind: "slice", ...open.slice, to: true });
    else if (close === "]") this.#steps.push({ kind: "index" });
  }

  /** Moves waiting operators that bind at least as strongly as `level` to the steps; `rightFirst`: only those that bind stronger. */
  reduce(level: number, rightFirst = false): void {
    for (;;) {
      const last = this.#pending.at(-1);
      if (last?.kind !== "step" || last.level < level || (rightFirst && last.level === level)) return;
      this.#pending.pop();
      if (last.guard) last.guard.end = this.#steps.length;
      this.#steps.push(last.step);
    }
  }
}

export const bracket = (close: ")" | "]"): Bracket => ({
  kind: "bracket",
  close,
  arguments: undefined,
  method: undefined,
  cast: undefined,
  slice: undefined,
});
