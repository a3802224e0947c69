/** Runs npm wabt in a thread of its own, which is killed when it takes too long, replaced when it dies, and ended when idle. */
import { Worker } from "node:worker_threads";
import type { BuildWatResult, PrintWasmResult } from "#core/contract/messages.ts";
import { checkPreamble } from "#core/wasm/preamble.ts";
import { wabtErrors } from "./wabt-errors.ts";
import type { WabtJob, WabtMessage, WabtOutcome } from "./wabt-jobs.ts";

const startLimitMs = 15_000;
const idleMs = 10_000;
/** The proposals of WebAssembly 3.0 and later that wabt 1.0.39 does not read. */
const unknownToWabt = "wabt, which encodes modules, does not know garbage collection, typed function references and some newer proposals";
/** Why wabt hangs or crashes, as far as is known: its recursive parser overruns a stack of 64 KiB. */
const remedy =
  "wabt cannot handle blocks nested deeper than about 170 levels, or folded expressions deeper than about 140. Move the inner blocks into functions of their own.";

interface QueuedJob {
  readonly job: WabtJob;
  readonly resolve: (outcome: WabtOutcome) => void;
}

export class Wabt {
  readonly #workerFile: string;
  readonly #queue: QueuedJob[] = [];
  #worker: Worker | undefined;
  #running = false;
  #idleTimer: NodeJS.Timeout | undefined;
  #disposed = false;

  /** `workerFile` is the bundle of `wabt-worker.ts`. No thread is started before the first job. */
  constructor(workerFile: string) {
    this.#workerFile = workerFile;
  }

  /**
   * Encodes a text module. Never rejects: what goes wrong is an error at the start of the text. `isWellFormed` says whether the text is
   * right by our own parser; then wabt's complaints about its syntax are about what wabt does not know.
   */
  async buildWat(text: string, isWellFormed: () => boolean): Promise<BuildWatResult> {
    const outcome = await this.#run({ kind: "build", utf8: new TextEncoder().encode(text) });
    if (outcome.kind === "built") return { wasm: Buffer.from(outcome.wasm).toString("base64"), errors: [] };
    const errors = outcome.kind === "refused" ? wabtErrors(outcome.report, text) : [];
    const isUnknown = errors.length > 0 && outcome.kind === "refused" && outcome.report.startsWith("parseWat failed") && isWellFormed();
    if (isUnknown) return { errors: errors.map((error) => ({ ...error, message: `${error.message} (${unknownToWabt})` })) };
    if (errors.length > 0) return { errors };
    return { errors: [{ message: whyNot(outcome), line: 0, startCharacter: 0, endCharacter: 0 }] };
  }

  /** Prints a binary module, given in base64, as text. Never rejects. */
  async printWasm(base64: string): Promise<PrintWasmResult> {
    const wasm = Buffer.from(base64, "base64");
    const noModule = checkPreamble(wasm);
    if (noModule) return { error: noModule.message };
    const outcome = await this.#run({ kind: "print", wasm });
    return outcome.kind === "printed" ? { text: outcome.text } : { error: whyNot(outcome) };
  }

  /** Ends the thread; later jobs are refused. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#end();
  }

  #run(job: WabtJob): Promise<WabtOutcome> {
    if (this.#disposed) return Promise.resolve({ kind: "crashed", reason: "the language server is shutting down" });
    return new Promise((resolve) => {
      this.#queue.push({ job, resolve });
      void this.#work(); // never rejects
    });
  }

  async #work(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    clearTimeout(this.#idleTimer);
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) next.resolve(await this.#outcomeOf(next.job));
    this.#running = false;
    this.#idleTimer = setTimeout(() => void this.#end(), idleMs); // `terminate` does not reject
    this.#idleTimer.unref();
  }

  async #outcomeOf(job: WabtJob): Promise<WabtOutcome> {
    if (!this.#worker) {
      this.#worker = new Worker(this.#workerFile);
      const started = await answerOf(this.#worker, startLimitMs);
      if (started.kind !== "ready") return this.#lost(started);
    }
    const answer = answerOf(this.#worker, limitMs(job));
    this.#worker.postMessage(job, []);
    const outcome = await answer;
    if (outcome.kind === "ready" || outcome.kind === "crashed") return this.#lost(outcome);
    return outcome;
  }

  async #lost(answer: WabtMessage): Promise<WabtOutcome> {
    await this.#end();
    return answer.kind === "crashed" ? answer : { kind: "crashed", reason: "it could not be started" };
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idleTimer);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

/** Two seconds, and a second more for each 20 MB. */
function limitMs(job: WabtJob): number {
  return 2000 + (job.kind === "build" ? job.utf8 : job.wasm).length / 20_000;
}

/** The worker's next message; a death, an error or silence for `limit` milliseconds is a crash. */
function answerOf(worker: Worker, limit: number): Promise<WabtMessage> {
  return new Promise((resolve) => {
    const finish = (message: WabtMessage): void => {
      clearTimeout(timer);
      for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
      // A worker that fails while nobody waits must not take the server along.
      worker.on("error", () => undefined);
      resolve(message);
    };
    const timer = setTimeout(
      () => finish({ kind: "crashed", reason: `it gave no answer within ${(limit / 1000).toFixed(1)} s and was stopped` }),
      limit,
    );
    worker.once("message", finish);
    worker.once("error", (error) => finish({ kind: "crashed", reason: error.message }));
    worker.once("exit", () => finish({ kind: "crashed", reason: "its thread ended" }));
  });
}

function whyNot(outcome: WabtOutcome): string {
  if (outcome.kind === "crashed") return `wabt failed: ${outcome.reason}. ${remedy}`;
  if (outcome.kind === "refused") return outcome.report.replace(/^\w+ failed:\s*/, "").trim();
  return "wabt gave an unexpected answer";
}
