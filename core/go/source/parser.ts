/**
 * Declarations and directives of a Go file, from the compiler's point of view: at which tokens its parser takes a
 * pending directive for a declaration, and where it throws one away as misplaced (cmd/compile/internal/syntax/parser.go,
 * `takePragma` and `clearPragma`).
 */
import type { Span } from "#core/text/positions.ts";
import { readWasmDirective, type DirectiveComment } from "./directives.ts";
import { endOfPlainSignature, LazyFunction } from "./lazy-function.ts";
import { rescanTokens } from "./rescan.ts";
import { walkStatements } from "./statements.ts";
import type {
  ConstSpec,
  FuncDeclaration,
  GoFile,
  ImportSpec,
  NameNode,
  ParameterNode,
  SignatureNode,
  TokenRange,
  TypeSpec,
  VarSpec,
  WasmDirective,
} from "./syntax.ts";
import { scanTokens, tokenKind as kind, type Tokens } from "./tokens.ts";
import { TypeParser } from "./type-parser.ts";

/** Never throws: broken declarations are left out or marked, the rest of the file is read. `before` is the file before an edit. */
export function parseGoFile(path: string, text: string, before?: GoFile): GoFile {
  return new FileParser(path, before === undefined ? scanTokens(text) : rescanTokens(before.tokens, text)).parse();
}

/** What one parse of one file accumulates; `#pending` is the next directive that no declaration has met yet. */
class FileParser {
  readonly #path: string;
  readonly #tokens: Tokens;
  readonly #parser: TypeParser;
  readonly #comments: DirectiveComment[] = [];
  readonly #stray: Span[] = [];
  readonly #linknames = new Set<string>();
  readonly #targets: (FuncDeclaration | "dropped" | "misplaced")[] = [];
  readonly #metAt: number[] = [];
  #pending = 0;
  readonly #imports: ImportSpec[] = [];
  readonly #constants: ConstSpec[] = [];
  readonly #types: TypeSpec[] = [];
  readonly #variables: VarSpec[] = [];
  readonly #functions: FuncDeclaration[] = [];

  constructor(path: string, tokens: Tokens) {
    this.#path = path;
    this.#tokens = tokens;
    this.#parser = new TypeParser(tokens);
    for (const comment of tokens.goComments) {
      // Behind something else on its line the compiler refuses any `//go:` comment without looking at its words.
      if (!comment.alone) {
        this.#stray.push({ start: comment.start, end: comment.end });
        continue;
      }
      const directive = readWasmDirective(tokens.text, comment);
      if (directive !== undefined) this.#comments.push(directive);
      else if (tokens.text.startsWith("//go:linkname ", comment.start)) {
        const local = tokens.text.slice(comment.start, comment.end).split(/\s+/u)[1];
        if (local !== undefined) this.#linknames.add(local);
      }
    }
  }

  parse(): GoFile {
    const parser = this.#parser;
    let packageName = "";
    if (parser.got(kind.keywordPackage)) {
      this.#settle(parser.at, "dropped");
      if (parser.kind() === kind.name) {
        packageName = parser.text();
        parser.next();
      }
      parser.got(kind.semicolon);
    }
    while (parser.kind() !== kind.eof) this.#declaration();
    this.#settle(parser.at, "misplaced");
    return {
      path: this.#path,
      text: this.#tokens.text,
      tokens: this.#tokens,
      packageName,
      imports: this.#imports,
      constants: this.#constants,
      types: this.#types,
      variables: this.#variables,
      functions: this.#functions,
      directives: this.#directives(),
      strayComments: this.#stray,
      linknames: this.#linknames,
    };
  }

  #declaration(): void {
    const parser = this.#parser;
    switch (parser.kind()) {
      case kind.keywordImport:
        this.#group(() => this.#importSpec());
        break;
      case kind.keywordConst: {
        let previous: ConstSpec | undefined;
        this.#group((index) => (previous = this.#constSpec(index, previous)));
        break;
      }
      case kind.keywordType:
        this.#group(() => this.#typeSpec());
        break;
      case kind.keywordVar:
        this.#group(() => this.#varSpec());
        break;
      case kind.keywordFunc:
        this.#function();
        break;
      default:
        this.#skipToDeclaration();
        return;
    }
    this.#settle(parser.at, "misplaced");
    if (!parser.got(kind.semicolon)) this.#skipToDeclaration();
  }

  #skipToDeclaration(): void {
    const parser = this.#parser;
    for (;;) {
      switch (parser.kind()) {
        case kind.eof:
        case kind.keywordImport:
        case kind.keywordConst:
        case kind.keywordType:
        case kind.keywordVar:
        case kind.keywordFunc:
          return;
        default:
          parser.next();
      }
    }
  }

  /** One specification, or several in parentheses; the keyword is the current token. */
  #group(specification: (index: number) => void): void {
    const parser = this.#parser;
    parser.next();
    if (parser.kind() !== kind.openParen) {
      this.#settle(parser.at, "dropped");
      specification(0);
      return;
    }
    this.#settle(parser.at, "misplaced");
    const close = this.#tokens.matches[parser.at]!;
    parser.next();
    for (let index = 0; parser.kind() !== kind.closeParen && parser.kind() !== kind.eof; index++) {
      // Without a closing parenthesis the next declaration ends the group.
      if (close < 0 && this.#atDeclarationKeyword()) return;
      this.#settle(parser.at, "dropped");
      const before = parser.at;
      specification(index);
      if (parser.at === before) parser.next();
      parser.got(kind.semicolon);
    }
    parser.got(kind.closeParen);
  }

  #atDeclarationKeyword(): boolean {
    switch (this.#parser.kind()) {
      case kind.keywordImport:
      case kind.keywordConst:
      case kind.keywordType:
      case kind.keywordVar:
      case kind.keywordFunc:
        return true;
      default:
        return false;
    }
  }

  #importSpec(): void {
    const parser = this.#parser;
    const start = parser.start();
    let name: NameNode | undefined;
    if (parser.kind() === kind.name || parser.kind() === kind.dot) {
      name = { text: parser.text(), span: { start, end: start + parser.text().length } };
      parser.next();
    }
    if (parser.kind() === kind.string) {
      const path = parser.text().slice(1, -1);
      parser.next();
      this.#imports.push({ name, path, span: { start, end: parser.previousEnd() } });
    }
    this.#skipSpecification();
  }

  #constSpec(iota: number, previous: ConstSpec | undefined): ConstSpec {
    const parser = this.#parser;
    const names = this.#names();
    let type = parser.startsType() ? parser.type() : undefined;
    let values: TokenRange[] = [];
    if (parser.got(kind.assign)) values = this.#expressions();
    else if (type === undefined && previous !== undefined) {
      values = [...previous.values];
      type = previous.type;
    }
    this.#skipSpecification();
    const spec = { names, type, values, iota };
    this.#constants.push(spec);
    return spec;
  }

  #typeSpec(): void {
    const parser = this.#parser;
    const from = parser.at;
    if (parser.kind() !== kind.name) {
      this.#skipSpecification();
      return;
    }
    const name = this.#names()[0]!;
    const parameters = parser.kind() === kind.openBracket && this.#bracketHoldsTypeParameters() ? parser.typeParameters() : [];
    const alias = parser.got(kind.assign);
    const type = parser.type();
    this.#types.push({ name, parameters, alias, type, tokens: { from, to: parser.at } });
    this.#skipSpecification();
  }

  /** In `type T[P any] …` the bracket opens parameters, in `type T [N]int` an array's length (parser.go `typeDecl`). */
  #bracketHoldsTypeParameters(): boolean {
    const { kinds, matches } = this.#tokens;
    const open = this.#parser.at;
    const close = matches[open]!;
    if (close < 0 || kinds[open + 1] !== kind.name) return false;
    switch (kinds[open + 2]) {
      case kind.closeBracket:
      case kind.dot:
      case kind.openParen:
        return false;
      case kind.star:
        // `[P *C]` alone is a product, with a comma or a union it is a constraint.
        for (let index = open + 3; index < close; index++) {
          if (kinds[index] === kind.comma || kinds[index] === kind.keywordInterface) return true;
        }
        return false;
      case kind.operator:
        return this.#parser.text(open + 2) === "~";
      default:
        return true;
    }
  }

  #varSpec(): void {
    const parser = this.#parser;
    const from = parser.at;
    const names = this.#names();
    const type = parser.startsType() ? parser.type() : undefined;
    this.#skipSpecification();
    this.#variables.push({ names, type, tokens: { from, to: parser.at } });
  }

  #names(): NameNode[] {
    const parser = this.#parser;
    const names: NameNode[] = [];
    while (parser.kind() === kind.name) {
      const start = parser.start();
      names.push({ text: parser.text(), span: { start, end: this.#tokens.ends[parser.at]! } });
      parser.next();
      if (!parser.got(kind.comma)) break;
    }
    return names;
  }

  /** Expressions between commas up to the end of the specification. */
  #expressions(): TokenRange[] {
    const ranges: TokenRange[] = [];
    let from = this.#parser.at;
    this.#skipSpecification((comma) => {
      ranges.push({ from, to: comma });
      from = comma + 1;
    });
    ranges.push({ from, to: this.#parser.at });
    return ranges;
  }

  /** Moves to the semicolon or parenthesis that ends a specification, minding directives inside function literals. */
  #skipSpecification(onComma?: (index: number) => void): void {
    const parser = this.#parser;
    const from = parser.at;
    for (;;) {
      switch (parser.kind()) {
        case kind.eof:
        case kind.semicolon:
        case kind.closeParen:
          this.#walk({ from, to: parser.at });
          return;
        case kind.openParen:
        case kind.openBracket:
        case kind.openBrace:
          parser.skipBracketed();
          break;
        case kind.comma:
          onComma?.(parser.at);
          parser.next();
          break;
        default:
          parser.next();
      }
    }
  }

  #function(): void {
    const parser = this.#parser;
    const from = parser.at;
    const start = parser.start();
    parser.next();
    const own = this.#takePending(parser.at);
    const position = parser.start();
    const complete = { value: true };
    let receivers: ParameterNode[] = [];
    const isMethod = parser.kind() === kind.openParen;
    if (isMethod) receivers = parser.parameters(complete);
    if (parser.kind() !== kind.name) {
      for (const index of own) this.#targets[index] = "dropped";
      return;
    }
    const name = this.#names()[0]!;
    const parameters = parser.kind() === kind.openBracket ? parser.typeParameters() : [];
    const signatureAt = parser.at;
    const signatureEnd = endOfPlainSignature(this.#tokens, signatureAt);
    let signature: SignatureNode | undefined;
    if (signatureEnd === undefined) signature = parser.signature();
    else parser.at = signatureEnd;
    const body = parser.kind() === kind.openBrace ? this.#body() : undefined;
    const declaration = new LazyFunction(this.#tokens, {
      name,
      receiver: isMethod ? (receivers[0] ?? emptyReceiver(position)) : undefined,
      parameters,
      signature: signature ?? signatureAt,
      isComplete: complete.value,
      position,
      span: { start, end: parser.previousEnd() },
      tokens: { from, to: parser.at },
      body,
    });
    for (const index of own) this.#targets[index] = declaration;
    this.#functions.push(declaration);
  }

  #body(): TokenRange {
    const parser = this.#parser;
    const from = parser.at;
    if (this.#tokens.matches[from]! < 0) this.#skipUnclosedBody();
    else parser.skipBracketed();
    const body = { from, to: parser.at };
    this.#walk(body);
    return body;
  }

  /** While a brace is missing, a function that starts a line of its own is taken for the next declaration. */
  #skipUnclosedBody(): void {
    const parser = this.#parser;
    const { kinds, starts, text } = this.#tokens;
    for (parser.next(); parser.kind() !== kind.eof; parser.next()) {
      const start = starts[parser.at]!;
      if (parser.kind() !== kind.keywordFunc || text.charCodeAt(start - 1) !== 10) continue;
      if (kinds[parser.at + 1] === kind.name) return;
    }
  }

  /** Lets the directives inside `range` meet the statements there. */
  #walk(range: TokenRange): void {
    const next = this.#comments[this.#pending];
    if (next === undefined || next.beforeToken >= range.to) return;
    walkStatements(this.#tokens, range, (at, taken) => this.#settle(at, taken ? "dropped" : "misplaced"));
  }

  /** Every pending directive before token `at` has met its fate. */
  #settle(at: number, target: "dropped" | "misplaced"): void {
    for (const index of this.#takePending(at)) this.#targets[index] = target;
  }

  #takePending(at: number): number[] {
    const taken: number[] = [];
    while (this.#pending < this.#comments.length && this.#comments[this.#pending]!.beforeToken <= at) {
      this.#metAt[this.#pending] = at;
      taken.push(this.#pending++);
    }
    return taken;
  }

  #directives(): WasmDirective[] {
    return this.#comments.map(({ kind: directiveKind, span, position, words, wellFormed }, index) => ({
      kind: directiveKind,
      span,
      position,
      words,
      wellFormed,
      target: this.#targets[index] ?? "misplaced",
      metAt: this.#metAt[index] ?? this.#tokens.count,
      inside: functionAt(this.#functions, span),
    }));
  }
}

/** The function whose text holds `span`. */
export function functionAt(functions: readonly FuncDeclaration[], span: Span): FuncDeclaration | undefined {
  return functions.find((declaration) => declaration.span.start < span.start && span.end <= declaration.span.end);
}

function emptyReceiver(position: number): ParameterNode {
  const span = { start: position, end: position };
  return { name: undefined, type: { kind: "bad", span }, variadic: false, span };
}
