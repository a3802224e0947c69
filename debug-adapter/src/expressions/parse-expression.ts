import type { Language } from "../symbols/module-symbols.ts";
import { ExpressionError } from "./expression-error.ts";
import { isQuery } from "./library-queries.ts";
import { bracket, ShuntingYard } from "./shunting-yard.ts";
import {
  type BinaryOperator,
  type CheckedCast,
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
/** Parses an expression in the spelling of C, C++, Rust, Zig or AssemblyScript. Throws {@link ExpressionError}. */
export function parseExpression(text: string, language: Language = "c"): readonly Step[] {
  if (text.trim() === "") throw new ExpressionError("the expression is empty");
  if (text.length > longest) throw new ExpressionError(`the expression is longer than ${longest} characters`);
  return new Parser(text, language).parse();
}

/** Says of each token what it is: the same text means something else before an operand than behind one. */
class Parser {
  readonly #text: string;
  readonly #language: Language;
  readonly #tokens: readonly Token[];
  readonly #yard: ShuntingYard;
  #at = 0;

  constructor(text: string, language: Language) {
    this.#text = text;
    this.#language = language;
    this.#tokens = tokenize(text, language);
    this.#yard = new ShuntingYard(text);
  }

  parse(): readonly Step[] {
    let operandNext = true;
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at]!;
      operandNext = operandNext ? this.#operand(token) : this.#behindOperand(token);
    }
    if (operandNext) throw new ExpressionError(`"${this.#text}" ends where a value is expected`);
    return this.#yard.end();
  }

  #isNext(text: string, distance = 1): boolean {
    const token = this.#tokens[this.#at + distance];
    return token?.kind === "operator" && token.text === text;
  }

  /** Answers whether an operand is still to come. */
  #operand(token: Token): boolean {
    if (token.kind === "literal") {
      this.#yard.push({ kind: "literal", literal: token.literal });
      return false;
    }
    if (token.kind === "name") return this.#name(token.text);
    switch (token.text) {
      case "(":
        if (!this.#cast()) this.#yard.open(bracket(")"));
        return true;
      case "++":
      case "--":
        this.#yard.wait({ kind: "increment", operator: token.text === "++" ? "+" : "-", isPrefix: true });
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
    this.#yard.wait({ kind: "unary", operator: token.text as UnaryOperator });
    return true;
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
    this.#yard.push({ kind: "name", name });
    return false;
  }

  /** At the token before the bracket. */
  #functionalCast(name: string, cast: TypeSyntax): boolean {
    if (!this.#isNext("(")) throw new ExpressionError(`"(" is missing behind ${name} in "${this.#text}"`);
    this.#at++;
    this.#yard.open({ ...bracket(")"), cast });
    return true;
  }

  /** `sizeof(type)`; of all else `sizeof` is an operator. */
  #sizeOf(): boolean {
    const read = this.#isNext("(") ? readTypeOfC(this.#tokens, this.#at + 2) : undefined;
    if (!read?.isCertain || !this.#isClosed(read)) {
      this.#yard.wait({ kind: "size-of" });
      return true;
    }
    this.#yard.push({ kind: "size-of-type", type: read.type });
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
    this.#yard.wait({ kind: "cast", type: read.type });
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
      this.#yard.open({ ...bracket(")"), arguments: 0, builtin: name.text });
      return true;
    }
    const read = readTypeOfRust(this.#tokens, this.#at + 1);
    const next = read && this.#tokens[read.end];
    const isClosed = next?.kind === "operator" && next.text === (name.text === "as" ? "," : ")");
    if (!read || !isClosed) throw new ExpressionError(`@${name.text} takes a type first`);
    this.#at = read.end;
    if (name.text === "sizeOf") {
      this.#yard.push({ kind: "size-of-type", type: read.type });
      return false;
    }
    const inner = this.#isNext("@") ? this.#tokens[this.#at + 2] : undefined;
    this.#yard.open({ ...bracket(")"), cast: read.type, how: castOf(inner) });
    return true;
  }

  #enumerator(): boolean {
    const next = this.#tokens[++this.#at];
    if (next?.kind !== "name") throw new ExpressionError(`"." stands where a value is expected in "${this.#text}"`);
    this.#yard.push({ kind: "enumerator", name: next.text });
    return false;
  }

  #behindOperand(token: Token): boolean {
    if (token.kind === "literal") return this.#tupleMember(token.text);
    if (token.kind === "name") return this.#behindWord(token.text);
    const { text } = token;
    switch (text) {
      case ".":
      case "->":
        this.#yard.push(this.#member(text));
        return false;
      case "[":
        this.#yard.open(bracket("]"));
        return true;
      case "(":
        return this.#call();
      case ")":
      case "]":
        this.#yard.close(text);
        return false;
      case ",":
        this.#yard.nextArgument();
        return true;
      case "?":
        this.#yard.question();
        return true;
      case ":":
        this.#yard.otherwise();
        return true;
      case "..":
      case "..=":
        this.#yard.reduce(0);
        return this.#cut(true, text === "..=");
      case "++":
      case "--":
        this.#yard.push({ kind: "increment", operator: text === "++" ? "+" : "-", isPrefix: false });
        return false;
      default:
        return this.#operator(text);
    }
  }

  #operator(text: string): boolean {
    const assignment = /^(|[-+*/%&|^]|<<|>>)=$/.exec(text);
    if (assignment) {
      this.#yard.reduce(precedence.assignment, true);
      const operator = assignment[1] === "" ? undefined : (assignment[1] as BinaryOperator);
      this.#yard.wait({ kind: "assign", operator }, precedence.assignment);
      return true;
    }
    if (!isBinary(text)) throw new ExpressionError(`an operator is missing in "${this.#text}"`);
    const level = precedenceOf(text, this.#language);
    this.#yard.binary(text, level);
    return true;
  }

  #behindWord(word: string): boolean {
    const operator = Object.hasOwn(wordOperators, word) ? wordOperators[word] : undefined;
    if (operator) return this.#operator(operator);
    const read = word === "as" ? readTypeOfRust(this.#tokens, this.#at + 1) : undefined;
    if (word === "as" && !read) throw new ExpressionError(`a type is missing behind "as" in "${this.#text}"`);
    if (!read) throw new ExpressionError(`an operator is missing in "${this.#text}"`);
    this.#yard.reduce(precedence.cast);
    this.#yard.push({ kind: "cast", type: read.type });
    this.#at = read.end - 1;
    return false;
  }

  /** Members of tuples are numbers, which look like fractions: `.0`. */
  #tupleMember(text: string): boolean {
    if (!/^\.\d+$/.test(text)) throw new ExpressionError(`an operator is missing in "${this.#text}"`);
    this.#yard.push({ kind: "member", name: text.slice(1) });
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

  /** At the dots between the bounds of a slice. Answers whether a bound is to come. */
  #cut(from: boolean, inclusive: boolean): boolean {
    const isWhole = this.#isNext("]");
    this.#yard.cut(from, inclusive, isWhole);
    if (isWhole) this.#at++;
    return !isWhole;
  }

  #call(): boolean {
    const method = this.#yard.takeMethod();
    if (!this.#isNext(")")) {
      this.#yard.open({ ...bracket(")"), arguments: 0, method });
      return true;
    }
    this.#at++;
    this.#yard.push(method !== undefined && isQuery(method) ? { kind: "query", method } : { kind: "call", count: 0, method });
    return false;
  }
}

/** What stands directly in `@as` says how its value is made to fit. */
function castOf(inner: Token | undefined): CheckedCast {
  if (inner?.kind === "name" && inner.text === "truncate") return "truncate";
  return inner?.kind === "name" && inner.text === "bitCast" ? "bits" : "fits";
}

const isWordOperator = (token: Token): boolean =>
  token.kind === "name" && (Object.hasOwn(wordOperators, token.text) || token.text === "as");
