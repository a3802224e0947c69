/** Instructions that can be written at a place, those first whose types fit. */
import { instructions, lookupInstruction } from "#core/wasm/instructions.ts";
import type { WatDocument } from "../document.ts";
import { Node } from "../node.ts";
import type { CompletionItem } from "./completion-item.ts";
import type { CursorPlace } from "./cursor-place.ts";
import { expectationAt, signaturesOf, signatureTexts } from "./expectation.ts";
import type { Expectation } from "./expectation.ts";

/** Ends and arms of flat blocks. */
const flatOnly: ReadonlySet<string> = new Set(["end", "else", "catch", "catch_all", "delegate"]);

const flatSnippets: Readonly<Record<string, string>> = {
  block: "block \\$${1:label}\n\t$0\nend",
  loop: "loop \\$${1:label}\n\t$0\nend",
  if: "if\n\t$0\nend",
  try_table: "try_table (catch \\$${1:tag} \\$${2:label})\n\t$0\nend",
};
const foldedSnippets: Readonly<Record<string, string>> = {
  block: "block \\$${1:label}\n\t$0\n",
  loop: "loop \\$${1:label}\n\t$0\n",
  if: "if ($1)\n\t(then $0)\n",
};

interface Row {
  readonly name: string;
  readonly row: number;
  readonly flat: Omit<CompletionItem, "rank">;
  readonly folded: Omit<CompletionItem, "rank"> | undefined;
}

/** Of two rows with one name the first. */
const rows: readonly Row[] = instructions.flatMap((instruction, row) => {
  const { name, immediates } = instruction;
  if (lookupInstruction(name) !== instruction) return [];
  const detail = signatureTexts[row];
  const item = { label: name, kind: "instruction" as const, ...(detail === undefined ? {} : { detail }) };
  const constant = immediates.length === 1 && /^[if](32|64)$/.test(immediates[0]!) ? `${name} \${1:0}` : undefined;
  const withSnippet = (snippet: string | undefined): Omit<CompletionItem, "rank"> => (snippet === undefined ? item : { ...item, snippet });
  return [
    {
      name,
      row,
      flat: withSnippet(constant ?? flatSnippets[name]),
      folded: flatOnly.has(name) ? undefined : withSnippet(constant ?? foldedSnippets[name]),
    },
  ];
});

const takers: ReadonlySet<string> = new Set(["drop", "local.set", "local.tee", "global.set", "br_if", "return", "select"]);

export function instructionItems(document: WatDocument, place: CursorPlace): CompletionItem[] {
  const { source, isHead, module, nextNode, around } = place;
  const isOperand = isHead && (source.field.kindOf(around) === Node.folded || source.field.kindOf(around) === Node.foldedBlock);
  const expectation = expectationAt(document, module, source, nextNode, isOperand ? around : 0);
  const signatures = signaturesOf(document, module);
  return rows.flatMap(({ name, row, flat, folded }) => {
    const item = isHead ? folded : flat;
    if (item === undefined) return [];
    const signature = signatures[row];
    return [{ ...item, rank: signature === undefined ? (takers.has(name) ? 1 : 2) : rank(expectation, signature, isHead) }];
  });
}

function rank(
  expectation: Expectation,
  { operands, results }: { readonly operands: Int32Array; readonly results: Int32Array },
  isHead: boolean,
): number {
  const gives = expectation.gives(results);
  if (gives !== undefined) return gives ? 0 : 4;
  // In parentheses the operands are yet to be written.
  if (isHead || operands.length === 0) return 1;
  const takes = expectation.takes(operands);
  return takes === undefined ? 1 : takes ? 0 : 4;
}
