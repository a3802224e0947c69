import { afterAll, beforeAll, expect, test } from "vitest";
import { LspClient } from "../../support/lsp-client.ts";
import { bundleServer, type ServerBundle } from "../../support/server-bundle.ts";

let bundle: ServerBundle;
let client: LspClient;
beforeAll(async () => {
  bundle = await bundleServer(["server"]);
  client = await LspClient.start(bundle.server);
});
afterAll(async () => {
  await client.stop();
  bundle.dispose();
});

const uri = "untitled:huge.wat";
const line = "local.get 0\ni32.const 7\ni32.add\nlocal.set 0\n";
const text = `(module (func (export "huge") (param i32)\n${line.repeat(300_000)}))`;

/** The first of several answers to come. */
async function order(asked: Readonly<Record<string, Promise<unknown>>>): Promise<string[]> {
  const came: string[] = [];
  await Promise.all(Object.entries(asked).map(([name, answer]) => answer.then(() => came.push(name))));
  return came;
}

test("while a huge function is checked, other requests are answered, and an edit takes the place of the check", async () => {
  client.open(uri, "wat", text);
  const textDocument = { uri };
  const first = client.request("textDocument/diagnostic", { textDocument });
  const folds = client.request("textDocument/foldingRange", { textDocument });
  expect(await order({ diagnostics: first, folds })).toEqual(["folds", "diagnostics"]);
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 11 } };
  client.change(uri, 2, { range, text: "i64.const 0" });
  const wrong = client.diagnostics(uri);
  client.change(uri, 3, { range, text: "local.get 0" });
  // The answer to the first is about the text that is there when it is given.
  expect(await wrong).toEqual([]);
  expect(await client.diagnostics(uri)).toEqual([]);
}, 60_000);
