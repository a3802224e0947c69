/** The corpus through the real server, with no `go` on the path: files on disk, and files that only the editor has. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LspClient } from "../../support/lsp-client.ts";
import { bundleServer, type ServerBundle } from "../../support/server-bundle.ts";
import {
  beforeItStops,
  compilerDiagnostics,
  diagnosticKeys,
  expectedKeys,
  generatedCases,
  goldenCases,
  type CorpusCase,
} from "../go/corpus.ts";

let bundle: ServerBundle;
let folder: string;
beforeAll(async () => {
  bundle = await bundleServer(["server"]);
  folder = mkdtempSync(join(tmpdir(), "go-wasm-corpus-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  bundle.dispose();
});

const withoutGo = { PATH: "/nowhere", GOROOT: "", GOMODCACHE: "", GOENV: "off" };

/** All that the server says of a case's Go files, each opened for itself or all at once. */
async function keysOf(client: LspClient, corpusCase: CorpusCase, place: "disk" | "editor"): Promise<string[]> {
  const root = join(folder, place, corpusCase.id);
  const uriOf = (path: string): string => pathToFileURL(join(root, path)).href;
  const paths = Object.keys(corpusCase.files);
  for (const path of paths) {
    const text = corpusCase.files[path]!;
    if (place === "editor") client.open(uriOf(path), path.endsWith(".go") ? "go" : "plaintext", text);
    else {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }
  const close = (path: string): void => client.notify("textDocument/didClose", { textDocument: { uri: uriOf(path) } });
  const keys = new Set<string>();
  for (const path of paths.filter((name) => name.endsWith(".go"))) {
    if (place === "disk") client.open(uriOf(path), "go", corpusCase.files[path]!);
    for (const key of diagnosticKeys(path, compilerDiagnostics(await client.diagnostics(uriOf(path))))) keys.add(key);
    if (place === "disk") close(path);
  }
  if (place === "editor") for (const path of paths) close(path);
  return [...keys].sort();
}

/** A server for each target, as the setting is the session's. */
async function wrongCases(
  cases: readonly CorpusCase[],
  place: "disk" | "editor",
  compare: (corpusCase: CorpusCase, keys: string[]) => string[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const goos of ["wasip1", "js", "linux"] as const) {
    const target = goos === "linux" ? "host" : goos;
    const client = await LspClient.start(bundle.server, {
      env: withoutGo,
      initializationOptions: { goWasm: { "go.target": target, "go.version": "1.26" } },
    });
    for (const corpusCase of cases.filter((candidate) => candidate.goos === goos)) {
      const keys = compare(corpusCase, await keysOf(client, corpusCase, place));
      const wanted = [...expectedKeys(corpusCase)].sort();
      if (JSON.stringify(keys) !== JSON.stringify(wanted))
        wrong.push(
          `${corpusCase.id}: ${JSON.stringify({ extra: keys.filter((key) => !wanted.includes(key)), missing: wanted.filter((key) => !keys.includes(key)) })}`,
        );
    }
    expect(await client.stop()).toBe(0);
  }
  return wrong;
}

describe.each(["disk", "editor"] as const)("files in the %s", (place) => {
  test("golden cases are exact", async () => {
    expect(await wrongCases(goldenCases(), place, beforeItStops)).toEqual([]);
  }, 60_000);

  // All of them go through the same checks without a server in ../go/diagnostics.test.ts.
  test("every fifth generated case is exact", async () => {
    const cases = generatedCases().filter((_, index) => index % 5 === 0);
    expect(await wrongCases(cases, place, (_, keys) => keys)).toEqual([]);
  }, 120_000);
});
