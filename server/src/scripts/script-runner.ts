/** Runs scripts, each in a thread of its own, which is killed when a step of it does not end. */
import type { ScriptStep } from "#core/wat/script/plan.ts";
import type { ScriptMessage, StartScriptThread, StepOutcome } from "./script-jobs.ts";

/** How long one step may take. */
const stepLimitMs = 10_000;
const startLimitMs = 15_000;
const watchIntervalMs = 250;

export class ScriptRunner {
  readonly #start: StartScriptThread;
  readonly #stepLimitMs: number;
  readonly #running = new Map<string, () => void>();

  constructor(start: StartScriptThread, stepLimit = stepLimitMs) {
    this.#start = start;
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
      const told = new Map<number, StepOutcome>();
      let current = -1;
      // Counted, not read off a clock: what this thread itself was late for, busy with other work, is not the script's fault.
      let waited = 0;
      const finish = (result: readonly StepOutcome[] | undefined): void => {
        clearInterval(watch);
        if (this.#running.get(key) === abandon) this.#running.delete(key);
        thread.end();
        resolve(result);
      };
      const abandon = (): void => finish(undefined);
      const lost = (why: string): void => finish(outcomesOf(steps, told, Math.max(0, current), why));
      const message = (said: ScriptMessage): void => {
        if (typeof said === "number") [current, waited] = [said, 0];
        else if (said.kind === "outcome") told.set(said.step, said.outcome);
        else finish(outcomesOf(steps, told, steps.length, ""));
      };
      const watch = setInterval(() => {
        const limit = current < 0 ? startLimitMs : this.#stepLimitMs;
        waited += watchIntervalMs;
        if (waited >= limit) lost(`It did not end within ${limit / 1000} s and was stopped.`);
      }, watchIntervalMs);
      this.#running.set(key, abandon);
      const thread = this.#start({ steps }, { message, lost });
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

/** The outcomes of all steps. `current` is the step at which the thread was lost, and `why` says why; behind the last where it was not. */
function outcomesOf(steps: readonly ScriptStep[], told: ReadonlyMap<number, StepOutcome>, current: number, why: string): StepOutcome[] {
  return steps.map(({ at }, step): StepOutcome => {
    const outcome = told.get(step);
    if (outcome !== undefined) return outcome;
    if (step < current) return { at, state: "passed" };
    return step === current ? { at, state: "failed", message: why } : { at, state: "skipped", message: "It was not reached." };
  });
}
