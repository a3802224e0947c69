import type { DebuggeeMessage, StartMessage } from "../../debuggee/start-message.ts";
import { type Engine, type EngineHost, type LoggedRecords, GoneError, type Target, type TargetEnd } from "../engine.ts";
import { noDebugText } from "../no-debug.ts";
import { CdpClient } from "./cdp-client.ts";
import type { DebuggeeProcess } from "./debuggee-process.ts";
import type { PausedEvent, ScriptParsedEvent } from "./protocol.ts";
import { type ProgramText, V8Target } from "./v8-target.ts";

export interface NodeEngineOptions {
  /** It waits for its program. */
  readonly process: DebuggeeProcess;
  readonly start: StartMessage;
  /** `undefined` where a script loads its own modules. */
  readonly program: ProgramText | undefined;
  /** Writes the inspector's protocol to the console. */
  readonly trace: boolean;
}

/** How long the compilation of a module may take; V8 compiles 100 MB in about a second. */
const compileLimit = 120_000;

/** V8's inspector in a child process that runs Node.js. */
export class NodeEngine implements Engine {
  readonly #options: NodeEngineOptions;
  readonly #host: EngineHost;
  readonly #process: DebuggeeProcess;
  readonly #cdp: CdpClient;
  readonly #target: V8Target;
  #ready: { resolve: () => void; reject: (error: Error) => void } | undefined;
  #announced = false;

  constructor(options: NodeEngineOptions, host: EngineHost) {
    this.#options = options;
    this.#host = host;
    this.#process = options.process;
    this.#cdp = new CdpClient(
      {
        write: (line) => {
          this.#trace("->", line);
          this.#process.write(line);
        },
        takeBytes: (length, done) => this.#process.takeBytes(length, done),
      },
      (method, params) => this.#notified(method, params),
    );
    this.#target = new V8Target(1, this.#cdp, host, options.program, /[\\/]debuggee\.cjs$/, () => this.#ready?.resolve());
  }

  targets(): readonly Target[] {
    return this.#announced ? [this.#target] : [];
  }

  /** Rejects when the process cannot be started, and when V8 refuses the module. */
  async start(): Promise<void> {
    const { start, program } = this.#options;
    const ready = new Promise<void>((resolve, reject) => {
      this.#ready = { resolve, reject };
    });
    ready.catch(() => undefined);
    this.#process.listen({
      line: (line) => this.#receive(line),
      output: (output) => this.#host.output(output),
      ended: (end) => this.#ended(end),
    });
    await this.#process.connected;
    this.#announced = true;
    this.#host.targetStarted(this.#target);
    this.#process.write(JSON.stringify(start));
    if (program && start.moduleLength > 0) this.#process.writeRaw(program.bytes);
    if (!start.debug) {
      this.#cdp.close(noDebugText);
      return;
    }
    await this.#enable();
    const timer = setTimeout(
      () => this.#ready?.reject(new Error(`V8 did not compile the module within ${compileLimit / 1000} s`)),
      compileLimit,
    );
    await ready.finally(() => clearTimeout(timer));
  }

  end(): Promise<void> {
    this.#process.end();
    this.#cdp.close();
    return Promise.resolve();
  }

  async #enable(): Promise<void> {
    // The debuggee waits for the answer of the first, and in the gap for all of them.
    await Promise.all([
      this.#cdp.send("Debugger.enable", { maxScriptsCacheSize: 0 }),
      this.#cdp.send("Debugger.setBlackboxPatterns", { patterns: ["^node:", "[\\\\/]debuggee\\.cjs$"] }),
    ]);
  }

  #receive(line: string): void {
    this.#trace("<-", line);
    this.#cdp.receive(line);
  }

  #notified(method: string, params: unknown): void {
    switch (method) {
      case "Debugger.scriptParsed":
        this.#target.onScriptParsed(params as ScriptParsedEvent);
        break;
      case "Debugger.paused":
        this.#target.onPaused(params as PausedEvent).catch((error: unknown) => this.#failed(error));
        break;
      case "Program.refused":
        this.#refused((params as Extract<DebuggeeMessage, { method: "Program.refused" }>["params"]).message);
        break;
      case "Program.failed":
        this.#target.failed(params as Extract<DebuggeeMessage, { method: "Program.failed" }>["params"]);
        break;
      case "Program.logged":
        this.#host.logged(params as LoggedRecords);
        break;
      case "Program.exiting":
        this.#process.exitCode = (params as Extract<DebuggeeMessage, { method: "Program.exiting" }>["params"]).code;
        break;
      default:
        break;
    }
  }

  #refused(message: string): void {
    const text = `V8 refuses the module: ${message}`;
    this.#ready?.reject(new Error(text));
    if (!this.#options.start.debug) this.#host.output({ category: "important", text: `${text}\n` });
  }

  #failed(error: unknown): void {
    if (error instanceof GoneError) return;
    this.#host.output({ category: "important", text: `the debugger failed: ${error instanceof Error ? error.message : String(error)}\n` });
  }

  #ended(end: TargetEnd): void {
    this.#cdp.close(end.reason);
    this.#ready?.reject(new Error(end.reason ?? `the program's process ended with code ${end.exitCode ?? "?"} before it ran the program`));
    this.#host.targetEnded(this.#target, end);
  }

  #trace(direction: string, line: string): void {
    if (this.#options.trace) this.#host.output({ category: "console", text: `${direction} ${line.slice(0, 2000)}\n` });
  }
}
