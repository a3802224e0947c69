import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { goWasm } from "../support/command-line.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-wasm-check-"));
  mkdirSync(join(folder, "sub/node_modules"), { recursive: true });
  writeFileSync(join(folder, "good.wat"), '(module (func (export "f")))');
  writeFileSync(join(folder, "bad.wat"), '(module\n  (; é ;) (func (result i32) i64.const 1) (export "f" (func 0)))\n');
  writeFileSync(join(folder, "sub/a b.wast"), "(module (func $f) (func $f))");
  writeFileSync(join(folder, "sub/node_modules/x.wat"), "(");
  writeFileSync(join(folder, "sub/notes.txt"), "(");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a finding has a place, words, and its code", async () => {
  const { code, out } = await goWasm(folder, "check", "bad.wat", "good.wat");
  expect(code).toBe(1);
  expect(out.split("\n")[0]).toMatch(/^bad\.wat:2:30: error: .* \[type-mismatch\]$/);
});

test("nothing to find is nothing said", async () => {
  expect(await goWasm(folder, "check", "good.wat")).toEqual({ code: 0, out: "", err: "" });
});

async function filesOf(...operands: string[]): Promise<string[]> {
  const { out } = await goWasm(folder, "check", ...operands, "--format=json");
  return [...new Set((JSON.parse(out) as { file: string }[]).map(({ file }) => file.replaceAll("\\", "/")))];
}

test("folders, and folders below them without those of package managers", async () => {
  expect(await filesOf(".")).toEqual(["bad.wat"]);
  expect(await filesOf("./...")).toEqual(["bad.wat", "sub/a b.wast"]);
  expect(await filesOf("sub")).toEqual(["sub/a b.wast"]);
  expect(await filesOf("...", "bad.wat", "./bad.wat")).toEqual(["./bad.wat", "sub/a b.wast"]);
});

test("json counts lines and columns from 1, in UTF-16 units", async () => {
  const { out } = await goWasm(folder, "check", "bad.wat", "-f", "json");
  expect(JSON.parse(out)).toMatchObject([
    {
      file: "bad.wat",
      range: { start: { line: 2, column: 30 }, end: { line: 2, column: 41 } },
      severity: "error",
      source: "wat",
      code: "type-mismatch",
    },
  ]);
});

test("sarif has a rule for each code and addresses that are valid", async () => {
  const { code, out } = await goWasm(folder, "check", "./...", "-f", "sarif");
  expect(code).toBe(1);
  const [run] = (
    JSON.parse(out) as { runs: { tool: { driver: { rules: { id: string }[]; semanticVersion: string } }; results: SarifResult[] }[] }
  ).runs;
  const { rules, semanticVersion } = run!.tool.driver;
  expect(semanticVersion).toBe("9.8.7");
  for (const { ruleId, ruleIndex } of run!.results) expect(rules[ruleIndex]!.id).toBe(ruleId);
  expect(run!.results.map(({ locations }) => locations[0]!.physicalLocation.artifactLocation.uri)).toEqual(
    expect.arrayContaining(["bad.wat", "sub/a%20b.wast"]),
  );
});

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly locations: { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
}

test.each([
  [["check"], 2, /give it files or folders/],
  [["check", "good.wat", "--format=xml"], 2, /--format is plain, json or sarif/],
  [["check", "sub/notes.txt"], 2, /is neither/],
  [["check", "none"], 1, /there is no such file/],
])("%j ends with %i", async (args, code, said) => {
  const run = await goWasm(folder, ...args);
  expect(run.code).toBe(code);
  expect(run.err).toMatch(said);
});

test("advice is a part of it, with its page, and does not fail it", async () => {
  writeFileSync(join(folder, "idle.wat"), "(module (func $idle))");
  try {
    const advised = await goWasm(folder, "check", "idle.wat");
    expect(advised).toMatchObject({
      code: 0,
      out: "idle.wat:1:15: warning: The function `$idle` is neither used nor exported. [unused]\n",
    });
    expect((await goWasm(folder, "check", "idle.wat", "-f", "sarif")).out).toContain("/docs/wat-lints.md#unused");
    expect(await goWasm(folder, "check", "idle.wat", "--no-lints")).toEqual({ code: 0, out: "", err: "" });
  } finally {
    rmSync(join(folder, "idle.wat"));
  }
});
