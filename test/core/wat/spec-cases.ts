import { specSuite } from "../../support/spec-suite.ts";

/** A module of the test suite and what the suite expects of it. */
export interface SpecCase {
  readonly path: string;
  readonly kind: "valid" | "invalid" | "malformed";
  readonly text: string;
  /** The message that the suite expects; undefined for valid modules. */
  readonly message: string | undefined;
}

const kinds = new Map<string, SpecCase["kind"]>([
  ["module", "valid"],
  ["assert_trap", "valid"],
  ["assert_unlinkable", "valid"],
  ["assert_invalid", "invalid"],
  ["assert_malformed", "malformed"],
]);

let cases: readonly SpecCase[] | undefined;

/**
 * Every module of the suite that is written as text or quoted text in UTF-8, read once in a process. This reads scripts by itself, so that
 * it can judge our parser.
 */
export function specCases(): readonly SpecCase[] {
  return (cases ??= readCases());
}

function readCases(): SpecCase[] {
  return specSuite().flatMap(({ path, text }) => {
    const inline: string[] = [];
    const cases = forms(text).flatMap((form): SpecCase[] => {
      const head = wordsOf(form)[0];
      // A script with annotations before the words is read by the test of whole scripts.
      if (head === undefined) return [];
      const kind = kinds.get(head);
      if (kind === undefined) {
        if (!/^(register|invoke|get|assert_\w+)$/.test(head)) inline.push(form);
        return [];
      }
      const module = head === "module" ? form : forms(form.slice(1, -1)).find((inner) => wordsOf(inner)[0] === "module");
      const moduleText = module === undefined ? undefined : textOf(module);
      return moduleText === undefined ? [] : [{ path, kind, text: moduleText, message: /"([^"]*)"\s*\)$/.exec(form)?.[1] }];
    });
    if (inline.length > 0) cases.push({ path, kind: "valid", text: inline.join("\n"), message: undefined });
    return cases;
  });
}

/** Parentheses, strings and words of a script with their places, without comments. */
function* lexemes(text: string): Generator<{ readonly token: string; readonly index: number }> {
  const simple = /;;[^\n\r]*|\(;|"(?:[^"\\]|\\[^])*"|[()]|[^\s()";]+|;/g;
  const commentEdge = /\(;|;\)/g;
  for (let match = simple.exec(text); match !== null; match = simple.exec(text)) {
    const [token] = match;
    if (token.startsWith(";;")) continue;
    if (token !== "(;") {
      yield { token, index: match.index };
      continue;
    }
    let depth = 1;
    commentEdge.lastIndex = simple.lastIndex;
    while (depth > 0) {
      const edge = commentEdge.exec(text);
      if (edge === null) return;
      depth += edge[0] === "(;" ? 1 : -1;
    }
    simple.lastIndex = commentEdge.lastIndex;
  }
}

/** The parenthesised forms that are not inside another one. */
function forms(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { token, index } of lexemes(text)) {
    if (token === "(" && depth++ === 0) start = index;
    else if (token === ")" && --depth === 0) found.push(text.slice(start, index + 1));
  }
  return found;
}

/** The first words of a form behind its `(`, without comments. */
function wordsOf(form: string): string[] {
  const words: string[] = [];
  for (const { token } of lexemes(form.slice(1))) {
    if (token === "(" || token === ")" || words.length === 4) break;
    words.push(token);
  }
  return words;
}

/** Text of a module; undefined where it is binary, an instance, or not UTF-8. */
function textOf(module: string): string | undefined {
  const words = wordsOf(module);
  if (words.includes("binary") || words.includes("instance")) return undefined;
  if (words.includes("quote")) return quoted(module);
  return words[1] === "definition" ? module.replace(/\bdefinition\b/, "") : module;
}

function quoted(module: string): string | undefined {
  const parts: Uint8Array[] = [];
  for (const { token } of lexemes(module)) if (token.startsWith('"')) parts.push(stringBytes(token));
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts));
  } catch {
    return undefined;
  }
}

function stringBytes(literal: string): Uint8Array {
  const simple: Record<string, string> = { t: "\t", n: "\n", r: "\r", '"': '"', "'": "'", "\\": "\\" };
  const parts = literal.slice(1, -1).match(/\\u\{[^}]*\}|\\[0-9a-fA-F]{2}|\\.|[^\\]+/gs) ?? [];
  return Buffer.concat(
    parts.map((part) => {
      if (part.startsWith("\\u")) return Buffer.from(String.fromCodePoint(Number.parseInt(part.slice(3, -1).replaceAll("_", ""), 16)));
      if (part.startsWith("\\") && simple[part[1]!] !== undefined) return Buffer.from(simple[part[1]!]!);
      return part.startsWith("\\") ? Buffer.from(part.slice(1), "hex") : Buffer.from(part);
    }),
  );
}
