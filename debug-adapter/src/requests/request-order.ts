import { setTimeout } from "node:timers/promises";

/** Requests that change where the program stops. */
const changing: ReadonlySet<string> = new Set([
  "setBreakpoints",
  "setFunctionBreakpoints",
  "setInstructionBreakpoints",
  "setExceptionBreakpoints",
]);

/** Requests that let it go on. */
const goingOn: ReadonlySet<string> = new Set(["continue", "next", "stepIn", "stepOut"]);

/** Requests that wait for no other, since they are to end or to interrupt what takes its time. */
const urgent: ReadonlySet<string> = new Set(["pause", "cancel", "disconnect", "terminate"]);

/** Milliseconds after which a request that wants to be alone begins; of those before it one may wait for the program. */
const longestWait = 1000;

/** Whether a request calls a function of Go: while that is under way, nothing of the program is what it is for the user. */
export function isCall(command: string, args: unknown): boolean {
  if (command !== "evaluate" || typeof args !== "object" || args === null) return false;
  return "expression" in args && /^\s*call\s/.test(String(args.expression));
}

/**
 * Keeps requests that are worked on side by side in the order that the client means: one that takes a breakpoint away and then lets the
 * program go on, without waiting for the answer in between, as VS Code does, must not see the program stop there again.
 */
export class RequestOrder {
  #changes: Promise<unknown> = Promise.resolve();
  readonly #running = new Set<Promise<unknown>>();
  /** The request that wants to be alone. */
  #alone: Promise<unknown> | undefined;

  /**
   * Begins at once, except for a request that lets the program go on while changes are on their way. One that is to be `alone` waits for those
   * that have begun, and those that come wait for it.
   */
  async run<T>(command: string, handle: () => T | Promise<T>, alone = false): Promise<T> {
    while (this.#alone && !urgent.has(command)) await this.#alone;
    if (alone) return this.#runAlone(handle);
    if (goingOn.has(command)) await this.#changes;
    const answer = settle(handle);
    if (changing.has(command)) this.#changes = Promise.allSettled([this.#changes, answer]);
    const ended = answer.then(ignore, ignore);
    this.#running.add(ended);
    void ended.then(() => this.#running.delete(ended));
    return answer;
  }

  #runAlone<T>(handle: () => T | Promise<T>): Promise<T> {
    const answer = this.#afterOthers().then(() => settle(handle));
    const alone = answer.then(ignore, ignore).then(() => (this.#alone = undefined));
    this.#alone = alone;
    return answer;
  }

  async #afterOthers(): Promise<void> {
    if (this.#running.size === 0) return;
    const timer = new AbortController();
    const late = setTimeout(longestWait, undefined, { signal: timer.signal }).catch(ignore);
    await Promise.race([Promise.all(this.#running), late]);
    timer.abort();
  }
}

const ignore = (): void => undefined;

/** What throws at once rejects, too. */
async function settle<T>(handle: () => T | Promise<T>): Promise<T> {
  return handle();
}
