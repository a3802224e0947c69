import { scanTokens, tokenKind } from "#core/go/source/tokens.ts";

/** What stands before and behind the `=` of an assignment; `undefined` where the text is none. */
export function splitAssignment(text: string): { readonly target: string; readonly source: string } | undefined {
  const { kinds, starts, ends, count } = scanTokens(text);
  for (let at = 0; at < count; at++) {
    if (kinds[at] === tokenKind.assign) return { target: text.slice(0, starts[at]).trim(), source: text.slice(ends[at]).trim() };
  }
  return undefined;
}
