import { expect } from "vitest";
import { loadGrammar, tokenize, type ScopeName } from "./tokenize.ts";

/**
 * Checks a text whose lines `;;   ^^^^ scope` (in Go: `//   ^^^^ scope`) say what scope the part above the carets has: the named one, or
 * one below it. `(none)` means just the root's; `!scope` means that no part has it.
 */
export async function expectScopes(scopeName: ScopeName, marked: string): Promise<void> {
  const source: string[] = [];
  const expectations: { line: number; start: number; end: number; scope: string }[] = [];
  for (const line of marked.split("\n")) {
    const match = /^\s*(?:;;|\/\/)\s*(\^+) (\S+)\s*$/.exec(line);
    if (!match) source.push(line);
    else expectations.push({ line: source.length - 1, start: line.indexOf("^"), end: line.lastIndexOf("^") + 1, scope: match[2]! });
  }
  if (expectations.length === 0) throw new Error("the text expects nothing");

  const lines = tokenize(await loadGrammar(scopeName), source.join("\n"));
  for (const { line, start, end, scope } of expectations) {
    const { text, tokens } = lines[line]!;
    const parts = tokens.filter((token) => token.start < end && token.end > start);
    expect(parts.length, `nothing above the carets in: ${text}`).toBeGreaterThan(0);
    for (const part of parts) {
      const where = `"${text.slice(part.start, part.end)}" in: ${text}`;
      if (scope === "(none)") expect(part.scopes, where).toEqual([scopeName]);
      else if (scope.startsWith("!"))
        expect(
          part.scopes.filter((given) => within(given, scope.slice(1))),
          where,
        ).toEqual([]);
      else
        expect(
          part.scopes.some((given) => within(given, scope)),
          `${where}: ${scope} is not in ${part.scopes.join(" ")}`,
        ).toBe(true);
    }
  }
}

function within(given: string, scope: string): boolean {
  return given === scope || given.startsWith(`${scope}.`);
}
