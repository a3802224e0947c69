import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { Diagnostic } from "vscode-languageserver-types";
import { LspClient, type StartOptions } from "./lsp-client.ts";
import { bundleServer, type ServerBundle } from "./server-bundle.ts";

/** A module of Go in a folder of its own, made anew for each test, and a client of the server that edits its files. */
export interface SavedGoFiles {
  readonly folder: string;
  /** After {@link start}. */
  readonly client: LspClient;
  readonly start: (settings?: Record<string, unknown>, options?: StartOptions) => Promise<void>;
  readonly uriOf: (path: string) => string;
  readonly write: (path: string, text: string) => void;
  /** Writes a file and opens it. */
  readonly open: (path: string, text: string) => void;
  readonly type: (path: string, text: string) => void;
  readonly save: (path: string, text: string) => void;
  /** Waits for these errors of a file, as `shown` writes them: the compiler works in the background. */
  readonly becomes: (path: string, expected: readonly string[]) => Promise<void>;
  readonly errors: (path: string) => Promise<string[]>;
}

/** To be called once in a test file. `shown`: how tests write an error; its message has no more than its first line. */
export function savedGoFiles(shown: (error: Diagnostic, firstLine: string) => string): SavedGoFiles {
  let bundle: ServerBundle;
  let folder = "";
  let client: LspClient | undefined;
  let version = 1;
  beforeAll(async () => {
    bundle = await bundleServer(["server"]);
  });
  afterAll(() => bundle.dispose());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "go-wasm-save-"));
    writeFileSync(join(folder, "go.mod"), "module example.com/m\n\ngo 1.24\n");
  });
  afterEach(async () => {
    await client?.stop();
    client = undefined;
    rmSync(folder, { recursive: true, force: true });
  });
  const uriOf = (path: string): string => pathToFileURL(join(folder, path)).href;
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const type = (path: string, text: string): void => client!.change(uriOf(path), ++version, { text });
  const errors = async (path: string): Promise<string[]> => errorTexts(await client!.diagnostics(uriOf(path)), shown);
  return {
    get folder() {
      return folder;
    },
    get client() {
      return client!;
    },
    start: async (settings = {}, options = {}) => {
      client = await LspClient.start(bundle.server, { ...options, initializationOptions: { goWasm: settings } });
    },
    uriOf,
    write,
    open: (path, text) => {
      write(path, text);
      client!.open(uriOf(path), "go", text);
    },
    type,
    save: (path, text) => {
      type(path, text);
      write(path, text);
      client!.notify("textDocument/didSave", { textDocument: { uri: uriOf(path) } });
    },
    errors,
    becomes: (path, expected) => expect.poll(() => errors(path), { timeout: 15_000, interval: 50 }).toEqual(expected),
  };
}

export function errorTexts(diagnostics: readonly Diagnostic[], shown: (error: Diagnostic, firstLine: string) => string): string[] {
  return diagnostics
    .filter(({ severity }) => severity === 1)
    .map((error) => shown(error, (typeof error.message === "string" ? error.message : error.message.value).split("\n", 1)[0]!));
}
