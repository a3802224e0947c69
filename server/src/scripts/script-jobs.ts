/** What the language server and the thread that runs scripts say to each other. */
import type { ScriptStep } from "#core/wat/script/plan.ts";

export interface ScriptJob {
  readonly steps: readonly ScriptStep[];
}

/** How a step went. `unsupported`: this engine does not know what the module or its values need. `skipped`: what it needs has failed. */
export type StepState = "passed" | "failed" | "unsupported" | "skipped";

export interface StepOutcome {
  /** Place of the field, as in the step. */
  readonly at: number;
  readonly state: StepState;
  /** Why, where it has not passed. */
  readonly message?: string;
}

/**
 * The number of the step that begins, before it does: what was said survives a thread that hangs in it, or dies of it. Outcomes of the steps
 * that have not passed. Then `done`.
 */
export type ScriptMessage = number | { readonly kind: "outcome"; readonly step: number; readonly outcome: StepOutcome } | { readonly kind: "done" }; // prettier-ignore

/** A thread that runs one script, as its owner sees it. */
export interface ScriptThread {
  /** Ends it, whatever it does; nothing is heard of it afterwards. */
  end(): void;
}

export interface ScriptThreadListener {
  readonly message: (message: ScriptMessage) => void;
  /** The thread has failed, or ended by itself; `why` is a sentence for the user. */
  readonly lost: (why: string) => void;
}

/** Starts a thread with a job. What fails is told to the listener, later. */
export type StartScriptThread = (job: ScriptJob, listener: ScriptThreadListener) => ScriptThread;
