/** Runs scripts, each in a thread of its own, which is killed when a step of it does not end. */
import { Worker } from "node:worker_threads";
import type { ScriptStep } from "#core/wat/script/plan.ts";
import type { ScriptJob, ScriptMessage, StepOutcome } from "./script-jobs.ts";

/** How long one step may take. */
const stepLimitMs = 10_000;
const startLimitMs = 15_000;
const watchIntervalMs = 250;

export class ScriptRunner {
  readonly #workerFile: string;
  readonly #stepLimitMs: number;
  readonly #running = new Map<string, () => void>();

  /** `workerFile` is the bundle of `script-worker.ts`. */
  constructor(workerFile: string, stepLimit = stepLimitMs) {
    this.#workerFile = workerFile;
    this.#stepLimitMs = stepLimit;
  }

  /**
   * Outcomes of the steps in their order. Never rejects. What did not end has failed, and what comes behind it is skipped. A new run under
   * the same key ends the one before, which then gives `undefined`.
   */
  run(key: string, steps: readonly ScriptStep[]): Promise<readonly StepOutcome[] | undefined> {
    this.#running.get(key)?.();
    if (steps.length === 0) return Promise.resolve([]);
    return new Promise((resolve) => {
      const worker = new Worker(this.#workerFile);
      const progress = new SharedArrayBuffer(4 * (steps.length + 1));
      const state = new Int32Array(progress);
      state[0] = -1;
      const told = new Map<number, StepOutcome>();
      let seen = -1;
      let since = performance.now();
      const finish = (result: readonly StepOutcome[] | undefined): void => {
        clearInterval(watch);
        if (this.#running.get(key) === abandon) this.#running.delete(key);
        worker.removeAllListeners();
        // A thread that fails while it is ended must not take the server along.
        worker.on("error", () => undefined);
        void worker.terminate(); // does not reject
        resolve(result);
      };
      const abandon = (): void => finish(undefined);
      const lost = (why: string): void => finish(outcomesOf(steps, told, state, why));
      const watch = setInterval(() => {
        const now = Atomics.load(state, 0);
        if (now !== seen) [seen, since] = [now, performance.now()];
        const limit = now < 0 ? startLimitMs : this.#stepLimitMs;
        if (performance.now() - since > limit) lost(`It did not end within ${limit / 1000} s and was stopped.`);
      }, watchIntervalMs);
      this.#running.set(key, abandon);
      worker.on("message", (message: ScriptMessage) => {
        if (message.kind === "done") finish(outcomesOf(steps, told, state, ""));
        else told.set(message.step, message.outcome);
      });
      worker.once("error", (error) => lost(`The thread that ran it failed: ${error.message}`));
      worker.once("exit", () => lost("The thread that ran it ended."));
      worker.postMessage({ steps, progress } satisfies ScriptJob, []);
    });
  }

  /** Ends the run under a key, if there is one. */
  end(key: string): void {
    this.#running.get(key)?.();
  }

  dispose(): void {
    for (const abandon of Array.from(this.#running.values())) abandon();
  }
}

/** The outcomes of all steps. `why` says why the thread was lost at the step that it was at. */
function outcomesOf(steps: readonly ScriptStep[], told: ReadonlyMap<number, StepOutcome>, state: Int32Array, why: string): StepOutcome[] {
  const current = Math.max(0, Atomics.load(state, 0));
  return steps.map(({ at }, step): StepOutcome => {
    if (Atomics.load(state, step + 1) === 1) return { at, state: "passed" };
    const outcome = told.get(step);
    if (outcome !== undefined) return outcome;
    return step <= current ? { at, state: "failed", message: why } : { at, state: "skipped", message: "It was not reached." };
  });
}
