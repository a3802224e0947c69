/** Completion, and what is told of an item once it is chosen. */
import { CompletionItemKind, InsertTextFormat, MarkupKind } from "vscode-languageserver-types";
import type { CompletionItem as LspItem, MarkupContent } from "vscode-languageserver-types";
import { lookupInstruction } from "#core/wasm/instructions.ts";
import type { WatDocument } from "#core/wat/document.ts";
import type { CompletionItem } from "#core/wat/features/completion-item.ts";
import { completionsAt } from "#core/wat/features/completion.ts";
import { instructionText, symbolText } from "#core/wat/features/hover.ts";
import { wordDocs } from "#core/wat/features/word-docs.ts";
import type { Space } from "#core/wat/field.ts";
import type { Word } from "#core/wat/token.ts";
import { offsetIn, type PositionParams, type WatFeature } from "./feature.ts";

const kinds: Readonly<Record<CompletionItem["kind"], CompletionItemKind>> = {
  instruction: CompletionItemKind.Operator,
  keyword: CompletionItemKind.Keyword,
  type: CompletionItemKind.TypeParameter,
  function: CompletionItemKind.Function,
  variable: CompletionItemKind.Variable,
  field: CompletionItemKind.Field,
  label: CompletionItemKind.Reference,
  entry: CompletionItemKind.Constant,
};

/** What an item needs to be resolved, beside its label. */
interface EntryData {
  readonly uri: string;
  readonly offset: number;
  readonly space: Space;
  readonly index: number;
}

export const completionFeature: WatFeature<PositionParams> = {
  method: "textDocument/completion",
  capability: { completionProvider: { triggerCharacters: ["$", "(", ".", '"'], resolveProvider: true } },
  answer: (request, params) => {
    const { document, uri, client } = request;
    const offset = offsetIn(request, params);
    const { span, items } = completionsAt(document, offset);
    const range = document.lines.rangeOf(span);
    const takesSnippets = snippetSupport(client);
    return {
      isIncomplete: false,
      items: items.map(({ label, kind, detail, snippet, rank, entry }): LspItem => {
        const isSnippet = takesSnippets && snippet !== undefined;
        const item: LspItem = {
          label,
          kind: kinds[kind],
          sortText: `${rank}${label}`,
          filterText: label,
          textEdit: { range, newText: isSnippet ? snippet : label },
        };
        if (detail !== undefined) item.detail = detail;
        if (isSnippet) item.insertTextFormat = InsertTextFormat.Snippet;
        if (entry !== undefined) item.data = { uri, offset, ...entry } satisfies EntryData;
        return item;
      }),
    };
  },
};

function snippetSupport(client: Readonly<Record<string, unknown>>): boolean {
  const completion = client["completion"] as { readonly completionItem?: { readonly snippetSupport?: boolean } } | undefined;
  return completion?.completionItem?.snippetSupport === true;
}

/** The item with its documentation. */
export function resolvedItem(item: LspItem, documentOf: (uri: string) => WatDocument | undefined): LspItem {
  const parts = isEntry(item.data) ? entryParts(item.data, documentOf(item.data.uri)) : wordParts(item.label);
  if (parts === undefined) return item;
  const documentation: MarkupContent = { kind: MarkupKind.Markdown, value: parts.join("\n\n") };
  return { ...item, documentation };
}

function isEntry(data: unknown): data is EntryData {
  return (
    typeof data === "object" &&
    data !== null &&
    "uri" in data &&
    typeof data.uri === "string" &&
    "index" in data &&
    "space" in data &&
    "offset" in data
  );
}

function entryParts({ offset, space, index }: EntryData, document: WatDocument | undefined): string[] | undefined {
  const at = document?.fieldAt(offset);
  const module = document?.modules.find(({ first, end }) => at !== undefined && at >= first - 1 && at <= end);
  return document === undefined || module === undefined ? undefined : symbolText(document, { kind: "entry", module, space, index });
}

function wordParts(label: string): string[] | undefined {
  const bare = label.replace(/^\(/, "");
  const instruction = lookupInstruction(bare);
  if (instruction !== undefined) return instructionText(instruction);
  const text = wordDocs.get(bare as Word);
  return text === undefined ? undefined : [text];
}
