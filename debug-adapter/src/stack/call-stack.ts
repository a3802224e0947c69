import type { Stop } from "../engine/engine.ts";
import { type FrameContext, type UserFrame, userFrames } from "./user-frame.ts";

/** The user's frames of one stop, worked out as far as they are asked for: a stack may be thousands of frames deep. */
export class CallStack {
  readonly stop: Stop;
  readonly #context: FrameContext;
  readonly #frames: UserFrame[] = [];
  #nextEngineFrame = 0;
  #working: Promise<void> = Promise.resolve();

  constructor(context: FrameContext, stop: Stop) {
    this.#context = context;
    this.stop = stop;
  }

  /** Whether all frames are known already. */
  get complete(): boolean {
    return this.#nextEngineFrame >= this.stop.frames.length;
  }

  /** Frames known so far, with those of the engine that are not worked out counted as one each. */
  get total(): number {
    return this.#frames.length + this.stop.frames.length - this.#nextEngineFrame;
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
      const engineFrame = this.stop.frames[this.#nextEngineFrame]!;
      this.#frames.push(...(await userFrames(this.#context, this.stop, engineFrame)));
      this.#nextEngineFrame++;
    }
  }
}
