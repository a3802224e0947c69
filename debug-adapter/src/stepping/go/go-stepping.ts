/** Steps of goroutines. */
import type { Stop } from "../../engine/engine.ts";
import type { GoProgram } from "../../symbols/go/go-program.ts";
import type { DefinedIndex } from "#core/go/binary/program-counter.ts";
import { type GoStops, isUserFunction } from "../../symbols/go/go-stop.ts";
import type { PackageLines } from "../../symbols/go/package-lines.ts";
import type { StepKind, StepStrategist, StepStrategy } from "../step-plan.ts";
import { calledOnLine } from "./called-functions.ts";
import { GoStep } from "./go-step.ts";

/** Milliseconds that a step into a package waits for its lines; it passes by what has none by then. */
const listingLimit = 10_000;

export class GoStepping implements StepStrategist {
  readonly #program: GoProgram;
  readonly #stops: GoStops;
  readonly #packages: PackageLines;

  /** `packages`: lists those that a step enters. */
  constructor(program: GoProgram, stops: GoStops, packages: PackageLines) {
    this.#program = program;
    this.#stops = stops;
    this.#packages = packages;
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
    if (!hasLines) return undefined;
    const list = (functions: readonly DefinedIndex[]): Promise<void> => this.#packages.ensureFunctions(functions, listingLimit);
    if (kind === "stepIn") await list(calledOnLine(this.#program, start.frames[0]!));
    return new GoStep(this.#program, this.#stops, kind, start, list);
  }
}
