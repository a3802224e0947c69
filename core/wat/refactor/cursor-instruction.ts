/** The instruction that a refactoring is asked for: the one whose name or immediates the cursor is at. */
import type { BoundModule } from "../bind.ts";
import type { WatDocument } from "../document.ts";
import { headEnd, isInstruction, moduleOf, nodeWith, tokenAt } from "../features/place.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";

interface CursorInstruction {
  readonly module: BoundModule;
  readonly source: FieldText;
  readonly node: number;
  /** Name of the instruction. */
  readonly word: number;
  /** Behind name and immediates. */
  readonly end: number;
}

/** Tokens of a function beyond which nobody reads it; each move of the cursor would wait for a look at all of it. */
const mostTokens = 200_000;

/** `undefined` where there is none, or its function has a syntax error. */
export function instructionAt(document: WatDocument, offset: number): CursorInstruction | undefined {
  const place = tokenAt(document, offset);
  if (place === undefined) return undefined;
  const { at, source, token } = place;
  const { field } = source;
  const module = moduleOf(document, at);
  if (module?.isWhole !== true || field.kind !== Node.funcField || field.problems.length > 0 || field.tokenCount > mostTokens)
    return undefined;
  let node = nodeWith(field, token);
  while (node > 0 && !isInstruction(field.kindOf(node))) node = field.parentOf(node);
  const end = node === 0 ? 0 : headEnd(field, node);
  return token < end ? { module, source, node, word: field.wordToken(node), end } : undefined;
}
