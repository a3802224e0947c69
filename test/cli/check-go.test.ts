import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { goWasm } from "../support/command-line.ts";
import { goldenCases } from "../server/go/corpus.ts";

const root = mkdtempSync(join(tmpdir(), "go-wasm-check-go-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(root, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

interface Shown {
  readonly file: string;
  readonly severity: string;
  readonly source: string;
  readonly message: string;
}

test("packages on disk have the errors that the compiler has", async () => {
  // An error in a package hides from the compiler, but not from us, those of the packages that import it.
  const cases = goldenCases()
    .filter(({ id }) => id !== "broken-import")
    .filter(({ goos, differs }) => goos !== "linux" && !differs);
  for (const { id, files, goos, expected } of cases) {
    const folder = write(id, files);
    const { code, out } = await goWasm(folder, "check", "./...", `--target=${goos}`, "--go-version=1.26", "--format=json");
    const errors = (JSON.parse(out) as Shown[]).filter(({ severity }) => severity === "error");
    expect(code, id).toBe(errors.length > 0 ? 1 : 0);
    const said = errors.filter(({ source }) => source === "go-wasm").map(({ file, message }) => `${file}: ${message.split("\n")[0]}`);
    // An error can hide others from the compiler, but none that is not there.
    if (expected.length === 0) expect(said, id).toEqual([]);
    expect(
      expected.map(({ file, message }) => `${file}: ${message.split("\n")[0]}`).filter((line) => !said.includes(line)),
      id,
    ).toEqual([]);
  }
  expect(cases.length).toBeGreaterThan(50);
});

test("advice stands below a finding, and what it points to behind that", async () => {
  const text = "package main\n\ntype P struct{ n int }\n\n//go:wasmexport f\nfunc f(p *P) {}\n\nfunc main() {}\n";
  const folder = write("advice", { "go.mod": "module example.com/a\n\ngo 1.24\n", "main.go": text });
  const { code, out } = await goWasm(folder, "check", "main.go");
  expect(code).toBe(1);
  const lines = out.split("\n");
  expect(lines[0]).toBe("main.go:6:10: error: go:wasmexport: unsupported parameter type *P [unsupported-parameter]");
  expect(lines[1]).toMatch(/^ {4}Add _ structs\.HostLayout as the first field of P/);
  expect(out).toMatch(/^main\.go:3:6: note: P has no structs\.HostLayout$/m);
});

test("a target that there is not is refused", async () => {
  expect(await goWasm(root, "check", ".", "--target=wasi")).toMatchObject({ code: 2, err: expect.stringContaining("--target is one of") });
});
