import { expect, test } from "vitest";
import { goDiagnostics } from "#go-check/diagnostics.ts";
import type { GoFiles } from "#go-check/files.ts";
import { GoDocument } from "#go-check/go-document.ts";
import { noFiles } from "#go-check/no-files.ts";
import { GoWorkspace } from "#go-check/workspace.ts";

const emptyDisk: GoFiles = { ...noFiles, files: () => [] };

/** What is said of a function without a body in a file that a browser has open. */
function messages(files: GoFiles): unknown[] {
  const installation = { root: undefined, moduleCache: undefined, work: undefined, mod: undefined, tags: [], version: undefined };
  const workspace = new GoWorkspace(files, installation, { goos: "linux", goarch: "amd64" }, () => undefined);
  const text = "package p\n\nfunc f()\n\n//go:wasmexport g\nfunc g(n int) {}\n";
  const document = new GoDocument("/p/p.go", text, { uri: "file:///p/p.go" });
  return goDiagnostics(document, workspace.optionsFor(document, [document], { target: "wasip1", goVersion: "", buildTags: "" }))
    .filter(({ source }) => source === "go-wasm")
    .map(({ message }) => (typeof message === "string" ? message : message.value).split("\n")[0]);
}

test("where no folder can be looked into, a body may be in assembly", () => {
  const parameter = "go:wasmexport: unsupported parameter type int";
  expect(messages(noFiles)).toEqual([parameter]);
  expect(messages(emptyDisk)).toEqual(["missing function body", parameter]);
});
