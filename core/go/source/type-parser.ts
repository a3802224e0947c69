/**
 * Reads type expressions and signatures out of tokens. Unfinished text gives `bad` nodes, never an exception.
 * Chains (`**[]T`, parentheses) are read in a loop; what nests otherwise is followed to a fixed depth.
 */
import type { FieldNode, MethodNode, ParameterNode, SignatureNode, TokenRange, TypeNode, TypeParameterNode } from "./syntax.ts";
import { tokenKind as kind, type TokenKind, type Tokens } from "./tokens.ts";

/** No type of a real program comes near; deeper ones are `bad`, about which nothing is said. */
const maximalDepth = 100;

type Prefix = ChainPrefix | { readonly kind: "paren"; readonly start: number };

type ChainPrefix =
  | { readonly kind: "pointer" | "slice"; readonly start: number }
  | { readonly kind: "array"; readonly start: number; readonly length: TokenRange }
  | { readonly kind: "map"; readonly start: number; readonly key: TypeNode }
  | { readonly kind: "chan"; readonly start: number; readonly direction: "both" | "receive" | "send" };

/** A cursor over tokens; `at` is the index of the current token. */
export class TypeParser {
  readonly tokens: Tokens;
  at = 0;
  #depth = 0;
  /** How many `bad` nodes were made: a signature is complete when its reading made none. */
  #badNodes = 0;

  constructor(tokens: Tokens) {
    this.tokens = tokens;
  }

  /** Kind of the current token, or of one `ahead` of it. */
  kind(ahead = 0): TokenKind {
    return (this.tokens.kinds[this.at + ahead] ?? kind.eof) as TokenKind;
  }

  text(index = this.at): string {
    return this.tokens.text.slice(this.tokens.starts[index], this.tokens.ends[index]);
  }

  start(index = this.at): number {
    return this.tokens.starts[index] ?? this.tokens.text.length;
  }

  /** End of the token before the current one. */
  previousEnd(): number {
    return this.at > 0 ? this.tokens.ends[this.at - 1]! : 0;
  }

  next(): void {
    if (this.at < this.tokens.count - 1) this.at++;
  }

  got(wanted: TokenKind): boolean {
    if (this.kind() !== wanted) return false;
    this.next();
    return true;
  }

  /** Moves behind the token that closes the current one; to the end of the text where nothing does. */
  skipBracketed(): void {
    const close = this.tokens.matches[this.at]!;
    this.at = close < 0 ? this.tokens.count - 1 : close + 1;
  }

  startsType(index = this.at): boolean {
    switch (this.tokens.kinds[index]) {
      case kind.name:
      case kind.star:
      case kind.openBracket:
      case kind.openParen:
      case kind.arrow:
      case kind.keywordFunc:
      case kind.keywordStruct:
      case kind.keywordInterface:
      case kind.keywordMap:
      case kind.keywordChan:
        return true;
      default:
        return false;
    }
  }

  /** Reads a type; a `bad` node without moving where none starts here. */
  type(): TypeNode {
    const prefixes: Prefix[] = [];
    let inner = this.#prefixesAndBase(prefixes);
    let nested = 0;
    for (let index = prefixes.length - 1; index >= 0; index--) {
      const prefix = prefixes[index]!;
      if (prefix.kind === "paren") {
        if (!this.got(kind.closeParen)) inner = this.#bad(prefix.start);
        continue;
      }
      const span = { start: prefix.start, end: this.previousEnd() };
      inner = ++nested > maximalDepth ? this.#bad(prefix.start) : wrap(prefix, inner, span);
    }
    return inner;
  }

  #prefixesAndBase(prefixes: Prefix[]): TypeNode {
    for (;;) {
      const start = this.start();
      switch (this.kind()) {
        case kind.star:
          this.next();
          prefixes.push({ kind: "pointer", start });
          continue;
        case kind.openParen:
          this.next();
          prefixes.push({ kind: "paren", start });
          continue;
        case kind.openBracket: {
          const open = this.at;
          this.skipBracketed();
          if (this.tokens.matches[open]! < 0) return this.#bad(start);
          const length = { from: open + 1, to: this.at - 1 };
          prefixes.push(length.from === length.to ? { kind: "slice", start } : { kind: "array", start, length });
          continue;
        }
        case kind.keywordMap: {
          this.next();
          if (!this.got(kind.openBracket)) return this.#bad(start);
          const key = this.#nested(() => this.type());
          if (key === undefined || !this.got(kind.closeBracket)) return this.#bad(start);
          prefixes.push({ kind: "map", start, key });
          continue;
        }
        case kind.keywordChan:
          this.next();
          prefixes.push({ kind: "chan", start, direction: this.got(kind.arrow) ? "send" : "both" });
          continue;
        case kind.arrow:
          this.next();
          if (!this.got(kind.keywordChan)) return this.#bad(start);
          prefixes.push({ kind: "chan", start, direction: "receive" });
          continue;
        default:
          return this.#base();
      }
    }
  }

  #base(): TypeNode {
    const start = this.start();
    switch (this.kind()) {
      case kind.name:
        return this.typeName();
      case kind.keywordFunc: {
        this.next();
        const signature = this.#nested(() => this.signature());
        return signature === undefined ? this.#bad(start) : { kind: "func", signature, span: { start, end: this.previousEnd() } };
      }
      case kind.keywordStruct:
        return this.#nested(() => this.#structType()) ?? this.#bad(start);
      case kind.keywordInterface:
        return this.#nested(() => this.#interfaceType()) ?? this.#bad(start);
      default:
        return this.#bad(start);
    }
  }

  /** A name, perhaps with a package before it and type arguments behind it. */
  typeName(): TypeNode {
    const start = this.start();
    let name = this.text();
    this.next();
    let packageName: string | undefined;
    if (this.kind() === kind.dot) {
      this.next();
      if (this.kind() !== kind.name) return this.#bad(start);
      packageName = name;
      name = this.text();
      this.next();
    }
    if (this.kind() !== kind.openBracket || this.kind(1) === kind.closeBracket) {
      return { kind: "name", package: packageName, name, span: { start, end: this.previousEnd() } };
    }
    const args = this.#nested(() => this.#typeArguments());
    const span = { start, end: this.previousEnd() };
    return args === undefined ? this.#bad(start) : { kind: "instance", package: packageName, name, args, span };
  }

  #typeArguments(): TypeNode[] | undefined {
    const open = this.at;
    this.next();
    const args: TypeNode[] = [];
    while (this.kind() !== kind.closeBracket) {
      const before = this.at;
      args.push(this.type());
      if (this.at === before || (!this.got(kind.comma) && this.kind() !== kind.closeBracket)) {
        this.at = open;
        this.skipBracketed();
        return undefined;
      }
    }
    this.next();
    return args;
  }

  /** Type parameters `[K comparable, V any]`; the current token is the bracket. Constraints are skipped. */
  typeParameters(): TypeParameterNode[] {
    const open = this.at;
    const close = this.tokens.matches[open]!;
    this.skipBracketed();
    const parameters: TypeParameterNode[] = [];
    let expectName = true;
    for (let index = open + 1; index < close; index++) {
      const current = this.tokens.kinds[index]!;
      if (expectName && current === kind.name) parameters.push({ name: this.text(index) });
      expectName = current === kind.comma;
      const match = this.tokens.matches[index]!;
      if (match > index) index = match;
    }
    return parameters;
  }

  /** Parameters and results; the current token is the opening parenthesis. */
  signature(): SignatureNode {
    const complete = { value: true };
    const badBefore = this.#badNodes;
    const parameters = this.parameters(complete);
    const resultStart = this.start();
    let results: ParameterNode[] = [];
    if (this.kind() === kind.openParen) results = this.parameters(complete);
    else if (this.startsType()) {
      const type = this.type();
      results = [{ name: undefined, type, variadic: false, span: type.span }];
    }
    const resultSpan =
      results.length > 0 ? { start: resultStart, end: this.previousEnd() } : { start: this.previousEnd(), end: this.previousEnd() };
    return { parameters, results, resultSpan, complete: complete.value && this.#badNodes === badBefore };
  }

  /** A parenthesised list; `complete.value` becomes false when something in it could not be read. */
  parameters(complete: { value: boolean }): ParameterNode[] {
    const open = this.at;
    if (this.kind() !== kind.openParen) {
      complete.value = false;
      return [];
    }
    this.next();
    const entries: { name: { text: string; start: number; end: number } | undefined; type: TypeNode | undefined; variadic: boolean }[] = [];
    while (this.kind() !== kind.closeParen) {
      const before = this.at;
      entries.push(this.#parameterEntry());
      const separated = this.got(kind.comma);
      if (this.at === before || (!separated && this.kind() !== kind.closeParen)) {
        complete.value = false;
        this.at = open;
        this.skipBracketed();
        return groupParameters(entries, complete);
      }
    }
    this.next();
    return groupParameters(entries, complete);
  }

  /** A lone name is kept as a name: whether it is a type only the whole list tells. */
  #parameterEntry(): { name: { text: string; start: number; end: number } | undefined; type: TypeNode | undefined; variadic: boolean } {
    if (this.kind() === kind.ellipsis) {
      this.next();
      return { name: undefined, type: this.type(), variadic: true };
    }
    if (
      this.kind() !== kind.name ||
      this.kind(1) === kind.dot ||
      (this.kind(1) === kind.openBracket && !this.#bracketStartsArray(this.at + 1))
    ) {
      return { name: undefined, type: this.type(), variadic: false };
    }
    const name = { text: this.text(), start: this.start(), end: this.tokens.ends[this.at]! };
    this.next();
    const variadic = this.got(kind.ellipsis);
    const type = variadic || this.startsType() ? this.type() : undefined;
    return { name, type, variadic };
  }

  /** In `a [N]T` the bracket starts an array or slice type, in `G[T]` it holds type arguments. */
  #bracketStartsArray(open: number): boolean {
    const close = this.tokens.matches[open]!;
    return close === open + 1 || (close > 0 && this.startsType(close + 1));
  }

  #structType(): TypeNode {
    const start = this.start();
    this.next();
    const open = this.at;
    if (this.kind() !== kind.openBrace) return this.#bad(start);
    this.next();
    const fields: FieldNode[] = [];
    while (this.kind() !== kind.closeBrace) {
      const before = this.at;
      this.#fieldDeclaration(fields);
      const separated = this.got(kind.semicolon);
      if (this.at === before || (!separated && this.kind() !== kind.closeBrace)) {
        this.at = open;
        this.skipBracketed();
        return this.#bad(start);
      }
    }
    this.next();
    return { kind: "struct", fields, span: { start, end: this.previousEnd() } };
  }

  #fieldDeclaration(fields: FieldNode[]): void {
    const start = this.start();
    const ahead = this.kind(1);
    const embedded =
      this.kind() !== kind.name ||
      ahead === kind.dot ||
      ahead === kind.semicolon ||
      ahead === kind.closeBrace ||
      ahead === kind.string ||
      (ahead === kind.openBracket && !this.#bracketStartsArray(this.at + 1));
    const names: string[] = [];
    if (!embedded) {
      do {
        if (this.kind() !== kind.name) return;
        names.push(this.text());
        this.next();
      } while (this.got(kind.comma));
    } else if (this.kind() === kind.semicolon) return;
    const type = this.type();
    let tag: string | undefined;
    if (this.kind() === kind.string) {
      tag = this.text();
      this.next();
    }
    const span = { start, end: this.previousEnd() };
    if (embedded) fields.push({ name: embeddedName(type), embedded, type, tag, span });
    for (const name of names) fields.push({ name, embedded, type, tag, span });
  }

  #interfaceType(): TypeNode {
    const start = this.start();
    this.next();
    const open = this.at;
    if (this.kind() !== kind.openBrace) return this.#bad(start);
    this.next();
    const methods: MethodNode[] = [];
    const embedded: TypeNode[] = [];
    let constraint = false;
    while (this.kind() !== kind.closeBrace) {
      const before = this.at;
      if (this.kind() === kind.name && this.kind(1) === kind.openParen) {
        const name = this.text();
        this.next();
        methods.push({ name, signature: this.signature() });
      } else if (this.kind() !== kind.semicolon) {
        constraint = this.#skipUnion(embedded) || constraint;
      }
      const separated = this.got(kind.semicolon);
      if (this.at === before || (!separated && this.kind() !== kind.closeBrace)) {
        this.at = open;
        this.skipBracketed();
        return this.#bad(start);
      }
    }
    this.next();
    return { kind: "interface", methods, embedded, constraint, span: { start, end: this.previousEnd() } };
  }

  /** Adds a lone embedded type to `embedded`; a union or `~T` makes a constraint (true), whose parts do not matter. */
  #skipUnion(embedded: TypeNode[]): boolean {
    let constraint = false;
    const found: TypeNode[] = [];
    for (;;) {
      if (this.kind() === kind.operator && this.text() === "~") {
        constraint = true;
        this.next();
      }
      found.push(this.type());
      if (this.kind() !== kind.operator || this.text() !== "|") break;
      constraint = true;
      this.next();
    }
    if (!constraint) embedded.push(...found);
    return constraint;
  }

  #bad(start: number): TypeNode {
    this.#badNodes++;
    return { kind: "bad", span: { start, end: Math.max(start, this.previousEnd()) } };
  }

  #nested<T>(read: () => T): T | undefined {
    if (this.#depth >= maximalDepth) return undefined;
    this.#depth++;
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }
}

function wrap(prefix: ChainPrefix, element: TypeNode, span: { start: number; end: number }): TypeNode {
  switch (prefix.kind) {
    case "pointer":
    case "slice":
      return { kind: prefix.kind, element, span };
    case "array":
      return { kind: "array", length: prefix.length, element, span };
    case "map":
      return { kind: "map", key: prefix.key, element, span };
    case "chan":
      return { kind: "chan", direction: prefix.direction, element, span };
  }
}

/** `(a, b int)` names parameters, `(int, string)` has types alone: one entry with both decides for the list. */
function groupParameters(
  entries: readonly { name: { text: string; start: number; end: number } | undefined; type: TypeNode | undefined; variadic: boolean }[],
  complete: { value: boolean },
): ParameterNode[] {
  const named = entries.some((entry) => entry.name !== undefined && entry.type !== undefined);
  const parameters: ParameterNode[] = [];
  let type: TypeNode | undefined;
  let variadic = false;
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index]!;
    if (!named) {
      const own: TypeNode = entry.type ?? {
        kind: "name",
        package: undefined,
        name: entry.name!.text,
        span: { start: entry.name!.start, end: entry.name!.end },
      };
      parameters.push({ name: undefined, type: own, variadic: entry.variadic, span: own.span });
      continue;
    }
    if (entry.type !== undefined) {
      type = entry.type;
      variadic = entry.variadic;
    }
    if (entry.name === undefined || type === undefined) {
      complete.value = false;
      if (type === undefined) continue;
    }
    const name = entry.name === undefined ? undefined : { text: entry.name.text, span: { start: entry.name.start, end: entry.name.end } };
    parameters.push({ name, type, variadic, span: { start: name?.span.start ?? type.span.start, end: type.span.end } });
  }
  return parameters.reverse();
}

/** The field's name is that of the type without package, pointer and arguments. */
function embeddedName(type: TypeNode): string {
  const named = type.kind === "pointer" ? type.element : type;
  return named.kind === "name" || named.kind === "instance" ? named.name : "";
}
