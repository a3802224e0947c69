import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../cli/src/command-line.ts";

export interface CommandRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `go-wasm` with these arguments in a folder. */
export async function goWasm(folder: string, ...args: readonly string[]): Promise<CommandRun> {
  let out = "";
  let err = "";
  const code = await runCommandLine(args, {
    version: "9.8.7",
    folder,
    signal: new AbortController().signal,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  return { code, out, err };
}

/** A folder that is removed when `use` is done. */
export async function withFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "go-wasm-cli-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
