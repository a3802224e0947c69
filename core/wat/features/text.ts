/** Texts that are shown about a document. */
import type { FieldText } from "../field.ts";
import { Trivia } from "../lexer.ts";
import { Node } from "../node.ts";
import type { NodeKind } from "../node.ts";

const textLimit = 200;
const commentLimit = 2000;

/** Tokens as one line, cut where they are many. */
export function tokensText(source: FieldText, first: number, end: number, limit = textLimit): string {
  let text = "";
  for (let token = first; token < end; token++) {
    if (text.length >= limit) return `${text} …`;
    const written = cut(source.tokenText(token), limit);
    const isTight = text === "" || text.endsWith("(") || written === ")";
    text += isTight ? written : ` ${written}`;
  }
  return text;
}

/** Names and strings may be as long as a file. */
export function cut(text: string, limit = textLimit): string {
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}

/** What is written of a definition before its instructions and contents, with its parenthesis closed. */
export function headText(source: FieldText, node: number): string {
  const { field } = source;
  const end = field.nodeEnd(node);
  let child = node + 1;
  while (child < end && isHead(field.kindOf(child))) child = field.nodeEnd(child);
  if (child >= end) return tokensText(source, field.firstToken(node), field.endToken(node));
  const head = tokensText(source, field.firstToken(node), field.firstToken(child));
  return field.kindOf(node) === Node.block ? head : `${head} …)`;
}

function isHead(kind: NodeKind): boolean {
  return kind < Node.tableUse || kind === Node.catchClause || kind === Node.handler;
}

/** The line comments directly above a field, without their semicolons. */
export function commentAbove({ field, base, text }: FieldText): string {
  const first = field.spans[0];
  const lines: string[] = [];
  if (first === undefined) return "";
  let below = first;
  for (let at = field.trivia.length - 3; at >= 0; at -= 3) {
    const [kind = 0, start = 0, end = 0] = [field.trivia[at], field.trivia[at + 1], field.trivia[at + 2]];
    if (start >= below) continue;
    const gap = text.slice(base + end, base + below);
    if (kind !== Trivia.lineComment || (gap.match(/\r\n|\n|\r/g)?.length ?? 0) > 1) break;
    lines.unshift(
      text
        .slice(base + start, base + end)
        .replace(/^;;+ ?/, "")
        .trimEnd(),
    );
    below = start;
  }
  return cut(lines.join("\n"), commentLimit);
}

/** A block of WAT for Markdown, whatever its names hold. */
export function codeBlock(code: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}wat\n${code}\n${fence}`;
}

/** Code within a line of Markdown. */
export function inlineCode(code: string): string {
  const marks = "`".repeat(longestRun(code) + 1);
  const pad = code.startsWith("`") || code.endsWith("`") ? " " : "";
  return marks + pad + code + pad + marks;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

/** Text of a document as Markdown that shows it as it is: it must make no links and load no images. */
export function plainMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!<>|~$&:@/]/g, "\\$&").replaceAll("\n", "  \n");
}
