/** The scripts of the session that have been run or are running. */
import { planScript } from "#core/wat/script/plan.ts";
import type { OpenWat } from "../documents.ts";
import type { StepOutcome } from "./script-jobs.ts";
import { ScriptResults } from "./script-results.ts";
import type { ScriptRunner } from "./script-runner.ts";

/** Figures of a run, for the client that asked for it. */
export type ScriptSummary = Readonly<Record<StepOutcome["state"], number>>;

export class Scripts {
  readonly #runner: Pick<ScriptRunner, "run" | "end">;
  readonly #results = new ScriptResults();
  readonly #running = new Set<string>();

  constructor(runner: Pick<ScriptRunner, "run" | "end">) {
    this.#runner = runner;
  }

  isRunning(uri: string): boolean {
    return this.#running.has(uri);
  }

  /** Outcomes of the last run that still hold. */
  outcomes(document: OpenWat): readonly StepOutcome[] {
    return document.format === "wast" ? this.#results.of(document.uri, document.parsed) : [];
  }

  /** Runs a script; `changed` is called when there is something new to show. `undefined` where another run has taken its place. */
  async run(document: OpenWat, changed: () => void): Promise<ScriptSummary | undefined> {
    const { uri, parsed } = document;
    this.#running.add(uri);
    changed();
    const outcomes = await this.#runner.run(uri, planScript(parsed));
    if (outcomes === undefined) return undefined;
    this.#running.delete(uri);
    this.#results.set(uri, parsed, outcomes);
    changed();
    const summary = { passed: 0, failed: 0, unsupported: 0, skipped: 0 };
    for (const { state } of outcomes) summary[state]++;
    return summary;
  }

  /** A document was closed. */
  forget(uri: string): void {
    this.#running.delete(uri);
    this.#runner.end(uri);
    this.#results.forget(uri);
  }
}
