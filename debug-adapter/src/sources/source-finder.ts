import { realpath, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { isAbsolute, join, normalize, resolve } from "node:path";
import type { SymbolSource } from "../symbols/module-symbols.ts";
import { fromBinary, type PathSubstitution } from "./substitute-path.ts";
import { commonSuffixLength, sameFileName, samePath, segments } from "./path-compare.ts";

/** Finds the files that debug information names, and the names that stand for a file. */
export class SourceFinder {
  readonly #folders: readonly string[];
  readonly #substitutions: readonly PathSubstitution[];
  readonly #found = new Map<string, Promise<string | undefined>>();
  /** The client's own paths of sources that are not found by their names, or that it has by another path; by the source's name. */
  readonly #adopted = new Map<string, string>();

  /** `folders`: where relative names and ever shorter suffixes are looked for, in this order. */
  constructor(folders: readonly string[], substitutions: readonly PathSubstitution[]) {
    this.#folders = [...new Set(folders)];
    this.#substitutions = substitutions;
  }

  /** The absolute path of a source's file; `undefined` where there is none. */
  find(source: SymbolSource): Promise<string | undefined> {
    let found = this.#found.get(source.name);
    if (!found) {
      found = this.#search([source.name, ...source.candidates]);
      this.#found.set(source.name, found);
    }
    return found.then((path) => this.#adopted.get(source.name) ?? path);
  }

  /** The sources that `path`, a file of the client, stands for: those found there, else those unfound ones whose name ends most like it. */
  async matching(path: string, sources: readonly SymbolSource[]): Promise<SymbolSource[]> {
    const real = await withoutLinks(path);
    // A C program has the names of hundreds of its library's files: only those that can be this one are looked for.
    const likely =
      this.#substitutions.length > 0 ? sources : sources.filter(({ name }) => sameFileName(name, path) || sameFileName(name, real));
    const found = await Promise.all(likely.map((source) => this.find(source)));
    const ways = await Promise.all(found.map(async (at) => at && withoutLinks(at)));
    const exact = likely.filter((_, index) => ways[index] !== undefined && samePath(ways[index], real));
    // Where links lead to one file in several ways, stops are to show it in the editor in which it is open.
    for (const source of exact) this.#adopted.set(source.name, path);
    if (exact.length > 0) return exact;
    const lost = likely.filter((_, index) => found[index] === undefined);
    const lengths = lost.map((source) => commonSuffixLength(source.name, path));
    const best = Math.max(0, ...lengths);
    const alike = best === 0 ? [] : lost.filter((_, index) => lengths[index] === best);
    // Two files of one name in different folders: whichever it is, a guess would stop in the wrong one.
    if (new Set(alike.map((source) => segments(source.name).join("/"))).size > 1) return [];
    for (const source of alike) this.#adopted.set(source.name, path);
    return alike;
  }

  #wholeNames(name: string): string[] {
    const local = fromBinary(name, this.#substitutions);
    // The debug information must not make us ask another machine for a file: on Windows that sends it the user's credentials.
    if (/^[\\/]{2}/.test(local) && local === name) return [];
    return isAbsolute(local) ? [normalize(local)] : this.#folders.map((folder) => resolve(folder, local));
  }

  async #search(names: readonly string[]): Promise<string | undefined> {
    const spellings = names.map(withoutScheme);
    for (const name of spellings) {
      const path = await firstFile(this.#wholeNames(name));
      if (path !== undefined) return path;
    }
    for (const name of spellings) {
      const parts = segments(fromBinary(name, this.#substitutions));
      for (let from = 0; from < parts.length; from++) {
        const path = await firstFile(this.#folders.map((folder) => join(folder, ...parts.slice(from))));
        if (path !== undefined) return path;
      }
    }
    return undefined;
  }
}

function withoutLinks(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile()) return path;
  }
  return undefined;
}

function withoutScheme(name: string): string {
  if (!name.startsWith("file://")) return name;
  try {
    return fileURLToPath(name);
  } catch {
    return name;
  }
}
