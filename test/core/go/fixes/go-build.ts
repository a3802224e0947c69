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

/** What the compiler (and, with `link`, the linker) prints about each that it refuses, by id. Linking takes ten times as long. */
export function compilerErrors(all: readonly GoSources[], link = false): Map<string, string[]> {
  const errors = new Map<string, string[]>();
  for (const goos of ["wasip1", "js", "linux"] as const) {
    const group = all.filter((sources) => sources.goos === goos);
    for (let from = 0; from < group.length; from += 500) compileGroup(group.slice(from, from + 500), goos, link, errors);
  }
  return errors;
}

function compileGroup(group: readonly GoSources[], goos: GoSources["goos"], link: boolean, errors: Map<string, string[]>): void {
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
    // Of several programs `go build` keeps none; `go list -export` has them compiled as it does, and links none.
    const args = link
      ? ["build", "-gcflags=-e", "./..."]
      : ["list", "-e", "-export", "-gcflags=-e", "-f", "{{with .Error}}{{.}}{{end}}", "./..."];
    const built = spawnSync("go", args, { cwd: folder, env: environment, maxBuffer: 1 << 28, timeout: 900_000 });
    const output = `${built.stdout.toString()}\n${built.stderr.toString()}`;
    if (built.error !== undefined || /^go: /mu.test(output))
      throw new Error(`go ${args.join(" ")} failed: ${String(built.error ?? output)}`);
    for (const line of output.split("\n")) {
      const index = /^(?:\.\/)?c([0-9]+)\//u.exec(line)?.[1];
      const id = index === undefined ? undefined : group[Number(index)]?.id;
      if (id !== undefined) errors.set(id, [...(errors.get(id) ?? []), line]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
