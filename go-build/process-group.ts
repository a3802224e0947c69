/** Commands that start others, as `go` starts compilers, and their end: all of them at once. */
import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";

/** A group of its own can be ended as a whole; Windows has trees of processes instead. */
export const groupOptions: SpawnOptions & { readonly stdio: "pipe" } = {
  detached: process.platform !== "win32",
  windowsHide: true,
  stdio: "pipe",
};

/** How long what was interrupted may take to end. */
const patience = 2000;

const running = new Set<ChildProcess>();

/**
 * Ends `child`, which was started with {@link groupOptions}, and all that it has started, when `signal` is aborted and when this process
 * ends. To be called at once; the result is to be called when the child has ended.
 */
export function ownGroup(child: ChildProcess, signal: AbortSignal): () => void {
  // Before others remove the folders that these work in.
  if (running.size === 0) process.prependOnceListener("exit", killAll);
  running.add(child);
  const interrupt = (): void => {
    end(child, "SIGINT");
    setTimeout(() => end(child, "SIGKILL"), patience).unref();
  };
  if (signal.aborted) interrupt();
  else signal.addEventListener("abort", interrupt, { once: true });
  return () => {
    signal.removeEventListener("abort", interrupt);
    running.delete(child);
    if (running.size === 0) process.off("exit", killAll);
  };
}

function killAll(): void {
  for (const child of running) end(child, "SIGKILL");
}

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || !running.has(child)) return;
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore", windowsHide: true }).on("error", () => undefined);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}
