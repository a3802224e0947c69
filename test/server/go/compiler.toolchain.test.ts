/** Made-up programs, judged by the compiler and by us. A soak run makes up many more of them. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { assert, integer, property, readConfigureGlobal } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { goInstallation } from "#go-check/environment.ts";
import { DiskFiles } from "#go-check/files.ts";
import { GoWorkspace } from "#go-check/workspace.ts";
import { goDiagnostics } from "#go-check/diagnostics.ts";
import { moduleFolder, type ModuleFolder } from "../../support/go-modules.ts";
import { goProgram } from "../../support/go-programs.ts";
import { GoDocument } from "#go-check/go-document.ts";
import { compilerDiagnostics } from "./corpus.ts";

let modules: ModuleFolder;
let workspace: GoWorkspace;
beforeAll(() => {
  modules = moduleFolder();
  const installation = goInstallation({ ...process.env, ...modules.env }, process.platform);
  workspace = new GoWorkspace(new DiskFiles(), installation, { goos: "linux", goarch: "amd64" }, () => undefined);
});
afterAll(() => modules.remove());

/** What `go build` prints, without the program's other errors: a made-up program has none. */
function byCompiler(): string[] {
  const run = spawnSync("go", ["build", "-gcflags=-e", "-o", join(modules.folder, "out.wasm"), "."], {
    cwd: modules.folder,
    env: { ...process.env, ...modules.env, GOOS: "wasip1", GOARCH: "wasm" },
    encoding: "utf8",
  });
  return [...new Set(run.stderr.split("\n").filter((line) => line !== "" && !line.startsWith("#")))].sort();
}

function byUs(text: string): string[] {
  const path = join(modules.folder, "main.go");
  const document = new GoDocument(path, text);
  const diagnostics = goDiagnostics(
    document,
    workspace.optionsFor(document, [document], { target: "wasip1", goVersion: "", buildTags: "" }),
  );
  const lines = compilerDiagnostics(diagnostics).map(({ data }) => {
    const { line, column, message } = (data as { compiler: { line: number; column: number; message: string } }).compiler;
    return `./main.go:${line}${column > 0 ? `:${column}` : ""}: ${message}`;
  });
  return [...new Set(lines)].sort();
}

test("the compiler's words about types of every kind, in every place", () => {
  // Each takes the compiler some 100 ms.
  const runs = Math.min(readConfigureGlobal().numRuns ?? 5, 1000);
  assert(
    property(integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const files = goProgram(seed, 60);
      modules.write(files);
      expect(byUs(files["main.go"]!)).toEqual(byCompiler());
    }),
    { numRuns: runs, endOnFailure: true },
  );
}, 1_800_000);
