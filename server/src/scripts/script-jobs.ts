/** What the language server and the thread that runs scripts say to each other. */
import type { ScriptStep } from "#core/wat/script/plan.ts";

export interface ScriptJob {
  readonly steps: readonly ScriptStep[];
  /** A shared Int32Array: the step that runs, then for each step 1 once it has passed. What is in it survives the thread. */
  readonly progress: SharedArrayBuffer;
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

/** Outcomes of the steps that have not passed; then `done`. */
export type ScriptMessage = { readonly kind: "outcome"; readonly step: number; readonly outcome: StepOutcome } | { readonly kind: "done" };
