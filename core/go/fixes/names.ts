/** Names that are free, and whether code uses a name. */
import type { GoFile, TokenRange } from "../source/syntax.ts";
import { tokenKind as kind } from "../source/tokens.ts";
import { usualPackageName, type GoPackage } from "../types/package.ts";
import { predeclaredTypes } from "../types/universe.ts";

const predeclared = new Set([
  ...predeclaredTypes.keys(),
  ..."append cap clear close complex copy delete false imag iota len make max min new nil panic print println real recover true".split(" "),
]);

const keywords = new Set(
  "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var".split(
    " ",
  ),
);

/** Packages that generated code may come to use. */
const usedPackages = ["unsafe", "structs", "errors"];

/** Hands out names that nothing in the package, in the file or in the language means already. */
export class FreeNames {
  readonly #taken: Set<string>;

  constructor(own: GoPackage, file: GoFile) {
    this.#taken = new Set([...predeclared, ...keywords, ...usedPackages, ...own.members.keys(), "init", "main"]);
    for (const spec of file.imports) this.#taken.add(spec.name?.text ?? usualPackageName(spec.path));
  }

  isTaken(name: string): boolean {
    return this.#taken.has(name);
  }

  /** The name means something in the function that is written. */
  reserve(name: string): void {
    this.#taken.add(name);
  }

  /** `wanted` itself, else with the first number behind it that is free. */
  take(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.#taken.has(name); count++) name = `${wanted}${count}`;
    this.#taken.add(name);
    return name;
  }
}

/** Indices of the tokens in `range` (by default the whole file) that are this name and no selector's. */
export function usesOf({ tokens }: GoFile, name: string, range: TokenRange = { from: 0, to: tokens.count }): number[] {
  const { kinds, starts, ends, text } = tokens;
  const found: number[] = [];
  for (let at = range.from; at < range.to; at++) {
    if (kinds[at] !== kind.name || kinds[at - 1] === kind.dot || ends[at]! - starts[at]! !== name.length) continue;
    if (text.startsWith(name, starts[at])) found.push(at);
  }
  return found;
}

export function upperFirst(name: string): string {
  const first = String.fromCodePoint(name.codePointAt(0) ?? 0);
  return first.toUpperCase() + name.slice(first.length);
}

export function lowerFirst(name: string): string {
  const first = String.fromCodePoint(name.codePointAt(0) ?? 0);
  return first.toLowerCase() + name.slice(first.length);
}
