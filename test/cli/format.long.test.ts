import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleCli, type CliBundle } from "../support/cli-bundle.ts";
import { goWasm, withFolder } from "../support/command-line.ts";

let bundle: CliBundle;
beforeAll(async () => {
  bundle = await bundleCli();
});
afterAll(() => bundle.remove());

const untidy = "(module\n(func   nop\n  nop))";
const tidy = "(module\n  (func\n    nop\n    nop))\n";

test("files and folders are written where they change, and named", () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, "below"));
    writeFileSync(join(folder, "a.wat"), `\uFEFF${untidy}`);
    writeFileSync(join(folder, "b.wat"), tidy);
    writeFileSync(join(folder, "below/c.wast"), '(module)   (assert_return\n(invoke "f"))');
    writeFileSync(join(folder, "below/d.go"), "package d");
    const run = (...args: string[]) => spawnSync(process.execPath, [bundle.path, "format", ...args], { cwd: folder, encoding: "utf8" });
    expect(run("--check", "./...")).toMatchObject({ status: 1, stdout: "a.wat\nbelow/c.wast\n", stderr: "" });
    expect(readFileSync(join(folder, "a.wat"), "utf8")).toBe(`\uFEFF${untidy}`);
    expect(run("./...")).toMatchObject({ status: 0, stdout: "a.wat\nbelow/c.wast\n", stderr: "" });
    expect(readFileSync(join(folder, "a.wat"), "utf8")).toBe(`\uFEFF${tidy}`);
    expect(readFileSync(join(folder, "below/c.wast"), "utf8")).toBe('(module)\n(assert_return\n  (invoke "f"))\n');
    expect(run("--check", "./...")).toMatchObject({ status: 0, stdout: "", stderr: "" });
  }));

test("the standard input", () => {
  const out = execFileSync(process.execPath, [bundle.path, "format", "--stdin", "--indent", "4", "--closing", "split"], {
    input: untidy,
    encoding: "utf8",
  });
  expect(out).toBe("(module\n    (func\n        nop\n        nop\n    )\n)\n");
});

test("a syntax error is told, and what parses is formatted", () =>
  withFolder(async (folder) => {
    writeFileSync(join(folder, "a.wat"), "(module\n(func   i32.bogus)\n(func   nop))\n");
    const { code, out, err } = await goWasm(folder, "format", "a.wat");
    expect([code, out]).toEqual([1, "a.wat\n"]);
    expect(err).toContain("a.wat:2:9: error");
    expect(readFileSync(join(folder, "a.wat"), "utf8")).toBe("(module\n(func   i32.bogus)\n  (func nop))\n");
  }));

test("what is no UTF-8 is left alone", () =>
  withFolder(async (folder) => {
    const bytes = Buffer.from('(module   (data "\xff"))', "latin1");
    writeFileSync(join(folder, "a.wat"), bytes);
    const { code, err } = await goWasm(folder, "format", "a.wat");
    expect(code).toBe(1);
    expect(err).toContain("save it as UTF-8");
    expect(readFileSync(join(folder, "a.wat")).equals(bytes)).toBe(true);
  }));

test.each([
  [["format"], "give it files or folders"],
  [["format", "--indent", "x", "a.wat"], "--indent is a number"],
  [["format", "--closing", "x", "a.wat"], "--closing is keep"],
])("%j is refused", async (args, message) => {
  const { code, err } = await goWasm("/", ...args);
  expect(code).toBe(2);
  expect(err).toContain(message);
});
