/** Parses expressions of Go; what is wrong with one is told in the words of Go's own parser (go/parser), as Delve hands them out. */
import { scanTokens, tokenKind, type TokenKind } from "#core/go/source/tokens.ts";
import { ExpressionError } from "../expression-error.ts";
import { literalOf } from "./literals.ts";
import { type GoBinaryOperator, type GoExpression, type GoNode, goPrecedence, type GoUnaryOperator, operandCount } from "./syntax.ts";
import { readType, startsType, TokenCursor } from "./type-reader.ts";
import { typeTextOf } from "./type-text.ts";

const longest = 10_000;

/** Throws {@link ExpressionError}. */
export function parseGoExpression(text: string): GoExpression {
  if (text.length > longest) throw new ExpressionError(`the expression is longer than ${longest} characters`);
  return { text, nodes: new Parser(text).parse() };
}

const unaryOperators: ReadonlySet<string> = new Set<GoUnaryOperator>(["+", "-", "!", "^", "*", "&", "<-", "~"]);
const closings = { paren: ")", call: ")", index: "]", slice: "]", composite: "}" } as const;

/** A node without the place that it gets when its operands are there. */
type NodeKind<Node = GoNode> = Node extends GoNode ? Omit<Node, "start"> : never;

type Pending =
  { readonly kind: "unary"; readonly operator: GoUnaryOperator } | { readonly kind: "binary"; readonly operator: GoBinaryOperator } | Group;

/** An open bracket and what has been read behind it. */
interface Group {
  readonly kind: "group";
  form: keyof typeof closings;
  /** Operands that are complete. */
  count: number;
  /** Of a slice: which bounds are there, as far as they are read. */
  readonly bounds: boolean[];
  /** Of a composite literal. */
  readonly keys: (string | undefined)[];
  /** Whether something was read since the bracket or the last comma or colon. */
  filled: boolean;
}

/** Dijkstra's shunting yard. */
class Parser {
  readonly #cursor: TokenCursor;
  readonly #nodes: GoNode[] = [];
  readonly #pending: Pending[] = [];

  constructor(text: string) {
    this.#cursor = new TokenCursor(scanTokens(text));
  }

  parse(): readonly GoNode[] {
    for (let operandNext = true; ;) {
      if (operandNext) operandNext = this.#operand();
      else if (this.#isAtEnd()) return this.#nodes;
      else operandNext = this.#behindOperand();
    }
  }

  #push(node: NodeKind): void {
    let start = this.#nodes.length;
    for (let left = operandCount({ ...node, start } as GoNode); left > 0; left--) start = this.#nodes[start - 1]!.start;
    this.#nodes.push({ ...node, start } as GoNode);
  }

  #isAtEnd(): boolean {
    const cursor = this.#cursor;
    if (this.#openGroup()) return false;
    if (cursor.isNewline) {
      cursor.next();
      if (cursor.kind !== tokenKind.eof) cursor.failExpected("'EOF'");
    }
    if (cursor.kind !== tokenKind.eof) return false;
    this.#reduce(0);
    return true;
  }

  /** Answers whether an operand is still to come. */
  #operand(): boolean {
    const cursor = this.#cursor;
    const { kind, text } = cursor;
    const group = this.#pending.at(-1);
    if (group?.kind === "group" && this.#isEmpty(group)) return false;
    const open = this.#openGroup();
    if (open) open.filled = true;
    if (startsType(cursor)) {
      this.#push({ kind: "type", type: readType(cursor) });
      if (kind === tokenKind.keywordFunc && cursor.is("{")) throw new ExpressionError("expression *ast.FuncLit not implemented");
      return false;
    }
    if (kind === tokenKind.name) {
      this.#push({ kind: "name", name: text });
    } else if (kind >= tokenKind.int && kind <= tokenKind.string) {
      const literal = literalOf(kind, text);
      if (!literal) throw cursor.problem(brokenLiteral(kind, text));
      this.#push({ kind: "literal", literal });
    } else if (kind === tokenKind.openParen) {
      this.#open("paren");
      return true;
    } else if (unaryOperators.has(text)) {
      this.#pending.push({ kind: "unary", operator: text as GoUnaryOperator });
      cursor.next();
      return true;
    } else {
      this.#refuseIllegal();
      cursor.failExpected("operand");
    }
    cursor.next();
    return false;
  }

  /** Characters that are no token of Go. */
  #refuseIllegal(): void {
    const { kind, text } = this.#cursor;
    if (kind !== tokenKind.operator || !/^[?@#$\\\u0080-\uffff]/.test(text)) return;
    const code = text.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    throw this.#cursor.problem(`illegal character U+${code} '${text}'`);
  }

  /** Between brackets, or behind a comma or colon of them, nothing may stand in some places. */
  #isEmpty(group: Group): boolean {
    if (group.filled) return false;
    const cursor = this.#cursor;
    const isOver = cursor.is(closings[group.form]) || cursor.kind === tokenKind.eof;
    if (group.form === "call" || group.form === "composite") return isOver;
    if (group.form === "index") return cursor.is(":");
    return group.form === "slice" && (isOver || cursor.is(":"));
  }

  #open(form: Group["form"]): void {
    this.#pending.push({ kind: "group", form, count: 0, bounds: [], keys: [], filled: false });
    this.#cursor.next();
  }

  #behindOperand(): boolean {
    const cursor = this.#cursor;
    const { kind, text } = cursor;
    const group = this.#pending.at(-1);
    const isEmpty = group?.kind === "group" && this.#isEmpty(group);
    if (!isEmpty) {
      if (kind === tokenKind.dot) return this.#member();
      if (kind === tokenKind.openBracket || kind === tokenKind.openParen) {
        this.#open(kind === tokenKind.openParen ? "call" : "index");
        if (cursor.is("]")) cursor.failExpected("operand");
        return true;
      }
      if (kind === tokenKind.openBrace && this.#isLiteralType()) {
        this.#open("composite");
        return true;
      }
      if (cursor.is("=")) cursor.failExpected("'=='");
      if (kind !== tokenKind.name && kind !== tokenKind.string && Object.hasOwn(goPrecedence, text)) {
        const operator = text as GoBinaryOperator;
        this.#reduce(goPrecedence[operator]);
        this.#pending.push({ kind: "binary", operator });
        cursor.next();
        return true;
      }
    }
    return this.#inGroup();
  }

  /** `.name` and `.(type)`. */
  #member(): boolean {
    const cursor = this.#cursor;
    cursor.next();
    if (cursor.kind === tokenKind.name) {
      this.#push({ kind: "select", name: cursor.text });
      cursor.next();
      return false;
    }
    if (!cursor.take("(")) cursor.failExpected("selector or type assertion");
    if (cursor.is("type")) throw cursor.problem("use of .(type) outside type switch");
    const type = readType(cursor);
    cursor.expect(")");
    this.#push({ kind: "assert", type: type === "data" ? undefined : type });
    return false;
  }

  /** Commas, colons and the closing bracket. */
  #inGroup(): boolean {
    const cursor = this.#cursor;
    this.#refuseIllegal();
    const group = this.#openGroup();
    if (!group) return cursor.failExpected("'EOF'");
    const empty = this.#isEmpty(group);
    this.#reduce(0);
    const { form } = group;
    if (cursor.is(closings[form])) {
      this.#close(group, !empty);
      return false;
    }
    if (cursor.is(":") && (form === "index" || (form === "slice" && group.bounds.length < 2))) {
      group.form = "slice";
      group.bounds.push(!empty);
      group.filled = false;
      cursor.next();
      return true;
    }
    if (cursor.is(":") && form === "composite") {
      this.#key(group);
      return true;
    }
    if (form === "paren" || form === "slice") return cursor.failExpected(`'${closings[form]}'`);
    if (!cursor.is(",")) {
      if (empty) return cursor.failExpected(`'${closings[form]}'`);
      if (form === "index") return cursor.failExpected("']'");
      throw cursor.problem(
        `missing ','${cursor.isNewline ? " before newline" : ""} in ${form === "call" ? "argument list" : "composite literal"}`,
      );
    }
    this.#complete(group);
    group.filled = false;
    cursor.next();
    return true;
  }

  #complete(group: Group): void {
    group.count++;
    if (group.keys.length < group.count) group.keys.push(undefined);
  }

  /** The name of a field stands where a value was read; it is none. */
  #key(group: Group): void {
    const name = this.#nodes.pop();
    if (name?.kind !== "name" || group.keys.length > group.count) throw this.#cursor.problem("only names of fields can be keys here");
    group.keys.push(name.name);
    this.#cursor.next();
  }

  #close(group: Group, filled: boolean): void {
    this.#pending.pop();
    this.#cursor.next();
    if (filled) this.#complete(group);
    switch (group.form) {
      case "paren":
        return this.#push({ kind: "paren" });
      case "index":
        return this.#push({ kind: "index", count: group.count });
      case "call":
        return this.#push({ kind: "call", count: group.count });
      case "slice": {
        const [low = false, high = false, max = false] = group.bounds.concat(filled);
        return this.#push({ kind: "slice", low, high, max });
      }
      case "composite":
        return this.#push({ kind: "composite", keys: group.keys });
    }
  }

  /** The innermost bracket that is open. */
  #openGroup(): Group | undefined {
    for (let at = this.#pending.length - 1; at >= 0; at--) {
      const pending = this.#pending[at]!;
      if (pending.kind === "group") return pending;
    }
    return undefined;
  }

  /** Whether what was read last may be the type of a composite literal. */
  #isLiteralType(): boolean {
    const last = this.#nodes.at(-1);
    return last !== undefined && typeTextOf(this.#nodes, this.#nodes.length - 1) !== undefined && last.kind !== "paren";
  }

  /** Moves waiting operators that bind at least as strongly as `level` to the nodes. Unary ones bind stronger than all binary ones. */
  #reduce(level: number): void {
    for (;;) {
      const last = this.#pending.at(-1);
      if (!last || last.kind === "group") return;
      if (last.kind === "binary" && goPrecedence[last.operator] < level) return;
      this.#push(last);
      this.#pending.pop();
    }
  }
}

function brokenLiteral(kind: TokenKind, text: string): string {
  const quote = text.charAt(0);
  const closed = text.length > 1 && text.endsWith(quote);
  switch (kind) {
    case tokenKind.string:
      if (!closed) return `${quote === "`" ? "raw " : ""}string literal not terminated`;
      return "unknown escape sequence";
    case tokenKind.rune:
      return closed ? "illegal rune literal" : "rune literal not terminated";
    default:
      return `${text} is no number that can be calculated with`;
  }
}
