/** The thread's side of running a script: what `script-worker.ts` does in Node, and the server's own bundle in a browser. */
import { ScriptRun } from "./run-script.ts";
import type { ScriptJob, ScriptMessage } from "./script-jobs.ts";

/** Carries out all steps of a job, one after the other. */
export function serveScript({ steps }: ScriptJob, post: (message: ScriptMessage) => void): void {
  const run = new ScriptRun(steps);
  for (let step = 0; step < steps.length; step++) {
    post(step);
    const outcome = run.step(step);
    if (outcome.state !== "passed") post({ kind: "outcome", step, outcome });
  }
  post({ kind: "done" });
}
