/** What the compiler said of a package when one of the packages changes that it imports. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { LspClient } from "../../support/lsp-client.ts";
import { bundleServer, type ServerBundle } from "../../support/server-bundle.ts";

let bundle: ServerBundle;
beforeAll(async () => {
  bundle = await bundleServer(["server"]);
});
afterAll(() => bundle.dispose());

let folder: string;
let client: LspClient;
let version = 1;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "go-wasm-save-"));
  writeFileSync(join(folder, "go.mod"), "module example.com/m\n\ngo 1.24\n");
  client = await LspClient.start(bundle.server, { initializationOptions: { goWasm: {} } });
});
afterEach(async () => {
  await client.stop();
  rmSync(folder, { recursive: true, force: true });
});

const uriOf = (path: string): string => pathToFileURL(join(folder, path)).href;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Writes a file and opens it. */
function open(path: string, text: string): void {
  write(path, text);
  client.open(uriOf(path), "go", text);
}

function type(path: string, text: string): void {
  client.change(uriOf(path), ++version, { text });
}

function save(path: string, text: string): void {
  type(path, text);
  write(path, text);
  client.notify("textDocument/didSave", { textDocument: { uri: uriOf(path) } });
}

/** The line from 1 and the first line of each error of a file. */
async function errors(path: string): Promise<string[]> {
  return (await client.diagnostics(uriOf(path)))
    .filter(({ severity }) => severity === 1)
    .map(({ range, message }) => `${range.start.line + 1} ${(typeof message === "string" ? message : message.value).split("\n", 1)[0]}`);
}

/** Waits for these errors: the compiler works in the background. */
async function becomes(path: string, expected: readonly string[]): Promise<void> {
  await expect.poll(() => errors(path), { timeout: 15_000, interval: 50 }).toEqual(expected);
}

const marker = "_ structs.HostLayout\n\t";
const point = (first: string): string =>
  `package geom\n\nimport "structs"\n\ntype P struct {\n\t${first}X int32\n}\n\nvar _ structs.HostLayout\n`;
const user = (words: string): string =>
  `package main\n\nimport "example.com/m/geom"\n\n//go:wasmexport f\nfunc f(p *geom.P) {}\n\nfunc main() { ${words} }\n`;
const refused = "6 go:wasmexport: unsupported parameter type *geom.P";

/** Opens both files and saves the importing one. A third file, which is not open, shows when the compiler has spoken. */
async function compiled(geom: string, main: string): Promise<void> {
  open("geom/geom.go", geom);
  open("main.go", main);
  write("witness.go", "package main\n\n//go:wasmexport g\nfunc g(a int) {}\n");
  save("main.go", main);
  await client.published(({ uri, diagnostics }) => uri === uriOf("witness.go") && diagnostics.length > 0);
}

test("a struct that is mended where it comes from is no error any more, before and after that is saved", async () => {
  await compiled(point(""), user(""));
  expect(await errors("main.go")).toEqual([refused]);
  type("geom/geom.go", point(marker));
  expect(await errors("main.go")).toEqual([]);
  save("geom/geom.go", point(marker));
  expect(await errors("main.go")).toEqual([]);
  type("geom/geom.go", point(""));
  expect(await errors("main.go")).toEqual([refused]);
});

test("a struct that is spoilt where it comes from is an error at once, whatever the compiler said before", async () => {
  await compiled(point(marker), user(""));
  expect(await errors("main.go")).toEqual([]);
  type("geom/geom.go", point(""));
  expect(await errors("main.go")).toEqual([refused]);
});

test("what was missing in another package is no error any more once that is saved with it", async () => {
  open("geom/geom.go", point(marker));
  open("main.go", user("geom.Missing()"));
  save("main.go", user("geom.Missing()"));
  await becomes("main.go", ["8 undefined: geom.Missing"]);
  save("geom/geom.go", `${point(marker)}\nfunc Missing() {}\n`);
  await becomes("main.go", []);
});
