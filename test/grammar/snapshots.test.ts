import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
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

test.each([
  ["modern.wat", "source.wat"],
  ["script.wast", "source.wast"],
] as const)("scopes of %s", async (name, scope) => {
  const lines = tokenize(await loadGrammar(scope), readFileSync(`${root}/test/grammar/files/${name}`, "utf8"));
  await expect(printScopes(lines)).toMatchFileSnapshot(`snapshots/${name}.txt`);
});
