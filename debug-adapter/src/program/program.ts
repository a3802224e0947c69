import type { ModuleOffset } from "#core/wasm/offsets.ts";
import { BreakpointSet } from "../breakpoints/breakpoint-set.ts";
import { checkHits } from "../breakpoints/check-hits.ts";
import type { BreakpointRequest, UserBreakpoint } from "../breakpoints/user-breakpoint.ts";
import {
  type Engine,
  type EngineHost,
  type EngineModule,
  type EngineOutput,
  GoneError,
  StaleError,
  type Stop,
  type Target,
  type TargetEnd,
  type WasmFrame,
} from "../engine/engine.ts";
import type { KnownSource, SourceRegistry } from "../sources/source-registry.ts";
import { CallStack } from "../stack/call-stack.ts";
import type { Move } from "../stepping/step-plan.ts";
import { type StepKind, Stepper } from "../stepping/stepper.ts";
import type { LoadedSymbols } from "../symbols/load-symbols.ts";
import type { ValueLimits } from "../values/value.ts";
import { ValueContexts } from "../variables/value-contexts.ts";
import { errorText } from "./error-text.ts";
import { type ExceptionFilter, filterOf } from "./exception-filters.ts";
import type { LoadedModule } from "./loaded-module.ts";
import type { ProgramListener, UserStopReason } from "./program-listener.ts";

export interface ProgramOptions {
  readonly registry: SourceRegistry;
  /** Debug information of the program's module, which may still be read while the engine starts. */
  readonly symbols: Promise<LoadedSymbols>;
  readonly limits: ValueLimits;
  /** Where to stop before anything else. */
  readonly stopAt: ModuleOffset | undefined;
}

/** One program under the debugger: decides what each stop of the engine means to the user. */
export class Program implements EngineHost {
  readonly registry: SourceRegistry;
  readonly values: ValueContexts;
  readonly breakpoints = new BreakpointSet();
  readonly #listener: ProgramListener;
  readonly #options: ProgramOptions;
  readonly #modules: LoadedModule[] = [];
  readonly #exceptionFilters = new Set<ExceptionFilter>(["trap"]);
  #target: Target | undefined;
  #stopAt: ModuleOffset | undefined;
  #current: CallStack | undefined;
  #stepper: Stepper | undefined;
  #pausing = false;
  /** The trap that the user has seen already when it ends the program. */
  #shownException = false;
  #release: (() => void) | undefined;
  readonly #released: Promise<void>;
  #announce: (() => void) | undefined;
  readonly #announced: Promise<void>;

  constructor(options: ProgramOptions, listener: ProgramListener) {
    this.#options = options;
    this.#listener = listener;
    this.registry = options.registry;
    this.values = new ValueContexts(options.limits);
    this.#stopAt = options.stopAt;
    this.#released = new Promise((resolve) => (this.#release = resolve));
    this.#announced = new Promise((resolve) => (this.#announce = resolve));
  }

  /** Starts the engine; resolves when the module is compiled and its symbols are indexed, before anything of it runs. */
  async start(engine: Engine): Promise<void> {
    await engine.start();
    await this.#options.symbols;
    await this.#announced;
  }

  /** The client has said all it wants: the program may run. */
  release(): void {
    this.#release?.();
  }

  get modules(): readonly LoadedModule[] {
    return this.#modules;
  }

  get target(): Target | undefined {
    return this.#target;
  }

  /** The stop that the user sees; `undefined` while the program runs. */
  get stack(): CallStack | undefined {
    return this.#current;
  }

  moduleOf(frame: WasmFrame): LoadedModule | undefined {
    return this.#modules.find((module) => module.engine === frame.module);
  }

  setBreakpoints(key: string, requests: readonly BreakpointRequest[], sources: readonly KnownSource[]): Promise<readonly UserBreakpoint[]> {
    return this.breakpoints.replace(key, requests, sources, this.#modules);
  }

  async setExceptionFilters(filters: readonly ExceptionFilter[]): Promise<void> {
    this.#exceptionFilters.clear();
    for (const filter of filters) this.#exceptionFilters.add(filter);
    await this.#target?.setExceptionStops(this.#exceptionFilters.size > 0 ? "uncaught" : "none").catch(ignoreGone);
  }

  async resume(): Promise<void> {
    const { target } = this.#stopped();
    this.#leave();
    await target.resume();
  }

  async pause(): Promise<void> {
    if (this.#current) return;
    this.#pausing = true;
    await this.#target?.pause();
  }

  async step(kind: StepKind, byInstruction: boolean): Promise<void> {
    const { target, stop } = this.#stopped();
    if (stop.unwound) return this.resume();
    const stepper = await Stepper.begin(this, kind, stop, byInstruction);
    const move = await stepper.first(stop);
    this.#leave();
    this.#stepper = stepper;
    await this.#move(target, move);
  }

  targetStarted(target: Target): void {
    this.#target = target;
  }

  targetEnded(_target: Target, end: TargetEnd): void {
    this.#target = undefined;
    this.#current = undefined;
    if (end.reason !== undefined) this.#listener.output({ category: "important", text: `${end.reason}\n` });
    this.#listener.ended(end.exitCode);
  }

  async moduleLoaded(engine: EngineModule): Promise<void> {
    const { wasm, symbols, disassembly } = await this.#options.symbols;
    this.#modules.push({ engine, wasm, symbols, disassembly });
    for (const note of symbols.notes) this.#listener.output({ category: "important", text: `${note}\n` });
    if (this.#stopAt !== undefined) this.breakpoints.setTemporary(engine, [this.#stopAt]);
    this.#announce?.();
    await this.#released;
    await this.breakpoints.apply(this.#modules);
    await this.setExceptionFilters([...this.#exceptionFilters]);
  }

  moduleUnloaded(engine: EngineModule): void {
    const index = this.#modules.findIndex((module) => module.engine === engine);
    if (index >= 0) this.#modules.splice(index, 1);
  }

  resumed(): void {
    this.#current = undefined;
  }

  output(output: EngineOutput): void {
    this.#listener.output(output);
  }

  stopped(stop: Stop): void {
    this.#handle(stop).catch((error: unknown) => {
      // The program has ended, or was sent on, while we looked at it.
      if (error instanceof GoneError || error instanceof StaleError) return;
      const message = error instanceof Error ? error.message : String(error);
      this.#listener.output({ category: "important", text: `the debugger failed at a stop: ${message}\n` });
      void this.#show(stop, "pause", []);
    });
  }

  async #handle(stop: Stop): Promise<void> {
    if (stop.exception) return this.#atException(stop);
    const hits = await checkHits(this.breakpoints, stop, new CallStack(this, stop), this.values);
    for (const text of hits.messages) this.#listener.output({ category: "console", text: `${text}\n` });
    if (hits.stops.length > 0) return this.#show(stop, "breakpoint", hits.stops);
    // Nothing else of our own is set yet, and the engine may have rounded the place up.
    if (this.#stopAt !== undefined && stop.hits.length > 0) return this.#show(stop, "entry", []);
    await this.#continueStep(stop);
  }

  async #continueStep(stop: Stop): Promise<void> {
    const stepper = this.#stepper;
    // Another call of the same function, deeper than the one that is stepped.
    const isDeeper = stepper !== undefined && this.breakpoints.hasTemporary && stop.frames.length > stepper.depth;
    if (!isDeeper) await this.#clearTemporary();
    const move = stepper && !isDeeper ? await stepper.next(stop) : undefined;
    // Asked for while we looked at this stop: V8 does not pause what is paused.
    if (this.#pausing) return this.#show(stop, "pause", []);
    if (move?.kind === "stop") return this.#show(stop, "step", []);
    await (move ? this.#move(stop.target, move) : stop.target.resume());
  }

  async #move(target: Target, move: Move): Promise<void> {
    switch (move.kind) {
      case "step":
        return target.step(move.how, move.skip);
      case "run-to":
        for (const module of new Set(move.places.map((place) => place.module))) {
          const offsets = move.places.filter((place) => place.module === module).map((place) => place.offset);
          this.breakpoints.setTemporary(module, offsets);
        }
        await this.breakpoints.apply(this.#modules);
        return target.resume();
      case "stop":
        return undefined;
    }
  }

  async #atException(stop: Stop): Promise<void> {
    const wanted = this.#exceptionFilters.has(filterOf(stop.exception!));
    if (stop.unwound) this.#listener.output({ category: "stderr", text: await errorText(new CallStack(this, stop), stop.exception!) });
    if (!wanted || (stop.unwound && this.#shownException)) return stop.target.resume();
    this.#shownException = true;
    return this.#show(stop, "exception", []);
  }

  async #show(stop: Stop, reason: UserStopReason, breakpointIds: readonly number[]): Promise<void> {
    this.#stepper = undefined;
    this.#pausing = false;
    this.#stopAt = undefined;
    await this.#clearTemporary();
    this.#current = new CallStack(this, stop);
    this.#listener.stopped({ reason, threadId: stop.target.id, breakpointIds, stack: this.#current });
  }

  async #clearTemporary(): Promise<void> {
    if (!this.breakpoints.hasTemporary) return;
    this.breakpoints.clearTemporary();
    await this.breakpoints.apply(this.#modules);
  }

  #stopped(): { target: Target; stop: Stop } {
    const stop = this.#current?.stop;
    if (!stop) throw new Error(this.#target ? "the program is running; pause it first" : "no program is running");
    return { target: stop.target, stop };
  }

  #leave(): void {
    this.#current = undefined;
    this.#pausing = false;
  }
}

/** What is set too late, or in a program that runs without a debugger, is no mistake of the client. */
function ignoreGone(error: unknown): void {
  if (!(error instanceof GoneError)) throw error;
}
