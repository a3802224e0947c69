import type { CdpClient } from "./cdp-client.ts";
import type { EvaluateResult } from "./protocol.ts";

/** No other code of the debuggee has a name like it. */
const registry = "__goWasmConditions";

/** What V8 offers of a frame. It makes each of them anew at a hit, of all that the frame has: only what is used is asked for. */
const frameNames = ["locals", "globals", "memories"];

export interface ConditionFunction {
  readonly id: number;
  /** What V8 evaluates at each hit. */
  readonly call: string;
  /** Rejects where V8 refuses the text. */
  readonly ready: Promise<void>;
}

/**
 * Conditions of breakpoints as functions of the debuggee. V8 compiles the text of a condition anew at every hit, which takes longer than
 * all the rest of the hit as soon as the text is more than a few words: a call of a function that is there already costs next to nothing.
 */
export class ConditionFunctions {
  readonly #cdp: CdpClient;
  #nextId = 1;

  constructor(cdp: CdpClient) {
    this.#cdp = cdp;
  }

  /** A breakpoint may be set with `call` at once: V8 serves requests in their order. */
  make(condition: string): ConditionFunction {
    const id = this.#nextId++;
    const names = frameNames.filter((name) => condition.includes(name)).join(",");
    const register = `((globalThis.${registry} ??= {}).f${id} = (${names}) => (${condition}), "")`;
    return { id, call: `${registry}.f${id}(${names})`, ready: this.#evaluate(register) };
  }

  remove(id: number): Promise<void> {
    return this.#evaluate(`(delete globalThis.${registry}?.f${id}, "")`);
  }

  async #evaluate(expression: string): Promise<void> {
    const answer = (await this.#cdp.sendPatiently("Runtime.evaluate", { expression, silent: true })) as EvaluateResult;
    if (answer.exceptionDetails) throw new Error(`a condition could not be compiled: ${answer.exceptionDetails.text}`);
  }
}
