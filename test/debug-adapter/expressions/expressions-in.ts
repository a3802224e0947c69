import { readFileSync } from "node:fs";

/** What stands between the brackets of each `X(...)` of a source, in its order. */
export function expressionsIn(path: string): string[] {
  const source = readFileSync(path, "utf8");
  const found: string[] = [];
  for (const { index } of source.matchAll(/(?<=(?:^|[ (])X!?\()/gm)) {
    let depth = 1;
    let at = index;
    for (; depth > 0; at++) {
      if (source[at] === "'") at += endOfCharacter(source.slice(at));
      else if (source[at] === "(") depth++;
      else if (source[at] === ")") depth--;
    }
    found.push(source.slice(index, at - 1));
  }
  // The macro itself.
  return found.filter((text) => text !== "e");
}

/** `'` within a number has no end. */
const endOfCharacter = (text: string): number => (/^'(?:[^'\\]|\\.[^']*)'/.exec(text)?.[0].length ?? 1) - 1;
