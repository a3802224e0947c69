/** Comments and annotations that stand before a token, for refactorings that move what is around them. */
import type { FieldText } from "../field.ts";
import { Trivia } from "../lexer.ts";

export interface GapComments {
  /** What stands in the line of the token before. */
  readonly behind: string;
  /** What stands in lines of its own, or in that of the token, each with what must follow it. */
  readonly before: string;
}

/** By the token behind them. */
export function gapComments(source: FieldText): ReadonlyMap<number, GapComments> {
  const { field, text, base } = source;
  const { trivia, spans, tokenCount } = field;
  const found = new Map<number, GapComments>();
  let token = 0;
  for (let at = 0; at < trivia.length; at += 3) {
    const start = trivia[at + 1]!;
    while (token < tokenCount && spans[2 * token]! < start) token++;
    const isLine = trivia[at] === Trivia.lineComment;
    const comment = text.slice(base + start, base + trivia[at + 2]!);
    const { behind, before } = found.get(token) ?? { behind: "", before: "" };
    const end = token === 0 ? 0 : spans[2 * token - 1]!;
    const isBehind = isLine && token > 0 && before === "" && !/[\r\n]/.test(text.slice(base + end, base + start));
    if (isBehind) found.set(token, { behind: `${behind} ${comment}`, before });
    else found.set(token, { behind, before: before + comment + (isLine ? "\n" : " ") });
  }
  return found;
}
