/** Requests that change where the program stops. */
const changing: ReadonlySet<string> = new Set([
  "setBreakpoints",
  "setFunctionBreakpoints",
  "setInstructionBreakpoints",
  "setExceptionBreakpoints",
]);

/** Requests that let it go on. */
const goingOn: ReadonlySet<string> = new Set(["continue", "next", "stepIn", "stepOut"]);

/**
 * Keeps requests that are worked on side by side in the order that the client means: one that takes a breakpoint away and then lets the
 * program go on, without waiting for the answer in between, as VS Code does, must not see the program stop there again.
 */
export class RequestOrder {
  #changes: Promise<unknown> = Promise.resolve();

  /** Begins at once, except for a request that lets the program go on while changes are on their way. */
  async run<T>(command: string, handle: () => T | Promise<T>): Promise<T> {
    if (goingOn.has(command)) await this.#changes;
    const answer = settle(handle);
    if (changing.has(command)) this.#changes = Promise.allSettled([this.#changes, answer]);
    return answer;
  }
}

/** What throws at once rejects, too. */
async function settle<T>(handle: () => T | Promise<T>): Promise<T> {
  return handle();
}
