import { GoneError } from "../engine.ts";

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  /** Of the answer's limit, where it has one. */
  readonly timer: NodeJS.Timeout | undefined;
}

/** In milliseconds. An answer that takes longer is taken for lost: the inspector answers while the program computes, too. */
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
    return this.#ask(method, params, requestLimit);
  }

  /**
   * Like {@link send}, for what is asked of a running program: one that sleeps or waits for input is in native code, where V8 answers
   * nothing, for as long as that takes. Only the debuggee's end limits this.
   */
  sendPatiently(method: string, params: object = {}): Promise<unknown> {
    return this.#ask(method, params, undefined);
  }

  #ask(method: string, params: object, limit: number | undefined): Promise<unknown> {
    if (this.#closed) return Promise.reject(this.#closed);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#pending.delete(id);
        reject(new Error(`V8 did not answer ${method} within ${requestLimit / 1000} s`));
      };
      this.#pending.set(id, { resolve, reject, timer: limit === undefined ? undefined : setTimeout(giveUp, limit) });
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
    clearTimeout(pending?.timer);
    return pending;
  }
}
