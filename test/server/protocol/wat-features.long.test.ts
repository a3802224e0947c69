import { afterAll, beforeAll, expect, test } from "vitest";
import type { CodeAction, CodeLens, CompletionItem, InlayHint, Range } from "vscode-languageserver-types";
import { LspClient } from "../../support/lsp-client.ts";
import { bundleServer, type ServerBundle } from "../../support/server-bundle.ts";

let bundle: ServerBundle;
let client: LspClient;
beforeAll(async () => {
  bundle = await bundleServer(["server"]);
  client = await LspClient.start(bundle.server, { initializationOptions: { goWasm: { "wat.inlayHints.constants": true } } });
});
afterAll(async () => {
  await client.stop();
  bundle.dispose();
});

const text = `(module
  (type $t (sub (func (param i32))))
  (type $u (sub $t (func (param i32))))
  (import "./lib.wasm" "log" (func $log (type $t)))
  ;; Says twice.
  (func $twice (param $x i32)
    block $out
      (call $log (local.get $x))
      (call $log (i32.const 300))
      (br $out)
    end $out)
  (export "twice" (func $twice)))
`;
const uri = "file:///tmp/none/features.wat";

/** Position of the nth place (from 0) of a word. */
function at(word: string, nth = 0): { readonly textDocument: { readonly uri: string }; readonly position: Range["start"] } {
  let offset = -1;
  for (let count = 0; count <= nth; count++) offset = text.indexOf(word, offset + 1);
  const before = text.slice(0, offset + 1).split("\n");
  return { textDocument: { uri }, position: { line: before.length - 1, character: before.at(-1)!.length } };
}

function textIn({ start, end }: Range): string {
  const lines = text.split("\n");
  return start.line === end.line ? lines[start.line]!.slice(start.character, end.character) : "several lines";
}

const textDocument = { uri };
beforeAll(() => client.open(uri, "wat", text));

test("hover", async () => {
  const { contents, range } = await client.request<{ contents: { kind: string; value: string }; range: Range }>(
    "textDocument/hover",
    at("$log", 1),
  );
  expect(contents).toMatchObject({ kind: "markdown" });
  expect(contents.value).toContain('(import "./lib.wasm" "log" (func $log (type $t)))');
  expect(textIn(range)).toBe("$log");
  expect(await client.request("textDocument/hover", at("Says"))).toBeNull();
});

test("definition, declaration, type definition, references, highlight", async () => {
  for (const method of ["definition", "declaration"]) {
    const { range } = await client.request<{ range: Range }>(`textDocument/${method}`, at("$twice", 1));
    expect([range.start.line, textIn(range)]).toEqual([5, "$twice"]);
  }
  const type = await client.request<{ range: Range }>("textDocument/typeDefinition", at("$log", 1));
  expect(type.range.start.line).toBe(1);
  const context = { includeDeclaration: false };
  expect(await client.request<unknown[]>("textDocument/references", { ...at("$log"), context })).toHaveLength(2);
  expect(await client.request<unknown[]>("textDocument/documentHighlight", at("$out"))).toHaveLength(5);
});

test("rename, and why it is refused", async () => {
  expect(await client.request("textDocument/prepareRename", at("$x"))).toMatchObject({ placeholder: "$x" });
  const { changes } = await client.request<{ changes: Record<string, { newText: string }[]> }>("textDocument/rename", {
    ...at("$x"),
    newName: "value",
  });
  expect(changes[uri]!.map(({ newText }) => newText)).toEqual(["$value", "$value"]);
  await expect(client.request("textDocument/rename", { ...at("$log"), newName: "$twice" })).rejects.toThrow(
    "There is another function `$twice`.",
  );
  await expect(client.request("textDocument/prepareRename", at("Says"))).rejects.toThrow("Put the cursor on a name");
});

test("completion with documentation", async () => {
  const { items } = await client.request<{ items: CompletionItem[] }>("textDocument/completion", at("$log", 1));
  const item = items.find(({ label }) => label === "$log")!;
  expect(item).toMatchObject({ detail: "[i32] -> []", textEdit: { newText: "$log" } });
  expect(await client.request("completionItem/resolve", item)).toMatchObject({
    documentation: { value: expect.stringContaining("$log") as string },
  });
  const add = await client.request<CompletionItem>("completionItem/resolve", { label: "i32.add" });
  expect(add.documentation).toMatchObject({ value: expect.stringContaining("Adds two integers") as string });
});

test("signature help", async () => {
  const { position } = at("(i32.const 300");
  const help = { textDocument, position: { ...position, character: position.character - 1 } };
  expect(await client.request("textDocument/signatureHelp", help)).toMatchObject({
    signatures: [{ label: "call function i32 -> []" }],
    activeParameter: 1,
  });
});

test("selection ranges, linked labels", async () => {
  const { position } = at("$x", 1);
  const [range] = await client.request<{ range: Range; parent?: unknown }[]>("textDocument/selectionRange", {
    textDocument,
    positions: [position],
  });
  expect(textIn(range!.range)).toBe("$x");
  expect(range!.parent).toMatchObject({ parent: {} });
  const { ranges } = await client.request<{ ranges: Range[] }>("textDocument/linkedEditingRange", at("$out"));
  expect(ranges.map(textIn)).toEqual(["$out", "$out", "$out"]);
});

test("symbols of all documents", async () => {
  const found = await client.request<{ name: string; location: { uri: string } }[]>("workspace/symbol", { query: "twi" });
  expect(found.map(({ name }) => name)).toEqual(["$twice", '"twice"']);
});

test("semantic tokens: whole, of lines, after an edit", async () => {
  const whole = await client.request<{ data: number[]; resultId: string }>("textDocument/semanticTokens/full", { textDocument });
  expect(whole.data.length % 5).toBe(0);
  const line = { start: { line: 9, character: 0 }, end: { line: 9, character: 5 } };
  const part = await client.request<{ data: number[] }>("textDocument/semanticTokens/range", { textDocument, range: line });
  expect(part.data.slice(0, 3)).toEqual([9, 7, 2]);
  const edited = "untitled:tokens";
  client.open(edited, "wat", text);
  const before = await client.request<{ data: number[]; resultId: string }>("textDocument/semanticTokens/full", {
    textDocument: { uri: edited },
  });
  client.change(edited, 2, { range: { start: { line: 4, character: 2 }, end: { line: 4, character: 2 } }, text: "(func $new)\n" });
  const { edits } = await client.request<{ edits: { start: number; deleteCount: number; data: number[] }[] }>(
    "textDocument/semanticTokens/full/delta",
    { textDocument: { uri: edited }, previousResultId: before.resultId },
  );
  let { data } = before;
  for (const edit of edits) data = [...data.slice(0, edit.start), ...edit.data, ...data.slice(edit.start + edit.deleteCount)];
  const after = await client.request<{ data: number[] }>("textDocument/semanticTokens/full", { textDocument: { uri: edited } });
  expect(data).toEqual(after.data);
  expect(edits[0]!.data.length).toBeLessThan(before.data.length);
});

test("inlay hints by setting, lenses with their counts", async () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 13, character: 0 } };
  const hints = await client.request<InlayHint[]>("textDocument/inlayHint", { textDocument, range });
  expect(hints.map(({ label }) => label)).toEqual([": i32", "= 0x12c"]);
  const lenses = await client.request<CodeLens[]>("textDocument/codeLens", { textDocument });
  const titles = await Promise.all(lenses.map(async (lens) => (await client.request<CodeLens>("codeLens/resolve", lens)).command!.title));
  expect(titles).toEqual(["2 references", "0 references", "2 references", '1 reference, exported as "twice"']);
});

test("calls and types above and below", async () => {
  const [item] = await client.request<object[]>("textDocument/prepareCallHierarchy", at("$log"));
  expect(await client.request("callHierarchy/incomingCalls", { item })).toMatchObject([{ from: { name: "$twice" }, fromRanges: [{}, {}] }]);
  const [twice] = await client.request<object[]>("textDocument/prepareCallHierarchy", at("$twice"));
  expect(await client.request("callHierarchy/outgoingCalls", { item: twice })).toMatchObject([{ to: { name: "$log" } }]);
  const [type] = await client.request<object[]>("textDocument/prepareTypeHierarchy", at("$t"));
  expect(await client.request("typeHierarchy/subtypes", { item: type })).toMatchObject([{ name: "$u" }]);
  expect(await client.request("typeHierarchy/supertypes", { item: type })).toEqual([]);
});

test("links to imported files", async () => {
  expect(await client.request("textDocument/documentLink", { textDocument })).toMatchObject([{ target: "file:///tmp/none/lib.wasm" }]);
});

test("a fix of an old spelling", async () => {
  const old = "untitled:old";
  client.open(old, "wat", "(func (param i32) (drop (get_local 0)))");
  const [problem] = await client.diagnostics(old);
  const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri: old },
    range: problem!.range,
    context: { diagnostics: [problem] },
  });
  expect(actions).toMatchObject([{ kind: "quickfix", isPreferred: true, diagnostics: [{ code: "unknown-instruction" }] }]);
  expect(actions[0]!.edit!.changes![old]).toMatchObject([{ newText: "local.get" }]);
});

test("a client that can be told later is told for which languages", async () => {
  const dynamicRegistration = { dynamicRegistration: true };
  const told = await LspClient.start(bundle.server, {
    textDocument: { hover: dynamicRegistration, semanticTokens: dynamicRegistration },
    initializationOptions: { showsReferences: true },
  });
  expect(told.capabilities).not.toHaveProperty("hoverProvider");
  expect(told.capabilities).toMatchObject({ definitionProvider: true, codeLensProvider: {} });
  // Its answer comes behind the registration.
  await told.request("workspace/symbol", { query: "" });
  const documentSelector = [{ language: "wat" }, { language: "wast" }];
  expect(told.registrations).toMatchObject([
    { method: "textDocument/hover", registerOptions: { documentSelector } },
    { method: "textDocument/semanticTokens", registerOptions: { documentSelector, full: { delta: true } } },
  ]);
  told.open(uri, "wat", text);
  const lenses = await told.request<CodeLens[]>("textDocument/codeLens", { textDocument });
  expect(await told.request("codeLens/resolve", lenses[0])).toMatchObject({
    command: { title: "2 references", command: "goWasm.showReferences", arguments: [{ uri, position: { line: 1, character: 8 } }] },
  });
  await told.stop();
});

test("nothing was wrong on the way", () => {
  expect(client.log).toEqual([]);
});
