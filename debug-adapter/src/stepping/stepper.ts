import type { ModuleRange } from "#core/wasm/offsets.ts";
import type { Stop } from "../engine/engine.ts";
import type { LoadedModule } from "../program/loaded-module.ts";
import { loopExits, nextInstruction } from "./line-loops.ts";
import { inlinedBelow, type LogicalPlace, type PlaceContext, placeOf, sameLine, stillInlined } from "./logical-place.ts";
import { type Move, type StepKind, type StepStrategy, stepWith, stopHere } from "./step-plan.ts";

/** A step that has not come to an end after so many stops of the engine ends where it is. */
const mostMoves = 2000;

/**
 * One step of the user: asked after each stop of the engine what is to be done next. A line is stepped by one engine command that
 * skips the line's ranges; everything else here is about where that may end.
 */
export class Stepper implements StepStrategy {
  readonly keepsPlaces = false;
  readonly #context: PlaceContext;
  readonly #kind: StepKind;
  /** By instruction: asked for, or as the place has no lines. */
  readonly #byInstruction: boolean;
  readonly #start: LogicalPlace | undefined;
  #moves = 0;
  /** It runs to places, and may reach them in other calls of the same function, which are deeper. */
  #running = false;

  private constructor(context: PlaceContext, kind: StepKind, start: LogicalPlace | undefined, byInstruction: boolean) {
    this.#context = context;
    this.#kind = kind;
    this.#start = start;
    this.#byInstruction = byInstruction || !start?.position;
  }

  static async begin(context: PlaceContext, kind: StepKind, stop: Stop, byInstruction: boolean): Promise<Stepper> {
    return new Stepper(context, kind, await placeOf(context, stop), byInstruction);
  }

  async first(stop: Stop): Promise<Move> {
    return this.#noted(await this.#firstMove(stop));
  }

  async next(stop: Stop): Promise<Move> {
    if (this.#running && stop.frames.length > this.#depth) return { kind: "wait" };
    return this.#noted(await this.#nextMove(stop));
  }

  #noted(move: Move): Move {
    this.#running = move.kind === "run-to";
    return move;
  }

  /** Frames at the start of the step. */
  get #depth(): number {
    return this.#start?.depth ?? 0;
  }

  #firstMove(stop: Stop): Promise<Move> {
    const start = this.#start;
    if (this.#kind === "stepOut") {
      const inlined = start?.position && start.position.inlined.length > 0 && !this.#byInstruction;
      return inlined ? this.#alongLine(start, stop, "over") : Promise.resolve({ kind: "step", how: "out" });
    }
    const how = this.#kind === "next" ? "over" : "into";
    if (this.#byInstruction || !start) return Promise.resolve({ kind: "step", how });
    return this.#alongLine(start, stop, how);
  }

  async #nextMove(stop: Stop): Promise<Move> {
    if (++this.#moves > mostMoves) return stopHere;
    const place = await placeOf(this.#context, stop);
    if (!place) return stop.frames.length > 0 ? stopHere : { kind: "step", how: "out" };
    const start = this.#start;
    if (!start || this.#byInstruction) return this.#afterInstruction(place);
    if (place.depth > start.depth) return this.#inCallee(place);
    if (place.depth < start.depth) return this.#inCaller(place);
    return this.#inSameFrame(place, start, stop);
  }

  #afterInstruction(place: LogicalPlace): Move {
    const steppingOut = this.#kind === "stepOut" && place.depth >= this.#depth;
    return steppingOut ? { kind: "step", how: "out" } : stopHere;
  }

  /** A call is entered: its prologue is run, and a function whose source nobody has is left at once. */
  async #inCallee(place: LogicalPlace): Promise<Move> {
    if (!place.position || this.#kind !== "stepIn") return { kind: "step", how: "out" };
    const info = await place.module.symbols.functionAt(place.frame.offset);
    if (!info || place.frame.offset >= info.bodyStart) return stopHere;
    return stepWith("over", place.module.engine, [{ start: place.frame.offset, end: info.bodyStart }]);
  }

  /** The function has returned: behind the call in the caller's line is where the user is now. */
  #inCaller(place: LogicalPlace): Move {
    return place.position ? stopHere : { kind: "step", how: "out" };
  }

  async #inSameFrame(place: LogicalPlace, start: LogicalPlace, stop: Stop): Promise<Move> {
    const from = start.position!;
    const how = this.#kind === "stepIn" ? "into" : "over";
    // Instructions that the compiler has made for no line belong to the step.
    if (!place.position) return this.#alongLine(place, stop, "over");
    if (this.#kind === "stepOut") return stillInlined(place.position, from) ? this.#alongLine(place, stop, "over") : stopHere;
    if (sameLine(place.position, from)) return this.#alongLine(place, stop, how);
    if (this.#kind === "next" && inlinedBelow(place.position, from)) return this.#alongLine(place, stop, "over");
    return stopHere;
  }

  async #alongLine(place: LogicalPlace, stop: Stop, how: "into" | "over"): Promise<Move> {
    const inlined = this.#kind === "stepIn" ? "enter" : this.#kind === "next" ? "skip" : "leave";
    const ranges = await place.module.symbols.stepRanges(place.frame.offset, inlined);
    const places = how === "over" ? this.#loopPlaces(place, stop, ranges) : undefined;
    return places ? { kind: "run-to", places } : stepWith(how, place.module.engine, ranges);
  }

  #loopPlaces(
    place: LogicalPlace,
    stop: Stop,
    ranges: readonly ModuleRange[],
  ): { module: LoadedModule["engine"]; offset: ModuleRange["start"] }[] | undefined {
    const { wasm, engine } = place.module;
    const exits = loopExits(wasm, ranges, place.frame.offset);
    if (!exits) return undefined;
    const places = exits.map((offset) => ({ module: engine, offset }));
    const caller = stop.frames[1];
    if (caller?.kind !== "wasm") return places;
    const callerModule = this.#context.moduleOf(caller);
    const behindCall = callerModule && nextInstruction(callerModule.wasm, caller.offset);
    return behindCall === undefined ? places : [...places, { module: caller.module, offset: behindCall }];
  }
}
