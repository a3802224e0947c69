/** Runs the `go` command: found, in the right environment, and ended with the launch. */
import { spawn } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { UserError } from "./user-error.ts";
import { inOwnFolder } from "./own-folder.ts";
import { groupOptions, ownGroup } from "./process-group.ts";

export interface GoCommand {
  /** Path of the executable. */
  readonly executable: string;
  readonly folder: string;
  /** Without a target: for programs that run on this machine. */
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

export interface GoRun {
  readonly code: number | null;
  /** Empty where the caller takes it as it comes. */
  readonly output: string;
  readonly errors: string;
}

/** What WebAssembly is built for: the value of `GOOS`. */
export type GoTarget = "wasip1" | "js";

export interface GoRunOptions {
  /** `host`: for this machine, with nothing of the user's flags. */
  readonly target: GoTarget | "host";
  readonly folder?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Gets the standard error, which then is not kept. */
  readonly onErrors?: (chunk: Buffer) => void;
  readonly input?: string;
}

/** The tail of what a failed command says is where the reason stands. */
const longestOutput = 64 * 1024 * 1024;

/** Rejects with {@link UserError} where Go is not installed. */
export async function findGo(env: NodeJS.ProcessEnv): Promise<string> {
  const name = process.platform === "win32" ? "go.exe" : "go";
  const folders = (env["PATH"] ?? env["Path"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const root = env["GOROOT"];
  if (root) folders.push(join(root, "bin"));
  folders.push(process.platform === "win32" ? "C:\\Program Files\\Go\\bin" : "/usr/local/go/bin");
  for (const folder of folders) {
    const path = join(folder, name);
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  throw new UserError(
    'Go is not installed, or "go" is not on the PATH: a Go package cannot be built. Modules that are built already can be debugged: name the .wasm file in "program"',
  );
}

/** Resolves when the command has ended, whatever its exit code. Rejects where it cannot be started, and when the launch is cancelled. */
export function runGo(go: GoCommand, args: readonly string[], options: GoRunOptions): Promise<GoRun> {
  if (go.env["GOTMPDIR"]) return runCommand(go, go.executable, args, options);
  // A build that is ended leaves behind what it works on, of which there may be hundreds of megabytes.
  return inOwnFolder((folder) => runCommand(go, go.executable, args, { ...options, env: { GOTMPDIR: folder, ...options.env } }));
}

/** As {@link runGo}, for a program that `go` has built. */
export function runCommand(go: GoCommand, executable: string, args: readonly string[], options: GoRunOptions): Promise<GoRun> {
  const { target, folder, env, onErrors, input } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(executable, [...args], {
      cwd: folder ?? go.folder,
      env: { ...go.env, ...targetVariables[target], ...env },
      ...groupOptions,
    });
    const release = ownGroup(child, go.signal);
    const output = new Collector();
    const errors = new Collector();
    child.stdout.on("data", (chunk: Buffer) => output.add(chunk));
    child.stderr.on("data", (chunk: Buffer) => (onErrors ? onErrors(chunk) : errors.add(chunk)));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input ?? "");
    child.once("error", (error) => {
      release();
      reject(go.signal.aborted ? new UserError("the launch was cancelled") : new UserError(`cannot run ${executable}: ${error.message}`));
    });
    child.once("close", (code) => {
      release();
      if (go.signal.aborted) reject(new UserError("the launch was cancelled"));
      else resolve({ code, output: output.text(), errors: errors.text() });
    });
  });
}

const targetVariables: Readonly<Record<GoRunOptions["target"], NodeJS.ProcessEnv>> = {
  wasip1: { GOOS: "wasip1", GOARCH: "wasm" },
  js: { GOOS: "js", GOARCH: "wasm" },
  host: { GOOS: "", GOARCH: "", GOFLAGS: "", GOWORK: "off" },
};

class Collector {
  readonly #chunks: Buffer[] = [];
  #length = 0;

  add(chunk: Buffer): void {
    if (this.#length > longestOutput) return;
    this.#length += chunk.length;
    this.#chunks.push(chunk);
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString("utf8");
  }
}
