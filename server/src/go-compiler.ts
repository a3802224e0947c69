/** Runs the installed Go compiler on a package, in a process group of its own that can be ended as a whole. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface CompileRequest {
  /** Of the package. */
  readonly folder: string;
  readonly goos: string;
  readonly goarch: string;
  readonly tags: readonly string[];
  /** `-buildmode=c-shared`. */
  readonly isReactor: boolean;
  /** The package's tests too. */
  readonly withTests: boolean;
  /** Outside of a module the go command wants to know the file. */
  readonly file: string | undefined;
}

export interface CompileOutcome {
  /** What the process ended with; -1 where it did not end by itself. */
  readonly status: number;
  /** Its standard error. */
  readonly output: string;
}

export interface GoCompiler {
  /** Undefined where `signal` ended it. Rejects where Go cannot be run. */
  compile(request: CompileRequest, signal: AbortSignal): Promise<CompileOutcome | undefined>;
}

/** A build that takes longer than this, in milliseconds, is given up: nobody waits for it. */
const patience = 5 * 60_000;
/** Characters of output that are kept. */
const maximalOutput = 1_000_000;

/**
 * Nothing is fetched, and nothing but Go's own programs is started: no other toolchain, no version control, no modules that are not
 * there yet. What the user builds in a terminal may do all that.
 */
const quietEnvironment = { GOTOOLCHAIN: "local", GOPROXY: "off", GOVCS: "*:off" };

export class InstalledGoCompiler implements GoCompiler {
  readonly #command: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #running = new Set<{ readonly child: ChildProcess; readonly folder: string }>();

  /** `root` is the toolchain's folder, `environment` what its processes get besides the target. */
  constructor(root: string, environment: NodeJS.ProcessEnv) {
    this.#command = join(root, "bin", process.platform === "win32" ? "go.exe" : "go");
    this.#environment = environment;
  }

  async compile(request: CompileRequest, signal: AbortSignal): Promise<CompileOutcome | undefined> {
    if (signal.aborted) return undefined;
    const folder = mkdtempSync(join(tmpdir(), "go-wasm-compile-"));
    try {
      return await this.#run(request, folder, signal);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Ends what runs and removes its files, at once: for the end of the process. */
  kill(): void {
    for (const { child, folder } of this.#running) {
      killGroup(child);
      rmSync(folder, { recursive: true, force: true });
    }
  }

  #run(request: CompileRequest, folder: string, signal: AbortSignal): Promise<CompileOutcome | undefined> {
    const child = spawn(this.#command, commandLine(request, join(folder, "out")), {
      cwd: request.folder,
      env: {
        // The go command, killed, leaves its folder behind: it lies in ours, which goes.
        GOTMPDIR: folder,
        ...this.#environment,
        ...quietEnvironment,
        GOOS: request.goos,
        GOARCH: request.goarch,
        PWD: request.folder,
      },
      stdio: ["ignore", "ignore", "pipe"],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    const running = { child, folder };
    this.#running.add(running);
    let output = "";
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text: string) => {
      if (output.length < maximalOutput) output += text;
    });
    const end = (): void => killGroup(child);
    const timer = setTimeout(end, patience);
    signal.addEventListener("abort", end, { once: true });
    const outcome = new Promise<CompileOutcome | undefined>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve(signal.aborted ? undefined : { status: code ?? -1, output }));
    });
    return outcome.finally(() => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      this.#running.delete(running);
    });
  }
}

function commandLine({ withTests, isReactor, tags, file }: CompileRequest, output: string): string[] {
  return [
    ...(withTests ? ["test", "-c", "-vet=off"] : ["build"]),
    // Every error, not the first ten.
    "-gcflags=-e",
    // Stamps the program by running version control, which a workspace can configure to run anything.
    "-buildvcs=false",
    ...(isReactor ? ["-buildmode=c-shared"] : []),
    ...(tags.length > 0 ? [`-tags=${tags.join(",")}`] : []),
    "-o",
    output,
    file ?? ".",
  ];
}

/** The go command and the compilers and linkers that it has started. */
function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore", windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended in the meantime.
  }
}
