/** Adds imports where gofmt would have them, and takes away those that nothing uses any more. */
import { parseGoFile } from "../source/parser.ts";
import type { GoFile, ImportSpec } from "../source/syntax.ts";
import { tokenKind as kind } from "../source/tokens.ts";
import { indentationOf, lineBreakOf, lineEndOf, lineStartOf, nextLineOf } from "./lines.ts";
import type { TextChange } from "./text-change.ts";

/** The name under which a file has imported `path`, whose package is `packageName`; "." for a dot import, undefined where it cannot be used. */
export function importedName(file: GoFile, path: string, packageName: string): string | undefined {
  const spec = file.imports.find((candidate) => candidate.path === path && candidate.name?.text !== "_");
  return spec === undefined ? undefined : (spec.name?.text ?? packageName);
}

export interface WantedImport {
  readonly path: string;
  /** Other than the path's last element. */
  readonly name: string | undefined;
}

/** The change that imports one more package. */
export function importChange(file: GoFile, wanted: WantedImport): TextChange {
  const { text, tokens } = file;
  const line = wanted.name === undefined ? `"${wanted.path}"` : `${wanted.name} "${wanted.path}"`;
  const newline = lineBreakOf(text);
  const first = file.imports[0];
  if (first === undefined) return behindPackageClause(file, `${newline}${newline}import ${line}`);
  const keyword = keywordBefore(file, first);
  if (tokens.kinds[keyword + 1] === kind.openParen) return inGroup(file, keyword + 1, wanted.path, line);
  const end = lineEndOf(text, first.span.end);
  const start = tokens.starts[keyword]!;
  const isLoneLine = file.imports.length === 1 && text.slice(first.span.end, end).trim() === "" && lineStartOf(text, start) === start;
  if (!isLoneLine) return { span: { start, end: start }, text: `import ${line}${newline}` };
  const own = text.slice(first.span.start, first.span.end);
  const both = wanted.path < first.path ? [line, own] : [own, line];
  return { span: { start, end: first.span.end }, text: `import (${newline}${both.map((each) => `\t${each}${newline}`).join("")})` };
}

function keywordBefore({ tokens }: GoFile, { span }: ImportSpec): number {
  let index = 0;
  for (let at = 0; at < tokens.count && tokens.starts[at]! <= span.start; at++) if (tokens.kinds[at] === kind.keywordImport) index = at;
  return index;
}

function behindPackageClause({ text, tokens }: GoFile, inserted: string): TextChange {
  let at = 0;
  while (at < tokens.count && tokens.kinds[at] !== kind.keywordPackage) at++;
  const end = lineEndOf(text, tokens.ends[Math.min(at + 1, tokens.count - 1)]!);
  return { span: { start: end, end }, text: inserted };
}

/** Before the first greater path of the block that holds the standard library, as gofmt sorts. */
function inGroup(file: GoFile, open: number, path: string, line: string): TextChange {
  const { text, tokens } = file;
  const newline = lineBreakOf(text);
  const close = tokens.matches[open]!;
  const end = close < 0 ? text.length : tokens.starts[close]!;
  const specs = file.imports.filter((spec) => spec.span.start > tokens.starts[open]! && spec.span.end <= end);
  const blocks: ImportSpec[][] = [];
  for (const spec of specs) {
    const block = blocks[blocks.length - 1];
    const last = block?.[block.length - 1];
    const between = last === undefined ? "" : text.slice(last.span.end, spec.span.start);
    if (block === undefined || /\n[ \t\r]*\n/u.test(between)) blocks.push([spec]);
    else block.push(spec);
  }
  const standard = blocks.find((block) => block.some((spec) => isStandard(spec.path)));
  const first = specs[0];
  if (first === undefined) return insert(tokens.ends[open]!, `${newline}\t${line}${newline}`);
  if (standard === undefined) return insert(lineStartOf(text, first.span.start), `\t${line}${newline}${newline}`);
  const greater = standard.find((spec) => spec.path > path);
  if (greater !== undefined) {
    const start = lineStartOf(text, greater.span.start);
    return insert(Math.max(start, tokens.ends[open]!), `${indentationOf(text, greater.span.start) || "\t"}${line}${newline}`);
  }
  const last = standard[standard.length - 1]!;
  return insert(lineEndOf(text, last.span.end), `${newline}\t${line}`);
}

function isStandard(path: string): boolean {
  return !path.split("/", 1)[0]!.includes(".");
}

/** Takes away the imports that `before` uses and `text` does not. `nameOf` is the name in the clauses of the package at a path. */
export function withoutUnusedImports(before: GoFile, text: string, nameOf: (path: string) => string): string {
  let result = text;
  for (const spec of before.imports) {
    const name = spec.name?.text ?? nameOf(spec.path);
    if (name === "_" || name === "." || !usesPackage(before, name)) continue;
    const file = parseGoFile(before.path, result);
    const own = file.imports.find((candidate) => candidate.path === spec.path && candidate.name?.text === spec.name?.text);
    if (own !== undefined && !usesPackage(file, name)) result = withoutImport(file, own);
  }
  return result;
}

/** Whether `name.` occurs, which is all that the file alone can tell. */
export function usesPackage({ tokens }: GoFile, name: string): boolean {
  const { kinds, starts, ends, text, count } = tokens;
  for (let at = 0; at + 1 < count; at++) {
    if (kinds[at] === kind.name && kinds[at + 1] === kind.dot && kinds[at - 1] !== kind.dot && text.slice(starts[at], ends[at]) === name)
      return true;
  }
  return false;
}

function withoutImport(file: GoFile, spec: ImportSpec): string {
  const { text, tokens } = file;
  const keyword = keywordBefore(file, spec);
  const isGrouped = tokens.kinds[keyword + 1] === kind.openParen;
  const close = isGrouped ? tokens.matches[keyword + 1]! : -1;
  const inGroup = file.imports.filter((other) => keywordBefore(file, other) === keyword);
  if (isGrouped && inGroup.length > 1) {
    const start = lineStartOf(text, spec.span.start);
    return text.slice(0, start) + text.slice(nextLineOf(text, spec.span.end));
  }
  const start = lineStartOf(text, tokens.starts[keyword]!);
  let end = nextLineOf(text, isGrouped && close >= 0 ? tokens.ends[close]! : spec.span.end);
  const blankBefore = start === 0 || text.slice(0, start).trimEnd().length < start - lineBreakOf(text).length;
  if (blankBefore && text.slice(end, lineEndOf(text, end)).trim() === "") end = nextLineOf(text, end);
  return text.slice(0, start) + text.slice(end);
}

function insert(at: number, text: string): TextChange {
  return { span: { start: at, end: at }, text };
}
