/** Where imports lead, compared with `go list` on the same files. */
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PackageFinder } from "#core/go/packages/package-finder.ts";
import { goInstallation } from "#go-check/environment.ts";
import { DiskFiles } from "#go-check/files.ts";
import { GoView } from "#go-check/view.ts";
import { moduleFolder, type ModuleFolder } from "../../support/go-modules.ts";

let modules: ModuleFolder;
beforeEach(() => {
  modules = moduleFolder();
});
afterEach(() => modules.remove());

interface Listed {
  readonly ImportPath: string;
  readonly Dir: string;
  readonly Imports?: readonly string[];
  readonly ImportMap?: Readonly<Record<string, string>>;
  readonly GoFiles?: readonly string[];
  readonly Error?: unknown;
}

/** Every package that the one in `folder` reaches, the standard library's included. */
function listed(folder: string): Listed[] {
  const run = spawnSync("go", ["list", "-e", "-deps", "-json=ImportPath,Dir,Imports,ImportMap,GoFiles,Error", "."], {
    cwd: folder,
    env: { ...process.env, ...modules.env, GOOS: "wasip1", GOARCH: "wasm" },
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const found = JSON.parse(`[${run.stdout.replaceAll("\n}\n{", "\n},\n{")}]`) as Listed[];
  const broken = found.filter(({ Error }) => Error !== undefined);
  if (found.length === 0 || broken.length > 0) throw new Error(run.stderr + JSON.stringify(broken));
  return found;
}

/** The folder of each import, by go list and by us. */
function compare(folder: string): { readonly wanted: string[]; readonly found: string[] } {
  const packages = listed(folder);
  const folders = new Map(packages.map(({ ImportPath, Dir }) => [ImportPath, Dir]));
  const installation = goInstallation({ ...process.env, ...modules.env }, process.platform);
  const finder = new PackageFinder(folder, new GoView(new DiskFiles(), [], () => 0), installation);
  const wanted: string[] = [];
  const found: string[] = [];
  for (const { ImportPath, Dir, Imports, ImportMap, GoFiles } of packages) {
    const importer = join(Dir, GoFiles![0] ?? "x.go");
    const written = new Map(Object.entries(ImportMap ?? {}).map(([from, to]) => [to, from]));
    for (const path of Imports ?? []) {
      if (path === "unsafe" || path === "C") continue;
      wanted.push(`${ImportPath} -> ${path}: ${folders.get(path)}`);
      found.push(`${ImportPath} -> ${path}: ${finder.find(written.get(path) ?? path, importer)?.folder}`);
    }
  }
  return { wanted, found };
}

function expectAsListed(folder: string, ...some: string[]): void {
  const { wanted, found } = compare(folder);
  expect(found).toEqual(wanted);
  for (const line of some) expect(found.join("\n")).toContain(line);
}

const importing = (packageName: string, ...paths: string[]): string =>
  `package ${packageName}\n\n${paths.map((path) => `import _ "${path}"\n`).join("")}${packageName === "main" ? "func main() {}\n" : ""}`;

describe("imports lead where the go command finds them", () => {
  test("standard library, with its own vendored packages", () => {
    modules.write({ "go.mod": "module example.com/m\n\ngo 1.24\n", "main.go": importing("main", "net/http", "math/rand/v2") });
    expectAsListed(modules.folder, "vendor/golang.org/x/net/");
  });

  test("packages of the module, and a module without a dot in its path", () => {
    modules.write({
      "go.mod": "module plain\n\ngo 1.24\n",
      "main.go": importing("main", "plain/a", "plain/a/b", "sort"),
      "a/a.go": "package a\n",
      "a/b/b.go": "package b\n",
    });
    expectAsListed(modules.folder);
  });

  test("replaced by folders and by other modules, one version and all", () => {
    const sums = [
      modules.cache("example.com/New/Fork", "v1.5.0", { "go.mod": "module example.com/New/Fork\n\ngo 1.20\n", "x/x.go": "package x\n" }),
      modules.cache("example.com/kept", "v1.1.0", { "go.mod": "module example.com/kept\n\ngo 1.20\n", "k.go": "package kept\n" }),
    ];
    modules.write({
      "app/go.mod": `module example.com/app

go 1.24

require (
	example.com/local v1.0.0
	example.com/old v1.0.0
	example.com/kept v1.1.0
)

replace example.com/local => ../local
replace example.com/old v1.0.0 => example.com/New/Fork v1.5.0
replace example.com/kept v1.0.0 => ../nowhere
`,
      "app/go.sum": sums.join(""),
      "app/main.go": importing("main", "example.com/local/in", "example.com/old/x", "example.com/kept"),
      "local/go.mod": "module example.com/local\n\ngo 1.20\n",
      "local/in/in.go": importing("in", "example.com/kept"),
    });
    expectAsListed(join(modules.folder, "app"), "cache/example.com/!new/!fork@v1.5.0/x");
  });

  test("the longest module path that has the package", () => {
    const sums = [
      modules.cache("example.com/a", "v1.0.0", {
        "go.mod": "module example.com/a\n\ngo 1.20\n",
        "b/one/o.go": "package one\n",
        "p.go": "package a\n",
      }),
      modules.cache("example.com/a/b", "v1.0.0", { "go.mod": "module example.com/a/b\n\ngo 1.20\n", "two/t.go": "package two\n" }),
    ];
    modules.write({
      "go.mod": "module example.com/m\n\ngo 1.24\n\nrequire (\n\texample.com/a v1.0.0\n\texample.com/a/b v1.0.0\n)\n",
      "go.sum": sums.join(""),
      "main.go": importing("main", "example.com/a", "example.com/a/b/one", "example.com/a/b/two"),
    });
    expectAsListed(modules.folder, "cache/example.com/a/b@v1.0.0/two", "cache/example.com/a@v1.0.0/b/one");
  });

  test("an old go.mod leaves versions to the modules that it requires", () => {
    const sums = [
      modules.cache("example.com/one", "v1.0.0", {
        "go.mod": "module example.com/one\n\ngo 1.16\n\nrequire example.com/deep v1.3.0\n",
        "o.go": importing("one", "example.com/deep"),
      }),
      modules.cache("example.com/two", "v1.0.0", {
        "go.mod": "module example.com/two\n\ngo 1.16\n\nrequire example.com/deep v1.12.0\n",
        "t.go": importing("two", "example.com/deep"),
      }),
      modules.cache("example.com/deep", "v1.3.0", { "go.mod": "module example.com/deep\n", "d.go": "package deep\n" }),
      modules.cache("example.com/deep", "v1.12.0", { "go.mod": "module example.com/deep\n", "d.go": "package deep\n" }),
    ];
    modules.write({
      "go.mod": "module example.com/m\n\ngo 1.16\n\nrequire (\n\texample.com/one v1.0.0\n\texample.com/two v1.0.0\n)\n",
      "go.sum": sums.join(""),
      "main.go": importing("main", "example.com/one", "example.com/two"),
    });
    expectAsListed(modules.folder, "cache/example.com/deep@v1.12.0");
  });

  test("a vendor folder", () => {
    const sum = modules.cache("example.com/v", "v1.0.0", {
      "go.mod": "module example.com/v\n\ngo 1.20\n",
      "v.go": "package v\n",
      "in/in.go": "package in\n",
    });
    modules.write({
      "go.mod": "module example.com/m\n\ngo 1.24\n\nrequire example.com/v v1.0.0\n",
      "go.sum": sum,
      "main.go": importing("main", "example.com/v", "example.com/v/in"),
    });
    execFileSync("go", ["mod", "vendor"], { cwd: modules.folder, env: { ...process.env, ...modules.env }, stdio: "ignore" });
    expectAsListed(modules.folder, `${modules.folder}/vendor/example.com/v/in`);
  });

  test("a vendor folder of a workspace", () => {
    const sum = modules.cache("example.com/v", "v1.0.0", { "go.mod": "module example.com/v\n\ngo 1.20\n", "v.go": "package v\n" });
    modules.write({
      "go.work": "go 1.24\n\nuse (\n\t./app\n\t./lib\n)\n",
      "go.work.sum": sum,
      "app/go.mod": "module example.com/app\n\ngo 1.24\n\nrequire example.com/v v1.0.0\n",
      "app/main.go": importing("main", "example.com/v", "example.com/lib"),
      "lib/go.mod": "module example.com/lib\n\ngo 1.24\n",
      "lib/lib.go": "package lib\n",
    });
    execFileSync("go", ["work", "vendor"], { cwd: modules.folder, env: { ...process.env, ...modules.env }, stdio: "ignore" });
    expectAsListed(join(modules.folder, "app"), `${modules.folder}/vendor/example.com/v`, `${modules.folder}/lib`);
  });

  test("a module inside of a module's folder is another one", () => {
    const sum = modules.cache("example.com/m/inner", "v1.0.0", {
      "go.mod": "module example.com/m/inner\n\ngo 1.20\n",
      "deep/d.go": "package deep\n",
    });
    modules.write({
      "go.mod": "module example.com/m\n\ngo 1.24\n\nrequire example.com/m/inner v1.0.0\n",
      "go.sum": sum,
      "main.go": importing("main", "example.com/m/inner/deep", "example.com/m/own/deep"),
      "inner/go.mod": "module example.com/m/inner\n\ngo 1.24\n",
      "inner/deep/d.go": "package deep\n",
      "own/deep/d.go": "package deep\n",
    });
    expectAsListed(modules.folder, "cache/example.com/m/inner@v1.0.0/deep");
  });

  test("a workspace, whose replacements win", () => {
    modules.write({
      "go.work": "go 1.24\n\nuse (\n\t./app\n\t./lib\n)\n\nreplace example.com/x => ./x-work\n",
      "app/go.mod": "module example.com/app\n\ngo 1.24\n\nrequire example.com/x v1.0.0\n",
      "app/main.go": importing("main", "example.com/lib", "example.com/lib/sub", "example.com/x"),
      "lib/go.mod": "module example.com/lib\n\ngo 1.24\n",
      "lib/lib.go": "package lib\n",
      "lib/sub/sub.go": importing("sub", "example.com/x"),
      "x-work/go.mod": "module example.com/x\n\ngo 1.24\n",
      "x-work/x.go": "package x\n",
    });
    expectAsListed(join(modules.folder, "app"), `${modules.folder}/x-work`);
  });
});

test("a module that the workspace does not use is taken alone", () => {
  modules.write({
    "go.work": "go 1.24\n\nuse ./app\n",
    "app/go.mod": "module example.com/app\n",
    "app/a.go": "package app\n",
    "other/go.mod": "module example.com/other\n",
    "other/o.go": "package other\n",
  });
  const installation = goInstallation({ GOENV: "off" }, process.platform);
  const finder = new PackageFinder(join(modules.folder, "other"), new GoView(new DiskFiles(), [], () => 0), installation);
  expect(finder.find("example.com/app", "x.go")).toBeUndefined();
  expect(finder.find("example.com/other", "x.go")).toEqual({ folder: join(modules.folder, "other"), origin: "workspace" });
  expect(finder.find("example.com/other/../app", "x.go")).toBeUndefined();
});

test("the environment is what go env prints", () => {
  const saved = join(modules.folder, "env");
  modules.write({ env: `GOMODCACHE=${modules.folder}/elsewhere\nGOFLAGS=-mod=mod -v\n` });
  for (const changes of [
    { GOENV: "off", GOMODCACHE: "" },
    { GOENV: saved },
    { GOENV: saved, GOMODCACHE: "/given" },
    { GOENV: "off", GOPATH: "/p" },
  ]) {
    const env: Record<string, string | undefined> = {
      ...process.env,
      GOTOOLCHAIN: "local",
      GOROOT: "",
      GOFLAGS: "",
      GOMODCACHE: "",
      ...changes,
    };
    const [root, cache, version] = execFileSync("go", ["env", "GOROOT", "GOMODCACHE", "GOVERSION"], { env, encoding: "utf8" }).split("\n");
    expect(goInstallation(env, process.platform)).toMatchObject({ root, moduleCache: cache, version });
  }
  expect(goInstallation({ GOENV: saved, PATH: "/nowhere" }, process.platform)).toMatchObject({
    root: undefined,
    version: undefined,
    mod: "mod",
  });
});
