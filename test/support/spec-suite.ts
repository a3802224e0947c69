import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** One script of the WebAssembly core test suite. */
export interface SpecScript {
  /** Path below the suite's folder, such as `gc/array.wast`. */
  readonly path: string;
  readonly text: string;
}

let suite: readonly SpecScript[] | undefined;

/**
 * The scripts of the WebAssembly core test suite, read once in a process. They are not part of this repository: they are read from the folder or `.tar.gz`
 * that `WASM_SPEC` names, else from `../shared/corpus/spec/spec-core.tar.gz` beside the project. Throws where there are none, so that a
 * test of the suite never passes by reading nothing.
 */
export function specSuite(): readonly SpecScript[] {
  return (suite ??= readSuite());
}

function readSuite(): readonly SpecScript[] {
  const place = process.env["WASM_SPEC"] ?? fileURLToPath(new URL("../../../shared/corpus/spec/spec-core.tar.gz", import.meta.url));
  if (!existsSync(place)) throw new Error(`no WebAssembly core test suite at ${place}; set WASM_SPEC to its folder or .tar.gz`);
  if (statSync(place).isDirectory()) return scriptsIn(place);
  const folder = mkdtempSync(join(tmpdir(), "wasm-spec-"));
  try {
    execFileSync("tar", ["-xzf", place, "-C", folder]);
    return scriptsIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scriptsIn(folder: string): SpecScript[] {
  const scripts = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".wast"))
    .sort()
    .map((path) => ({ path: relative(folder, join(folder, path)).replace(/^core\//, ""), text: readFileSync(join(folder, path), "utf8") }));
  if (scripts.length === 0) throw new Error(`no .wast file below ${folder}`);
  return scripts;
}
