// Go's own grammar is a stand-in here (see tokenize.ts). What is right and wrong is the compiler's own judgement: "usage", "misplaced
// compiler directive", or silence for what it does not take for a directive.
import { describe, expect, test } from "vitest";
import { loadGrammar, tokenize } from "./tokenize.ts";

describe("well-formed directives", () => {
  test.each([
    ["//go:wasmexport add", ["add"]],
    ["\t//go:wasmexport add", ["add"]],
    ["//go:wasmexport   wasi:cli/run@0.2.0#run  ", ["wasi:cli/run@0.2.0#run"]],
    ["//go:wasmexport \tadd", ["add"]],
    ["//go:wasmexport\u0020\u00a0add", ["add"]],
    ["//go:wasmimport env log_text", ["env", "log_text"]],
    ["//go:wasmimport wasi_snapshot_preview1\tfd_write", ["wasi_snapshot_preview1", "fd_write"]],
  ])("%j", async (line, fields) => {
    const scoped = await scopesOf(line);
    expect(scoped.filter(({ scopes }) => scopes.includes("keyword.control.directive.go")).map(({ text }) => text)).toEqual([
      line.includes("export") ? "go:wasmexport" : "go:wasmimport",
    ]);
    const names = scoped.filter(({ scopes }) => /^(?:entity\.name\.function|string\.unquoted)\./.test(scopes.at(-1)!));
    expect(names.map(({ text }) => text)).toEqual(fields);
    expect(scoped.flatMap(({ scopes }) => scopes).filter((scope) => scope.startsWith("invalid"))).toEqual([]);
  });
});

describe("malformed directives", () => {
  test.each([
    ["//go:wasmexport ", "invalid.illegal"],
    ["//go:wasmexport a b", "invalid.illegal"],
    ["//go:wasmexport add // adds", "invalid.illegal"],
    ["//go:wasmimport env", "invalid.illegal"],
    ["//go:wasmimport env a b", "invalid.illegal"],
    ["f() //go:wasmexport add", "invalid.illegal"],
    ["var x int //go:wasmimport env f", "invalid.illegal"],
    ["/* x *///go:wasmexport add", "invalid.illegal"],
    ["//go:wasmexport", "invalid.deprecated"],
    ["//go:wasmexport\tadd", "invalid.deprecated"],
    ["//go:wasmimport\tenv\tf", "invalid.deprecated"],
    ["// go:wasmexport add", "invalid.deprecated"],
    ["//\tgo:wasmimport env f", "invalid.deprecated"],
  ])("%j is %s", async (line, scope) => {
    const scoped = await scopesOf(line);
    expect(scoped.some(({ text, scopes }) => /go:wasm/.test(text) && scopes.some((given) => given.startsWith(`${scope}.`)))).toBe(true);
    expect(scoped.flatMap(({ scopes }) => scopes)).not.toContain("keyword.control.directive.go");
  });
});

describe("what is no directive stays a comment or a string", () => {
  test.each([
    "// go:wasmexport is how Go exports a function",
    "//go:wasmexporter add",
    "//go:wasmexport:add",
    "////go:wasmexport add",
    "// see //go:wasmexport add",
    "//go:noinline",
    "/*go:wasmexport add*/",
    "/* //go:wasmexport add */",
    '"//go:wasmexport add"',
    "`//go:wasmexport add`",
  ])("%j", async (line) => {
    const scopes = (await scopesOf(line)).flatMap((part) => part.scopes);
    expect(scopes.filter((scope) => /^(?:invalid|meta\.directive|keyword)/.test(scope))).toEqual([]);
  });
});

test("the line after a directive is Go again", async () => {
  const lines = tokenize(await loadGrammar("source.go"), "//go:wasmexport\n//go:wasmexport a\nfunc a() {}");
  expect(lines.map((line) => line.closed)).toEqual([true, true, true]);
  expect(lines[2]!.tokens.map((token) => token.scopes)).toEqual([["source.go"]]);
});

async function scopesOf(line: string): Promise<{ text: string; scopes: readonly string[] }[]> {
  const { tokens } = tokenize(await loadGrammar("source.go"), line)[0]!;
  return tokens.map(({ start, end, scopes }) => ({ text: line.slice(start, end), scopes }));
}
