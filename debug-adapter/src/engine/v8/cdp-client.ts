import { transferMethod, transferSize, type TransferNote } from "../../debuggee/start-message.ts";
import { GoneError } from "../engine.ts";

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  /** Of the answer's limit, where it has one. */
  readonly timer: NodeJS.Timeout | undefined;
}

/** In milliseconds. An answer that takes longer is taken for lost: the inspector answers while the program computes, too. */
const requestLimit = 10_000;

/** Where the lines of the protocol go to, and the bytes behind a line come from. */
export interface CdpTransport {
  write(line: string): void;
  /** The next `length` bytes are no lines. */
  takeBytes(length: number, done: (bytes: Uint8Array) => void): void;
}

/** `bytes`: what a script has left in the transfer buffer. */
interface Answer {
  readonly result: unknown;
  readonly bytes: Uint8Array;
}

interface Message extends TransferNote {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly error?: { readonly message: string };
  readonly result?: unknown;
}

/** Requests and answers of the inspector's protocol; what carries the lines is the caller's. */
export class CdpClient {
  readonly #transport: CdpTransport;
  readonly #notify: (method: string, params: unknown) => void;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #closed: Error | undefined;

  constructor(transport: CdpTransport, notify: (method: string, params: unknown) => void) {
    this.#transport = transport;
    this.#notify = notify;
  }

  /** Rejects when V8 refuses, when the answer takes too long, and with {@link GoneError} when the debuggee ends first. */
  async send(method: string, params: object = {}): Promise<unknown> {
    return (await this.#ask(method, params, requestLimit)).result;
  }

  /**
   * Like {@link send}, for what is asked of a running program: one that sleeps or waits for input is in native code, where V8 answers
   * nothing, for as long as that takes. Only the debuggee's end limits this.
   */
  async sendPatiently(method: string, params: object = {}): Promise<unknown> {
    return (await this.#ask(method, params, undefined)).result;
  }

  /** Evaluates in a frame a script as {@link transferMethod} has it. Rejects as {@link send} does. */
  transfer(params: object): Promise<Answer> {
    return this.#ask(transferMethod, params, requestLimit);
  }

  #ask(method: string, params: object, limit: number | undefined): Promise<Answer> {
    if (this.#closed) return Promise.reject(this.#closed);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#pending.delete(id);
        reject(new Error(`V8 did not answer ${method} within ${requestLimit / 1000} s`));
      };
      this.#pending.set(id, { resolve, reject, timer: limit === undefined ? undefined : setTimeout(giveUp, limit) });
      this.#transport.write(JSON.stringify({ id, method, params }));
    });
  }

  receive(line: string): void {
    const message = JSON.parse(line) as Message;
    const { id, result, transferred } = message;
    if (id === undefined) this.#notify(message.method ?? "", message.params);
    else if (message.error) this.#take(id)?.reject(new Error(message.error.message));
    else if (transferred === undefined) this.#take(id)?.resolve({ result, bytes: new Uint8Array(0) });
    else if (transferred >= 0 && transferred <= transferSize)
      this.#transport.takeBytes(transferred, (bytes) => this.#take(id)?.resolve({ result, bytes }));
    else this.#take(id)?.reject(new Error(`the program's process sends ${transferred} bytes at once, which cannot be`));
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
