import type { ModuleOffset } from "#core/wasm/offsets.ts";
import { BreakpointSet } from "../breakpoints/breakpoint-set.ts";
import { checkHits } from "../breakpoints/check-hits.ts";
import { takeLogs } from "../breakpoints/engine-check.ts";
import { LogSink } from "../breakpoints/log-sink.ts";
import type { BreakpointRequest, UserBreakpoint } from "../breakpoints/user-breakpoint.ts";
import {
  type Engine,
  type EngineHost,
  type EngineModule,
  type EngineOutput,
  GoneError,
  type LoggedRecords,
  StaleError,
  type Stop,
  type Target,
  type TargetEnd,
  type WasmFrame,
} from "../engine/engine.ts";
import type { KnownSource, SourceRegistry } from "../sources/source-registry.ts";
import type { CallStack } from "../stack/call-stack.ts";
import { StopStacks } from "../stack/stop-stacks.ts";
import { nextInstruction } from "../stepping/line-loops.ts";
import type { Move, StepKind, StepStrategy } from "../stepping/step-plan.ts";
import { Stepper } from "../stepping/stepper.ts";
import type { LoadedSymbols } from "../symbols/load-symbols.ts";
import type { ValueLimits } from "../values/value.ts";
import { ValueContexts } from "../variables/value-contexts.ts";
import { errorText } from "./error-text.ts";
import { type ExceptionFilter, exceptionFilters, filterOf } from "./exception-filters.ts";
import type { LoadedModule } from "./loaded-module.ts";
import { engineException, type StopException } from "./stop-exception.ts";
import type { ProgramListener, UserStopReason } from "./program-listener.ts";

export interface ProgramOptions {
  readonly registry: SourceRegistry;
  /** Debug information of a module, which may still be read while the engine starts. */
  readonly symbolsOf: (module: EngineModule) => Promise<LoadedSymbols>;
  readonly limits: ValueLimits;
  /** Hit counts in Go are those of each goroutine by itself. */
  readonly hitsPerGoroutine: boolean;
  /** Where to stop before anything else. */
  readonly stopAt: ModuleOffset | undefined;
  /** Stop at traps that JavaScript will handle, too: in a script nearly all is below a promise, for which V8 takes every trap as handled. */
  readonly stopsAtHandledTraps: boolean;
}

/** In milliseconds; how long what was logged may wait in a program that does nothing else. */
const logInterval = 100;

/** One program under the debugger: decides what each stop of the engine means to the user. */
export class Program implements EngineHost {
  readonly registry: SourceRegistry;
  readonly values: ValueContexts;
  readonly breakpoints: BreakpointSet;
  readonly #logs: LogSink;
  #logTimer: NodeJS.Timeout | undefined;
  readonly #listener: ProgramListener;
  readonly #options: ProgramOptions;
  readonly #modules: LoadedModule[] = [];
  readonly #exceptionFilters = new Set<ExceptionFilter>(exceptionFilters.filter((row) => row.default).map(({ filter }) => filter));
  #target: Target | undefined;
  #stopAt: ModuleOffset | undefined;
  #current: { readonly stacks: StopStacks; readonly stack: CallStack; readonly exception: StopException | undefined } | undefined;
  #stepper: StepStrategy | undefined;
  #pausing = false;
  /** The trap that the user has seen already when it ends the program. */
  #shownException = false;
  #release: (() => void) | undefined;
  readonly #released: Promise<void>;
  /** Settles when what the user is to read of the program's end has been told. */
  #lastWords: Promise<unknown> = Promise.resolve();
  #announce: (() => void) | undefined;
  readonly #announced: Promise<void>;

  constructor(options: ProgramOptions, listener: ProgramListener) {
    this.#options = options;
    this.#listener = listener;
    this.registry = options.registry;
    this.values = new ValueContexts(options.limits);
    this.#logs = new LogSink(
      (output) => listener.output(output),
      () => this.#watchLogs(),
    );
    this.breakpoints = new BreakpointSet({ limits: options.limits, logs: this.#logs, hitsPerGoroutine: options.hitsPerGoroutine });
    this.#stopAt = options.stopAt;
    this.#released = new Promise((resolve) => (this.#release = resolve));
    this.#announced = new Promise((resolve) => (this.#announce = resolve));
  }

  /** Starts the engine; resolves when the module is compiled and its symbols are indexed, or a script is about to run, before it does. */
  async start(engine: Engine): Promise<void> {
    await engine.start();
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

  /** Of the thread that is stopped; `undefined` while the program runs. */
  get stack(): CallStack | undefined {
    return this.#current?.stack;
  }

  /** The error at which the program has stopped, if it has. */
  get exception(): StopException | undefined {
    return this.#current?.exception;
  }

  /** Of all threads at the stop that the user sees; `undefined` while the program runs. */
  get stacks(): StopStacks | undefined {
    return this.#current?.stacks;
  }

  moduleOf(frame: WasmFrame): LoadedModule | undefined {
    return this.#modules.find((module) => module.engine === frame.module);
  }

  setBreakpoints(key: string, requests: readonly BreakpointRequest[], sources: readonly KnownSource[]): Promise<readonly UserBreakpoint[]> {
    return this.breakpoints.replace(key, requests, sources, this.#modules);
  }

  setFunctionBreakpoints(requests: readonly BreakpointRequest[]): Promise<readonly UserBreakpoint[]> {
    return this.breakpoints.replaceFunctions(requests, this.#modules);
  }

  async setExceptionFilters(filters: readonly ExceptionFilter[]): Promise<void> {
    this.#exceptionFilters.clear();
    for (const filter of filters) this.#exceptionFilters.add(filter);
    await this.#target?.setExceptionStops(this.#engineExceptions()).catch(ignoreGone);
    for (const { engine, symbols } of this.#modules) {
      const places = symbols.exceptions?.places.filter((place) => this.#exceptionFilters.has(place.filter)) ?? [];
      this.breakpoints.watch(engine, new Set(places.map(({ offset }) => offset)));
    }
    await this.breakpoints.apply(this.#modules).catch(ignoreGone);
  }

  #engineExceptions(): "none" | "uncaught" | "all" {
    if (this.#exceptionFilters.has("trap")) return this.#options.stopsAtHandledTraps ? "all" : "uncaught";
    return this.#exceptionFilters.has("uncaught") ? "uncaught" : "none";
  }

  async resume(): Promise<void> {
    const { target } = this.#stopped();
    this.#leave();
    await this.#clearTemporary();
    await target.resume();
  }

  async pause(): Promise<void> {
    if (this.#current) return;
    this.#pausing = true;
    await this.#target?.pause();
  }

  /** `threadId`: the thread that is to be stepped, where it is not the one that is stopped. */
  async step(kind: StepKind, byInstruction: boolean, threadId?: number): Promise<void> {
    const { stop, stack } = this.#stopped();
    if (stop.unwound) return this.resume();
    const own = byInstruction ? undefined : await this.#ownStepper(kind, stop, threadId ?? stack.threadId);
    const stepper = own ?? (await Stepper.begin(this, kind, stop, byInstruction));
    const move = await stepper.first(stop);
    this.#leave();
    this.#stepper = stepper;
    await this.#move(stop, move);
  }

  async #ownStepper(kind: StepKind, stop: Stop, threadId: number): Promise<StepStrategy | undefined> {
    const frame = stop.frames.find((candidate) => candidate.kind === "wasm");
    return frame && this.moduleOf(frame)?.symbols.stepping?.begin(kind, stop, threadId);
  }

  targetStarted(target: Target): void {
    this.#target = target;
  }

  targetEnded(_target: Target, end: TargetEnd): void {
    this.#target = undefined;
    this.#current = undefined;
    if (end.reason !== undefined) this.#listener.output({ category: "important", text: `${end.reason}\n` });
    clearInterval(this.#logTimer);
    const said = Promise.allSettled([this.#lastWords, this.#logs.end()]);
    void said.then(() => this.#listener.ended(end.exitCode));
  }

  async starting(): Promise<void> {
    this.#announce?.();
    await this.#released;
    await this.setExceptionFilters([...this.#exceptionFilters]);
  }

  async moduleLoaded(engine: EngineModule): Promise<void> {
    const { wasm, symbols, disassembly } = await this.#options.symbolsOf(engine);
    this.#modules.push({ engine, wasm, symbols, disassembly });
    for (const note of symbols.notes) this.#listener.output({ category: "important", text: `${note}\n` });
    if (this.#stopAt !== undefined && this.#modules.length === 1) this.breakpoints.setTemporary(engine, [{ offset: this.#stopAt }]);
    // What was set before may be in this module.
    const changed = await this.breakpoints.rebind((path) => this.registry.byPath(path, this.#modules), this.#modules);
    if (changed.length > 0) this.#listener.breakpointsChanged(changed);
    this.#announce?.();
    await this.#released;
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
    this.#logs.output(output);
  }

  logged(batch: LoggedRecords): void {
    this.#logs.logged(batch);
  }

  /** What log points have collected so far, and the client's time to take it: a log point in a hot loop waits for both. */
  async #fetchLogs(target: Target): Promise<void> {
    if (!this.#logs.isUsed) return;
    const batch = await takeLogs(target);
    if (batch) this.#logs.logged(batch);
    await this.#logs.settled();
    await this.#listener.taken();
  }

  /** Also when nothing stops the program, users are to see soon what was logged. */
  #watchLogs(): void {
    let asking = false;
    const ask = async (): Promise<void> => {
      const target = this.#target;
      if (!target || asking || this.#current) return;
      asking = true;
      // What rejects is the end of the program, which is told by itself.
      await this.#fetchLogs(target).catch(() => undefined);
      asking = false;
    };
    this.#logTimer = setInterval(() => void ask(), logInterval).unref();
  }

  failed(stop: Stop): void {
    this.#lastWords = this.#printError(stop).catch((error: unknown) => {
      this.#listener.output({ category: "stderr", text: `${stop.exception?.message ?? ""} (${String(error)})\n` });
    });
  }

  async #printError(stop: Stop): Promise<void> {
    for (const engine of new Set(stop.frames.flatMap((frame) => (frame.kind === "wasm" ? [frame.module] : [])))) {
      this.#modules.push({ engine, ...(await this.#options.symbolsOf(engine)) });
    }
    this.#listener.output({ category: "stderr", text: await errorText(await new StopStacks(this, stop).current(), stop.exception!) });
  }

  stopped(stop: Stop): void {
    this.#handle(stop).catch((error: unknown) => {
      // The program has ended, or was sent on, while we looked at it.
      if (error instanceof GoneError || error instanceof StaleError) return;
      const message = error instanceof Error ? error.message : String(error);
      this.#listener.output({ category: "important", text: `the debugger failed at a stop: ${message}\n` });
      // What failed may fail again; then all that is left to the user is to stop or to go on.
      this.#show(new StopStacks(this, stop), "pause", []).catch(() => undefined);
    });
  }

  async #handle(stop: Stop): Promise<void> {
    if (stop.exception) return this.#atException(stop);
    await this.breakpoints.settled();
    await this.#fetchLogs(stop.target);
    const stacks = new StopStacks(this, stop);
    const hits = await checkHits(this.breakpoints, stop, stacks, this.values);
    for (const message of hits.messages) this.#logs.output(message);
    if (hits.stops.length > 0) return this.#show(stacks, hits.onFunctions ? "function breakpoint" : "breakpoint", hits.stops);
    const exception = await this.#watchedException(stop);
    if (exception) return this.#show(stacks, "exception", [], exception);
    // Nothing else of our own is set yet, and the engine may have rounded the place up.
    if (this.#stopAt !== undefined && stop.hits.length > 0) return this.#show(stacks, "entry", []);
    await this.#continueStep(stacks);
  }

  /** The error of the language's runtime that the stop is at. */
  async #watchedException(stop: Stop): Promise<StopException | undefined> {
    for (const { module, offset } of stop.hits) {
      if (!this.breakpoints.isWatched(module, offset)) continue;
      return this.#modules.find(({ engine }) => engine === module)?.symbols.exceptions?.describe(stop, offset);
    }
    return undefined;
  }

  async #continueStep(stacks: StopStacks): Promise<void> {
    const { stop } = stacks;
    const move = await this.#stepper?.next(stop);
    // Asked for while we looked at this stop: V8 does not pause what is paused.
    if (this.#pausing) return this.#show(stacks, "pause", []);
    if (move?.kind === "stop") return this.#show(stacks, "step", []);
    await (move ? this.#move(stop, move) : stop.target.resume());
  }

  async #move(stop: Stop, move: Move): Promise<void> {
    switch (move.kind) {
      case "step":
        if (!this.#stepper?.keepsPlaces) await this.#clearTemporary();
        return stop.target.step(move.how, move.skip);
      case "run-to":
        for (const module of new Set(move.places.map((place) => place.module))) {
          const places = move.places.filter((place) => place.module === module);
          this.breakpoints.setTemporary(module, places, move.keep);
        }
        await this.breakpoints.apply(this.#modules);
        if (move.shared !== undefined) await stop.share(move.shared);
        return stop.target.resume();
      case "wait":
        return stop.target.resume();
      case "stop":
        return undefined;
    }
  }

  async #atException(stop: Stop): Promise<void> {
    await this.#fetchLogs(stop.target);
    const { handled = false } = stop.exception!;
    const isTrap = filterOf(stop.exception!) === "trap" && stop.frames[0]?.kind === "wasm";
    const wanted = this.#exceptionFilters.has(filterOf(stop.exception!)) && (!handled || isTrap);
    const stacks = new StopStacks(this, stop);
    if (stop.unwound) this.#listener.output({ category: "stderr", text: await errorText(await stacks.current(), stop.exception!) });
    if (!wanted || (stop.unwound && this.#shownException)) return this.#passException(stop);
    this.#shownException = true;
    return this.#show(stacks, "exception", [], engineException(stop.exception!));
  }

  /** An engine that stops at an error has forgotten its step; that goes on where the JavaScript that handles the error returns. */
  async #passException(stop: Stop): Promise<void> {
    const caller = stop.frames.find((frame) => frame.kind === "wasm");
    const module = caller && this.moduleOf(caller);
    const offset = module && nextInstruction(module.wasm, caller.offset);
    if (!this.#stepper || this.#stepper.keepsPlaces || !module || offset === undefined) return stop.target.resume();
    return this.#move(stop, { kind: "run-to", places: [{ module: module.engine, offset }] });
  }

  async #show(stacks: StopStacks, reason: UserStopReason, breakpointIds: readonly number[], exception?: StopException): Promise<void> {
    const keepsPlaces = this.#stepper?.keepsPlaces ?? false;
    this.#stepper = undefined;
    this.#pausing = false;
    this.#stopAt = undefined;
    if (!keepsPlaces) await this.#clearTemporary();
    const stack = await stacks.current();
    this.#current = { stacks, stack, exception };
    this.#listener.stopped({ reason, threadId: stack.threadId, breakpointIds, stack, ...(exception ? { exception } : {}) });
  }

  async #clearTemporary(): Promise<void> {
    if (!this.breakpoints.hasTemporary) return;
    this.breakpoints.clearTemporary();
    await this.breakpoints.apply(this.#modules);
  }

  #stopped(): { target: Target; stop: Stop; stack: CallStack } {
    const stack = this.#current?.stack;
    if (!stack) throw new Error(this.#target ? "the program is running; pause it first" : "no program is running");
    return { target: stack.stop.target, stop: stack.stop, stack };
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
