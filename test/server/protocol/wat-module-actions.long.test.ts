import { afterAll, beforeAll, expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver-types";
import { LspClient } from "../../support/lsp-client.ts";
import { bundleServer, type ServerBundle } from "../../support/server-bundle.ts";

let bundle: ServerBundle;
let client: LspClient;
beforeAll(async () => {
  bundle = await bundleServer(["server"]);
  client = await LspClient.start(bundle.server, {
    textDocument: { codeAction: { dataSupport: true, resolveSupport: { properties: ["edit"] } } },
  });
});
afterAll(async () => {
  await client.stop();
  bundle.dispose();
});

const text = `(module
  (func (export "f") (result i32)
    i32.const 1)
  (func $g (result i32)
    call 0))
`;
const uri = "file:///tmp/none/module-actions.wat";

const request = (line: number, context: object): Promise<CodeAction[]> =>
  client.request("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: { line, character: 5 }, end: { line, character: 5 } },
    context: { diagnostics: [], ...context },
  });

const ofModule = (actions: readonly CodeAction[]): CodeAction[] => actions.filter(({ title }) => title.startsWith("Replace all"));

test("what changes a whole module is offered where it is meant, and worked out once it is chosen", async () => {
  client.open(uri, "wat", text);
  expect(ofModule(await request(2, { triggerKind: 2 }))).toEqual([]);
  expect(ofModule(await request(0, { triggerKind: 2 }))).toHaveLength(3);
  const [action, ...others] = ofModule(await request(2, { only: ["refactor"] }));
  expect(others.map(({ title }) => title)).toEqual([
    "Replace all uses of names in the module by indices",
    "Replace all names of the module by indices and remove them",
  ]);
  expect(action).toMatchObject({ title: "Replace all indices of the module by names", kind: "refactor.rewrite" });
  expect(action!.edit).toBeUndefined();
  const resolved = await client.request<CodeAction>("codeAction/resolve", action!);
  expect(resolved.edit!.changes![uri]!.map(({ newText }) => newText)).toEqual([" $f", "$f"]);
});

test("an action for a text that has changed is refused", async () => {
  const [action] = ofModule(await request(2, { only: ["refactor"] }));
  client.change(uri, 2, { text: `${text}\n` });
  await expect(client.request("codeAction/resolve", action!)).rejects.toThrow("has changed meanwhile");
});

test("a fix stands on the diagnostic that it mends", async () => {
  const other = "file:///tmp/none/fixes.wat";
  client.open(other, "wat", "(module (memory 1) (func (drop (i32.load align=8 (i32.const 0)))))\n");
  const diagnostics = await client.diagnostics(other);
  const [fix, ...others] = await client.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri: other },
    range: diagnostics[0]!.range,
    context: { diagnostics, only: ["quickfix"] },
  });
  expect(others).toEqual([]);
  expect(fix).toMatchObject({ title: "Write `align=4`, the natural alignment", kind: "quickfix", diagnostics });
  expect(fix!.edit!.changes![other]).toEqual([{ range: diagnostics[0]!.range, newText: "align=4" }]);
});
