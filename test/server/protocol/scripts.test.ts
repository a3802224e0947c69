import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CodeLens, Diagnostic, InlayHint } from "vscode-languageserver-types";
import { LspClient } from "../../support/lsp-client.ts";
import { bundleServer, type ServerBundle } from "../../support/server-bundle.ts";

let bundle: ServerBundle;
let client: LspClient;
beforeAll(async () => {
  bundle = await bundleServer();
  // Only what comes of running a script is of interest here.
  client = await LspClient.start(bundle.server, { initializationOptions: { goWasm: { "wat.inlayHints.indices": false } } });
});
afterAll(async () => {
  await client.stop();
  bundle.dispose();
});

const uri = "untitled:script.wast";
const text = `;; a script
(module (func (export "one") (result i32) (i32.const 1)))
(assert_return (invoke "one") (i32.const 1))
(assert_return (invoke "one") (i32.const 2))
(assert_return (invoke "one") (i32.const 1))
`;

async function shown(): Promise<unknown> {
  const textDocument = { uri };
  const range = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
  const lenses = (await client.request("textDocument/codeLens", { textDocument })) as CodeLens[];
  const hints = (await client.request("textDocument/inlayHint", { textDocument, range })) as InlayHint[];
  const { items } = (await client.request("textDocument/diagnostic", { textDocument })) as { readonly items: Diagnostic[] };
  return {
    lenses: lenses.map(({ command }) => command?.title),
    hints: hints.map(({ position, label }) => `${position.line} ${JSON.stringify(label)}`),
    problems: items.map(
      ({ range: { start }, severity, code, message }) =>
        `${start.line} ${severity} ${String(code)}: ${typeof message === "string" ? message : message.value}`,
    ),
  };
}

describe("a script", () => {
  test("is run by its lens, and shows what came of it until an edit before it", async () => {
    client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "wast", version: 1, text } });
    expect(await shown()).toEqual({ lenses: ["run assertions"], hints: [], problems: [] });
    const summary = await client.request("workspace/executeCommand", { command: "goWasm.runAssertions", arguments: [uri] });
    expect(summary).toEqual({ passed: 3, failed: 1, unsupported: 0, skipped: 0 });
    expect(await shown()).toEqual({
      lenses: ["run assertions", "3 passed, 1 failed"],
      hints: ['1 "✓"', '2 "✓"', '3 "✗ It returned i32 1."', '4 "✓"'],
      problems: ["3 3 failed-assertion: It returned i32 1."],
    });
    const place = { line: 3, character: 42 };
    client.notify("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: { line: 3, character: 41 }, end: place }, text: "1" }],
    });
    expect(await shown()).toEqual({ lenses: ["run assertions", "2 passed"], hints: ['1 "✓"', '2 "✓"'], problems: [] });
    client.notify("textDocument/didClose", { textDocument: { uri } });
  });

  test("that is not open, or no script, is refused", async () => {
    for (const argument of ["file:///none.wast", undefined, 7]) {
      const asked = client.request("workspace/executeCommand", { command: "goWasm.runAssertions", arguments: [argument] });
      await expect(asked).rejects.toThrow("needs the URI of a script that is open");
    }
  });
});
