import assert from "node:assert/strict";
import { commands, type Diagnostic, type DocumentSymbol, type FoldingRange, languages, type Uri, window, workspace } from "vscode";
import { eventually, type HostTest, inWorkspace } from "./host-test.ts";

export const language: readonly HostTest[] = [
  {
    title: "a misspelled instruction in a .wat document is an error at that word",
    async run() {
      const text = "(module\n  (func (result i32)\n    i32.const 1\n    i32.const 2\n    i32.ad))\n";
      const document = await workspace.openTextDocument({ language: "wat", content: text });
      const [diagnostic] = await diagnosticsOf(document.uri, "wat");
      assert.equal(document.getText(diagnostic!.range), "i32.ad");
    },
  },
  {
    title: "a correct .wat file has no diagnostic once a wrong one has got its own",
    async run() {
      const correct = await workspace.openTextDocument(inWorkspace("wat/factorial.wat"));
      const wrong = await workspace.openTextDocument({ language: "wat", content: "(module (fun))" });
      await diagnosticsOf(wrong.uri, "wat");
      assert.deepEqual(languages.getDiagnostics(correct.uri), []);
    },
  },
  {
    title: "the mistakes of the Go sample are reported in the compiler's words",
    async run() {
      const uri = inWorkspace("go-reactor/mistakes.go");
      const document = await workspace.openTextDocument(uri);
      await window.showTextDocument(document);
      const found = await diagnosticsOf(uri, "go-wasm");
      const firstLines = found.map(({ message }) => message.split("\n")[0]);
      const marked = [...document.getText().matchAll(/^\/\/ wrong: (.*)$/gm)].map(([, message]) => message!);
      assert.ok(marked.length > 0);
      // A message may be followed by what only the linker or the whole package knows; each marked one must be there.
      for (const message of marked) assert.ok(firstLines.includes(message), `${message} is not among ${JSON.stringify(firstLines)}`);
    },
  },
  {
    title: "the outline of a .wat file names its functions below the module",
    async run() {
      const uri = inWorkspace("wat/factorial.wat");
      await workspace.openTextDocument(uri);
      const symbols = await eventually("no document symbols", async () => {
        const answer = await commands.executeCommand<DocumentSymbol[] | undefined>("vscode.executeDocumentSymbolProvider", uri);
        return answer && answer.length > 0 ? answer : undefined;
      });
      const children = symbols.flatMap((symbol) => symbol.children.map(({ name }) => name));
      for (const name of ["$factorial", "$factorials"])
        assert.ok(
          children.some((child) => child.includes(name)),
          `${name} in ${String(children)}`,
        );
    },
  },
  {
    title: "a function of a .wat file folds",
    async run() {
      const uri = inWorkspace("wat/factorial.wat");
      const document = await workspace.openTextDocument(uri);
      const line = document
        .getText()
        .split("\n")
        .findIndex((text) => text.includes("(func $factorials"));
      const ranges = await commands.executeCommand<FoldingRange[] | undefined>("vscode.executeFoldingRangeProvider", uri);
      assert.ok(
        ranges?.some(({ start }) => start === line),
        `no range starts at ${line}: ${JSON.stringify(ranges)}`,
      );
    },
  },
];

/** The diagnostics of this source, once there are some. */
function diagnosticsOf(uri: Uri, source: string): Promise<Diagnostic[]> {
  return eventually(`no diagnostic of ${source} for ${uri.path}`, () => {
    const found = languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === source);
    return found.length > 0 ? found : undefined;
  });
}
