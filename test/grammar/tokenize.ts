import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import type { IGrammar, IRawGrammar, StateStack } from "vscode-textmate";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * A Go grammar of just comments and strings, with the scope names and the comment rule's shape of VS Code's built-in one: the whole Go
 * grammar is not part of this repository, and directives only meet its line comments.
 */
const goStandIn = {
  scopeName: "source.go",
  patterns: [
    { name: "string.quoted.double.go", begin: '"', end: '"' },
    { name: "string.quoted.raw.go", begin: "`", end: "`" },
    { name: "comment.block.go", begin: "(/\\*)", end: "(\\*/)" },
    {
      name: "comment.line.double-slash.go",
      begin: "(//)",
      beginCaptures: { 1: { name: "punctuation.definition.comment.go" } },
      end: "(?:\\n|$)",
    },
  ],
};

const paths: Readonly<Record<string, string>> = {
  "source.wat": "syntaxes/wat.tmLanguage.json",
  "source.wast": "syntaxes/wast.tmLanguage.json",
  "source.go.wasm-directives.injection": "syntaxes/go-wasm-directives.injection.json",
};

export type ScopeName = "source.wat" | "source.wast" | "source.go";

/** A part of a line and its scopes, outermost first. Columns are 0-based, in UTF-16 units; `end` is exclusive. */
export interface ScopedToken {
  readonly start: number;
  readonly end: number;
  readonly scopes: readonly string[];
}

export interface ScopedLine {
  readonly text: string;
  readonly tokens: readonly ScopedToken[];
  /** Whether the next line starts as a new file would: no rule is open. */
  readonly closed: boolean;
  readonly stoppedEarly: boolean;
}

let registry: textmate.Registry | undefined;

/** The grammar as VS Code's own tokeniser reads it. */
export async function loadGrammar(scopeName: ScopeName): Promise<IGrammar> {
  if (registry === undefined) {
    await oniguruma.loadWASM(readFileSync(`${root}/node_modules/vscode-oniguruma/release/onig.wasm`));
    registry = new textmate.Registry({
      onigLib: Promise.resolve({
        createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
        createOnigString: (text) => new oniguruma.OnigString(text),
      }),
      loadGrammar: (name) => Promise.resolve(rawGrammar(name)),
      getInjections: (name) => (name === "source.go" ? ["source.go.wasm-directives.injection"] : []),
    });
  }
  const grammar = await registry.loadGrammar(scopeName);
  if (!grammar) throw new Error(`no grammar ${scopeName}`);
  return grammar;
}

function rawGrammar(name: string): IRawGrammar | undefined {
  if (name === "source.go") return goStandIn as unknown as IRawGrammar;
  const path = paths[name];
  return path === undefined ? undefined : textmate.parseRawGrammar(readFileSync(`${root}/${path}`, "utf8"), path);
}

/** Lines that begin and end afresh depend on their text alone; two thirds of the specification's test suite are such repetitions. */
const seenLines = new WeakMap<IGrammar, Map<string, ScopedLine>>();

/** Tokenises a text line by line. A line that takes longer than `timeLimit` milliseconds is given up and marked. */
export function tokenize(grammar: IGrammar, text: string, timeLimit = 0): ScopedLine[] {
  const initial = grammar.tokenizeLine("", textmate.INITIAL).ruleStack;
  const seen = seenLines.get(grammar) ?? new Map<string, ScopedLine>();
  seenLines.set(grammar, seen);
  let stack: StateStack = initial;
  return text.split(/\r?\n/).map((line) => {
    const known = stack === initial ? seen.get(line) : undefined;
    if (known) return known;
    const result = grammar.tokenizeLine(line, stack, timeLimit);
    const closed = result.ruleStack.equals(initial);
    const tokens = result.tokens.map(({ startIndex, endIndex, scopes }) => ({
      start: startIndex,
      end: Math.min(endIndex, line.length),
      scopes,
    }));
    const scoped = { text: line, tokens: tokens.filter((token) => token.start < token.end), closed, stoppedEarly: result.stoppedEarly };
    if (stack === initial && closed) seen.set(line, scoped);
    stack = closed ? initial : result.ruleStack;
    return scoped;
  });
}

/** The text with the scopes under each line, the root's left out; blank parts and parentheses are not listed. */
export function printScopes(lines: readonly ScopedLine[]): string {
  return lines
    .flatMap((line) => {
      const listed = line.tokens.filter((token) => !/^[\s()]*$/.test(line.text.slice(token.start, token.end)));
      return [
        `>${line.text}`,
        ...listed.map(
          ({ start, end, scopes }) => `#${" ".repeat(start)}${"^".repeat(end - start)} ${scopes.slice(1).join(" ") || "(no scope)"}`,
        ),
      ];
    })
    .join("\n");
}
