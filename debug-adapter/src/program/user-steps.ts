import type { BreakpointSet } from "../breakpoints/breakpoint-set.ts";
import type { Stop } from "../engine/engine.ts";
import { nextInstruction } from "../stepping/line-loops.ts";
import type { PlaceContext } from "../stepping/logical-place.ts";
import type { Move, StepKind, StepStrategy } from "../stepping/step-plan.ts";
import { Stepper } from "../stepping/stepper.ts";
import type { LoadedModule } from "./loaded-module.ts";

export interface StepRequest {
  readonly kind: StepKind;
  readonly byInstruction: boolean;
  /** The thread that is to be stepped. */
  readonly threadId: number;
}

/** The step that the user has asked for, from its beginning to its end: carries out in the engine what the step's strategy wants. */
export class UserSteps {
  readonly #context: PlaceContext;
  readonly #breakpoints: BreakpointSet;
  readonly #modules: readonly LoadedModule[];
  #current: StepStrategy | undefined;
  /** A breakpoint in another thread has come between; it goes on when the program does. */
  #interrupted: StepStrategy | undefined;

  /** `modules`: those that are loaded, also later. */
  constructor(context: PlaceContext, breakpoints: BreakpointSet, modules: readonly LoadedModule[]) {
    this.#context = context;
    this.#breakpoints = breakpoints;
    this.#modules = modules;
  }

  /** Lets the program go on with a step; answers whether it does, as the step may be done at once. */
  async begin(stop: Stop, { kind, byInstruction, threadId }: StepRequest): Promise<boolean> {
    const own = byInstruction ? undefined : await this.#ownStepper(kind, stop, threadId);
    const stepper = own ?? (await Stepper.begin(this.#context, kind, stop, byInstruction));
    const move = await stepper.first(stop);
    this.#interrupted = undefined;
    this.#current = stepper;
    await this.move(stop, move);
    return move.kind !== "stop";
  }

  async #ownStepper(kind: StepKind, stop: Stop, threadId: number): Promise<StepStrategy | undefined> {
    const frame = stop.frames.find((candidate) => candidate.kind === "wasm");
    return frame && this.#context.moduleOf(frame)?.symbols.stepping?.begin(kind, stop, threadId);
  }

  /** Lets the program go on without a new step: with the one that was interrupted, where there is one. */
  async resume(stop: Stop): Promise<void> {
    this.#current = this.#interrupted;
    this.#interrupted = undefined;
    if (!this.#current) await this.#clearTemporary();
    await stop.target.resume();
  }

  /** What a step that is on its way wants to be done at a stop of the engine; `undefined` where there is none. */
  async next(stop: Stop): Promise<Move | undefined> {
    return this.#current?.next(stop);
  }

  /** Whether a step that is on its way passes a breakpoint of the user. */
  async passes(stop: Stop): Promise<boolean> {
    return (await this.#current?.passes?.(stop)) ?? false;
  }

  async move(stop: Stop, move: Move): Promise<void> {
    switch (move.kind) {
      case "step":
        if (!this.#current?.keepsPlaces) await this.#clearTemporary();
        return stop.target.step(move.how, move.skip);
      case "run-to":
        for (const module of new Set(move.places.map((place) => place.module))) {
          const places = move.places.filter((place) => place.module === module);
          this.#breakpoints.setTemporary(module, places, move.keep);
        }
        await this.#breakpoints.apply(this.#modules);
        if (move.shared !== undefined) await stop.share(move.shared);
        return stop.target.resume();
      case "wait":
        return stop.target.resume();
      case "stop":
        return undefined;
    }
  }

  /** An engine that stops at an error has forgotten its step; that goes on where the JavaScript that handles the error returns. */
  async passException(stop: Stop): Promise<void> {
    const caller = stop.frames.find((frame) => frame.kind === "wasm");
    const module = caller && this.#context.moduleOf(caller);
    const offset = module && nextInstruction(module.wasm, caller.offset);
    if (!this.#current || this.#current.keepsPlaces || !module || offset === undefined) return stop.target.resume();
    return this.move(stop, { kind: "run-to", places: [{ module: module.engine, offset }] });
  }

  /**
   * The program has stopped for the user. `hitBy`: the thread that has come to a breakpoint, where the stop is at one. As with Delve
   * (service/dap/server.go `runUntilStopAndNotify`, pkg/proc/target_exec.go `Continue`) that ends the step of its own thread, and only
   * interrupts that of another. Answers whether a step was interrupted.
   */
  async stopped(hitBy: number | undefined): Promise<boolean> {
    const step = this.#current;
    this.#current = undefined;
    const interrupts = hitBy !== undefined && step?.threadId !== undefined && step.threadId !== hitBy;
    this.#interrupted = interrupts ? step : undefined;
    if (!step?.keepsPlaces) await this.#clearTemporary();
    return interrupts;
  }

  async #clearTemporary(): Promise<void> {
    if (!this.#breakpoints.hasTemporary) return;
    this.#breakpoints.clearTemporary();
    await this.#breakpoints.apply(this.#modules);
  }
}
