import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LineSplitter } from "../../debuggee/line-splitter.ts";
import { type HelloMessage, tokenVariable } from "../../debuggee/start-message.ts";
import type { EngineOutput, TargetEnd } from "../engine.ts";

export interface DebuggeeCommand {
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Has a command started in a terminal of the client. Rejects when the client refuses. */
export type RunInTerminal = (command: DebuggeeCommand) => Promise<void>;

export interface DebuggeeEvents {
  line(line: string): void;
  output(output: EngineOutput): void;
  /** Once, and last of all: process and pipes are gone. */
  ended(end: TargetEnd): void;
}

/** How long a new process may take until its relay says hello. */
const helloLimit = 20_000;

/** The debuggee's process and the pipe to the relay in it. Ending the pipe ends the process, whatever it is doing. */
export class DebuggeeProcess {
  /** Resolves when the relay is connected; rejects when the process cannot be started. */
  readonly connected: Promise<void>;
  #events: DebuggeeEvents | undefined;
  /** What happened while nobody listened. */
  readonly #early: ((events: DebuggeeEvents) => void)[] = [];
  readonly #token = randomBytes(16).toString("hex");
  readonly #lines: LineSplitter;
  #socket: Socket | undefined;
  #child: ChildProcess | undefined;
  #hello: ((peer: Socket) => void) | undefined;
  #ended = false;
  /** Told by the debuggee itself, for a process that is not our child. */
  exitCode: number | undefined;
  #endedByUs = false;

  /** Starts at once; `terminal`: in a terminal of the client. */
  constructor(command: DebuggeeCommand, terminal: RunInTerminal | undefined) {
    this.#lines = new LineSplitter((line) => this.#tell((events) => events.line(line)));
    this.connected = terminal ? this.#startInTerminal(command, terminal) : this.#startChild(command);
    // Whoever is to use the process may still be busy when it fails.
    this.connected.catch(() => undefined);
  }

  /** From now on, and of what has happened before. */
  listen(events: DebuggeeEvents): void {
    this.#events = events;
    for (const told of this.#early.splice(0)) told(events);
  }

  write(line: string): void {
    this.#socket?.write(`${line}\n`);
  }

  /** To be called while a line is told: the next `length` bytes belong to it. */
  takeBytes(length: number, done: (bytes: Uint8Array) => void): void {
    this.#lines.takeRaw(length, done);
  }

  writeRaw(bytes: Uint8Array): void {
    this.#socket?.write(bytes);
  }

  /** Kills the process. */
  end(): void {
    this.#endedByUs = true;
    this.#socket?.destroy();
    this.#child?.kill("SIGKILL");
  }

  async #startChild(command: DebuggeeCommand): Promise<void> {
    const child = spawn(command.executable, [...command.args], {
      cwd: command.cwd,
      env: { ...command.env, [tokenVariable]: this.#token },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    this.#child = child;
    let errors = "";
    const forward = (category: "stdout" | "stderr") => (text: string) => {
      if (category === "stderr" && !this.#socket) errors += text;
      this.#tell((events) => events.output({ category, text }));
    };
    child.stdout?.setEncoding("utf8").on("data", forward("stdout"));
    child.stderr?.setEncoding("utf8").on("data", forward("stderr"));
    const pipe = child.stdio[3] as Socket;
    const failed = new Promise<never>((_, reject) => {
      child.once("error", (error) => {
        reject(new Error(`cannot start "${command.executable}": ${error.message}; set "runtimeExecutable" to Node.js 20 or later`));
      });
      // `close`, not `exit`: by then everything that it printed has come.
      child.once("close", (code, signal) => {
        const detail = errors.trim() === "" ? "" : `: ${errors.trim().split("\n").slice(0, 3).join(" ")}`;
        reject(new Error(`"${command.executable}" ended with ${signal ?? `code ${code}`} before it ran the program${detail}`));
        this.#finish(code, signal ?? undefined);
      });
    });
    await Promise.race([this.#connected(() => this.#adopt(pipe)), failed]);
  }

  async #startInTerminal(command: DebuggeeCommand, terminal: RunInTerminal): Promise<void> {
    const folder = process.platform === "win32" ? undefined : mkdtempSync(join(tmpdir(), "go-wasm-"));
    const address = folder === undefined ? `\\\\.\\pipe\\go-wasm-${randomBytes(12).toString("hex")}` : join(folder, "relay");
    const server = createServer((peer) => this.#adopt(peer));
    try {
      await listen(server, address);
      const connected = this.#connected();
      // A refusal must reach the user before the time limit does.
      connected.catch(() => undefined);
      await terminal({ ...command, args: [...command.args, address], env: { ...command.env, [tokenVariable]: this.#token } });
      await connected;
    } finally {
      // The connection lives on without its name: nothing is left behind even if this process is killed later.
      server.close();
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    }
  }

  #connected(begin?: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the program's process has not answered within ${helloLimit / 1000} s`)), helloLimit);
      this.#hello = (peer) => {
        clearTimeout(timer);
        this.#socket = peer;
        resolve();
      };
      begin?.();
    });
  }

  /** Takes `peer` for the relay once its first line proves it. */
  #adopt(peer: Socket): void {
    let known = false;
    const greeting = new LineSplitter((line) => {
      if (known) return this.#lines.push(Buffer.from(`${line}\n`));
      known = isHello(line, this.#token) && this.#socket === undefined;
      if (known) this.#hello?.(peer);
      else peer.destroy();
    });
    peer.on("data", (chunk: Buffer) => (known ? this.#lines.push(chunk) : greeting.push(chunk)));
    peer.on("error", () => peer.destroy());
    peer.on("close", () => {
      if (known && !this.#child) this.#finish(this.exitCode ?? null, undefined);
    });
  }

  #tell(told: (events: DebuggeeEvents) => void): void {
    if (this.#events) told(this.#events);
    else this.#early.push(told);
  }

  #finish(code: number | null, signal: string | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#socket?.destroy();
    this.#tell((events) => events.ended(this.#howEnded(code, signal)));
  }

  #howEnded(code: number | null, signal: string | undefined): TargetEnd {
    if (code !== null && signal === undefined) return { exitCode: code };
    if (this.#endedByUs) return {};
    return { reason: `the program's process was ended from outside${signal === undefined ? "" : ` (${signal})`}` };
  }
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(address, () => resolve());
  });
}

function isHello(line: string, token: string): boolean {
  try {
    return (JSON.parse(line) as HelloMessage).token === token;
  } catch {
    return false;
  }
}
