/** Steps of goroutines. */
import type { Stop } from "../../engine/engine.ts";
import type { GoProgram } from "../../symbols/go/go-program.ts";
import type { GoStops } from "../../symbols/go/go-stop.ts";
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
    if (!goroutine) return new GoStep(this.#program, this.#stops, kind, running);
    const frames = await goStop.framesOf(goroutine);
    return new GoStep(this.#program, this.#stops, kind, { goroutine: goroutine.address, stackHigh: goroutine.stackHigh, frames });
  }
}
