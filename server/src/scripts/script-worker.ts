/** The thread that runs scripts in Node. Its owner ({@link file://./node-script-thread.ts}) kills it when a step takes too long. */
import { parentPort, type MessagePort } from "node:worker_threads";
import type { ScriptJob } from "./script-jobs.ts";
import { serveScript } from "./serve-script.ts";

function serve(port: MessagePort): void {
  port.once("message", (job: ScriptJob) => {
    serveScript(job, (message) => port.postMessage(message));
    port.close();
  });
}

if (!parentPort) throw new Error("script-worker runs in a worker thread only");
serve(parentPort);
