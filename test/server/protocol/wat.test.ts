import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Diagnostic, DocumentSymbol, FoldingRange } from "vscode-languageserver-types";
import { LspClient } from "../../support/lsp-client.ts";
import { bundleServer, type ServerBundle } from "../../support/server-bundle.ts";

let bundle: ServerBundle;
let client: LspClient;
let pushed: LspClient;
beforeAll(async () => {
  bundle = await bundleServer();
  // Advice about functions that nothing uses has tests of its own.
  const initializationOptions = { goWasm: { "wat.lint.unused": "off" } };
  [client, pushed] = await Promise.all([
    LspClient.start(bundle.server, { initializationOptions }),
    LspClient.start(bundle.server, { pull: false, initializationOptions }),
  ]);
});
afterAll(async () => {
  await Promise.all([client.stop(), pushed.stop()]);
  bundle.dispose();
});

let opened = 0;
function open(text: string, language = "wat"): string {
  const uri = `untitled:Untitled-${++opened}`;
  client.open(uri, language, text);
  return uri;
}

function lines(diagnostics: readonly Diagnostic[]): number[] {
  return diagnostics.map(({ range }) => range.start.line);
}

test("the server says what it can", () => {
  expect(client.capabilities).toMatchObject({
    positionEncoding: "utf-16",
    textDocumentSync: { openClose: true, change: 2 },
    diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false },
    documentSymbolProvider: true,
    foldingRangeProvider: true,
  });
});

describe("diagnostics", () => {
  test("are none for a right module", async () => {
    expect(await client.diagnostics(open('(module (func (export "f") (result i32) (i32.const 1)))'))).toEqual([]);
  });

  test("tell a misspelled instruction, in UTF-16 columns", async () => {
    const text = "(module (; 漢𝒳 ;) (func i32.bogus))";
    const [wrong, ...more] = await client.diagnostics(open(text));
    expect(more).toEqual([]);
    expect(wrong).toMatchObject({ source: "wat", severity: 1, range: { start: { line: 0 }, end: { line: 0 } } });
    expect(text.slice(wrong!.range.start.character, wrong!.range.end.character)).toBe("i32.bogus");
    expect(wrong!.codeDescription?.href).toMatch(new RegExp(`/${String(wrong!.code)}\\.md$`));
  });

  test("go by the file's ending where the language id is another editor's", async () => {
    client.open("file:///tmp/none/a.wat", "wasm-text", "(module (func i32.bogus))");
    expect(await client.diagnostics("file:///tmp/none/a.wat")).toHaveLength(1);
  });

  test("take a .wast as a script", async () => {
    expect(await client.diagnostics(open('(module (func (export "f")))\n(assert_return (invoke "f"))', "wast"))).toEqual([]);
  });

  test("are pushed with the version to a client that cannot ask", async () => {
    const uri = "untitled:pushed";
    pushed.open(uri, "wat", "(module (func i32.bogus))");
    const first = await pushed.published(({ version }) => version === 1);
    expect(first.uri).toBe(uri);
    expect(first.diagnostics).toHaveLength(1);
    pushed.change(uri, 2, { text: "(module)" });
    expect((await pushed.published(({ version }) => version === 2)).diagnostics).toEqual([]);
    pushed.notify("textDocument/didClose", { textDocument: { uri } });
    expect((await pushed.published((published) => published.uri === uri && published.version === undefined)).diagnostics).toEqual([]);
  });
});

describe("edits", () => {
  const text = "(module\r\n  (func $a (; 𝒳 ;) nop)\r\n  (func $b nop))\r\n";

  test("are applied one after the other", async () => {
    const uri = open(text);
    // Behind the astral character: columns count UTF-16 units. The second change is placed in the outcome of the first.
    client.change(
      uri,
      2,
      { range: { start: { line: 1, character: 20 }, end: { line: 1, character: 23 } }, text: "nop\r\n  i32.bogus" },
      { range: { start: { line: 3, character: 11 }, end: { line: 3, character: 14 } }, text: "i32.worse" },
    );
    expect(lines(await client.diagnostics(uri))).toEqual([2, 3]);
    client.change(uri, 3, { text });
    expect(await client.diagnostics(uri)).toEqual([]);
  });

  test("behind a line's end stop before its line break, as the protocol says", async () => {
    const uri = open(text);
    client.change(uri, 2, { range: { start: { line: 1, character: 99 }, end: { line: 1, character: 99 } }, text: " ;; (" });
    expect(await client.diagnostics(uri)).toEqual([]);
    // The comment would swallow the next line, and with it a parenthesis, had the line break gone.
    client.change(uri, 3, { range: { start: { line: 99, character: 0 }, end: { line: 99, character: 9 } }, text: "(" });
    expect((await client.diagnostics(uri)).length).toBeGreaterThan(0);
  });

  test("by the keystroke end where a full text ends", async () => {
    const target =
      '(module\n  (memory 1)\n  (data (i32.const 0) "a;;b(;")\n  (func $f (param $x i32) (result i32)\n    (block $l (br_if $l (local.get $x)))\n    local.get $x))\n';
    const uri = open("");
    for (const [at, character] of Array.from(target).entries()) {
      const before = target.slice(0, at);
      const line = before.split("\n").length - 1;
      const position = { line, character: at - (before.lastIndexOf("\n") + 1) };
      client.change(uri, at + 2, { range: { start: position, end: position }, text: character });
      if (at % 10 === 0) await client.diagnostics(uri);
    }
    expect(await client.diagnostics(uri)).toEqual([]);
    const symbols = await client.request<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument: { uri } });
    expect(JSON.stringify(symbols)).toContain("$f");
  });
});

test("symbols have a module's functions below it", async () => {
  const uri = open("(module $m\n  (func $first)\n  (func $second))");
  const symbols = await client.request<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument: { uri } });
  const names = (symbol: DocumentSymbol): string[] => [symbol.name, ...(symbol.children ?? []).flatMap(names)];
  const all = symbols.flatMap(names).join(" ");
  expect(all).toContain("$first");
  expect(all).toContain("$second");
});

test("folding covers functions and block comments", async () => {
  const uri = open("(module\n  (func\n    nop\n  )\n  (;\n  ;)\n)");
  const ranges = await client.request<FoldingRange[]>("textDocument/foldingRange", { textDocument: { uri } });
  expect(ranges.map(({ startLine }) => startLine)).toEqual(expect.arrayContaining([0, 1, 4]));
});
