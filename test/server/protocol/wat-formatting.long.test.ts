import { afterAll, beforeAll, expect, test } from "vitest";
import type { TextEdit } from "vscode-languageserver-types";
import { LspClient } from "../../support/lsp-client.ts";
import { bundleServer, type ServerBundle } from "../../support/server-bundle.ts";

let bundle: ServerBundle;
let client: LspClient;
beforeAll(async () => {
  bundle = await bundleServer(["server"]);
  client = await LspClient.start(bundle.server, { initializationOptions: { goWasm: { "wat.format.closingParens": "split" } } });
});
afterAll(async () => {
  await client.stop();
  bundle.dispose();
});

const options = { tabSize: 4, insertSpaces: true };
let opened = 0;
function open(text: string): { readonly uri: string } {
  const uri = `untitled:format-${++opened}`;
  client.open(uri, "wat", text);
  return { uri };
}

function applied(text: string, edits: readonly TextEdit[]): string {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  const offset = ({ line, character }: { line: number; character: number }): number => starts[line]! + character;
  return [...edits]
    .sort((left, right) => offset(right.range.start) - offset(left.range.start))
    .reduce((now, { range, newText }) => now.slice(0, offset(range.start)) + newText + now.slice(offset(range.end)), text);
}

test("a whole document, by the settings and the editor's options", async () => {
  const text = "(module\n(func\n  nop))";
  const edits = await client.request<TextEdit[]>("textDocument/formatting", { textDocument: open(text), options });
  expect(applied(text, edits)).toBe("(module\n    (func\n        nop\n    )\n)\n");
});

test("lines of a document", async () => {
  const text = "(module\n(func   nop)\n(func   nop)\n)\n";
  const range = { start: { line: 2, character: 3 }, end: { line: 2, character: 5 } };
  const textDocument = open(text);
  const expected = "(module\n(func   nop)\n    (func nop)\n)\n";
  expect(applied(text, await client.request("textDocument/rangeFormatting", { textDocument, range, options }))).toBe(expected);
  expect(applied(text, await client.request("textDocument/rangesFormatting", { textDocument, ranges: [range, range], options }))).toBe(
    expected,
  );
});

test.each([
  ["(module\n    (func $f\n\n", 2, "        "],
  ["(module\n    (func $f)\n\n", 2, "    "],
  ["(module\n    (func\n        block\n\n    ))", 3, "            "],
  ["(module\n    (func $f (i32.const\n\n    (func))", 2, "        "],
  ["(module)\n\n", 1, ""],
])("a new line: %j", async (text, line, indent) => {
  const edits = await client.request<TextEdit[]>("textDocument/onTypeFormatting", {
    textDocument: open(text),
    position: { line, character: 0 },
    ch: "\n",
    options,
  });
  expect(applied(text, edits).split("\n")[line]).toBe(indent);
});

test.each([
  ["(module\n    (func\n        block\n            end", 3, "d", "        end"],
  ["(module\n    (func\n        )", 2, ")", "    )"],
  ["(module\n    (func\n        (nop)", 2, ")", "        (nop)"],
])("a line that closes something: %j", async (text, line, ch, expected) => {
  const position = { line, character: text.split("\n")[line]!.length };
  const edits = await client.request<TextEdit[]>("textDocument/onTypeFormatting", { textDocument: open(text), position, ch, options });
  expect(applied(text, edits).split("\n")[line]).toBe(expected);
});
