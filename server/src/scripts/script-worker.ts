/** The thread that runs scripts. Its owner ({@link file://./script-runner.ts}) kills it when a step takes too long. */
import { parentPort, type MessagePort } from "node:worker_threads";
import { ScriptRun } from "./run-script.ts";
import type { ScriptJob, ScriptMessage } from "./script-jobs.ts";

function serve(port: MessagePort): void {
  port.once("message", ({ steps, progress }: ScriptJob) => {
    const state = new Int32Array(progress);
    const run = new ScriptRun(steps);
    const post = (message: ScriptMessage): void => port.postMessage(message);
    for (let step = 0; step < steps.length; step++) {
      Atomics.store(state, 0, step);
      const outcome = run.step(step);
      if (outcome.state === "passed") Atomics.store(state, step + 1, 1);
      else post({ kind: "outcome", step, outcome });
    }
    post({ kind: "done" });
    port.close();
  });
}

if (!parentPort) throw new Error("script-worker runs in a worker thread only");
serve(parentPort);
