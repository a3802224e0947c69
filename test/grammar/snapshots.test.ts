import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { specSuite } from "../support/spec-suite.ts";
import { loadGrammar, printScopes, tokenize } from "./tokenize.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test.each(["samples/wat/factorial.wat", "samples/wat/hello.wat"])("scopes of %s", async (path) => {
  const lines = tokenize(await loadGrammar("source.wat"), readFileSync(`${root}/${path}`, "utf8"));
  await expect(printScopes(lines)).toMatchFileSnapshot(`snapshots/${path.split("/").at(-1)!}.txt`);
});

test("scopes of the directives in samples/go-reactor/mistakes.go", async () => {
  const lines = tokenize(await loadGrammar("source.go"), readFileSync(`${root}/samples/go-reactor/mistakes.go`, "utf8"));
  const directives = lines.filter((line) => /^\s*\/\/\s*go:/.test(line.text));
  await expect(printScopes(directives)).toMatchFileSnapshot("snapshots/mistakes.go.txt");
});

// Parts of the WebAssembly specification's test suite (W3C Software Licence), by file and lines.
test.each([
  ["annotations.wast", 1, 24],
  ["call_indirect.wast", 100, 125],
  ["gc/type-subtyping.wast", 1, 30],
  ["exceptions/try_table.wast", 28, 62],
  ["simd/simd_const.wast", 1, 8],
  ["float_exprs.wast", 30, 50],
] as const)("scopes of the suite's %s, lines %i to %i", async (path, from, to) => {
  const script = specSuite().find((candidate) => candidate.path === path);
  if (!script) throw new Error(`the suite has no ${path}`);
  const fragment = script.text.split("\n").slice(from - 1, to);
  const lines = tokenize(await loadGrammar("source.wast"), fragment.join("\n"));
  await expect(printScopes(lines)).toMatchFileSnapshot(`snapshots/${path.replace("/", "-")}.txt`);
});
