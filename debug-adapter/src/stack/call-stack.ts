import type { Stop } from "../engine/engine.ts";
import { type FrameContext, type StackEntry, type UserFrame, userFrames } from "./user-frame.ts";

/** The user's frames of one thread at a stop, worked out as far as they are asked for: a stack may be thousands of frames deep. */
export class CallStack {
  readonly stop: Stop;
  readonly threadId: number;
  readonly #context: FrameContext;
  readonly #entries: readonly StackEntry[];
  readonly #frames: UserFrame[] = [];
  #nextEntry = 0;
  #working: Promise<void> = Promise.resolve();

  /** `entries`: innermost first. */
  constructor(context: FrameContext, stop: Stop, threadId: number, entries: readonly StackEntry[]) {
    this.#context = context;
    this.stop = stop;
    this.threadId = threadId;
    this.#entries = entries;
  }

  /** Whether all frames are known already. */
  get complete(): boolean {
    return this.#nextEntry >= this.#entries.length;
  }

  /** Frames known so far, with those that are not worked out counted as one each. */
  get total(): number {
    return this.#frames.length + this.#entries.length - this.#nextEntry;
  }

  async frames(start: number, count: number): Promise<readonly UserFrame[]> {
    const end = start + count;
    // One after the other: two requests at a time would work out the same frames twice.
    this.#working = this.#working.then(() => this.#workOut(end));
    await this.#working;
    return this.#frames.slice(start, end);
  }

  async top(): Promise<UserFrame | undefined> {
    return (await this.frames(0, 1))[0];
  }

  async #workOut(end: number): Promise<void> {
    while (this.#frames.length < end && !this.complete) {
      this.#frames.push(...(await userFrames(this.#context, this.stop, this.#entries[this.#nextEntry]!)));
      this.#nextEntry++;
    }
  }
}
