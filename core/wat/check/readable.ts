/** Whether a field can be checked although something is wrong with it. */
import type { Field } from "../field.ts";
import type { WatCode } from "../problem.ts";

/** Mistakes inside of one token, or a name without a meaning: the structure around them is as it should be. */
const local: ReadonlySet<WatCode> = new Set<WatCode>([
  "bad-escape", "bad-utf8", "constant-out-of-range", "bad-alignment", "duplicate-name", "unknown-local", "unknown-label",
  "unknown-instruction", "mismatching-label",
]); // prettier-ignore

export function isReadable({ problems }: Field): boolean {
  return problems.every(({ code }) => local.has(code));
}
