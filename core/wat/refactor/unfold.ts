/** Folded instructions made flat: operands first, then what takes them. */
import { headEnd, immediateNodes, isInstruction } from "../features/place.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { instructionTag, Token } from "../token.ts";
import { gapComments } from "./gap-comments.ts";

const ifTag = instructionTag("if");
const tryTag = instructionTag("try");

/** A node that is still to be written, a text, or the comments before a token. */
type Task = { readonly node: number } | { readonly text: string } | { readonly gap: number };

/** The text of the instructions inside of `parent` (a function, or a node of instructions), one in a line, without indentation. */
export function unfolded(source: FieldText, nodes: readonly number[], end: number): string {
  const { field } = source;
  const comments = gapComments(source);
  const lines: string[] = [];
  let lead = "";
  const tasks: Task[] = [{ gap: end }];
  const plan = (added: readonly Task[]): void => void tasks.push(...added.toReversed());
  const comment = (token: number): void => {
    const found = comments.get(token);
    if (found === undefined) return;
    if (lines.length > 0) lines[lines.length - 1] += found.behind;
    else if (found.behind !== "") lead += `${found.behind.trim()}\n`;
    lead += found.before;
  };
  const write = (text: string): void => {
    lines.push(lead + text);
    lead = "";
  };
  plan(nodes.map((node) => ({ node })));
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    if ("text" in task) write(task.text);
    else if ("gap" in task) comment(task.gap);
    else {
      const { node } = task;
      const first = field.firstToken(node);
      comment(first);
      if (field.tags[first] === Token.leftParen) comment(first + 1);
      plan(tasksOf(source, node));
    }
  }
  return lead === "" ? lines.join("\n") : [...lines, lead.trimEnd()].join("\n") + (lead.includes(";;") ? "\n" : "");
}

function tasksOf(source: FieldText, node: number): Task[] {
  const { field } = source;
  const kind = field.kindOf(node);
  const last = field.endToken(node) - 1;
  const head: Task = { text: textOf(source, field.wordToken(node), headEnd(field, node)) };
  const tag = field.wordTag(node);
  if (kind === Node.plain || tag === tryTag) return [{ text: textOf(source, field.firstToken(node), last + 1) }];
  const children = field.children(node).filter((child) => !immediateNodes.has(field.kindOf(child)));
  if (kind === Node.folded) return [...nodes(children), { gap: last }, head];
  const arms = children.flatMap((child) => armTasks(source, child));
  const instructions = children.filter((child) => isInstruction(field.kindOf(child)));
  if (kind === Node.block)
    return [
      head,
      ...nodes(instructions),
      ...arms,
      { gap: endWord(source, node) },
      { text: textOf(source, endWord(source, node), last + 1) },
    ];
  if (tag === ifTag) return [...nodes(instructions), head, ...arms, { gap: last }, { text: "end" }];
  return [head, ...nodes(children), { gap: last }, { text: "end" }];
}

const nodes = (list: readonly number[]): Task[] => list.map((node) => ({ node }));

/** What stands in an arm of an `if`, with its `else`. */
function armTasks({ field }: FieldText, arm: number): Task[] {
  const kind = field.kindOf(arm);
  if (kind !== Node.thenArm && kind !== Node.elseArm) return [];
  const isFolded = field.tags[field.firstToken(arm)] === Token.leftParen;
  const inside: Task[] = field.children(arm).map((node) => ({ node }));
  const word: Task[] = kind === Node.elseArm ? [{ text: "else" }] : [];
  const before: Task[] = [{ gap: field.firstToken(arm) }, ...(isFolded ? [{ gap: field.firstToken(arm) + 1 }] : [])];
  return [...before, ...word, ...inside, ...(isFolded ? [{ gap: field.endToken(arm) - 1 }] : [])];
}

/** Token of the `end` of a flat block, before the label that may follow it. */
function endWord({ field }: FieldText, node: number): number {
  const last = field.endToken(node) - 1;
  return field.tags[last] === Token.name || field.tags[last] === Token.quotedName ? last - 1 : last;
}

export function textOf(source: FieldText, first: number, end: number): string {
  return source.text.slice(source.startOf(first), source.endOf(end - 1));
}
