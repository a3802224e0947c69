/** What the compiler said about one package, and the texts that it saw. */
import { isOfLastPhase } from "#core/go/compiler/known-messages.ts";
import type { CompilerMessage } from "#core/go/compiler/output.ts";
import { joinPath, parentFolder } from "#core/go/packages/paths.ts";
import { isTestFile } from "#core/go/source/build-constraints.ts";
import { offsetOfCompilerPosition } from "#core/go/source/compiler-position.ts";
import type { Span } from "#core/text/positions.ts";
import type { GoFiles } from "#go-check/files.ts";
import type { GoDocument } from "#go-check/go-document.ts";

/** A message at its place in the text that the compiler saw. */
export interface PlacedMessage extends CompilerMessage {
  readonly span: Span;
}

/** Said of an answer that another environment would not give: what the go command may not fetch here it would fetch in a terminal. */
const onlyHere = /GOTOOLCHAIN=local|GOPROXY=off|disabled by GOVCS|GOVCS disallows/u;

export class CompiledPackage {
  /** That of the package, and those of other files that messages are about. */
  readonly folders: ReadonlySet<string>;
  readonly folder: string;
  readonly withTests: boolean;
  /** The compiler has looked at all functions of the package, so it has said all that it has to say. */
  readonly isComplete: boolean;
  readonly #messages: ReadonlyMap<string, readonly PlacedMessage[]>;
  /** By path, of all Go files in {@link folders}. */
  readonly #texts: ReadonlyMap<string, string>;
  /** By path, of the files of other packages that this one is built from, as far as they are written in the workspace. */
  readonly #imported: ReadonlyMap<string, string>;

  private constructor(
    folder: string,
    withTests: boolean,
    isComplete: boolean,
    messages: ReadonlyMap<string, readonly PlacedMessage[]>,
    texts: ReadonlyMap<string, string>,
    imported: ReadonlyMap<string, string>,
  ) {
    this.folder = folder;
    this.withTests = withTests;
    this.isComplete = isComplete;
    this.#messages = messages;
    this.#texts = texts;
    this.#imported = imported;
    this.folders = new Set([folder, ...[...messages.keys()].map(parentFolder)]);
  }

  /**
   * `messages` are those of a build in `folder`; what has no place of its own is put into `saved`. Undefined where the build was no
   * answer, as the go command was not allowed to fetch what it wanted. `imported`: files of the packages that it is built from.
   */
  static of(
    folder: string,
    saved: GoDocument,
    messages: readonly CompilerMessage[],
    { withTests, disk, imported }: { readonly withTests: boolean; readonly disk: GoFiles; readonly imported: readonly GoDocument[] },
  ): CompiledPackage | undefined {
    if (messages.some(({ message, details }) => [message, ...details].some((line) => onlyHere.test(line)))) return undefined;
    const byPath = new Map<string, PlacedMessage[]>();
    const seen = new Set<string>();
    for (const message of messages) {
      const named = message.path === undefined ? undefined : disk.document(joinPath(folder, message.path), 0);
      const document = named ?? saved;
      const span = named === undefined ? spanOfUnplaced(saved.text, message) : spanAt(named.text, message);
      // The package and its test variant have the same errors.
      const key = `${document.path} ${span.start} ${message.message}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const own = byPath.get(document.path) ?? [];
      own.push({ ...message, span });
      byPath.set(document.path, own);
    }
    const isComplete = messages.every(
      ({ from, path, message }) =>
        from === "linker" || (isOfLastPhase(message) && path !== undefined && parentFolder(joinPath(folder, path)) === folder),
    );
    const texts = new Map<string, string>();
    for (const inside of new Set([folder, ...[...byPath.keys()].map(parentFolder)])) {
      for (const name of disk.files(inside, 0) ?? []) {
        const document = name.endsWith(".go") ? disk.document(joinPath(inside, name), 0) : undefined;
        if (document !== undefined) texts.set(document.path, document.text);
      }
    }
    return new CompiledPackage(folder, withTests, isComplete, byPath, texts, new Map(imported.map(({ path, text }) => [path, text])));
  }

  /** Files with messages. */
  get paths(): readonly string[] {
    return [...this.#messages.keys()];
  }

  /** Files that the compiler may have seen. */
  get files(): readonly string[] {
    return [...this.#texts.keys()];
  }

  get hasTestMessages(): boolean {
    return this.paths.some(isTestFile);
  }

  messagesIn(path: string): readonly PlacedMessage[] {
    return this.#messages.get(path) ?? [];
  }

  allMessages(): readonly PlacedMessage[] {
    return [...this.#messages.values()].flat();
  }

  textOf(path: string): string | undefined {
    return this.#texts.get(path);
  }

  /** Whether the files of a package, and of the `open` ones those of packages that it imports, are as the compiler saw them. */
  saw(own: readonly GoDocument[], open: readonly GoDocument[]): boolean {
    return (
      own.every(({ path, text }) => !path.endsWith(".go") || this.#texts.get(path) === text) &&
      open.every(({ path, text }) => (this.#imported.get(path) ?? text) === text)
    );
  }

  /** Whether the package is built from that of another folder. */
  imports(folder: string): boolean {
    for (const path of this.#imported.keys()) if (parentFolder(path) === folder) return true;
    return false;
  }

  /** The same without what it says of the files in another folder. */
  without(folder: string): CompiledPackage {
    const messages = new Map([...this.#messages].filter(([path]) => parentFolder(path) !== folder));
    const texts = new Map([...this.#texts].filter(([path]) => parentFolder(path) !== folder));
    return new CompiledPackage(this.folder, this.withTests, this.isComplete, messages, texts, this.#imported);
  }
}

const word = /[\p{L}_][\p{L}\p{Nd}_]*|"(?:[^"\\\n]|\\.)*"|`[^`]*`|\S/uy;

/** The name, literal or sign at the message's position; of an import the path. */
function spanAt(text: string, message: CompilerMessage): Span {
  const at = offsetOfCompilerPosition(text, message);
  const before = message.from === "command" ? /^(?:[\p{L}\p{Nd}_]+|\.)[ \t]+(?=["`])/u.exec(text.slice(at, at + 200)) : null;
  const start = at + (before?.[0].length ?? 0);
  word.lastIndex = start;
  const found = word.exec(text);
  return { start, end: found === null ? start : word.lastIndex };
}

/** The import that a message of the go command names, else the package clause. */
function spanOfUnplaced(text: string, { details }: CompilerMessage): Span {
  for (const line of details) {
    const imported = /^imports (\S+?):?(?: from \S+)?(?::|$)/u.exec(line)?.[1];
    const at = imported === undefined ? -1 : text.indexOf(`"${imported}"`);
    if (imported !== undefined && at >= 0) return { start: at, end: at + imported.length + 2 };
  }
  const clause = /^[ \t]*package[ \t]+[\p{L}\p{Nd}_]+/mu.exec(text);
  return clause === null ? { start: 0, end: 0 } : { start: clause.index, end: clause.index + clause[0].length };
}
