/**
 * Reads `go.mod` and `go.work` (Go Modules Reference, "go.mod files" and "Workspaces"). Lines that cannot be read are
 * left out: the go command reports them.
 */

export interface ModuleVersion {
  readonly path: string;
  readonly version: string;
}

export interface Replacement {
  readonly path: string;
  /** Only this version is replaced; every version where it is `undefined`. */
  readonly version: string | undefined;
  /** A folder (starting with `./`, `../` or absolute) where `toVersion` is `undefined`, else a module path. */
  readonly to: string;
  readonly toVersion: string | undefined;
}

/** What either kind of file can hold; `uses` is of `go.work` alone, `module` and `requires` are of `go.mod`. */
export interface ModuleFile {
  readonly module: string | undefined;
  /** Such as "1.24" or "1.24.3". */
  readonly go: string | undefined;
  /** Such as "go1.25.1". */
  readonly toolchain: string | undefined;
  readonly requires: readonly ModuleVersion[];
  readonly replaces: readonly Replacement[];
  /** Folders, relative to the file's own. */
  readonly uses: readonly string[];
}

export function readModuleFile(text: string): ModuleFile {
  let module: string | undefined;
  let go: string | undefined;
  let toolchain: string | undefined;
  const requires: ModuleVersion[] = [];
  const replaces: Replacement[] = [];
  const uses: string[] = [];
  for (const [verb, ...words] of directives(text)) {
    const [first, second] = words;
    if (first === undefined) continue;
    if (verb === "module") module ??= first;
    else if (verb === "go") go ??= first;
    else if (verb === "toolchain") toolchain ??= first;
    else if (verb === "use") uses.push(first);
    else if (verb === "require" && second !== undefined) requires.push({ path: first, version: second });
    else if (verb === "replace") {
      const replacement = replacementOf(words);
      if (replacement !== undefined) replaces.push(replacement);
    }
  }
  return { module, go, toolchain, requires, replaces, uses };
}

/** `path [version] => path-or-folder [version]`. */
function replacementOf(words: readonly string[]): Replacement | undefined {
  const arrow = words.indexOf("=>");
  const [path, to] = [words[0], words[arrow + 1]];
  if (arrow < 1 || arrow > 2 || path === undefined || to === undefined) return undefined;
  return { path, version: arrow === 2 ? words[1] : undefined, to, toVersion: words[arrow + 2] };
}

/** The words of each directive with its verb first; those of a block have the block's verb. */
function* directives(text: string): Iterable<string[]> {
  let block: string | undefined;
  for (const line of text.split("\n")) {
    const words = wordsOf(line);
    if (words.length === 0) continue;
    if (block === undefined) {
      if (words.length === 2 && words[1] === "(") block = words[0];
      else yield words;
    } else if (words[0] === ")") block = undefined;
    else yield [block, ...words];
  }
}

const wordPattern = /\/\/.*|"((?:[^"\\\n]|\\.)*)"|`([^`\n]*)`|[()]|[^\s"`()]+/gu;

/** Words without quotes; a comment ends the line. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [word, quoted, raw] of line.matchAll(wordPattern)) {
    if (word.startsWith("//")) break;
    words.push(quoted ?? raw ?? word);
  }
  return words;
}
