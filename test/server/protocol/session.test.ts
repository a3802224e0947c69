import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BuildWatResult, PrintWasmResult } from "#core/contract/messages.ts";
import type { Diagnostic } from "vscode-languageserver-types";
import { compilerDiagnostics } from "../go/corpus.ts";
import { LspClient } from "../../support/lsp-client.ts";
import { bundleServer, type ServerBundle } from "../../support/server-bundle.ts";

let bundle: ServerBundle;
beforeAll(async () => {
  bundle = await bundleServer();
});
afterAll(() => bundle.dispose());

const wrong = "(module (func i32.bogus))";

/** One message as it goes over the wire. */
function frame(body: string): string {
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

async function withServer(options: Parameters<typeof LspClient.start>[1], use: (client: LspClient) => Promise<void>): Promise<void> {
  const client = await LspClient.start(bundle.server, options);
  try {
    await use(client);
  } finally {
    client.kill();
  }
}

/** Ends the input of a server behind a client's last words, which come together with that. */
async function exitCode(client: LspClient, lastWords = ""): Promise<unknown> {
  const exited = once(client.process, "exit");
  client.process.stdin!.end(lastWords);
  return ((await exited) as unknown[])[0];
}

describe("a server of its own", () => {
  test("ends with code 0 after shutdown and exit", async () => {
    const client = await LspClient.start(bundle.server);
    expect(await client.stop()).toBe(0);
  });

  test("ends when its input ends, which is a failure unless the client has shut it down", async () => {
    expect(await exitCode(await LspClient.start(bundle.server))).toBe(1);
    const leaving = await LspClient.start(bundle.server);
    await leaving.connection.sendRequest("shutdown");
    const exit = '{"jsonrpc":"2.0","method":"exit"}';
    expect(await exitCode(leaving, `Content-Length: ${exit.length}\r\n\r\n${exit}`)).toBe(0);
  });

  test("speaks Node IPC too, and ends when the editor is gone", async () => {
    const server = fork(bundle.server, ["--node-ipc"]);
    const answer = once(server, "message");
    server.send({ jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
    const [message] = (await answer) as [unknown];
    expect(message).toMatchObject({ id: 1, result: { serverInfo: { name: "go-wasm" } } });
    const exited = once(server, "exit");
    server.disconnect();
    await exited;
  });

  test("heeds settings at the start, and changed ones", () =>
    withServer(
      { initializationOptions: { goWasm: { "wat.diagnostics": false } }, workspace: { diagnostics: { refreshSupport: true } } },
      async (client) => {
        client.open("untitled:a", "wat", wrong);
        expect(await client.diagnostics("untitled:a")).toEqual([]);
        client.notify("workspace/didChangeConfiguration", { settings: { goWasm: { wat: { diagnostics: true } } } });
        expect(await client.diagnostics("untitled:a")).toHaveLength(1);
        expect(client.refreshes).toBe(1);
      },
    ));

  test("asks a client that offers it for the settings of each document", () =>
    withServer({ configuration: (uri) => (uri.endsWith("quiet") ? { wat: { diagnostics: false } } : null) }, async (client) => {
      client.open("untitled:quiet", "wat", wrong);
      client.open("untitled:loud", "wat", wrong);
      expect(await client.diagnostics("untitled:quiet")).toEqual([]);
      expect(await client.diagnostics("untitled:loud")).toHaveLength(1);
    }));

  test("pushes again when settings change", () =>
    withServer({ pull: false }, async (client) => {
      client.open("untitled:a", "wat", wrong);
      await client.published(({ diagnostics }) => diagnostics.length === 1);
      client.notify("workspace/didChangeConfiguration", { settings: { goWasm: { "wat.diagnostics": false } } });
      await client.published(({ diagnostics }) => diagnostics.length === 0);
    }));

  test("answers nothing about documents it does not know, and about other languages", () =>
    withServer({}, async (client) => {
      client.open("untitled:text", "plaintext", wrong);
      expect(await client.diagnostics("untitled:text")).toEqual([]);
      expect(await client.diagnostics("untitled:never-opened")).toEqual([]);
      expect(await client.request("textDocument/foldingRange", { textDocument: { uri: "untitled:never-opened" } })).toBeNull();
    }));

  test("survives senseless messages", () =>
    withServer({}, async (client) => {
      client.open("untitled:a", "wat", wrong);
      const { stdin } = client.process;
      stdin!.write(frame("{ this is no JSON"));
      stdin!.write(frame("[]"));
      stdin!.write(frame("null"));
      stdin!.write(frame(JSON.stringify({ jsonrpc: "2.0", id: "x", method: "no/such/method" })));
      stdin!.write("neither: a header\r\n\r\n");
      // Behind such a header vscode-jsonrpc (9.0.3) reads on only with the next chunk.
      await setTimeout(100);
      await expect(client.request("no/such/method", {})).rejects.toThrow(/Unhandled method/);
      await expect(client.request("textDocument/diagnostic", null)).rejects.toThrow();
      await expect(client.request("textDocument/foldingRange", { textDocument: 7 })).resolves.toBeNull();
      await expect(client.request("goWasm/buildWat", {})).rejects.toThrow();
      await expect(client.request("goWasm/printWasm", { wasm: 1 })).rejects.toThrow();
      client.notify("textDocument/didChange", {
        textDocument: { uri: "untitled:never-opened", version: 2 },
        contentChanges: [{ text: "" }],
      });
      client.notify("textDocument/didChange", {
        textDocument: { uri: "untitled:a", version: 2 },
        contentChanges: [{ range: {}, text: "" }],
      });
      client.notify("textDocument/didChange", { textDocument: { uri: "untitled:a", version: 3 }, contentChanges: [{ text: wrong }] });
      expect(await client.diagnostics("untitled:a")).toHaveLength(1);
    }));

  test("answers a request that was cancelled while another was worked on, and goes on", () =>
    withServer({}, async (client) => {
      const params = { textDocument: { uri: "untitled:a" } };
      client.open("untitled:a", "wat", `(module ${"(func nop)\n".repeat(50_000)} (func i32.bogus))`);
      const slow = client.diagnostics("untitled:a");
      const source = new CancellationTokenSource();
      const cancelled = client.connection.sendRequest("textDocument/foldingRange", params, source.token);
      source.cancel();
      await expect(cancelled).rejects.toThrow(/cancelled/);
      expect(await slow).toHaveLength(1);
    }));
});

describe("wabt", () => {
  let client: LspClient;
  beforeAll(async () => {
    client = await LspClient.start(bundle.server);
  });
  afterAll(() => client.stop());
  const build = (text: string): Promise<BuildWatResult> => client.request("goWasm/buildWat", { uri: "untitled:x", text });

  test("builds and prints", async () => {
    const { wasm, errors } = await build('(module (func (export "f") (result i32) (i32.const 7)))');
    expect(errors).toEqual([]);
    const { instance } = await WebAssembly.instantiate(Buffer.from(wasm!, "base64"));
    expect((instance.exports["f"] as () => number)()).toBe(7);
    const { text } = await client.request<PrintWasmResult>("goWasm/printWasm", { wasm });
    expect(text).toContain("i32.const 7");
  });

  test("gives errors in UTF-16 columns", async () => {
    const text = '(module (data (i32.const 0) "漢𝒳") (func (call $x)))';
    const { errors } = await build(text);
    expect(errors.map((error) => text.slice(error.startCharacter, error.endCharacter))).toContain("$x");
  });

  test("is said not to know what our own parser accepts, and only then", async () => {
    const { errors } = await build("(module (type (array (mut i8))))");
    expect(errors[0]!.message).toContain("does not know garbage collection");
    for (const wrong of ["(module (func i32.bogus))", "(module (func (result i32) (i64.const 1)))"]) {
      expect((await build(wrong)).errors[0]!.message).not.toContain("does not know");
    }
  });

  test("hangs in its own thread: other requests are answered meanwhile, and it works again", async () => {
    const deep = build(`(module (func ${"block ".repeat(300)}${"end ".repeat(300)}))`);
    client.open("untitled:meanwhile", "wat", wrong);
    const meanwhile = client.diagnostics("untitled:meanwhile");
    expect(await Promise.race([deep, meanwhile])).toBe(await meanwhile);
    expect(await meanwhile).toHaveLength(1);
    expect((await deep).errors[0]!.message).toContain("nested deeper");
    expect((await build("(module)")).wasm).toBeDefined();
  });
});

describe("Go", () => {
  const compilerOf = async (uri: string): Promise<Diagnostic[]> => compilerDiagnostics(await client.diagnostics(uri));
  let folder: string;
  let client: LspClient;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "go-wasm-lsp-"));
    client = await LspClient.start(bundle.server);
  });
  afterAll(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("types that no wasm host can pass are told in the compiler's words", async () => {
    client.open("untitled:main.go", "go", "package main\n\n//go:wasmexport f\nfunc f(s []int) {}\n\nfunc main() {}\n");
    const [diagnostic, ...more] = await compilerOf("untitled:main.go");
    expect(more).toEqual([]);
    // What `GOOS=wasip1 GOARCH=wasm go build` of Go 1.26 prints.
    expect(diagnostic!.message).toMatch(/^go:wasmexport: unsupported parameter type \[\]int(\n|$)/);
    expect(diagnostic).toMatchObject({ source: "go-wasm", severity: 1, range: { start: { line: 3 } } });
  });

  test("types are looked up in the other files of the folder: open ones first, then those on disk", async () => {
    const main = join(folder, "main.go");
    const types = join(folder, "types.go");
    writeFileSync(types, "package main\n\ntype T int32\n");
    const uri = pathToFileURL(main).href;
    client.open(uri, "go", "package main\n\n//go:wasmexport f\nfunc f(t T) {}\n\nfunc main() {}\n");
    expect(await compilerOf(uri)).toEqual([]);
    writeFileSync(types, "package main\n\ntype T []int32 // longer\n");
    expect(await compilerOf(uri)).toHaveLength(1);
    client.open(pathToFileURL(types).href, "go", "package main\n\ntype T int64\n");
    expect(await compilerOf(uri)).toEqual([]);
    client.notify("textDocument/didClose", { textDocument: { uri: pathToFileURL(types).href } });
    expect(await compilerOf(uri)).toHaveLength(1);
  });
});
