import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readModuleFile } from "#core/go/packages/module-file.ts";
import { vendoredPackages } from "#core/go/packages/vendor-list.ts";

/** What `go mod edit -json` or `go work edit -json` prints. */
interface Printed {
  readonly Module?: { readonly Path: string };
  readonly Go?: string;
  readonly Toolchain?: string;
  readonly Require?: readonly { readonly Path: string; readonly Version: string }[];
  readonly Replace?: readonly { readonly Old: Named; readonly New: Named }[];
  readonly Use?: readonly { readonly DiskPath: string }[];
}
interface Named {
  readonly Path: string;
  readonly Version?: string;
}

function byGo(kind: "mod" | "work", text: string): Printed {
  const folder = mkdtempSync(join(tmpdir(), "go-wasm-mod-"));
  try {
    const file = join(folder, `go.${kind}`);
    writeFileSync(file, text);
    return JSON.parse(
      execFileSync("go", [kind, "edit", "-json", file], { cwd: folder, encoding: "utf8", env: { ...process.env, GOTOOLCHAIN: "local" } }),
    ) as Printed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function expectAsGo(kind: "mod" | "work", text: string): void {
  const ours = readModuleFile(text);
  const go = byGo(kind, text);
  expect(ours).toEqual({
    module: go.Module?.Path,
    go: go.Go,
    toolchain: go.Toolchain,
    requires: (go.Require ?? []).map(({ Path, Version }) => ({ path: Path, version: Version })),
    replaces: (go.Replace ?? []).map(({ Old, New }) => ({ path: Old.Path, version: Old.Version, to: New.Path, toVersion: New.Version })),
    uses: (go.Use ?? []).map(({ DiskPath }) => DiskPath),
  });
}

test("go.mod says what the go command reads in it", () => {
  expectAsGo(
    "mod",
    `// a module
module "example.com/ab" // of ours

go 1.24.2
toolchain go1.26.0

require (
	example.com/one v1.2.3 // indirect
	"example.com/two" v0.0.0-20200101000000-abcdefabcdef
	// nothing
)
require example.com/three/v3 v3.0.0+incompatible
exclude example.com/one v1.2.4
retract (
	v1.0.0 // broken
	[v1.1.0, v1.1.5]
)
replace example.com/one => ../one
replace (
	example.com/two v0.0.0-20200101000000-abcdefabcdef => example.com/fork v1.0.0
	example.com/four => "./a folder"
)
tool example.com/one/cmd
`,
  );
});

test("go.work says what the go command reads in it", () => {
  expectAsGo(
    "work",
    `go 1.24
use ./app
use (
	./lib // ours
	"../with space"
)
replace example.com/x v1.0.0 => ./x
`,
  );
});

describe("what cannot be read is left out", () => {
  test.each(["", "module", "module (", "replace a", "replace a =>", "replace a v1 v2 => b", "use (\n(\n", "require )", "\0\0"])(
    "%j",
    (text) => {
      const { module, replaces, uses } = readModuleFile(text);
      expect([module === undefined || module === "(", replaces, uses.filter((use) => use !== "(")]).toEqual([true, [], []]);
    },
  );
});

test("vendor/modules.txt lists packages below their modules", () => {
  const text = "# example.com/one v1.2.3 => ../one\n## explicit; go 1.20\nexample.com/one\nexample.com/one/sub\n# example.com/two v1.0.0\n";
  expect([...vendoredPackages(text)]).toEqual(["example.com/one", "example.com/one/sub"]);
});
