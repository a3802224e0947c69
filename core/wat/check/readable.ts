/** Whether a field can be checked although something is wrong with it. */
import type { Field } from "../field.ts";
import { Node } from "../node.ts";
import type { WatCode } from "../problem.ts";

/** Mistakes inside of one token, or a name without a meaning: the structure around them is as it should be. */
const local: ReadonlySet<WatCode> = new Set<WatCode>([
  "bad-escape", "bad-utf8", "constant-out-of-range", "bad-alignment", "duplicate-name", "unknown-local", "unknown-label",
  "unknown-instruction", "mismatching-label", "bad-annotation",
]); // prettier-ignore

export function isReadable({ problems, hidesProblems }: Field): boolean {
  return !hidesProblems && problems.every(({ code }) => local.has(code));
}

/** Whether what stands before the instructions of a function can be read: a mistake in a body changes nothing for its callers. */
export function isHeadReadable(field: Field): boolean {
  if (isReadable(field)) return true;
  let node = 1;
  const end = field.nodeEnd(0);
  while (node < end && field.kindOf(node) < Node.tableUse) node = field.nodeEnd(node);
  if (node >= end) return false;
  const body = field.spans[2 * field.firstToken(node)]!;
  return field.problems.every(({ code, start }) => local.has(code) || start >= body);
}

/** Something that is open: what stands inside of it can be read. */
const open: ReadonlySet<WatCode> = new Set<WatCode>(["unclosed-paren", "missing-end"]);

/** Whether what stands before an offset, counted from the start of the field, can be read. */
export function isReadableUpTo({ problems }: Field, offset: number): boolean {
  return problems.every(({ code, start }) => start >= offset || local.has(code) || open.has(code));
}
