/** Rewrites the body of a function with its instructions folded, or flat. The encoded bytes stay the same. */
import type { WatDocument, WatEdit } from "../document.ts";
import { isInstruction, moduleOf } from "../features/place.ts";
import { layoutEdits } from "../format/format.ts";
import type { FormatOptions } from "../format/options.ts";
import { Node } from "../node.ts";
import { folded } from "./fold.ts";
import { unfolded } from "./unfold.ts";

export type InstructionForm = "folded" | "flat";

/** Tokens beyond which nobody reads a function, and no editor waits for it. */
const mostTokens = 20_000;

/** The change of the function in the field at a place; `undefined` where there is none, it does not parse, or nothing would change. */
export function rewriteFunction(document: WatDocument, at: number, form: InstructionForm, options: FormatOptions): WatEdit | undefined {
  const source = document.fieldText(at);
  const { field } = source;
  const module = moduleOf(document, at);
  if (field.kind !== Node.funcField || field.problems.length > 0 || field.tokenCount > mostTokens || module === undefined) return undefined;
  const nodes = field.children(0).filter((node) => isInstruction(field.kindOf(node)));
  const first = nodes[0];
  if (first === undefined) return undefined;
  const isOther = form === "folded" ? isFlat : isFolded;
  if (!nodes.some((node) => hasKind(source.field, node, isOther))) return undefined;
  const close = field.tokenCount - 1;
  const start = source.endOf(field.firstToken(first) - 1);
  const body = form === "folded" ? folded(document, module, source, nodes, close) : unfolded(source, nodes, close);
  const span = { start, end: source.startOf(close) };
  const isClosedAlone = /[\r\n]\s*$/.test(document.text.slice(source.endOf(close - 1), span.end));
  const text = `\n${body}${isClosedAlone && !body.endsWith("\n") ? "\n" : ""}`;
  const next = document.edit([{ span, text }]);
  const inside = { start, end: start + text.length };
  const layout = layoutEdits(next, options, inside).filter((edit) => edit.span.start >= inside.start && edit.span.end <= inside.end);
  return { span, text: applied(text, start, layout) };
}

const isFlat = (kind: number): boolean => kind === Node.plain || kind === Node.block;
const isFolded = (kind: number): boolean => kind === Node.folded || kind === Node.foldedBlock;

function hasKind(field: WatDocument["fields"][number], node: number, isWanted: (kind: number) => boolean): boolean {
  const end = field.nodeEnd(node);
  for (let inside = node; inside < end; inside++) if (isWanted(field.kindOf(inside))) return true;
  return false;
}

/** A part of a text that begins at `start`, after edits in the order of the text. */
function applied(text: string, start: number, edits: readonly WatEdit[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const edit of edits) {
    parts.push(text.slice(position, edit.span.start - start), edit.text);
    position = edit.span.end - start;
  }
  parts.push(text.slice(position));
  return parts.join("");
}
