/** Which files a document is checked with, on real folders; messages compared with the compiler's. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { goInstallation, type GoInstallation } from "#go-check/environment.ts";
import { DiskFiles, type GoFiles } from "#go-check/files.ts";
import { GoWorkspace } from "#go-check/workspace.ts";
import { goDiagnostics } from "#go-check/diagnostics.ts";
import { GoDocument } from "#go-check/go-document.ts";
import { moduleFolder, type ModuleFolder } from "../../support/go-modules.ts";
import { compilerDiagnostics, diagnosticKeys } from "./corpus.ts";

let modules: ModuleFolder;
let installation: GoInstallation;
beforeEach(() => {
  modules = moduleFolder();
  installation = goInstallation({ ...process.env, ...modules.env }, process.platform);
});
afterEach(() => modules.remove());

function documentAt(path: string, text = readFileSync(path, "utf8"), scheme = "file"): GoDocument {
  return new GoDocument(path, text, { uri: pathToFileURL(path).href.replace("file:", `${scheme}:`) });
}

/** A document of an editor's own file system. */
function virtual(path: string, text: string): GoDocument {
  return documentAt(`${modules.folder}/${path}`, text, "vscode-vfs");
}

function workspace(files: GoFiles = new DiskFiles(), found: GoInstallation = installation): GoWorkspace {
  return new GoWorkspace(files, found, { goos: "linux", goarch: "amd64" }, () => undefined);
}

/** `path:line:column: message` of what the compiler would say about `document`. */
function keys(document: GoDocument, open: readonly GoDocument[] = [], used = workspace()): string[] {
  const options = used.optionsFor(document, [document, ...open], { target: "wasip1", goVersion: "1.26", buildTags: "" });
  return diagnosticKeys(document.path.slice(modules.folder.length + 1), compilerDiagnostics(goDiagnostics(document, options)));
}

function keysAt(path: string): string[] {
  return keys(documentAt(join(modules.folder, path)));
}

/** What `go build` prints about the package in `folder`, with paths from the test's folder. */
function compiled(folder: string): string[] {
  const run = spawnSync("go", ["build", "-gcflags=-e", "-o", join(modules.folder, "out.wasm"), "."], {
    cwd: join(modules.folder, folder),
    env: { ...process.env, ...modules.env, GOOS: "wasip1", GOARCH: "wasm" },
    encoding: "utf8",
  });
  const lines = run.stderr.split("\n").filter((line) => /^\S+\.go:\d/u.test(line));
  expect(lines.length, run.stderr).toBeGreaterThan(0);
  return lines.map((line) => join(folder, line));
}

const withMarker =
  'package geom\n\nimport "structs"\n\ntype Point struct {\n\t_ structs.HostLayout\n\tX, Y float64\n}\n\ntype Path struct {\n\t_ structs.HostLayout\n\tPoints []Point\n}\n';

describe("types of other packages", () => {
  test("of the standard library, as the compiler prints them", () => {
    const parameters = [
      "*http.Cookie",
      "time.Month",
      "*time.Time",
      "time.Duration",
      "*sync.Mutex",
      "sort.StringSlice",
      "*list.Element",
      "*atomic.Int32",
      "os.FileMode",
      "*image.Point",
      "*image.RGBA",
      "*big.Int",
      "*rand.PCG",
      "*netip.Addr",
      "*[binary.MaxVarintLen64]reflect.Kind",
      "func(http.Handler) io.Reader",
      "*[sha256.Size]byte",
    ];
    const imports =
      "container/list crypto/sha256 encoding/binary image io math/big math/rand/v2 net/http net/netip os reflect sort sync sync/atomic time".split(
        " ",
      );
    modules.write({
      "go.mod": "module example.com/m\n\ngo 1.24\n",
      "main.go": `package main\n\nimport (\n${imports.map((path) => `\t"${path}"\n`).join("")})\n\n${parameters.map((type, index) => `//go:wasmexport f${index}\nfunc f${index}(p ${type}) {}\n\n`).join("")}func main() {}\n`,
    });
    expect(keysAt("main.go").sort()).toEqual(compiled(".").sort());
  }, 60_000);

  test("of a replaced module, of the module cache and of a workspace, by names that differ from their paths", () => {
    const sum = modules.cache("example.com/go-Geom", "v1.2.0", {
      "go.mod": "module example.com/go-Geom\n\ngo 1.20\n",
      "geom.go": withMarker,
    });
    modules.write({
      "go.work": "go 1.24\n\nuse (\n\t./app\n\t./lib\n)\n",
      "go.work.sum": sum,
      "app/go.mod":
        "module example.com/app\n\ngo 1.24\n\nrequire (\n\texample.com/go-Geom v1.2.0\n\texample.com/near v0.0.0\n)\n\nreplace example.com/near => ../near\n",
      "app/main.go": `package main

import (
	"example.com/go-Geom"
	"example.com/lib/v3"
	"example.com/near"
)

//go:wasmexport ok
func ok(p *geom.Point) {}

//go:wasmexport a
func a(p *geom.Path, q *lib.Point, r *nearby.Size) *near.Size { return nil }

func main() {}
`.replace("*near.Size {", "*nearby.Size {"),
      "lib/go.mod": "module example.com/lib/v3\n\ngo 1.24\n",
      "lib/lib.go": "package lib\n\ntype Point struct{ X, Y int32 }\n",
      "near/go.mod": "module example.com/near\n\ngo 1.24\n",
      "near/near.go": "package nearby\n\ntype Size int\n",
      "near/gen.go": "//go:build ignore\n\npackage main\n\nfunc main() {}\n",
    });
    expect(keysAt("app/main.go").sort()).toEqual(compiled("app").sort());
  }, 60_000);

  test("for the target's files alone", () => {
    modules.write({
      "go.mod": "module example.com/m\n\ngo 1.24\n",
      "main.go": 'package main\n\nimport "example.com/m/size"\n\n//go:wasmexport f\nfunc f(s size.T) {}\n\nfunc main() {}\n',
      "size/size_wasip1.go": "package size\n\ntype T int\n",
      "size/size_other.go": "//go:build !wasip1\n\npackage size\n\ntype T int32\n",
      "size/size_test.go": "package size\n\ntype U int\n",
    });
    expect(keysAt("main.go")).toEqual(compiled("."));
  }, 60_000);

  test("that import each other in a circle are survived", () => {
    modules.write({
      "go.mod": "module example.com/m\n\ngo 1.24\n",
      "main.go": 'package main\n\nimport "example.com/m/a"\n\n//go:wasmexport f\nfunc f(s *a.T) {}\n\nfunc main() {}\n',
      "a/a.go": 'package a\n\nimport "example.com/m/b"\n\ntype T struct{ B b.T }\n',
      "b/b.go": 'package b\n\nimport "example.com/m/a"\n\ntype T struct{ A a.T }\n',
    });
    expect(() => keysAt("main.go")).not.toThrow();
  });
});

describe("tests", () => {
  test("are checked with the files of the package, and from outside with what its tests declare", () => {
    modules.write({
      "go.mod": "module example.com/m\n\ngo 1.24\n",
      "m.go": "package m\n\ntype T int\n",
      "in_test.go": "package m\n\ntype Shown = T\n\n//go:wasmexport inner\nfunc inner(t T) {}\n",
      "out_test.go": 'package m_test\n\nimport "example.com/m"\n\n//go:wasmexport outer\nfunc outer(t m.Shown) {}\n',
    });
    const run = spawnSync("go", ["test", "-c", "-gcflags=-e", "-o", join(modules.folder, "test.wasm"), "."], {
      cwd: modules.folder,
      env: { ...process.env, ...modules.env, GOOS: "wasip1", GOARCH: "wasm" },
      encoding: "utf8",
    });
    expect([run.stderr, run.status]).toEqual([expect.stringContaining("in_test.go:6:6: go:wasmexport: unsupported parameter type T"), 1]);
    expect(keysAt("in_test.go")).toEqual(["in_test.go:6:6: go:wasmexport: unsupported parameter type T"]);
    // The package before it is broken, so the compiler does not come to this one.
    expect(keysAt("out_test.go")).toEqual(["out_test.go:6:6: go:wasmexport: unsupported parameter type m.T"]);
    expect(keysAt("m.go")).toEqual([]);
  }, 60_000);
});

describe("what the editor has", () => {
  const main = 'package main\n\nimport "example.com/m/size"\n\n//go:wasmexport f\nfunc f(s size.T, t T) {}\n\nfunc main() {}\n';

  test("unsaved text counts, in the package, in others and in go.mod", () => {
    modules.write({
      "go.mod": "module example.com/m\n",
      "main.go": main,
      "types.go": "package main\n\ntype T int\n",
      "size/size.go": "package size\n\ntype T int\n",
    });
    const at = (path: string, text: string): GoDocument => documentAt(join(modules.folder, path), text);
    const document = at("main.go", main);
    expect(keys(document).length).toBe(2);
    expect(keys(document, [at("types.go", "package main\n\ntype T int32\n")]).length).toBe(1);
    expect(keys(document, [at("size/size.go", "package size\n\ntype T int32\n")]).length).toBe(1);
    expect(keys(document, [at("size/more.go", "package size\n\ntype U int\n")]).length).toBe(2);
    expect(keys(document, [at("go.mod", "module example.com/other\n")])).toEqual([
      "main.go:6:6: go:wasmexport: unsupported parameter type T",
    ]);
  });

  test("files that are nowhere else, with and without a go.mod", () => {
    const document = virtual("m/main.go", main);
    const open = [virtual("m/types.go", "package main\n\ntype T int\n"), virtual("m/size/size.go", "package size\n\ntype T int\n")];
    const both = [
      "m/main.go:6:6: go:wasmexport: unsupported parameter type size.T",
      "m/main.go:6:6: go:wasmexport: unsupported parameter type T",
    ];
    expect(keys(document, open)).toEqual(both);
    expect(keys(document, [...open, virtual("m/go.mod", "module example.com/m\n")])).toEqual(both);
    // Another module has no such package.
    expect(keys(document, [...open, virtual("m/go.mod", "module example.com/other\n")])).toEqual([both[1]]);
  });

  test("files on disk are read again when they change, also within one tick of the clock", () => {
    modules.write({
      "go.mod": "module example.com/m\n",
      "main.go": main,
      "types.go": "package main\n\ntype T int\n",
      "size/size.go": "package size\n\ntype T int\n",
    });
    const used = workspace();
    const document = documentAt(join(modules.folder, "main.go"));
    expect(keys(document, [], used).length).toBe(2);
    // The same length, and perhaps the same time.
    modules.write({ "types.go": "package main\n\ntype T any\n".replace("any", "i32"), "more.go": "package main\n\ntype i32 = int32\n" });
    expect(keys(document, [], used).length).toBe(1);
    rmSync(join(modules.folder, "size"), { recursive: true });
    expect(keys(document, [], used).length).toBe(0);
  });
});

/** The folders that were listed, and the files that were read or looked at. */
function counting(): { files: GoFiles; seen: Set<string> } {
  const disk = new DiskFiles();
  const seen = new Set<string>();
  const note = <T>(path: string, value: T): T => {
    seen.add(path);
    return value;
  };
  return {
    seen,
    files: {
      document: (path, age) => note(path, disk.document(path, age)),
      files: (path, age) => note(path, disk.files(path, age)),
      folders: (path, age) => note(path, disk.folders(path, age)),
      recheck: () => disk.recheck(),
    },
  };
}

describe("reading", () => {
  test("the standard library and the module cache are read only when a directive needs a type from there", () => {
    modules.cache("example.com/far", "v1.0.0", { "go.mod": "module example.com/far\n", "far.go": "package far\n\ntype T int\n" });
    const text =
      'package main\n\nimport (\n\t"fmt"\n\t"net/http"\n\t"time"\n\n\t"example.com/far"\n)\n\n//go:wasmexport f\nfunc f(a int, d time.Duration) { fmt.Println(http.StatusOK, far.T(1)) }\n\nfunc main() {}\n';
    modules.write({ "go.mod": "module example.com/m\n\ngo 1.24\n\nrequire example.com/far v1.0.0\n", "main.go": text });
    const { files, seen } = counting();
    const used = workspace(files);
    const source = join(installation.root!, "src");
    const foreign = (): string[] => [...seen].filter((path) => path.startsWith(source) || path.startsWith(installation.moduleCache!));
    keys(documentAt(join(modules.folder, "main.go"), text.replace("d time.Duration", "d int64")), [], used);
    expect(foreign()).toEqual([]);
    keys(documentAt(join(modules.folder, "main.go")), [], used);
    expect(foreign().filter((path) => !path.startsWith(join(source, "time")))).toEqual([]);
    expect(foreign().length).toBeGreaterThan(1);
  });

  test("nothing that is installed is needed", () => {
    const none: GoInstallation = { root: undefined, moduleCache: undefined, work: undefined, mod: undefined, tags: [], version: undefined };
    modules.write({
      "go.mod": "module example.com/m\n",
      "main.go":
        'package main\n\nimport (\n\t"time"\n\n\t"example.com/m/geom"\n)\n\n//go:wasmexport f\nfunc f(m time.Month, p *geom.Point, q *geom.Path) {}\n\nfunc main() {}\n',
      "geom/geom.go": withMarker,
    });
    const document = documentAt(join(modules.folder, "main.go"));
    expect(keys(document, [], workspace(new DiskFiles(), none))).toEqual([
      "main.go:10:6: go:wasmexport: unsupported parameter type time.Month",
      "main.go:10:6: go:wasmexport: unsupported parameter type *geom.Path",
    ]);
  });

  test("circles of links, folders that cannot be read, huge files and files that are none are survived", () => {
    modules.write({
      "go.mod": "module example.com/m\n",
      "main.go":
        'package main\n\nimport (\n\t"example.com/m/circle"\n\t"example.com/m/closed"\n\t"example.com/m/huge"\n\t"example.com/m/linked"\n\t"example.com/m/odd"\n)\n\n//go:wasmexport f\nfunc f(a circle.T, b closed.T, c huge.T, d linked.T, e odd.T, g int) {}\n\nfunc main() {}\n',
      "closed/closed.go": "package closed\n\ntype T int\n",
      "huge/huge.go": `package huge\n\ntype T int\n//${"x".repeat(5_000_000)}\n`,
      "real/linked.go": "package linked\n\ntype T int\n",
    });
    const at = (path: string): string => join(modules.folder, path);
    symlinkSync("circle", at("circle"));
    symlinkSync("..", at("real/up"));
    symlinkSync("main.go", at("loop.go"));
    symlinkSync("gone.go", at("dangling.go"));
    symlinkSync("real", at("linked"));
    mkdirSync(at("odd/odd.go"), { recursive: true });
    chmodSync(at("closed/closed.go"), 0);
    rmSync(at("loop.go"));
    symlinkSync("loop.go", at("loop.go"));
    const found = keysAt("main.go").map((key) => key.slice(key.lastIndexOf(" ") + 1));
    // Root may read what is closed.
    expect(found.filter((type) => type !== "closed.T")).toEqual(["linked.T", "int"]);
  });

  test("a file with an old time that changed is read again", () => {
    modules.write({ "go.mod": "module example.com/m\n", "a.go": "package m\n\ntype T int\n" });
    const path = join(modules.folder, "a.go");
    const disk = new DiskFiles();
    utimesSync(path, 1000, 1000);
    const before = disk.document(path, 0);
    expect(disk.document(path, 0)).toBe(before);
    writeFileSync(path, "package m\n\ntype U int\n");
    expect(disk.document(path, 60_000)).toBe(before);
    expect(disk.document(path, 0)!.text).toContain("type U");
  });
});

const exporting = (packageName: string, name: string): string => `package ${packageName}\n\n//go:wasmexport ${name}\nfunc f() {}\n`;
const duplicates = (document: GoDocument, used: GoWorkspace): number => {
  const options = used.optionsFor(document, [document], { target: "wasip1-reactor", goVersion: "", buildTags: "" });
  return goDiagnostics(document, options).filter(({ code }) => code === "duplicate-symbol").length;
};

describe("packages of the same program", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date", "setImmediate"] });
    modules.write({
      "go.mod": "module example.com/m\n",
      "main.go": exporting("main", "same").replace("main\n", 'main\n\nimport _ "example.com/m/a"\n'),
      "a/a.go": exporting("a", "other"),
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("are looked at again behind an answer, which is then told to be old", () => {
    const old: string[] = [];
    const used = new GoWorkspace(new DiskFiles(), installation, { goos: "linux", goarch: "amd64" }, (uri) => old.push(uri));
    const document = documentAt(join(modules.folder, "main.go"));
    expect(duplicates(document, used)).toBe(0);
    modules.write({ "a/a.go": exporting("a", "same") });
    vi.advanceTimersByTime(10_000);
    expect([duplicates(document, used), old]).toEqual([0, []]);
    vi.advanceTimersByTime(10);
    expect([duplicates(document, used), old]).toEqual([1, [document.uri]]);
    vi.advanceTimersByTime(10_000);
    duplicates(document, used);
    vi.advanceTimersByTime(10);
    expect(old.length).toBe(1);
  });

  test("are looked at again at once where the editor says that files have changed", () => {
    const used = workspace();
    const document = documentAt(join(modules.folder, "main.go"));
    expect(duplicates(document, used)).toBe(0);
    modules.write({ "a/a.go": exporting("a", "same") });
    expect(duplicates(document, used)).toBe(0);
    used.filesChanged();
    expect(duplicates(document, used)).toBe(1);
    expect(used.dependsOn(document, join(modules.folder, "a"))).toBe(true);
    expect(used.dependsOn(document, join(modules.folder, "b"))).toBe(false);
  });
});
