/** What AssemblyScript's source declares: a source map has no types, the text has. Read tolerantly; what is not understood has no type. */

export interface ClassDeclaration {
  readonly base: string | undefined;
  /** In the order of the text, which is the order in memory. */
  readonly fields: readonly { readonly name: string; readonly type: string }[];
  /** A generic class has other layouts for other arguments. */
  readonly isGeneric: boolean;
}

export interface Declarations {
  readonly classes: ReadonlyMap<string, ClassDeclaration>;
  /** Types of parameters and local variables by function: `run`, `Point#len2`, `Point.make`. Names with several types are left out. */
  readonly functions: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly globals: ReadonlyMap<string, string>;
}

const tokenPattern =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|[A-Za-z_$][\w$]*|\d[\w.]*|\s+|[\s\S]/g;
const modifiers: ReadonlySet<string> = new Set([
  "public",
  "private",
  "protected",
  "static",
  "readonly",
  "abstract",
  "override",
  "declare",
  "export",
]);
/** An initial value is looked at this far. */
const mostTokens = 64;
/** Longer texts are not a person's. */
const longest = 4_000_000;

export function readDeclarations(text: string): Declarations {
  const tokens = (text.length > longest ? "" : text).match(tokenPattern)?.filter((token) => !/^(?:\s|\/\/|\/\*)/.test(token)) ?? [];
  return new Reader(tokens).read();
}

class Reader {
  readonly #tokens: readonly string[];
  readonly #classes = new Map<string, ClassDeclaration>();
  readonly #functions = new Map<string, Map<string, string>>();
  readonly #globals = new Map<string, string>();
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  read(): Declarations {
    while (this.#at < this.#tokens.length) {
      const token = this.#next();
      if (token === "class") this.#class();
      else if (token === "function") this.#function("");
      else if (token === "let" || token === "const" || token === "var") this.#variable(this.#globals);
      else if (token === "{") this.#skip("{", "}");
    }
    return { classes: this.#classes, functions: this.#functions, globals: this.#globals };
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? "";
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? "";
  }

  /** Behind the bracket that closes one which was just read. */
  #skip(open: string, close: string): void {
    for (let depth = 1; depth > 0 && this.#at < this.#tokens.length;) {
      const token = this.#next();
      if (token === open) depth++;
      else if (token === close) depth--;
    }
  }

  #class(): void {
    const name = this.#next();
    const isGeneric = this.#peek() === "<";
    let base: string | undefined;
    while (this.#at < this.#tokens.length && this.#peek() !== "{") if (this.#next() === "extends") base = this.#next();
    this.#next();
    const fields: { name: string; type: string }[] = [];
    while (this.#at < this.#tokens.length && this.#peek() !== "}") this.#member(name, fields);
    this.#next();
    this.#classes.set(name, { base, fields, isGeneric });
  }

  #member(owner: string, fields: { name: string; type: string }[]): void {
    let isStatic = false;
    let name = this.#next();
    while (modifiers.has(name) && /^[\w$[@]/.test(this.#peek())) {
      isStatic ||= name === "static";
      name = this.#next();
    }
    if (name === "@") {
      this.#next();
      if (this.#peek() === "(") {
        this.#next();
        this.#skip("(", ")");
      }
      return;
    }
    const isAccessor = (name === "get" || name === "set") && /^[\w$]/.test(this.#peek());
    if (isAccessor) name = this.#next();
    if (!/^[\w$]/.test(name)) return;
    if (this.#peek() === "(" || this.#peek() === "<")
      return this.#body(`${owner}${isStatic ? "." : "#"}${isAccessor ? "get:" : ""}${name}`, name === "constructor" ? fields : undefined);
    const type = this.#declaredType();
    if (!isStatic && type !== undefined) fields.push({ name, type });
    this.#toEndOfStatement();
  }

  #function(prefix: string): void {
    this.#body(prefix + this.#next());
  }

  /** Parameters, result and body of a function. `fields` takes the parameters of a constructor that are fields, too. */
  #body(key: string, fields?: { name: string; type: string }[]): void {
    const types = new Map<string, string>();
    if (this.#peek() === "<") {
      this.#next();
      this.#skip("<", ">");
    }
    if (this.#peek() !== "(") return;
    this.#next();
    while (this.#at < this.#tokens.length && this.#peek() !== ")") this.#parameter(types, fields);
    this.#next();
    while (this.#at < this.#tokens.length && this.#peek() !== "{" && this.#peek() !== ";") this.#next();
    if (this.#next() === "{") this.#locals(types);
    this.#functions.set(key, types);
  }

  #parameter(types: Map<string, string>, fields: { name: string; type: string }[] | undefined): void {
    let name = this.#next();
    let isField = false;
    while (modifiers.has(name) && /^[\w$]/.test(this.#peek())) {
      isField = true;
      name = this.#next();
    }
    const type = this.#declaredType();
    if (type !== undefined) {
      types.set(name, type);
      if (isField) fields?.push({ name, type });
    }
    for (let depth = 0; this.#at < this.#tokens.length;) {
      const token = this.#peek();
      if (depth === 0 && (token === "," || token === ")")) break;
      if (/^[([{]$/.test(token)) depth++;
      if (/^[)\]}]$/.test(token)) depth--;
      this.#next();
    }
    if (this.#peek() === ",") this.#next();
  }

  #locals(types: Map<string, string>): void {
    for (let depth = 1; depth > 0 && this.#at < this.#tokens.length;) {
      const token = this.#next();
      if (token === "{") depth++;
      else if (token === "}") depth--;
      else if (token === "let" || token === "const" || token === "var") this.#variable(types);
    }
  }

  /** A name that is declared again with another type means now this and now that. */
  #variable(types: Map<string, string>): void {
    const name = this.#next();
    if (!/^[A-Za-z_$]/.test(name)) return;
    const declared = this.#declaredType() ?? this.#initialType();
    if (types.has(name) && types.get(name) !== declared) types.set(name, "");
    else types.set(name, declared ?? "");
  }

  #declaredType(): string | undefined {
    if (this.#peek() === "!" || this.#peek() === "?") this.#next();
    if (this.#peek() !== ":") return undefined;
    this.#next();
    let type = "";
    for (let depth = 0; this.#at < this.#tokens.length;) {
      const token = this.#peek();
      if (depth === 0 && /^(?:[,;)={}]|of|in)$/.test(token)) break;
      if (/^[<([]$/.test(token)) depth++;
      if (/^[>)\]]$/.test(token)) depth--;
      type += this.#next();
    }
    return type.replace(/\|null$/, "");
  }

  /** `= new T(...)` and `= "text"` say what it is. */
  #initialType(): string | undefined {
    if (this.#peek() !== "=") return undefined;
    const value = this.#tokens[this.#at + 1] ?? "";
    if (/^["'`]/.test(value)) {
      const behind = this.#tokens[this.#at + 2] ?? "";
      return behind === ";" || behind === "," || /^[A-Za-z_$}]/.test(behind) || this.#isJoinedText() ? "string" : undefined;
    }
    if (value !== "new") return this.#isJoinedText() ? "string" : undefined;
    let type = this.#tokens[this.#at + 2] ?? "";
    for (let at = this.#at + 3, depth = 0; at < this.#tokens.length; at++) {
      const token = this.#tokens[at]!;
      if (token === "(" && depth === 0) return type;
      if (token === "<") depth++;
      if (token === ">") depth--;
      if (!/^[\w$<>,.[\]]/.test(token)) return undefined;
      type += token;
    }
    return undefined;
  }

  /** Whether the initial value is a sum with a text in it: that is a text whatever else is. */
  #isJoinedText(): boolean {
    for (let at = this.#at + 1, depth = 0; at < this.#at + mostTokens && at < this.#tokens.length; at++) {
      const token = this.#tokens[at]!;
      if (depth === 0 && token === ";") return false;
      if (/^[([{]$/.test(token)) depth++;
      if (/^[)\]}]$/.test(token) && --depth < 0) return false;
      if (depth > 0) continue;
      // Of what compares or chooses, the text may be another part.
      if (/^[=<>?:&|]$/.test(token)) return false;
      if (/^["'`]/.test(token) && (this.#tokens[at - 1] === "+" || this.#tokens[at + 1] === "+")) return true;
    }
    return false;
  }

  #toEndOfStatement(): void {
    for (let depth = 0; this.#at < this.#tokens.length;) {
      const token = this.#peek();
      if (depth === 0 && token === "}") return;
      this.#next();
      if (/^[([{]$/.test(token)) depth++;
      if (/^[)\]}]$/.test(token)) depth--;
      if (depth === 0 && token === ";") return;
      // Without a semicolon the next member begins with a name on its own.
      if (depth === 0 && /^[\w$"'`)\]}]/.test(token) && /^[A-Za-z_$]/.test(this.#peek()) && this.#beginsMember()) return;
    }
  }

  #beginsMember(): boolean {
    const behind = this.#tokens[this.#at + 1] ?? "";
    return modifiers.has(this.#peek()) || behind === ":" || behind === "(" || behind === "!";
  }
}
