/** The documents that the client has open, each in the form its language's features work on. */
import type { TextDocumentContentChangeEvent, TextDocumentItem } from "vscode-languageserver";
import { LineIndex } from "#core/text/line-index.ts";
import type { Range0, Span } from "#core/text/positions.ts";
import { WatDocument } from "#core/wat/document.ts";
import type { GoDocument } from "./go/diagnostics.ts";
import { uriToPath } from "./uri-path.ts";

export type WatFormat = "wat" | "wast";

/** A document of WebAssembly text; a change makes a new one. */
export class OpenWat {
  readonly kind = "wat";
  readonly uri: string;
  readonly version: number;
  readonly format: WatFormat;
  readonly text: string;
  #parsed: WatDocument | undefined;

  constructor(uri: string, version: number, format: WatFormat, text: string, parsed?: WatDocument) {
    this.uri = uri;
    this.version = version;
    this.format = format;
    this.text = text;
    this.#parsed = parsed;
  }

  /** The parsed text; parsed on first use. */
  get parsed(): WatDocument {
    this.#parsed ??= WatDocument.open(this.text, this.format);
    return this.#parsed;
  }
}

/** A Go file; a change makes a new one. */
export interface OpenGo extends GoDocument {
  readonly kind: "go";
  readonly version: number;
}

export type OpenDocument = OpenWat | OpenGo;

export class Documents {
  readonly #open = new Map<string, OpenDocument>();
  readonly #log: (message: string) => void;

  /** `log` hears of failures that were survived. */
  constructor(log: (message: string) => void) {
    this.#log = log;
  }

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  all(): OpenDocument[] {
    return [...this.#open.values()];
  }

  /** Documents that are neither WebAssembly text nor Go are not kept. */
  open(item: TextDocumentItem): OpenDocument | undefined {
    const language = languageOf(item);
    if (!language) return undefined;
    const { uri, version, text } = item;
    const document = language === "go" ? openGo(uri, version, text) : new OpenWat(uri, version, language, text);
    this.#open.set(uri, document);
    return document;
  }

  /** Applies changes one after the other, each to the outcome of those before it. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): OpenDocument | undefined {
    const before = this.#open.get(uri);
    if (!before) return undefined;
    const after =
      before.kind === "go" ? openGo(uri, version, changedText(before.text, changes)) : this.#changedWat(before, version, changes);
    this.#open.set(uri, after);
    return after;
  }

  close(uri: string): OpenDocument | undefined {
    const document = this.#open.get(uri);
    this.#open.delete(uri);
    return document;
  }

  #changedWat(before: OpenWat, version: number, changes: readonly TextDocumentContentChangeEvent[]): OpenWat {
    try {
      let parsed = before.parsed;
      for (const change of changes) parsed = parsed.edit([{ span: changedSpan(parsed.text, parsed.lines, change), text: change.text }]);
      return new OpenWat(before.uri, version, before.format, parsed.text, parsed);
    } catch (error) {
      this.#log(
        `an edit of ${before.uri} failed, it is parsed anew: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return new OpenWat(before.uri, version, before.format, changedText(before.text, changes));
    }
  }
}

/** By language id, else by the file's ending: editors without our language ids send something else. */
function languageOf(item: TextDocumentItem): WatFormat | "go" | undefined {
  if (item.languageId === "wat" || item.languageId === "wast" || item.languageId === "go") return item.languageId;
  const ending = /\.(wat|wast|go)$/i.exec(uriToPath(item.uri))?.[1];
  return ending?.toLowerCase() as WatFormat | "go" | undefined;
}

function openGo(uri: string, version: number, text: string): OpenGo {
  return { kind: "go", uri, version, path: uriToPath(uri), text, lines: new LineIndex(text) };
}

function changedText(text: string, changes: readonly TextDocumentContentChangeEvent[]): string {
  let result = text;
  for (const change of changes) {
    const span = changedSpan(result, new LineIndex(result), change);
    result = result.slice(0, span.start) + change.text + result.slice(span.end);
  }
  return result;
}

/** The UTF-16 span that `change` replaces; the whole text where it names no range. */
function changedSpan(text: string, lines: LineIndex, change: TextDocumentContentChangeEvent): Span {
  if (!("range" in change)) return { start: 0, end: text.length };
  const range: Range0 = change.range;
  const start = offsetIn(text, lines, range.start);
  return { start, end: Math.max(start, offsetIn(text, lines, range.end)) };
}

/** A character behind the end of its line means the end of that line, before its line break. */
function offsetIn(text: string, lines: LineIndex, position: Range0["start"]): number {
  let end = lines.lineStart(position.line + 1);
  const start = lines.lineStart(position.line);
  if (position.line + 1 < lines.lineCount) end -= text.startsWith("\r\n", end - 2) ? 2 : 1;
  return Math.max(start, Math.min(start + position.character, end));
}
