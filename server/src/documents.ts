/** The documents that the client has open, each in the form its language's features work on. */
import type { TextDocumentContentChangeEvent, TextDocumentItem } from "vscode-languageserver";
import { LineIndex } from "#core/text/line-index.ts";
import { type Sliceable, TextPieces } from "#core/text/text-pieces.ts";
import type { Range0, Span } from "#core/text/positions.ts";
import { WatDocument } from "#core/wat/document.ts";
import { isForeignFile } from "#go-check/diagnostics.ts";
import { GoDocument, type KnownOfDocument } from "#go-check/go-document.ts";
import { slashed, uriToPath } from "./uri-path.ts";

export type WatFormat = "wat" | "wast";

/** A document of WebAssembly text; a change makes a new one. */
export class OpenWat {
  readonly kind = "wat";
  readonly uri: string;
  readonly version: number;
  readonly format: WatFormat;
  /** The text until it is parsed, on first use. */
  #given: string | WatDocument;

  constructor(uri: string, version: number, format: WatFormat, given: string | WatDocument) {
    this.uri = uri;
    this.version = version;
    this.format = format;
    this.#given = given;
  }

  get text(): string {
    return typeof this.#given === "string" ? this.#given : this.#given.text;
  }

  get parsed(): WatDocument {
    if (typeof this.#given === "string") this.#given = WatDocument.open(this.#given, this.format);
    return this.#given;
  }
}

/** A Go file, or what belongs to a Go package or module beside it: `go.mod`, `go.work`, assembly. A change makes a new one. */
export class OpenGo extends GoDocument {
  readonly kind: "go" | "beside-go";
  readonly version: number;

  constructor(kind: OpenGo["kind"], version: number, path: string, text: string, known: KnownOfDocument) {
    super(path, text, known);
    this.kind = kind;
    this.version = version;
  }
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

  /** Documents that have to do neither with WebAssembly text nor with Go are not kept. */
  open(item: TextDocumentItem): OpenDocument | undefined {
    const language = languageOf(item);
    if (!language) return undefined;
    const { uri, version, text } = item;
    const document =
      language === "go" || language === "beside-go"
        ? new OpenGo(language, version, slashed(uriToPath(uri)), text, { uri })
        : new OpenWat(uri, version, language, text);
    this.#open.set(uri, document);
    return document;
  }

  /** Applies changes one after the other, each to the outcome of those before it. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): OpenDocument | undefined {
    const before = this.#open.get(uri);
    if (!before) return undefined;
    const after = before.kind === "wat" ? this.#changedWat(before, version, changes) : editedGo(before, version, changes);
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
      const { pieces, lines } = before.parsed;
      return new OpenWat(before.uri, version, before.format, before.parsed.edit(editsOf(pieces, lines, changes)));
    } catch (error) {
      this.#log(
        `an edit of ${before.uri} failed, it is parsed anew: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return new OpenWat(before.uri, version, before.format, changedText(before.text, new LineIndex(before.text), changes));
    }
  }
}

/** By language id, else by the file's ending: editors without our language ids send something else. */
function languageOf(item: TextDocumentItem): WatFormat | "go" | "beside-go" | undefined {
  if (item.languageId === "wat" || item.languageId === "wast" || item.languageId === "go") return item.languageId;
  const path = uriToPath(item.uri);
  const ending = /\.(wat|wast|go)$/i.exec(path)?.[1];
  if (ending !== undefined) return ending.toLowerCase() as WatFormat | "go";
  return isForeignFile(path) || /[\\/](?:go\.mod|go\.work|modules\.txt)$/u.test(path) ? "beside-go" : undefined;
}

/** A document after changes; its lines are counted anew only where these touch them. */
function editedGo(before: OpenGo, version: number, changes: readonly TextDocumentContentChangeEvent[]): OpenGo {
  let { text, lines } = before;
  for (const { span, text: inserted } of editsOf(text, lines, changes)) {
    text = text.slice(0, span.start) + inserted + text.slice(span.end);
    lines = lines.edited(span, inserted, text);
  }
  return new OpenGo(before.kind, version, before.path, text, { uri: before.uri, lines, before });
}

interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** The changes with offsets, each in the outcome of those before it; as one where that is cheaper. */
function editsOf(text: Sliceable, lines: LineIndex, changes: readonly TextDocumentContentChangeEvent[]): Edit[] {
  // Replacing thousands of words one by one would copy the text as many times.
  if (descend(lines, changes))
    return merged(text, changes.map((change) => ({ span: changedSpan(text, lines, change), text: change.text })).reverse());
  const edits: Edit[] = [];
  let now = TextPieces.of(text.slice(0));
  let index = lines;
  for (const change of changes) {
    const span = changedSpan(now, index, change);
    edits.push({ span, text: change.text });
    now = now.edited(span.start, span.end, change.text);
    index = index.edited(span, change.text, now);
  }
  return edits;
}

/**
 * Whether the changes go from the end to the start of the text, as VS Code sends them, so that none moves what a later one means.
 * A position that the text does not have might come to be by a change before, so it does not count.
 */
function descend(lines: LineIndex, changes: readonly TextDocumentContentChangeEvent[]): boolean {
  let limit = Number.POSITIVE_INFINITY;
  for (const change of changes) {
    if (!("range" in change)) return false;
    const [start, end] = [exactOffset(lines, change.range.start), exactOffset(lines, change.range.end)];
    if (start === undefined || end === undefined || start > end || end > limit) return false;
    limit = start;
  }
  return true;
}

function exactOffset(lines: LineIndex, position: Range0["start"]): number | undefined {
  const offset = lines.lineStart(position.line) + position.character;
  const found = lines.positionAt(offset);
  return found.line === position.line && found.character === position.character ? offset : undefined;
}

/** One edit for ascending ones, none of which moves another. */
function merged(text: Sliceable, edits: readonly Edit[]): Edit[] {
  const first = edits[0];
  if (!first) return [];
  const pieces: string[] = [];
  let end = first.span.start;
  for (const edit of edits) {
    pieces.push(text.slice(end, edit.span.start), edit.text);
    end = edit.span.end;
  }
  return [{ span: { start: first.span.start, end }, text: pieces.join("") }];
}

function changedText(text: string, lines: LineIndex, changes: readonly TextDocumentContentChangeEvent[]): string {
  return editsOf(text, lines, changes).reduce(
    (result, edit) => result.slice(0, edit.span.start) + edit.text + result.slice(edit.span.end),
    text,
  );
}

/** The UTF-16 span that `change` replaces; the whole text where it names no range. */
function changedSpan(text: Sliceable, lines: LineIndex, change: TextDocumentContentChangeEvent): Span {
  if (!("range" in change)) return { start: 0, end: text.length };
  const range: Range0 = change.range;
  const start = offsetIn(text, lines, range.start);
  return { start, end: Math.max(start, offsetIn(text, lines, range.end)) };
}

/** A character behind the end of its line means the end of that line, before its line break. */
function offsetIn(text: Sliceable, lines: LineIndex, position: Range0["start"]): number {
  let end = lines.lineStart(position.line + 1);
  const start = lines.lineStart(position.line);
  if (position.line + 1 < lines.lineCount) end -= text.slice(Math.max(0, end - 2), end) === "\r\n" ? 2 : 1;
  return Math.max(start, Math.min(start + position.character, end));
}
