/** A version of a file that belongs to a Go package or module. */
import { fileUrlOf } from "#platform";
import { readHeader, type FileHeader } from "#core/go/source/header.ts";
import { parseGoFile } from "#core/go/source/parser.ts";
import type { GoFile } from "#core/go/source/syntax.ts";
import { LineIndex } from "#core/text/line-index.ts";

export interface KnownOfDocument {
  /** The client's; made of the path where it is left out. */
  readonly uri?: string;
  readonly lines?: LineIndex;
  readonly before?: GoDocument;
}

/**
 * A change makes a new one, so what is read from the text is read once and kept here. Not in weak maps: while the engine
 * collects what is young, it takes their values for alive, and with each keystroke a tree would stay until it collects everything.
 */
export class GoDocument {
  /** Decides by its name whether the file belongs to the target. */
  readonly path: string;
  readonly text: string;
  #uri: string | undefined;
  #lines: LineIndex | undefined;
  #header: FileHeader | undefined;
  #file: GoFile | undefined;
  /** The tree of an earlier version, until there is one of this. */
  #before: GoFile | undefined;

  /** `before` is the version that became this one by an edit, `lines` is given where that has told them. */
  constructor(path: string, text: string, { uri, lines, before }: KnownOfDocument = {}) {
    this.path = path;
    this.text = text;
    this.#uri = uri;
    this.#lines = lines;
    this.#before = before && (before.#file ?? before.#before);
  }

  get uri(): string {
    return (this.#uri ??= fileUrlOf(this.path));
  }

  get lines(): LineIndex {
    return (this.#lines ??= new LineIndex(this.text));
  }

  /** Package clause and imports, which do not need the whole tree. */
  get header(): FileHeader {
    return (this.#header ??= readHeader(this.text));
  }

  get file(): GoFile {
    if (this.#file === undefined) {
      this.#file = parseGoFile(this.path, this.text, this.#before);
      this.#before = undefined;
    }
    return this.#file;
  }
}
