/** Threads of a browser that run scripts: workers of the server's own, with the same bundle, that know by their name what they are. */
import type { ScriptJob, ScriptMessage, StartScriptThread } from "../scripts/script-jobs.ts";
import { serveScript } from "../scripts/serve-script.ts";

const threadName = "go-wasm script";

/** Whether the worker that this runs in is such a thread. */
export function isScriptThread({ name }: DedicatedWorkerGlobalScope): boolean {
  return name === threadName;
}

/** The thread's side: carries out the one job that it is sent. */
export function serveScripts(worker: DedicatedWorkerGlobalScope): void {
  worker.addEventListener("message", ({ data }: MessageEvent<ScriptJob>) => {
    serveScript(data, (message) => worker.postMessage(message, []));
    worker.close();
  });
}

export const scriptThreads: StartScriptThread = (job, { message, lost }) => {
  let ended = false;
  let thread: Worker | undefined;
  const fail = (why: string): void => {
    if (!ended) lost(`The thread that ran it failed: ${why}`);
  };
  try {
    // Where VS Code has started the server from a text of its own, that text starts the thread just as well.
    thread = new Worker(self.location.href, { name: threadName });
    thread.addEventListener("message", ({ data }: MessageEvent<ScriptMessage>) => {
      if (!ended) message(data);
    });
    thread.addEventListener("error", (event) => {
      event.preventDefault();
      fail(event.message);
    });
    thread.postMessage(job, []);
  } catch (error) {
    // Not every browser has workers of workers.
    queueMicrotask(() => fail(error instanceof Error ? error.message : String(error)));
  }
  return {
    end() {
      ended = true;
      thread?.terminate();
    },
  };
};
