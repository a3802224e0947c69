/** Reads the package clause and the imports at the start of a Go file, without scanning the rest of it. */

export interface FileHeader {
  /** Empty where the package clause is missing. */
  readonly packageName: string;
  /** Import paths in the order of the text. */
  readonly imports: readonly string[];
}

const word = /[\p{L}\p{Nd}_]+/uy;
const importName = /[\p{L}\p{Nd}_]+|\./uy;
const path = /"([^"\\\n]*)"|`([^`]*)`/uy;

/** Stops at the first thing that is neither. */
export function readHeader(text: string): FileHeader {
  const reader = new HeaderReader(text);
  const packageName = reader.take(word) === "package" ? (reader.take(word) ?? "") : "";
  const imports: string[] = [];
  if (packageName === "") return { packageName, imports };
  while (reader.take(word) === "import") {
    if (!reader.takesCharacter("(")) reader.specification(imports);
    else while (!reader.takesCharacter(")") && reader.specification(imports));
  }
  return { packageName, imports };
}

class HeaderReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** What `pattern` matches next; its first group that matched, if it has groups. */
  take(pattern: RegExp): string | undefined {
    this.#skip();
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match[1] ?? match[2] ?? match[0];
  }

  takesCharacter(character: string): boolean {
    this.#skip();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  /** `["path"]`, `[name "path"]`; false where there is none. */
  specification(imports: string[]): boolean {
    this.take(importName);
    const found = this.take(path);
    if (found !== undefined) imports.push(found);
    return found !== undefined;
  }

  /** White space, semicolons and comments. */
  #skip(): void {
    const text = this.#text;
    for (;;) {
      const unit = text.charCodeAt(this.#at);
      // Space, tab, line ends; a semicolon; a byte order mark.
      if (unit === 32 || (unit >= 9 && unit <= 13) || unit === 59 || unit === 0xfeff) this.#at++;
      else if (text.startsWith("//", this.#at)) this.#at = end(text.indexOf("\n", this.#at), text);
      else if (text.startsWith("/*", this.#at)) this.#at = end(text.indexOf("*/", this.#at + 2), text, 2);
      else return;
    }
  }
}

/** Behind what was found, `length` long; the text's end where nothing was. */
function end(found: number, text: string, length = 0): number {
  return found < 0 ? text.length : found + length;
}
