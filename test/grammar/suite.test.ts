// The whole test suite of the WebAssembly specification, against a tokeniser of its own: what is a word, what is inside a comment, a
// string or an annotation is decided here without the grammar.
import { beforeAll, describe, expect, test } from "vitest";
import { specSuite } from "../support/spec-suite.ts";
import { loadGrammar, tokenize, type ScopedLine } from "./tokenize.ts";

const script = specSuite().map(({ path, text }) => ({ path, text }));

interface Word {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

interface Structure {
  readonly words: readonly Word[];
  /** For each line, whether a comment, a string or an annotation is open at its end. */
  readonly open: readonly boolean[];
  /** Lines on which a form begins at depth 0. */
  readonly topLevel: readonly number[];
}

const scoped = new Map<string, readonly ScopedLine[]>();
const structures = new Map<string, Structure>();
const slowLine = 1000;

beforeAll(async () => {
  const grammar = await loadGrammar("source.wast");
  for (const { path, text } of script) {
    scoped.set(path, tokenize(grammar, text, slowLine));
    structures.set(path, structureOf(text));
  }
}, 60_000);

test("the suite is there", () => {
  expect(script.length).toBeGreaterThan(250);
  const words = [...structures.values()].reduce((sum, structure) => sum + structure.words.length, 0);
  expect(words).toBeGreaterThan(300_000);
});

describe("in every script of the suite", () => {
  test("every keyword has a scope", () => {
    const without = new Map<string, string>();
    for (const [path, structure] of structures) {
      for (const { line, column, text } of structure.words) {
        const token = scoped.get(path)![line]!.tokens.find(({ start, end }) => start <= column && column < end)!;
        if (token.scopes.length === 1 && !without.has(text)) without.set(text, `${path}:${line + 1}`);
      }
    }
    expect([...without]).toEqual([]);
  });

  test("every keyword is one token", () => {
    const split = new Set<string>();
    for (const [path, structure] of structures) {
      for (const { line, column, text } of structure.words) {
        if (/^(?:offset|align)=/.test(text)) continue;
        const token = scoped.get(path)![line]!.tokens.find(({ start, end }) => start <= column && column < end)!;
        if (token.start !== column || token.end !== column + text.length) split.add(text);
      }
    }
    expect([...split]).toEqual([]);
  });

  // Malformed modules stand in strings, so that all that is outside of them is well-formed.
  test("nothing is marked as invalid", () => {
    const invalid: string[] = [];
    for (const [path, lines] of scoped) {
      for (const [index, { text, tokens }] of lines.entries()) {
        const wrong = tokens.find((token) => token.scopes.some((scope) => scope.startsWith("invalid")));
        if (wrong) invalid.push(`${path}:${index + 1}: ${text.slice(wrong.start, wrong.end)}`);
      }
    }
    expect(invalid).toEqual([]);
  });

  test("no line breaks the grammar: outside of comments and annotations each line starts afresh", () => {
    const broken: string[] = [];
    let forms = 0;
    for (const [path, { open, topLevel }] of structures) {
      const lines = scoped.get(path)!;
      for (const [index, { closed }] of lines.entries()) if (closed === open[index]) broken.push(`${path}:${index + 1}`);
      forms += topLevel.length;
      for (const index of topLevel) if (index > 0 && !lines[index - 1]!.closed) broken.push(`${path}:${index + 1} (form)`);
    }
    expect(broken).toEqual([]);
    expect(forms).toBeGreaterThan(40_000);
  });

  test("no line takes longer than a second", () => {
    const slow = [...scoped].flatMap(([path, lines]) =>
      lines.flatMap((line, index) => (line.stoppedEarly ? [`${path}:${index + 1}`] : [])),
    );
    expect(slow).toEqual([]);
  });
});

/** Walks a script character by character, as the specification's lexical grammar reads it. */
function structureOf(text: string): Structure {
  const words: Word[] = [];
  const open: boolean[] = [];
  const topLevel: number[] = [];
  let line = 0;
  let lineStart = 0;
  let commentDepth = 0;
  let depth = 0;
  let annotationDepth = 0;
  let at = 0;
  const endLine = (): void => {
    open.push(commentDepth > 0 || annotationDepth > 0);
    line++;
    lineStart = at + 1;
  };
  while (at < text.length) {
    const two = text.slice(at, at + 2);
    const character = text[at]!;
    if (character === "\n") {
      endLine();
      at++;
    } else if (two === "(;") {
      commentDepth++;
      at += 2;
    } else if (commentDepth > 0) {
      if (two === ";)") commentDepth--;
      at += two === ";)" ? 2 : 1;
    } else if (two === ";;") {
      while (at < text.length && text[at] !== "\n") at++;
    } else if (character === '"') {
      at++;
      while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
      at++;
    } else if (character === "(") {
      if (depth === 0 && annotationDepth === 0) topLevel.push(line);
      if (annotationDepth > 0 || text[at + 1] === "@") annotationDepth++;
      else depth++;
      at++;
    } else if (character === ")") {
      if (annotationDepth > 0) annotationDepth--;
      else depth--;
      at++;
    } else if (isIdCharacter(character)) {
      const start = at;
      while (at < text.length && isIdCharacter(text[at]!)) at++;
      const word = text.slice(start, at);
      if (annotationDepth === 0 && /^[a-z]/.test(word)) words.push({ line, column: start - lineStart, text: word });
    } else {
      at++;
    }
  }
  endLine();
  return { words, open, topLevel };
}

function isIdCharacter(character: string): boolean {
  return character > " " && character < "\u007f" && !'"(),;[]{}'.includes(character);
}
