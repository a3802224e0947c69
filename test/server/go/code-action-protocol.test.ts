/** Code actions over the wire: a fix for the open file in a file that is only on disk. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver-types";
import { LspClient } from "../../support/lsp-client.ts";
import { bundleServer, type ServerBundle } from "../../support/server-bundle.ts";

const folder = mkdtempSync(join(tmpdir(), "go-wasm-actions-"));
let bundle: ServerBundle;
let client: LspClient;
beforeAll(async () => {
  bundle = await bundleServer(["server"]);
  client = await LspClient.start(bundle.server, {
    workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create"] } },
  });
});
afterAll(() => {
  client.kill();
  bundle.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const main = "package main\n\n//go:wasmexport f\nfunc f(p *P) {}\n\nfunc main() {}\n";
const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;

test("the server says which kinds it has", () => {
  expect(client.capabilities["codeActionProvider"]).toEqual({
    codeActionKinds: ["quickfix", "refactor.extract", "refactor.inline", "refactor.rewrite", "source.fixAll.goWasm"],
    resolveProvider: true,
  });
});

test("a struct in another file is marked there", async () => {
  writeFileSync(join(folder, "go.mod"), "module example.com/m\n\ngo 1.24\n");
  writeFileSync(join(folder, "types.go"), "package main\n\ntype P struct {\n\tx int32\n}\n");
  writeFileSync(join(folder, "main.go"), main);
  client.open(uriOf("main.go"), "go", main);
  const diagnostics = (await client.diagnostics(uriOf("main.go"))).filter(({ source }) => source === "go-wasm");
  const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri: uriOf("main.go") },
    range: diagnostics[0]!.range,
    context: { diagnostics, only: ["quickfix"] },
  });
  const preferred = actions.filter(({ isPreferred }) => isPreferred === true);
  expect(preferred).toHaveLength(1);
  expect(preferred[0]!.diagnostics).toEqual(diagnostics);
  const edits = preferred[0]!.edit?.documentChanges?.map((change) =>
    "textDocument" in change ? [change.textDocument, change.edits.map((edit) => ("newText" in edit ? edit.newText : ""))] : change,
  );
  expect(edits).toEqual([[{ uri: uriOf("types.go"), version: null }, ['import "structs"\n\n', "\t_ structs.HostLayout\n"]]]);
});

test("what is not Go, or not open, has no actions", async () => {
  client.open("untitled:a.wat", "wat", "(module (func i32.bogus))");
  for (const uri of ["untitled:a.wat", uriOf("types.go")]) {
    const start = { line: 0, character: 0 };
    const actions = await client.request<unknown>("textDocument/codeAction", {
      textDocument: { uri },
      range: { start, end: start },
      context: { diagnostics: [] },
    });
    expect(actions ?? []).toEqual([]);
  }
});
