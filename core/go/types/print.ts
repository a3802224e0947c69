/** Prints types as the compiler's messages do (cmd/compile/internal/types/fmt.go, modes fmtGo and fmtTypeID). */
import {
  isExported,
  universe,
  type FieldType,
  type FuncType,
  type GoType,
  type InterfaceMethod,
  type NamedType,
  type PackageIdentity,
  type StructType,
} from "./types.ts";

/** Longer text is of no use to anybody, and aliases can multiply without bound. */
const maximalLength = 20_000;

export interface PrintOptions {
  /** The package that is compiled: its names print without qualification. */
  readonly local: PackageIdentity;
  /** Go 1.27 keeps `byte` and `rune` in interfaces with unexported methods; before, they print as in link names. */
  readonly keepsAliasesInInterfaces: boolean;
}

/** The compiler's text for a type; undefined where a part of it is not known. */
export function printType(type: GoType, options: PrintOptions): string | undefined {
  const printer = new Printer(options);
  printer.type(type, plain);
  return printer.result();
}

/** The form inside the brackets of an instance: package paths, no aliases. */
export function printLinkType(type: GoType, options: PrintOptions): string | undefined {
  const printer = new Printer(options);
  printer.type(type, link);
  return printer.result();
}

/** `names`: plain or link form; `aliases`: whether `byte`, `rune` and `any` keep their names. */
interface Mode {
  readonly links: boolean;
  readonly aliases: boolean;
}

const plain: Mode = { links: false, aliases: true };
const link: Mode = { links: true, aliases: false };
const linkWithAliases: Mode = { links: true, aliases: true };

/** Collects text until it is complete, too long, or something unknown came up. */
class Printer {
  readonly #options: PrintOptions;
  #text = "";
  #failed = false;

  constructor(options: PrintOptions) {
    this.#options = options;
  }

  result(): string | undefined {
    return this.#failed ? undefined : this.#text;
  }

  #write(text: string): void {
    this.#text += text;
    if (this.#text.length > maximalLength) this.#failed = true;
  }

  type(type: GoType, mode: Mode): void {
    if (this.#failed) return;
    switch (type.kind) {
      case "unknown":
        this.#failed = true;
        return;
      case "basic":
        this.#write(mode.aliases ? type.spelling : type.name);
        return;
      case "named":
        this.#named(type, mode);
        return;
      case "pointer":
        this.#write("*");
        this.type(type.element, mode);
        return;
      case "slice":
        this.#write("[]");
        this.type(type.element, mode);
        return;
      case "array":
        this.#write(`[${type.length}]`);
        this.type(type.element, mode);
        return;
      case "map":
        this.#write("map[");
        this.type(type.key, mode);
        this.#write("]");
        this.type(type.element, mode);
        return;
      case "chan":
        this.#channel(type.direction, type.element, mode);
        return;
      case "func":
        this.#write("func");
        this.#signature(type, mode);
        return;
      case "struct":
        this.#struct(type, mode);
        return;
      case "interface":
        if (type.spelling !== undefined && mode.aliases) this.#write(type.spelling);
        else if (type.methods === undefined) this.#failed = true;
        else this.#interface(type.methods, mode);
    }
  }

  #named(type: NamedType, mode: Mode): void {
    this.#write(this.#qualified(type.package, type.name, mode));
    if (type.args.length === 0) return;
    this.#write("[");
    for (const [index, argument] of type.args.entries()) {
      if (index > 0) this.#write(",");
      this.type(argument, link);
    }
    this.#write("]");
  }

  #qualified(from: PackageIdentity, name: string, mode: Mode): string {
    if (from === universe) return name;
    if (!mode.links) return from === this.#options.local ? name : `${from.name}.${name}`;
    if (from.path === undefined) this.#failed = true;
    return `${pathToPrefix(from.path ?? "")}.${name}`;
  }

  #channel(direction: "both" | "receive" | "send", element: GoType, mode: Mode): void {
    if (direction === "receive") this.#write("<-chan ");
    else this.#write(direction === "send" ? "chan<- " : "chan ");
    const parenthesised = direction === "both" && element.kind === "chan" && element.direction === "receive";
    if (parenthesised) this.#write("(");
    this.type(element, mode);
    if (parenthesised) this.#write(")");
  }

  #signature(type: FuncType, mode: Mode): void {
    this.#list(type.parameters, type.variadic, mode);
    if (type.results.length === 0) return;
    this.#write(" ");
    if (type.results.length === 1) this.type(type.results[0]!, mode);
    else this.#list(type.results, false, mode);
  }

  #list(types: readonly GoType[], variadic: boolean, mode: Mode): void {
    this.#write("(");
    for (const [index, type] of types.entries()) {
      if (index > 0) this.#write(", ");
      if (variadic && index === types.length - 1 && type.kind === "slice") {
        this.#write("...");
        this.type(type.element, mode);
      } else this.type(type, mode);
    }
    this.#write(")");
  }

  #struct(type: StructType, mode: Mode): void {
    this.#write("struct {");
    for (const [index, field] of type.fields.entries()) {
      if (this.#failed) return;
      this.#write(index > 0 ? "; " : " ");
      this.#field(field, type.package, mode);
    }
    this.#write(type.fields.length > 0 ? " }" : "}");
  }

  #field(field: FieldType, from: PackageIdentity, mode: Mode): void {
    const name = isExported(field.name) ? field.name : this.#qualified(from, field.name, mode);
    if (!field.embedded) this.#write(`${name} `);
    else if (mode.links && !namesItself(field, from)) this.#write(`${name} = `);
    this.type(field.type, mode);
    if (field.tag !== undefined && field.tag !== "") this.#write(` ${quote(field.tag)}`);
  }

  #interface(methods: readonly InterfaceMethod[], outer: Mode): void {
    let mode = outer;
    this.#write("interface {");
    for (const [index, method] of methods.entries()) {
      if (this.#failed) return;
      this.#write(index > 0 ? "; " : " ");
      if (isExported(method.name)) this.#write(method.name);
      else {
        // From an unexported method on, the rest of the interface is in link form.
        mode = this.#options.keepsAliasesInInterfaces && mode.aliases ? linkWithAliases : link;
        this.#write(this.#qualified(method.package, method.name, mode));
      }
      this.#signature(method.type, mode);
    }
    this.#write(methods.length > 0 ? " }" : "}");
  }
}

/** Whether an embedded field has the name of its type, so that link form prints the type alone. */
function namesItself(field: FieldType, from: PackageIdentity): boolean {
  const type = field.type.kind === "pointer" ? field.type.element : field.type;
  if (type.kind !== "named") return false;
  return type.name === field.name && (type.package === from || isExported(field.name));
}

/** Go's `strconv.Quote` for tags, which are printable text but for rare escapes. */
function quote(text: string): string {
  let quoted = "";
  for (const character of text) {
    const short = shortEscapes.get(character);
    if (short !== undefined) quoted += short;
    else if (isPrintable(character)) quoted += character;
    else quoted += escapeCode(character.codePointAt(0)!);
  }
  return `"${quoted}"`;
}

const shortEscapes = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\u0007", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"],
]);

function isPrintable(character: string): boolean {
  return character === " " || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character);
}

function escapeCode(code: number): string {
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

/** cmd/internal/objabi `PathToPrefix`: dots of the last element, quotes, percent signs and bytes beyond ASCII are escaped. */
function pathToPrefix(path: string): string {
  const lastSlash = path.lastIndexOf("/");
  let prefix = "";
  let at = 0;
  for (const character of path) {
    const code = character.codePointAt(0)!;
    const escaped = code <= 0x20 || code >= 0x7f || character === '"' || character === "%" || (character === "." && at > lastSlash);
    if (!escaped) prefix += character;
    else if (code >= 0x80) prefix += encodeURIComponent(character).toLowerCase();
    else prefix += `%${code.toString(16).padStart(2, "0")}`;
    at += character.length;
  }
  return prefix;
}
