/** Builds many small modules at once with the installed Go, as packages of one module. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { goEnvironment } from "../../../support/go-toolchain.ts";

export interface GoSources {
  readonly id: string;
  readonly goos: "wasip1" | "js" | "linux";
  /** Path to text, `go.mod` of module example.com/m included. */
  readonly files: Readonly<Record<string, string>>;
}

/** What the compiler prints about each that it refuses, by id. Programs are compiled, not linked. */
export function compilerErrors(all: readonly GoSources[]): Map<string, string[]> {
  const errors = new Map<string, string[]>();
  for (const goos of ["wasip1", "js", "linux"] as const) {
    const group = all.filter((sources) => sources.goos === goos);
    for (let from = 0; from < group.length; from += 500) compileGroup(group.slice(from, from + 500), goos, errors);
  }
  return errors;
}

function compileGroup(group: readonly GoSources[], goos: GoSources["goos"], errors: Map<string, string[]>): void {
  const folder = mkdtempSync(join(tmpdir(), "go-wasm-fixes-"));
  try {
    writeFileSync(join(folder, "go.mod"), "module example.com/m\n\ngo 1.24\n");
    for (const [index, { files }] of group.entries()) {
      for (const [path, text] of Object.entries(files)) {
        if (path === "go.mod") continue;
        const file = join(folder, `c${index}`, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text.replaceAll('"example.com/m/', `"example.com/m/c${index}/`));
      }
    }
    const environment = { ...goEnvironment(goos === "linux" ? {} : { os: goos }), GOTOOLCHAIN: "local", CGO_ENABLED: "0" };
    const built = spawnSync("go", ["build", "-gcflags=-e", "./..."], {
      cwd: folder,
      env: environment,
      maxBuffer: 1 << 28,
      timeout: 900_000,
    });
    const output = built.stderr.toString();
    for (const line of output.split("\n")) {
      const index = /^(?:\.\/)?c([0-9]+)\//u.exec(line)?.[1];
      const id = index === undefined ? undefined : group[Number(index)]?.id;
      if (id !== undefined) errors.set(id, [...(errors.get(id) ?? []), line]);
    }
    if (built.status !== 0 && errors.size === 0) throw new Error(`go build failed: ${String(built.error ?? output)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
