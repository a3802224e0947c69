/** What the compiler does not say: errors compared with what the linker and the engine do, advice with what is exported. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DiagnosticSeverity, type Diagnostic } from "vscode-languageserver-types";
import { goInstallation } from "#go-check/environment.ts";
import { DiskFiles } from "#go-check/files.ts";
import { GoWorkspace } from "#go-check/workspace.ts";
import { goDiagnostics, type GoCheckOptions } from "#go-check/diagnostics.ts";
import { GoDocument } from "#go-check/go-document.ts";
import { moduleFolder, type ModuleFolder } from "../../support/go-modules.ts";

type Target = GoCheckOptions["target"];

let modules: ModuleFolder;
let count = 0;
beforeAll(() => {
  modules = moduleFolder();
});
afterAll(() => modules.remove());

/** A new module below the folder. */
function module(files: Readonly<Record<string, string>>): string {
  const name = `m${count++}`;
  const all = { "go.mod": "module example.com/m\n\ngo 1.24\n", ...files };
  modules.write(Object.fromEntries(Object.entries(all).map(([path, text]) => [`${name}/${path}`, text])));
  return join(modules.folder, name);
}

/** Those of the linker and our own, as an editor gets them that has this one file open. */
function lints(folder: string, file: string, target: Target, goVersion = ""): Diagnostic[] {
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  const document = new GoDocument(path, text);
  const installation = goInstallation({ ...process.env, ...modules.env }, process.platform);
  const workspace = new GoWorkspace(new DiskFiles(), installation, { goos: "linux", goarch: "amd64" }, () => undefined);
  const options = workspace.optionsFor(document, [document], { target, goVersion, buildTags: "" });
  return goDiagnostics(document, options).filter(({ source, code }) => source !== "go-wasm" && code !== "no-wasm-constraint");
}

/** The module that `go build` makes of it; its output where it makes none. */
function build(folder: string, target: Target): { readonly wasm: Uint8Array<ArrayBuffer> | undefined; readonly output: string } {
  const file = join(folder, "out.wasm");
  const flags = target === "wasip1-reactor" ? ["-buildmode=c-shared"] : [];
  const run = spawnSync("go", ["build", ...flags, "-o", file, "."], {
    cwd: folder,
    env: { ...process.env, ...modules.env, GOOS: target === "js" ? "js" : "wasip1", GOARCH: "wasm" },
    encoding: "utf8",
  });
  return { wasm: run.status === 0 ? new Uint8Array(readFileSync(file)) : undefined, output: run.stderr };
}

const program = (name: string): string => `package main

import "fmt"

var global = 5

const konst = 3

type T struct{}

func (T) Get() int { return global + konst }

//go:wasmexport ${name}
func exported() {}

func main() { fmt.Println(T{}.Get()) }
`;

const exportingPackage = (packageName: string, name: string, ...imports: string[]): string =>
  `package ${packageName}\n\n${imports.map((path) => `import _ "${path}"\n`).join("")}\n//go:wasmexport ${name}\nfunc f() {}\n`;

const codesAt = (folder: string, file: string): (string | number | undefined)[] =>
  lints(folder, file, "wasip1-reactor").map(({ code }) => code);

const codesOf = (text: string, target: Target, more: Readonly<Record<string, string>> = {}): (string | number | undefined)[] =>
  lints(module({ "main.go": text, ...more }), "main.go", target).map(({ code }) => code);

const alloc = (body: string): string =>
  `package main\n\nimport "unsafe"\n\nvar kept = map[uintptr][]byte{}\n\n//go:wasmexport alloc\nfunc alloc(size int32) uintptr {\n\tbuf := make([]byte, size)\n\t${body}\n}\n\nfunc keep(b []byte) uintptr { return 0 }\n\nfunc main() {}\n`;

describe("export names: an error is where no valid module comes out", () => {
  test.each([
    ["wasip1", "memory", "error"],
    ["wasip1", "_start", "error"],
    ["wasip1", "_initialize", "warning"],
    ["wasip1-reactor", "_initialize", "error"],
    ["wasip1-reactor", "_start", "warning"],
    ["js", "mem", "error"],
    ["js", "memory", ""],
    ["js", "wasm_export_run", "error"],
    ["wasip1", "main.exported", "error"],
    ["wasip1", "main.global", "error"],
    ["wasip1", "main.konst", ""],
    ["wasip1", "main.T.Get", "error"],
    ["wasip1", "main.(*T).Get", ""],
    ["wasip1", "fmt.Println", "error"],
    ["wasip1", "runtime.main", "error"],
    ["wasip1", "runtime.nobody", "warning"],
    ["wasip1", "go:buildid", "error"],
  ] as const)(
    "%s: %s",
    (target, name, expected) => {
      const folder = module({ "main.go": program(name) });
      const found = lints(folder, "main.go", target).filter(({ code }) => code === "reserved-export-name" || code === "linker-symbol-name");
      expect(found.map(({ severity, source }) => `${source} ${severity}`)).toEqual(
        { error: ["go-link 1"], warning: ["go-lint 2"], "": [] }[expected],
      );
      const { wasm } = build(folder, target);
      expect(wasm !== undefined && WebAssembly.validate(wasm)).toBe(expected !== "error");
    },
    60_000,
  );
});

describe("parameters of an export: an error is where the compiler crashes", () => {
  test.each([
    ["a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5 int32", false],
    ["a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6 int32", true],
    ["a, b, c, d, e, f, g, h string", false],
    ["a0, a1, a2, a3, a4, a5, a6, a7 int32, s0, s1, s2, s3, s4 string", true],
    ["a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6 int64", false],
  ])(
    "%s",
    (parameters, crashes) => {
      const folder = module({ "main.go": `package main\n\n//go:wasmexport f\nfunc f(${parameters}) {}\n\nfunc main() {}\n` });
      expect(lints(folder, "main.go", "wasip1-reactor").map(({ code }) => code)).toEqual(crashes ? ["too-many-wasm-parameters"] : []);
      expect(build(folder, "wasip1-reactor").output.includes("internal compiler error")).toBe(crashes);
    },
    60_000,
  );
});

test("what is said to be ignored is not exported, and everything else is", () => {
  const text = `package main

//go:wasmexport for_import
import "strings"

//go:wasmexport for_variable
var x = strings.Repeat("a", 2)

//go:wasmexport for_type
type T struct{}

//go:wasmexport\ttab
func tab() {}

// go:wasmexport space
func space() {}

/*go:wasmexport block*/
func block() {}

//go:WasmExport capital
func capital() {}

//go:wasmexport
func bare() {}

//go:wasmexport first
//go:wasmexport second
func two() {}

//go:wasmexport blank
func _() {}

//go:wasmexport generic
func generic[P any](p P) {}

//go:wasmimport env both
//go:wasmexport both
func both()

//go:wasmexport \tspaced
func spaced() {}

  //go:wasmexport indented

// go:wasmexport functions are described elsewhere.
func indented() { both() }

// The following is an example.
//
//	//go:wasmexport example
func example() {}

var raw = \`
// go:wasmexport raw
func raw() {}
\`

func main() { println(x, raw) }
`;
  const folder = module({ "main.go": text });
  const found = lints(folder, "main.go", "auto").filter(({ code }) => code === "ignored-directive");
  const ignored = found.map(({ range }) => text.split("\n")[range.start.line]!.trim());
  expect(ignored).toEqual([
    "//go:wasmexport for_import",
    "//go:wasmexport for_variable",
    "//go:wasmexport for_type",
    "//go:wasmexport\ttab",
    "// go:wasmexport space",
    "/*go:wasmexport block*/",
    "//go:WasmExport capital",
    "//go:wasmexport",
    "//go:wasmexport first",
    "//go:wasmexport blank",
    "//go:wasmexport generic",
    "//go:wasmexport both",
  ]);
  expect(found.every(({ severity, source }) => severity === DiagnosticSeverity.Warning && source === "go-lint")).toBe(true);
  const { wasm, output } = build(folder, "wasip1");
  expect(output).toBe("");
  const exports = WebAssembly.Module.exports(new WebAssembly.Module(wasm!)).map(({ name }) => name);
  expect(exports.filter((name) => name !== "memory" && name !== "_start").sort()).toEqual(["indented", "second", "spaced"]);
}, 60_000);

describe("one name in two packages", () => {
  const files = {
    "main.go": `${exportingPackage("main", "same", "example.com/m/a")}\nfunc main() {}\n`,
    "a/a.go": exportingPackage("a", "other", "example.com/m/deep/b"),
    "deep/b/b.go": exportingPackage("b", "same"),
    "unused/u.go": exportingPackage("unused", "other"),
  };
  test("the linker's error stands at both directives, and leads to the other", () => {
    const folder = module(files);
    expect(build(folder, "wasip1-reactor").output).toMatch(/duplicated definition of symbol same/);
    const [inMain, ...more] = lints(folder, "main.go", "wasip1-reactor");
    expect(more).toEqual([]);
    expect(inMain).toMatchObject({
      source: "go-link",
      severity: DiagnosticSeverity.Error,
      code: "duplicate-symbol",
      range: { start: { line: 4, character: 16 }, end: { line: 4, character: 20 } },
      relatedInformation: [{ location: { uri: pathToFileURL(join(folder, "deep/b/b.go")).href } }],
    });
    expect(inMain!.message).toMatch(/^duplicated definition of symbol same\nexample\.com\/m\/deep\/b /);
    expect(codesAt(folder, "deep/b/b.go")).toEqual(["duplicate-symbol"]);
    // `a` and `unused` are in no program together.
    expect(codesAt(folder, "a/a.go")).toEqual([]);
    expect(codesAt(folder, "unused/u.go")).toEqual([]);
  }, 60_000);

  test("no error where the linker has none", () => {
    const folder = module({ ...files, "main.go": files["main.go"].replace("same", "free") });
    expect(build(folder, "wasip1-reactor").output).toBe("");
    for (const file of ["main.go", "a/a.go", "deep/b/b.go"]) expect(codesAt(folder, file)).toEqual([]);
  }, 60_000);

  test("packages that import each other in a circle are survived", () => {
    const folder = module({
      "main.go": `${exportingPackage("main", "x", "example.com/m/a")}\nfunc main() {}\n`,
      "a/a.go": exportingPackage("a", "x", "example.com/m/b"),
      "b/b.go": exportingPackage("b", "y", "example.com/m/a", "example.com/m/b"),
    });
    expect(codesAt(folder, "b/b.go")).toEqual([]);
    expect(codesAt(folder, "main.go")).toEqual(["duplicate-symbol"]);
  });
});

describe("programs", () => {
  const exporting = "package main\n\n//go:wasmexport f\nfunc f() {}\n\n//go:wasmexport g\nfunc g() {}\n\n";

  test.each([
    ["wasip1", "func main() {}", ["uncallable-export"]],
    ["wasip1", "//go:wasmimport env call\nfunc call()\n\nfunc main() { call() }", []],
    ["wasip1-reactor", "func main() {}", []],
    ["wasip1-reactor", "func main() { println() }", ["main-never-runs"]],
    ["auto", "func main() { println() }", []],
    ["js", "func main() {}", ["uncallable-export"]],
    ["js", "func main() { select {} }", []],
  ] as const)("%s: %s", (target, main, expected) => {
    expect(codesOf(`${exporting}${main}\n`, target)).toEqual(expected);
  });

  test("a reactor without exports is none", () => {
    expect(codesOf("package main\n\nfunc main() { println() }\n", "wasip1-reactor")).toEqual([]);
    const text = 'package main\n\nimport _ "example.com/m/a"\n\nfunc main() { println() }\n';
    const a = { "a/a.go": "package a\n\n//go:wasmexport f\nfunc f() {}\n" };
    expect(codesOf(text, "wasip1-reactor", a)).toEqual(["main-never-runs"]);
  });

  test("a file that is for other platforms too gets one hint", () => {
    const text = `${exporting}func main() {}\n`;
    const found = (target: Target, path = "/w/main.go"): string[] =>
      goDiagnostics(new GoDocument(path, text, { uri: `file://${path}` }), { target, goVersion: "", siblings: [] }).map(
        ({ code, severity }) => `${code} ${severity}`,
      );
    expect(found("auto")).toEqual(["no-wasm-constraint 4"]);
    expect(found("auto", "/w/main_wasm.go")).toEqual([]);
    expect(found("host")).toEqual(["no-wasm-constraint 2", "no-wasm-constraint 2"]);
  });

  test("a function that another package imports can call back too", () => {
    const text = exporting.replace("main\n", 'main\n\nimport _ "example.com/m/host"\n');
    const host = { "host/host.go": "package host\n\n//go:wasmimport env call\nfunc Call()\n" };
    expect(codesOf(`${text}func main() {}\n`, "wasip1", host)).toEqual([]);
  });

  test("an address is kept by a variable of the package or by another function", () => {
    const address = "uintptr(unsafe.Pointer(&buf[0]))";
    expect(codesOf(alloc(`return ${address}`), "wasip1-reactor")).toEqual(["unkept-result"]);
    expect(codesOf(alloc(`kept[${address}] = buf\n\treturn ${address}`), "wasip1-reactor")).toEqual([]);
    expect(codesOf(alloc("return keep(buf)"), "wasip1-reactor")).toEqual([]);
  });

  test("a compiler that does not know exports ignores them", () => {
    const folder = module({ "main.go": `${exporting.replace("f()", "f(a []int)")}func main() {}\n` });
    expect(lints(folder, "main.go", "wasip1-reactor", "1.23").map(({ code }) => code)).toEqual(["go-too-old", "go-too-old"]);
    expect(lints(folder, "main.go", "wasip1-reactor", "1.24").map(({ code }) => code)).toEqual([]);
  });
});
