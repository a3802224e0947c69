import type { Language } from "../symbols/module-symbols.ts";
import { ExpressionError } from "./expression-error.ts";
import {
  type BinaryOperator,
  type CheckedCast,
  hasEffects,
  isBinary,
  precedence,
  precedenceOf,
  type Step,
  type TypeSyntax,
  type UnaryOperator,
} from "./steps.ts";
import { type Token, tokenize } from "./tokens.ts";
import { type ReadType, readTypeOfC, readTypeOfRust } from "./type-syntax.ts";

const unaryOperators: ReadonlySet<string> = new Set<UnaryOperator>(["*", "&", "-", "+", "!", "~"]);
const wordOperators: Readonly<Record<string, BinaryOperator>> = { and: "&&", or: "||" };
const namedCasts: ReadonlySet<string> = new Set(["static_cast", "reinterpret_cast", "const_cast"]);
const longest = 4000;
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

interface Bracket {
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

/** Parses an expression in the spelling of C, C++, Rust, Zig or AssemblyScript. Throws {@link ExpressionError}. */
export function parseExpression(text: string, language: Language = "c"): readonly Step[] {
  if (text.trim() === "") throw new ExpressionError("the expression is empty");
  if (text.length > longest) throw new ExpressionError(`the expression is longer than ${longest} characters`);
  return new Parser(text, language).parse();
}

/** Dijkstra's shunting yard. */
class Parser {
  readonly #text: string;
  readonly #language: Language;
  readonly #tokens: readonly Token[];
  readonly #steps: Step[] = [];
  readonly #pending: Pending[] = [];
  #at = 0;

  constructor(text: string, language: Language) {
    this.#text = text;
    this.#language = language;
    this.#tokens = tokenize(text, language);
  }

  parse(): readonly Step[] {
    let operandNext = true;
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at]!;
      operandNext = operandNext ? this.#operand(token) : this.#behindOperand(token);
    }
    if (operandNext) throw new ExpressionError(`"${this.#text}" ends where a value is expected`);
    this.#reduce(0);
    const open = this.#pending.at(-1);
    if (open?.kind === "question") throw new ExpressionError(`":" is missing behind "?" in "${this.#text}"`);
    if (open) throw new ExpressionError(`a bracket in "${this.#text}" is not closed`);
    // Where nothing happens, what does not matter may as well be evaluated: without guards the engine can do it.
    return hasEffects(this.#steps) ? this.#steps : this.#steps.filter(({ kind }) => kind !== "guard");
  }

  #isNext(text: string, distance = 1): boolean {
    const token = this.#tokens[this.#at + distance];
    return token?.kind === "operator" && token.text === text;
  }

  /** Answers whether an operand is still to come. */
  #operand(token: Token): boolean {
    if (token.kind === "literal") {
      this.#steps.push({ kind: "literal", literal: token.literal });
      return false;
    }
    if (token.kind === "name") return this.#name(token.text);
    switch (token.text) {
      case "(":
        if (!this.#cast()) this.#pending.push(bracket(")"));
        return true;
      case "++":
      case "--":
        this.#wait({ kind: "increment", operator: token.text === "++" ? "+" : "-", isPrefix: true });
        return true;
      case "..":
      case "..=":
        return this.#cut(false, token.text === "..=");
      case ".":
        return this.#enumerator();
      case "@":
        return this.#builtin();
      default:
        break;
    }
    if (!unaryOperators.has(token.text)) throw new ExpressionError(`"${token.text}" stands where a value is expected in "${this.#text}"`);
    const next = this.#tokens[this.#at + 1];
    if (token.text === "&" && this.#language === "rust" && next?.kind === "name" && next.text === "mut") this.#at++;
    this.#wait({ kind: "unary", operator: token.text as UnaryOperator });
    return true;
  }

  #wait(step: Step, level = prefixLevel, guard?: Guard): void {
    this.#pending.push({ kind: "step", level, step, ...(guard ? { guard } : {}) });
  }

  /** Behind the operand that decides. */
  #guard(when: boolean, depth: 0 | 1): Guard {
    const guard: Guard = { kind: "guard", when, depth, end: 0 };
    this.#steps.push(guard);
    return guard;
  }

  #name(name: string): boolean {
    if (name === "sizeof") return this.#sizeOf();
    if (namedCasts.has(name) && this.#isNext("<")) {
      const read = readTypeOfC(this.#tokens, this.#at + 2);
      const close = read && this.#tokens[read.end];
      if (!read || close?.kind !== "operator" || close.text !== ">") throw new ExpressionError(`${name} needs a type between "<" and ">"`);
      this.#at = read.end;
      return this.#functionalCast(name, read.type);
    }
    // `double(x)` calls a function where that is no type.
    const hasCasts = this.#language !== "rust" && this.#language !== "zig";
    const functional = hasCasts && this.#isNext("(") ? readTypeOfC(this.#tokens, this.#at) : undefined;
    if (functional?.isCertain && functional.end === this.#at + 1) {
      return this.#functionalCast(name, functional.type);
    }
    this.#steps.push({ kind: "name", name });
    return false;
  }

  /** At the token before the bracket. */
  #functionalCast(name: string, cast: TypeSyntax): boolean {
    if (!this.#isNext("(")) throw new ExpressionError(`"(" is missing behind ${name} in "${this.#text}"`);
    this.#at++;
    this.#pending.push({ ...bracket(")"), cast });
    return true;
  }

  /** `sizeof(type)`; of all else `sizeof` is an operator. */
  #sizeOf(): boolean {
    const read = this.#isNext("(") ? readTypeOfC(this.#tokens, this.#at + 2) : undefined;
    if (!read?.isCertain || !this.#isClosed(read)) {
      this.#wait({ kind: "size-of" });
      return true;
    }
    this.#steps.push({ kind: "size-of-type", type: read.type });
    this.#at = read.end;
    return false;
  }

  #isClosed({ end }: ReadType): boolean {
    const close = this.#tokens[end];
    return close?.kind === "operator" && close.text === ")";
  }

  /** `(type)` before a value. A name alone in brackets is a type where what follows can be nothing but a value. */
  #cast(): boolean {
    const read = readTypeOfC(this.#tokens, this.#at + 1);
    if (!read || !this.#isClosed(read)) return false;
    const next = this.#tokens[read.end + 1];
    const isOperand = next !== undefined && (next.kind !== "operator" || /^[(!~]$/.test(next.text)) && !isWordOperator(next);
    if (!read.isCertain && !isOperand) return false;
    this.#wait({ kind: "cast", type: read.type });
    this.#at = read.end;
    return true;
  }

  /** `@name(` of Zig. */
  #builtin(): boolean {
    const name = this.#tokens[this.#at + 1];
    if (name?.kind !== "name" || !this.#isNext("(", 2))
      throw new ExpressionError(`"@" stands where a value is expected in "${this.#text}"`);
    this.#at += 2;
    if (name.text !== "as" && name.text !== "sizeOf") {
      this.#pending.push({ ...bracket(")"), arguments: 0, builtin: name.text });
      return true;
    }
    const read = readTypeOfRust(this.#tokens, this.#at + 1);
    const next = read && this.#tokens[read.end];
    const isClosed = next?.kind === "operator" && next.text === (name.text === "as" ? "," : ")");
    if (!read || !isClosed) throw new ExpressionError(`@${name.text} takes a type first`);
    this.#at = read.end;
    if (name.text === "sizeOf") {
      this.#steps.push({ kind: "size-of-type", type: read.type });
      return false;
    }
    const inner = this.#isNext("@") ? this.#tokens[this.#at + 2] : undefined;
    this.#pending.push({ ...bracket(")"), cast: read.type, how: castOf(inner) });
    return true;
  }

  #enumerator(): boolean {
    const next = this.#tokens[++this.#at];
    if (next?.kind !== "name") throw new ExpressionError(`"." stands where a value is expected in "${this.#text}"`);
    this.#steps.push({ kind: "enumerator", name: next.text });
    return false;
  }

  #behindOperand(token: Token): boolean {
    if (token.kind === "literal") return this.#tupleMember(token.text);
    if (token.kind === "name") return this.#behindWord(token.text);
    const { text } = token;
    switch (text) {
      case ".":
      case "->":
        this.#steps.push(this.#member(text));
        return false;
      case "[":
        this.#pending.push(bracket("]"));
        return true;
      case "(":
        return this.#call();
      case ")":
      case "]":
        this.#close(text);
        return false;
      case ",":
        return this.#nextArgument();
      case "?":
        this.#reduce(precedence.conditional, true);
        this.#pending.push({
          kind: "question",
          level: precedence.conditional,
          step: { kind: "conditional" },
          guard: this.#guard(false, 0),
        });
        return true;
      case ":":
        return this.#otherwise();
      case "..":
      case "..=":
        this.#reduce(0);
        return this.#cut(true, text === "..=");
      case "++":
      case "--":
        this.#steps.push({ kind: "increment", operator: text === "++" ? "+" : "-", isPrefix: false });
        return false;
      default:
        return this.#operator(text);
    }
  }

  #operator(text: string): boolean {
    const assignment = /^(|[-+*/%&|^]|<<|>>)=$/.exec(text);
    if (assignment) {
      this.#reduce(precedence.assignment, true);
      const operator = assignment[1] === "" ? undefined : (assignment[1] as BinaryOperator);
      this.#wait({ kind: "assign", operator }, precedence.assignment);
      return true;
    }
    if (!isBinary(text)) throw new ExpressionError(`an operator is missing in "${this.#text}"`);
    const level = precedenceOf(text, this.#language);
    this.#reduce(level);
    const guard = text === "&&" || text === "||" ? this.#guard(text === "||", 0) : undefined;
    this.#wait({ kind: "binary", operator: text }, level, guard);
    return true;
  }

  #behindWord(word: string): boolean {
    const operator = Object.hasOwn(wordOperators, word) ? wordOperators[word] : undefined;
    if (operator) return this.#operator(operator);
    const read = word === "as" ? readTypeOfRust(this.#tokens, this.#at + 1) : undefined;
    if (word === "as" && !read) throw new ExpressionError(`a type is missing behind "as" in "${this.#text}"`);
    if (!read) throw new ExpressionError(`an operator is missing in "${this.#text}"`);
    this.#reduce(precedence.cast);
    this.#steps.push({ kind: "cast", type: read.type });
    this.#at = read.end - 1;
    return false;
  }

  /** Members of tuples are numbers, which look like fractions: `.0`. */
  #tupleMember(text: string): boolean {
    if (!/^\.\d+$/.test(text)) throw new ExpressionError(`an operator is missing in "${this.#text}"`);
    this.#steps.push({ kind: "member", name: text.slice(1) });
    return false;
  }

  #member(operator: string): Step {
    const next = this.#tokens[++this.#at];
    if (next?.kind === "name") return { kind: "member", name: next.text };
    if (next?.kind === "literal" && /^\d+$/.test(next.text)) return { kind: "member", name: next.text };
    // `p.*` and `optional.?` of Zig.
    const isZig = this.#language === "zig" && operator === "." && next?.kind === "operator";
    if (isZig && (next.text === "*" || next.text === "?")) return { kind: "unary", operator: "*" };
    throw new ExpressionError(`the name of a member is missing behind "${operator}"`);
  }

  #call(): boolean {
    const last = this.#steps.at(-1);
    // Only a member that stands right here is called; `(a.f)(1)` is the same.
    const method = last?.kind === "member" ? last.name : undefined;
    if (method !== undefined) this.#steps.pop();
    const call: Bracket = { ...bracket(")"), arguments: 0, method };
    if (this.#isNext(")")) {
      this.#at++;
      this.#steps.push({ kind: "call", count: 0, method });
      return false;
    }
    this.#pending.push(call);
    return true;
  }

  #nextArgument(): boolean {
    this.#reduce(0);
    const open = this.#pending.at(-1);
    if (open?.kind !== "bracket" || open.arguments === undefined) throw new ExpressionError(`"," is not understood in "${this.#text}"`);
    open.arguments++;
    return true;
  }

  #otherwise(): boolean {
    this.#reduce(0);
    const question = this.#pending.pop();
    if (question?.kind !== "question") throw new ExpressionError(`":" stands without "?" in "${this.#text}"`);
    if (question.guard) question.guard.end = this.#steps.length;
    this.#wait(question.step, question.level, this.#guard(true, 1));
    return true;
  }

  /** At the dots between the bounds of a slice. Answers whether a bound is to come. */
  #cut(from: boolean, inclusive: boolean): boolean {
    const open = this.#pending.at(-1);
    if (open?.kind !== "bracket" || open.close !== "]" || open.slice)
      throw new ExpressionError(`".." is not understood in "${this.#text}"`);
    open.slice = { from, inclusive };
    if (!this.#isNext("]")) return true;
    this.#at++;
    this.#pending.pop();
    this.#steps.push({ kind: "slice", from, to: false, inclusive });
    return false;
  }

  #close(close: ")" | "]"): void {
    this.#reduce(0);
    const open = this.#pending.pop();
    if (open?.kind !== "bracket" || open.close !== close) throw new ExpressionError(`"${close}" closes nothing in "${this.#text}"`);
    if (open.builtin !== undefined) this.#steps.push({ kind: "builtin", name: open.builtin, count: (open.arguments ?? 0) + 1 });
    else if (open.arguments !== undefined) this.#steps.push({ kind: "call", count: open.arguments + 1, method: open.method });
    else if (open.cast) this.#steps.push({ kind: "cast", type: open.cast, ...(open.how ? { how: open.how } : {}) });
    else if (open.slice) this.#steps.push({ kind: "slice", ...open.slice, to: true });
    else if (close === "]") this.#steps.push({ kind: "index" });
  }

  /** Moves waiting operators that bind at least as strongly as `level` to the steps; `rightFirst`: only those that bind stronger. */
  #reduce(level: number, rightFirst = false): void {
    for (;;) {
      const last = this.#pending.at(-1);
      if (last?.kind !== "step" || last.level < level || (rightFirst && last.level === level)) return;
      this.#pending.pop();
      if (last.guard) last.guard.end = this.#steps.length;
      this.#steps.push(last.step);
    }
  }
}

const bracket = (close: ")" | "]"): Bracket => ({
  kind: "bracket",
  close,
  arguments: undefined,
  method: undefined,
  cast: undefined,
  slice: undefined,
});

/** What stands directly in `@as` says how its value is made to fit. */
function castOf(inner: Token | undefined): CheckedCast {
  if (inner?.kind === "name" && inner.text === "truncate") return "truncate";
  return inner?.kind === "name" && inner.text === "bitCast" ? "bits" : "fits";
}

const isWordOperator = (token: Token): boolean =>
  token.kind === "name" && (Object.hasOwn(wordOperators, token.text) || token.text === "as");
