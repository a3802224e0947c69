import { GoneError } from "../engine.ts";

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** An answer that takes longer than this is taken for lost: the inspector answers while the program computes, too. */
const requestLimit = 10_000;

/** Requests and answers of the inspector's protocol; what carries the lines is the caller's. */
export class CdpClient {
  readonly #write: (line: string) => void;
  readonly #notify: (method: string, params: unknown) => void;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #closed: Error | undefined;

  constructor(write: (line: string) => void, notify: (method: string, params: unknown) => void) {
    this.#write = write;
    this.#notify = notify;
  }

  /** Rejects when V8 refuses, when the answer takes too long, and with {@link GoneError} when the debuggee ends first. */
  send(method: string, params: object = {}): Promise<unknown> {
    if (this.#closed) return Promise.reject(this.#closed);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new Error(`V8 did not answer ${method} within ${requestLimit / 1000} s`));
      }, requestLimit);
      this.#pending.set(id, { resolve, reject, timer });
      this.#write(JSON.stringify({ id, method, params }));
    });
  }

  receive(line: string): void {
    const message = JSON.parse(line) as { id?: number; method?: string; params?: unknown; error?: { message: string }; result?: unknown };
    if (message.id === undefined) {
      this.#notify(message.method ?? "", message.params);
      return;
    }
    const pending = this.#take(message.id);
    if (message.error) pending?.reject(new Error(message.error.message));
    else pending?.resolve(message.result);
  }

  /** The debuggee is gone: everything that waits rejects, now and from now on. */
  close(reason?: string): void {
    this.#closed ??= new GoneError(reason);
    for (const id of this.#pending.keys()) this.#take(id)?.reject(this.#closed);
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (pending) clearTimeout(pending.timer);
    return pending;
  }
}
