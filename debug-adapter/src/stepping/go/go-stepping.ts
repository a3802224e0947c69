/** Steps of goroutines. */
import type { Stop } from "../../engine/engine.ts";
import type { GoProgram } from "../../symbols/go/go-program.ts";
import { type GoStops, isUserFunction } from "../../symbols/go/go-stop.ts";
import type { StepKind, StepStrategist, StepStrategy } from "../step-plan.ts";
import { GoStep } from "./go-step.ts";

export class GoStepping implements StepStrategist {
  readonly #program: GoProgram;
  readonly #stops: GoStops;

  constructor(program: GoProgram, stops: GoStops) {
    this.#program = program;
    this.#stops = stops;
  }

  async begin(kind: StepKind, stop: Stop, threadId: number): Promise<StepStrategy | undefined> {
    const goStop = this.#stops.of(stop);
    const running = await goStop.running();
    if (!running) return undefined;
    const goroutine = running.id === threadId ? undefined : (await goStop.goroutines()).find(({ id }) => id === threadId);
    const place = goroutine
      ? { goroutine: goroutine.address, stackHigh: goroutine.stackHigh, frames: await goStop.framesOf(goroutine) }
      : running;
    const start = { ...place, threadId, deferred: await goStop.lastDeferred(place.goroutine) };
    // Where no line is known there is nowhere to run to: the engine's own steps are left.
    const hasLines = start.frames.some(({ index }) => isUserFunction(this.#program, index));
    return hasLines ? new GoStep(this.#program, this.#stops, kind, start) : undefined;
  }
}
