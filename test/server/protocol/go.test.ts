/** Go files of several packages in one session: whose diagnostics are renewed, and when. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LspClient, type StartOptions } from "../../support/lsp-client.ts";
import { bundleServer, type ServerBundle } from "../../support/server-bundle.ts";
import { compilerDiagnostics } from "../go/corpus.ts";

let bundle: ServerBundle;
beforeAll(async () => {
  bundle = await bundleServer(["server"]);
});
afterAll(() => bundle.dispose());

let folder: string;
let client: LspClient;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "go-wasm-session-"));
});
afterEach(async () => {
  await client.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: StartOptions = {}): Promise<void> {
  client = await LspClient.start(bundle.server, options);
}

function uriOf(path: string): string {
  return pathToFileURL(join(folder, path)).href;
}

/** Writes a file and opens it. */
function open(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  client.open(uriOf(path), "go", text);
}

let version = 1;
function change(path: string, text: string): void {
  client.change(uriOf(path), ++version, { text });
}

async function messages(path: string): Promise<string[]> {
  return compilerDiagnostics(await client.diagnostics(uriOf(path))).map(
    ({ data }) => (data as { compiler: { message: string } }).compiler.message,
  );
}

const goMod = "module example.com/m\n\ngo 1.24\n";
const main = 'package main\n\nimport "example.com/m/size"\n\n//go:wasmexport f\nfunc f(s size.T) {}\n\nfunc main() {}\n';
const refused = "go:wasmexport: unsupported parameter type size.T";

/** A main package, one that it imports, and one that has nothing to do with them. */
function openThree(): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "go.mod"), goMod);
  open("size/size.go", "package size\n\ntype T int32\n");
  open("other/other.go", "package other\n\n//go:wasmexport g\nfunc g(a int) {}\n");
  open("main.go", main);
}

/** Longer than the server waits for more changes, where nothing is to come. */
const settled = 900;

async function refreshed(count: number): Promise<void> {
  await expect.poll(() => client.refreshes, { timeout: 20_000, interval: 20 }).toBe(count);
}

describe("a client that gets diagnostics unasked", () => {
  test("gets those of the files that depend on a changed one, and no others", async () => {
    await start({ pull: false });
    openThree();
    const has = (path: string, count: number) => (published: { uri: string; diagnostics: unknown[] }) =>
      published.uri === uriOf(path) && compilerDiagnostics(published.diagnostics as never).length === count;
    await client.published(has("main.go", 0));
    await client.published(has("other/other.go", 1));
    const before = client.publishedCount(uriOf("other/other.go"));
    change("size/size.go", "package size\n\ntype T int\n");
    await client.published(has("main.go", 1));
    await setTimeout(100);
    expect(client.publishedCount(uriOf("other/other.go"))).toBe(before);
  });
});

describe("a client that asks for diagnostics", () => {
  test("is told to ask again once another file's have changed, and only then", async () => {
    await start({ workspace: { diagnostics: { refreshSupport: true } } });
    openThree();
    expect(await messages("main.go")).toEqual([]);
    expect((await messages("other/other.go")).length).toBe(1);
    change("size/size.go", "package size\n\n// A comment.\ntype T int32\n");
    change("main.go", `${main}\n`);
    await messages("main.go");
    await setTimeout(settled);
    expect(client.refreshes).toBe(0);
    change("size/size.go", "package size\n\ntype T int\n");
    change("size/size.go", "package size\n\n\ntype T int\n");
    await refreshed(1);
    expect(await messages("main.go")).toEqual([refused]);
    await setTimeout(settled);
    expect(client.refreshes).toBe(1);
  });

  test("is told so when files change on disk, for which it watches", async () => {
    await start({ workspace: { diagnostics: { refreshSupport: true }, didChangeWatchedFiles: { dynamicRegistration: true } } });
    openThree();
    client.notify("textDocument/didClose", { textDocument: { uri: uriOf("size/size.go") } });
    expect(await messages("main.go")).toEqual([]);
    expect(JSON.stringify(client.registrations)).toContain("**/*.go");
    writeFileSync(join(folder, "size/size.go"), "package size\n\ntype T []int\n");
    client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf("size/size.go"), type: 2 }] });
    await refreshed(1);
    expect(await messages("main.go")).toEqual([refused]);
  });

  test("gets what a changed go.mod means", async () => {
    await start({ workspace: { diagnostics: { refreshSupport: true } } });
    openThree();
    change("size/size.go", "package size\n\ntype T int\n");
    expect(await messages("main.go")).toEqual([refused]);
    client.open(uriOf("go.mod"), "go.mod", "module example.com/elsewhere\n");
    expect(await messages("main.go")).toEqual([]);
    client.change(uriOf("go.mod"), 2, { text: goMod });
    await refreshed(1);
    expect(await messages("main.go")).toEqual([refused]);
  });
});

test("modules beside each other do not mix", async () => {
  await start();
  for (const [name, type] of [
    ["one", "int"],
    ["two", "int32"],
  ] as const) {
    mkdirSync(join(folder, name, "size"), { recursive: true });
    writeFileSync(join(folder, name, "go.mod"), goMod);
    writeFileSync(join(folder, name, "size", "size.go"), `package size\n\ntype T ${type}\n`);
    open(`${name}/main.go`, main);
  }
  expect(await messages("one/main.go")).toEqual([refused]);
  expect(await messages("two/main.go")).toEqual([]);
  expect(await messages("one/main.go")).toEqual([refused]);
});

test("a go command on the path is not run", async () => {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "go"), `#!/bin/sh\ntouch ${join(folder, "was-run")}\n`);
  chmodSync(join(bin, "go"), 0o755);
  await start({ env: { PATH: `${bin}${delimiter}${process.env["PATH"]}`, GOROOT: "" } });
  openThree();
  expect(await messages("main.go")).toEqual([]);
  expect((await messages("other/other.go")).length).toBe(1);
  expect(existsSync(join(folder, "was-run"))).toBe(false);
});
