import type { FunctionIndex } from "#core/wasm/offsets.ts";
import type { BreakpointSet } from "../breakpoints/breakpoint-set.ts";
import { type EngineModule, type ExceptionText, GoneError, type Stop, type Target } from "../engine/engine.ts";
import { type ExceptionFilter, exceptionFilters, filterOf } from "./exception-filters.ts";
import type { LoadedModule } from "./loaded-module.ts";
import type { StopException } from "./stop-exception.ts";

/** At which errors the program stops: those of the engine, and those that a language's runtime ends the program by. */
export class ExceptionStops {
  readonly #breakpoints: BreakpointSet;
  readonly #modules: readonly LoadedModule[];
  readonly #stopsAtHandledTraps: boolean;
  /** The function of a language's runtime at which the program has stopped last. */
  #told: { readonly module: EngineModule; readonly fn: FunctionIndex | undefined } | undefined;
  #filters: ReadonlySet<ExceptionFilter> = new Set(exceptionFilters.filter((row) => row.default).map(({ filter }) => filter));

  /** `modules`: those that are loaded, also later. */
  constructor(breakpoints: BreakpointSet, modules: readonly LoadedModule[], stopsAtHandledTraps: boolean) {
    this.#breakpoints = breakpoints;
    this.#modules = modules;
    this.#stopsAtHandledTraps = stopsAtHandledTraps;
  }

  /** Makes `filters` those that the user wants; part of the next {@link apply}. */
  choose(filters: readonly ExceptionFilter[]): void {
    this.#filters = new Set(filters);
    this.#told = undefined;
  }

  /** Sets what is wanted in the engine and in all modules. */
  async apply(target: Target | undefined): Promise<void> {
    await target?.setExceptionStops(this.#engineStops()).catch(ignoreGone);
    for (const { engine, exceptions } of this.#modules) {
      const places = exceptions?.places.filter((place) => this.#filters.has(place.filter)) ?? [];
      this.#breakpoints.watch(engine, new Set(places.map(({ offset }) => offset)));
    }
    await this.#breakpoints.apply(this.#modules).catch(ignoreGone);
  }

  #engineStops(): "none" | "uncaught" | "all" {
    if (this.#filters.has("trap") || this.#filters.has("abort")) return this.#stopsAtHandledTraps ? "all" : "uncaught";
    return this.#filters.has("uncaught") ? "uncaught" : "none";
  }

  /** Whether the user wants to see an error at which the engine has stopped. */
  wants(exception: ExceptionText, stop: Stop): boolean {
    const filter = filterOf(exception);
    const isWanted = this.#filters.has(filter) || (filter === "abort" && this.#filters.has("trap"));
    const isTrap = filter !== "uncaught" && stop.frames[0]?.kind === "wasm";
    return isWanted && (!exception.handled || isTrap) && !this.#isTold(stop.frames);
  }

  /** The error of the language's runtime that the stop is at. */
  async watchedAt(stop: Stop): Promise<StopException | undefined> {
    for (const { module, offset } of stop.hits) {
      if (!this.#breakpoints.isWatched(module, offset) || this.#isTold(stop.frames.slice(1))) continue;
      const loaded = this.#modules.find(({ engine }) => engine === module);
      this.#told = loaded && { module, fn: loaded.wasm.functionAt(offset)?.index };
      return loaded?.exceptions?.describe(stop, offset);
    }
    return undefined;
  }

  /** A panic that the user has seen ends in an abort, and that in a trap: these are not shown, too. `frames`: those below which it happens. */
  #isTold(frames: Stop["frames"]): boolean {
    const told = this.#told;
    const wasm = told && this.#modules.find(({ engine }) => engine === told.module)?.wasm;
    if (!wasm || told.fn === undefined) return false;
    return frames.some(
      (frame) => frame.kind === "wasm" && frame.module === told.module && wasm.functionAt(frame.offset)?.index === told.fn,
    );
  }
}

/** What is set too late, or in a program that runs without a debugger, is no mistake of the client. */
function ignoreGone(error: unknown): void {
  if (!(error instanceof GoneError)) throw error;
}
