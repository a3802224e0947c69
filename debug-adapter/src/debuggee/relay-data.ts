import type { MessagePort } from "node:worker_threads";

/** What the bootstrap hands to the relay worker. */
export interface RelayData {
  /** One 32-bit cell for each of {@link gates}. */
  readonly gate: Int32Array;
  readonly port: MessagePort;
  /** The transfer buffer. */
  readonly transfer: SharedArrayBuffer;
  /** Socket or pipe to connect to; `undefined`: the pipe at file descriptor 3. */
  readonly dial: string | undefined;
  readonly token: string;
}

/** Cells at which the main thread waits for the relay. */
export const gates = {
  /** The start message has come and, where wanted, the debugger is on. */
  start: 0,
  /** A message of the main thread has been written. */
  told: 1,
} as const;

export function waitAtGate(gate: Int32Array, index: number, limit?: number): void {
  Atomics.wait(gate, index, 0, limit);
  Atomics.store(gate, index, 0);
}

export function releaseGate(gate: Int32Array, index: number): void {
  Atomics.store(gate, index, 1);
  Atomics.notify(gate, index);
}
