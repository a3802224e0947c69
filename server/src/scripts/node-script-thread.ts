/** Threads of Node that run scripts. */
import { Worker } from "node:worker_threads";
import type { StartScriptThread } from "./script-jobs.ts";

/** `workerFile` is the bundle of `script-worker.ts`. */
export function nodeScriptThreads(workerFile: string): StartScriptThread {
  return (job, { message, lost }) => {
    const worker = new Worker(workerFile);
    worker.on("message", message);
    worker.once("error", (error) => lost(`The thread that ran it failed: ${error.message}`));
    worker.once("exit", () => lost("The thread that ran it ended."));
    worker.postMessage(job, []);
    return {
      end() {
        worker.removeAllListeners();
        // A thread that fails while it is ended must not take the server along.
        worker.on("error", () => undefined);
        void worker.terminate(); // does not reject
      },
    };
  };
}
