import { afterAll, beforeAll, expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver-types";
import { LspClient } from "../../support/lsp-client.ts";
import { bundleServer, type ServerBundle } from "../../support/server-bundle.ts";

let bundle: ServerBundle;
let client: LspClient;
beforeAll(async () => {
  bundle = await bundleServer(["server"]);
  client = await LspClient.start(bundle.server, {
    initializationOptions: { goWasm: { "wat.lint.needless-mut": "off", "wat.lint.unused": "error" } },
  });
});
afterAll(async () => {
  await client.stop();
  bundle.dispose();
});

const text = `(module
  (global $g (mut i32) (i32.const 0))
  (func $idle)
  (func (export "f") (result i32)
    (local $x i32)
    block end
    global.get $g))
`;
const uri = "file:///tmp/none/lints.wat";

test("advice has the level of its setting, a tag and its page", async () => {
  client.open(uri, "wat", text);
  const diagnostics = await client.diagnostics(uri);
  expect(diagnostics.map(({ code, severity, tags }) => [code, severity, tags])).toEqual([
    ["unused", 1, [1]],
    ["unused-local", 2, [1]],
    ["empty-block", 4, [1]],
  ]);
  expect(diagnostics[0]!.codeDescription!.href).toMatch(/\/docs\/wat-lints\.md#unused$/);
});

test("a fix at the cursor, and all fixes as a source action", async () => {
  const position = { line: 4, character: 12 };
  const request = (only?: readonly string[]): Promise<CodeAction[]> =>
    client.request("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: position, end: position },
      context: { diagnostics: [], ...(only && { only }) },
    });
  const fixes = await request(["quickfix"]);
  expect(fixes.map(({ title, kind }) => [title, kind])).toEqual([["Remove the local", "quickfix"]]);
  expect(fixes[0]!.edit!.changes![uri]).toEqual([
    { range: { start: { line: 3, character: 33 }, end: { line: 4, character: 18 } }, newText: "" },
  ]);
  const all = await request(["source.fixAll"]);
  expect(all.map(({ title, kind }) => [title, kind])).toEqual([["Fix all that is safe to fix", "source.fixAll.goWasm"]]);
  expect(all[0]!.edit!.changes![uri]).toHaveLength(2);
});

test("refactorings at the cursor", async () => {
  const position = { line: 6, character: 6 };
  const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: position, end: position },
    context: { diagnostics: [], only: ["refactor"] },
  });
  expect(actions.map(({ title, kind }) => [title, kind])).toContainEqual(["Fold the instructions of this function", "refactor.rewrite"]);
});

/** Title and kind of the actions for a part of a line. */
async function offered(line: number, start: number, end: number, context: object): Promise<string[][]> {
  const range = { start: { line, character: start }, end: { line, character: end } };
  const actions = await client.request<CodeAction[]>("textDocument/codeAction", { textDocument: { uri }, range, context });
  return actions.map(({ title, kind }) => [title, kind!]);
}

test("a selection becomes a function, an export a field; what changes the whole file waits until somebody asks", async () => {
  expect(await offered(6, 4, 17, { diagnostics: [], only: ["refactor.extract"] })).toEqual([
    ["Extract these instructions as a function", "refactor.extract"],
  ]);
  const own = ['Write `(export "f")` as a field of its own', "refactor.extract"];
  const all = ["Write all exports of the module as fields of their own", "refactor.rewrite"];
  expect(await offered(3, 10, 10, { diagnostics: [], triggerKind: 1 })).toEqual(expect.arrayContaining([own, all]));
  const moved = await offered(3, 10, 10, { diagnostics: [], triggerKind: 2 });
  expect(moved).toContainEqual(own);
  expect(moved).not.toContainEqual(all);
});
