import { ExpressionError } from "./expression-error.ts";
import { type Token, tokenize } from "./tokens.ts";

/** An expression in postfix order: operands first, then what is done with them. Its evaluation needs no recursion. */
export type Step =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "number"; readonly value: number | bigint }
  /** `.name` and `->name`: the member of a struct, or of what a pointer points to. */
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "index" }
  | { readonly kind: "unary"; readonly operator: UnaryOperator }
  | { readonly kind: "binary"; readonly operator: BinaryOperator };

export type UnaryOperator = "*" | "&" | "-" | "+" | "!" | "~";
export type BinaryOperator = keyof typeof precedence;

const precedence = {
  "||": 1,
  "&&": 2,
  "|": 3,
  "^": 4,
  "&": 5,
  "==": 6,
  "!=": 6,
  "<": 7,
  "<=": 7,
  ">": 7,
  ">=": 7,
  "<<": 8,
  ">>": 8,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
} as const;

const unaryOperators: ReadonlySet<string> = new Set<UnaryOperator>(["*", "&", "-", "+", "!", "~"]);
const longest = 4000;

type Pending =
  | { readonly kind: "unary"; readonly operator: UnaryOperator }
  | { readonly kind: "binary"; readonly operator: BinaryOperator }
  | { readonly kind: "bracket"; readonly close: ")" | "]" };

/** Parses a C-like expression without calls and assignments. Throws {@link ExpressionError}. */
export function parseExpression(text: string): readonly Step[] {
  if (text.trim() === "") throw new ExpressionError("the expression is empty");
  if (text.length > longest) throw new ExpressionError(`the expression is longer than ${longest} characters`);
  return new Parser(text).parse();
}

/** Dijkstra's shunting yard. */
class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #steps: Step[] = [];
  readonly #pending: Pending[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  parse(): readonly Step[] {
    let operandNext = true;
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at]!;
      operandNext = operandNext ? this.#operand(token) : this.#behindOperand(token);
    }
    if (operandNext) throw new ExpressionError(`"${this.#text}" ends where a value is expected`);
    this.#reduce(0);
    if (this.#pending.length > 0) throw new ExpressionError(`a bracket in "${this.#text}" is not closed`);
    return this.#steps;
  }

  /** Answers whether an operand is still to come. */
  #operand(token: Token): boolean {
    if (token.kind === "name" || token.kind === "number") {
      this.#steps.push(token.kind === "name" ? { kind: "name", name: token.text } : token);
      return false;
    }
    if (token.text === "(") this.#pending.push({ kind: "bracket", close: ")" });
    else if (unaryOperators.has(token.text)) this.#pending.push({ kind: "unary", operator: token.text as UnaryOperator });
    else throw new ExpressionError(`"${token.text}" stands where a value is expected in "${this.#text}"`);
    return true;
  }

  #behindOperand(token: Token): boolean {
    const text = token.kind === "operator" ? token.text : "";
    if (text === "." || text === "->") {
      this.#steps.push({ kind: "member", name: this.#memberName(text) });
      return false;
    }
    if (text === "[") {
      this.#pending.push({ kind: "bracket", close: "]" });
      return true;
    }
    if (text === ")" || text === "]") {
      this.#close(text);
      return false;
    }
    if (text === "(") throw new ExpressionError("functions cannot be called from expressions");
    if (!Object.hasOwn(precedence, text)) throw new ExpressionError(`an operator is missing in "${this.#text}"`);
    const operator = text as BinaryOperator;
    this.#reduce(precedence[operator]);
    this.#pending.push({ kind: "binary", operator });
    return true;
  }

  #memberName(operator: string): string {
    const next = this.#tokens[++this.#at];
    if (next?.kind === "name") return next.text;
    // Members of tuples are numbers.
    if (next?.kind === "number" && typeof next.value === "bigint") return String(next.value);
    throw new ExpressionError(`the name of a member is missing behind "${operator}"`);
  }

  #close(close: ")" | "]"): void {
    this.#reduce(0);
    const open = this.#pending.pop();
    if (open?.kind !== "bracket" || open.close !== close) throw new ExpressionError(`"${close}" closes nothing in "${this.#text}"`);
    if (close === "]") this.#steps.push({ kind: "index" });
  }

  /** Moves waiting operators that bind at least as strongly as `level` to the steps. Unary ones bind stronger than all binary ones. */
  #reduce(level: number): void {
    for (;;) {
      const last = this.#pending.at(-1);
      if (!last || last.kind === "bracket") return;
      if (last.kind === "binary" && precedence[last.operator] < level) return;
      this.#steps.push(last);
      this.#pending.pop();
    }
  }
}
