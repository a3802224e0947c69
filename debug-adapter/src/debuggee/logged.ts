import fs from "node:fs";
import type { LoggedBatch } from "./start-message.ts";

/** Made by the conditions of breakpoints, where log points collect what they have to say; see the adapter's `engine-check.ts`. */
interface Points {
  readonly logs: readonly unknown[];
  takeLogs(): LoggedBatch;
}

const shared = globalThis as { readonly goWasmPoints?: Points };

let tell: ((batch: LoggedBatch) => void) | undefined;

/** Has what log points have collected told before the program's own output goes out: both are to come in order. */
export function tellLogs(how: (batch: LoggedBatch) => void): void {
  tell = how;
  fs.write = flushing(fs.write);
  fs.writeSync = flushing(fs.writeSync);
}

function flushing<Write extends (...args: never[]) => unknown>(write: Write): Write {
  return new Proxy(write, {
    apply: (target, self, args) => {
      flushLogs();
      return Reflect.apply(target, self, args) as unknown;
    },
  });
}

/** To be called where the program prints, waits or ends. */
export function flushLogs(): void {
  const points = shared.goWasmPoints;
  if (points && points.logs.length > 0) tell?.(points.takeLogs());
}
