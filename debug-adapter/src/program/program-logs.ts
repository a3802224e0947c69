import { takeLogs } from "../breakpoints/engine-check.ts";
import { LogSink } from "../breakpoints/log-sink.ts";
import type { Target } from "../engine/engine.ts";
import type { ProgramListener } from "./program-listener.ts";

/** In milliseconds; how long what was logged may wait in a program that does nothing else. */
const interval = 100;

/** Fetches what log points have collected in the engine: at stops, and while the program runs. */
export class ProgramLogs {
  readonly sink: LogSink;
  readonly #listener: ProgramListener;
  readonly #running: () => Target | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `running`: the target, unless the user sees it stopped. */
  constructor(listener: ProgramListener, running: () => Target | undefined) {
    this.#listener = listener;
    this.#running = running;
    this.sink = new LogSink(
      (output) => listener.output(output),
      () => this.#watch(),
    );
  }

  /** What has been collected so far, and the client's time to take it: a log point in a hot loop waits for both. */
  async fetch(target: Target): Promise<void> {
    if (!this.sink.isUsed) return;
    const batch = await takeLogs(target);
    if (batch) this.sink.logged(batch);
    await this.sink.settled();
    await this.#listener.taken();
  }

  /** The program has ended. Settles when all is written. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.sink.end();
  }

  /** Also when nothing stops the program, users are to see soon what was logged. */
  #watch(): void {
    let asking = false;
    const ask = async (): Promise<void> => {
      const target = this.#running();
      if (!target || asking) return;
      asking = true;
      // What rejects is the end of the program, which is told by itself.
      await this.fetch(target).catch(() => undefined);
      asking = false;
    };
    this.#timer = setInterval(() => void ask(), interval).unref();
  }
}
