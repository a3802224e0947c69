/** When messages are handled, and when the next ones are looked for: a conversation of many small messages waits for little else. */
import type { Disposable } from "vscode-languageserver/node";

/** Milliseconds for which messages are handled before the input is looked at again: what comes meanwhile may cancel what waits. */
const longestTurn = 1;

/**
 * Milliseconds within which a client that answers at once does so. To go to sleep and be woken takes as long as many a request; a person
 * who types is never that fast, so that an editor's server sleeps.
 */
const quickAnswer = 0.5;

/** What the event loop and the clock do, for tests to do it themselves. `now` counts milliseconds. */
export interface Machine {
  now(): number;
  /** Calls back in the next turn of the event loop, behind its look at the input. */
  nextTurn(callback: () => void): void;
}

const resolved = Promise.resolve();

const thisMachine: Machine = { now: () => performance.now(), nextTurn: (callback) => void setImmediate(callback) };

export class MessagePace {
  readonly #machine: Machine;
  /** When the input was looked at last, and when a message was sent last. */
  #lookedAt = Number.NEGATIVE_INFINITY;
  #sentAt = Number.NEGATIVE_INFINITY;
  /** Whether what came last came right behind what was sent before. */
  #isQuick = false;
  /** Until when to stay awake. */
  #until = Number.NEGATIVE_INFINITY;
  #isAwake = false;

  constructor(machine: Machine = thisMachine) {
    this.#machine = machine;
  }

  /** Messages have come. */
  heard(): void {
    this.#lookedAt = this.#machine.now();
    this.#isQuick = this.#lookedAt - this.#sentAt < quickAnswer;
    this.#until = Number.NEGATIVE_INFINITY;
  }

  /** A message has been sent. */
  sent(): void {
    this.#sentAt = this.#machine.now();
    if (!this.#isQuick) return;
    this.#until = this.#sentAt + quickAnswer;
    if (!this.#isAwake) this.#wait();
  }

  /** Calls back after what runs now, before the input is looked at where that was not long ago. */
  soon(callback: () => void): Disposable {
    let isWanted = true;
    const call = (): void => {
      if (isWanted) callback();
    };
    // Node makes a resource, with what belongs to it, of each `queueMicrotask`.
    if (this.#machine.now() - this.#lookedAt < longestTurn) void resolved.then(call);
    else
      this.#machine.nextTurn(() => {
        this.#lookedAt = this.#machine.now();
        call();
      });
    return { dispose: () => (isWanted = false) };
  }

  /** As long as something is to be done in the next turn, the event loop looks at the input and does not wait for it. */
  readonly #wait = (): void => {
    this.#isAwake = this.#machine.now() < this.#until;
    if (this.#isAwake) this.#machine.nextTurn(this.#wait);
  };
}
