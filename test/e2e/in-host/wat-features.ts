import assert from "node:assert/strict";
import {
  commands,
  type CompletionList,
  type Hover,
  type InlayHint,
  type Location,
  type MarkdownString,
  Range,
  type SemanticTokens,
  type TextDocument,
  workspace,
  type WorkspaceEdit,
} from "vscode";
import { eventually, type HostTest, inWorkspace } from "./host-test.ts";

/** About a megabyte of functions before the one that is looked at. */
const large = `(module\n${"  (func (param i32) (result i32)\n    local.get 0\n    i32.const 1\n    i32.add)\n".repeat(14_000)}  (func $last (param $count i64) (result i32)\n    local.get $count\n    i64.eqz)\n)\n`;

async function opened(content: string): Promise<TextDocument> {
  return workspace.openTextDocument({ language: "wat", content });
}

function hoverText(hovers: readonly Hover[] | undefined): string | undefined {
  const text = (hovers ?? []).flatMap(({ contents }) => contents.map((part) => (part as MarkdownString).value)).join("\n");
  return text === "" ? undefined : text;
}

export const watFeatures: readonly HostTest[] = [
  {
    title: "in a .wat file of 1 MB, a hover tells of the stack, and a completion knows it",
    async run() {
      const document = await opened(large);
      const at = (word: string) => document.positionAt(large.lastIndexOf(word) + 1);
      const text = await eventually("no hover", async () =>
        hoverText(await commands.executeCommand<Hover[]>("vscode.executeHoverProvider", document.uri, at("i64.eqz"))),
      );
      assert.match(text, /Stack before: `\[i64\]`/);
      const list = await commands.executeCommand<CompletionList>("vscode.executeCompletionItemProvider", document.uri, at("i64.eqz"));
      const first = list.items.filter(({ sortText }) => sortText?.startsWith("0")).map(({ label }) => label);
      assert.ok(first.includes("i64.eqz") && !first.includes("i32.eqz"), JSON.stringify(first));
    },
  },
  {
    title: "a rename gives a parameter another name wherever it stands",
    async run() {
      const document = await opened(large);
      const position = document.positionAt(large.lastIndexOf("$count") + 1);
      const edit = await eventually("no rename", async () => {
        const answer = await commands
          .executeCommand<WorkspaceEdit>("vscode.executeDocumentRenameProvider", document.uri, position, "$n")
          .then(undefined, () => undefined);
        return answer !== undefined && answer.size > 0 ? answer : undefined;
      });
      assert.ok(await workspace.applyEdit(edit));
      assert.ok(document.getText().endsWith("(func $last (param $n i64) (result i32)\n    local.get $n\n    i64.eqz)\n)\n"));
    },
  },
  {
    title: "inlay hints show types, and the stack by setting",
    async run() {
      const uri = inWorkspace("wat/factorial.wat");
      const document = await workspace.openTextDocument(uri);
      const whole = new Range(0, 0, document.lineCount, 0);
      const labels = async (): Promise<string[]> =>
        ((await commands.executeCommand<InlayHint[] | undefined>("vscode.executeInlayHintProvider", uri, whole)) ?? []).map(({ label }) =>
          typeof label === "string" ? label : label.map(({ value }) => value).join(""),
        );
      await eventually("no type", async () => ((await labels()).includes(": i64") ? true : undefined));
      const settings = workspace.getConfiguration("goWasm", uri);
      await settings.update("wat.inlayHints.stack", true);
      try {
        await eventually("no stack", async () => ((await labels()).includes("[i32 i32]") ? true : undefined));
      } finally {
        await settings.update("wat.inlayHints.stack", undefined);
      }
    },
  },
  {
    title: "definitions and semantic colours",
    async run() {
      const uri = inWorkspace("wat/factorial.wat");
      const document = await workspace.openTextDocument(uri);
      const position = document.positionAt(document.getText().indexOf("call $factorial") + 6);
      const [location] = await eventually("no definition", async () => {
        const found = await commands.executeCommand<Location[]>("vscode.executeDefinitionProvider", uri, position);
        return found.length > 0 ? found : undefined;
      });
      assert.match(document.lineAt(location!.range.start.line).text, /\(func \$factorial /);
      const tokens = await eventually("no tokens", async () =>
        commands.executeCommand<SemanticTokens | undefined>("vscode.provideDocumentSemanticTokens", uri),
      );
      assert.ok(tokens.data.length > 0);
    },
  },
];
