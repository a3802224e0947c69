import { printableLine, printableText } from "#core/text/printable.ts";
import type { ModuleOffset } from "#core/wasm/offsets.ts";
import { BreakpointSet } from "../breakpoints/breakpoint-set.ts";
import { checkHits } from "../breakpoints/check-hits.ts";
import type { BreakpointRequest, UserBreakpoint } from "../breakpoints/user-breakpoint.ts";
import { CodeAddresses } from "../disassembly/code-addresses.ts";
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
import type { StepKind } from "../stepping/step-plan.ts";
import type { LoadedSymbols } from "../symbols/load-symbols.ts";
import type { ValueLimits } from "../values/value.ts";
import { ValueContexts } from "../variables/value-contexts.ts";
import { errorText } from "./error-text.ts";
import type { ExceptionFilter } from "./exception-filters.ts";
import { ExceptionStops } from "./exception-stops.ts";
import type { LoadedModule } from "./loaded-module.ts";
import { engineException, type StopException } from "./stop-exception.ts";
import type { ProgramListener, UserStopReason } from "./program-listener.ts";
import { ProgramLogs } from "./program-logs.ts";
import { UserSteps } from "./user-steps.ts";

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

/** A stop that the user sees. */
interface ShownStop {
  readonly stacks: StopStacks;
  readonly stack: CallStack;
  readonly exception: StopException | undefined;
}

/** One program under the debugger: decides what each stop of the engine means to the user. */
export class Program implements EngineHost {
  readonly registry: SourceRegistry;
  readonly values: ValueContexts;
  readonly breakpoints: BreakpointSet;
  readonly addresses = new CodeAddresses();
  readonly #logs: ProgramLogs;
  readonly #steps: UserSteps;
  readonly #exceptions: ExceptionStops;
  readonly #listener: ProgramListener;
  readonly #options: ProgramOptions;
  readonly #modules: LoadedModule[] = [];
  #target: Target | undefined;
  #stopAt: ModuleOffset | undefined;
  #current: ShownStop | undefined;
  /** The stop that a request of the user is about to end. */
  #leaving: ShownStop | undefined;
  #pausing = false;
  /** A pause was asked for while the program is about to go on. */
  #pauseWaits = false;
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
    this.#logs = new ProgramLogs(listener, () => (this.#current ? undefined : this.#target));
    this.breakpoints = new BreakpointSet({ limits: options.limits, logs: this.#logs.sink, hitsPerGoroutine: options.hitsPerGoroutine });
    this.#steps = new UserSteps(this, this.breakpoints, this.#modules);
    this.#exceptions = new ExceptionStops(this.breakpoints, this.#modules, options.stopsAtHandledTraps);
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

  setInstructionBreakpoints(requests: readonly BreakpointRequest[]): Promise<readonly UserBreakpoint[]> {
    return this.breakpoints.replaceInstructions(requests, this.#modules);
  }

  setExceptionFilters(filters: readonly ExceptionFilter[]): Promise<void> {
    this.#exceptions.choose(filters);
    return this.#exceptions.apply(this.#target);
  }

  /** Where an interrupted step is waiting, the program goes on with that. */
  resume(): Promise<void> {
    return this.#goOn(({ stop }) => this.#steps.resume(stop));
  }

  async pause(): Promise<void> {
    if (this.#current && this.#current !== this.#leaving) return;
    this.#pausing = true;
    if (this.#current) this.#pauseWaits = true;
    else await this.#target?.pause();
  }

  /** `threadId`: the thread that is to be stepped, where it is not the one that is stopped. */
  step(kind: StepKind, byInstruction: boolean, threadId?: number): Promise<void> {
    return this.#goOn(async ({ stacks, stack, stop }) => {
      if (stop.unwound) return this.#steps.resume(stop);
      const goesOn = await this.#steps.begin(stop, { kind, byInstruction, threadId: threadId ?? stack.threadId });
      if (!goesOn) await this.#show(stacks, "step", []);
    });
  }

  /** The stop lasts until the engine says that the program runs: where `how` fails, the user still is where they were. */
  async #goOn(how: (from: ShownStop & { readonly stop: Stop }) => Promise<void>): Promise<void> {
    const from = this.#current;
    if (!from || from === this.#leaving) throw new Error(this.#target ? "the program is running; pause it first" : "no program is running");
    this.#leaving = from;
    this.#pausing = this.#pauseWaits = false;
    try {
      await how({ ...from, stop: from.stacks.stop });
    } finally {
      if (this.#leaving === from) this.#leaving = undefined;
    }
    if (this.#pauseWaits && !this.#current) await this.#target?.pause();
  }

  targetStarted(target: Target): void {
    this.#target = target;
  }

  targetEnded(_target: Target, end: TargetEnd): void {
    this.#target = undefined;
    this.#current = undefined;
    if (end.reason !== undefined) this.#listener.output({ category: "important", text: `${end.reason}\n` });
    const said = Promise.allSettled([this.#lastWords, this.#logs.end()]);
    void said.then(() => this.#listener.ended(end.exitCode));
  }

  async starting(): Promise<void> {
    this.#announce?.();
    await this.#released;
    await this.#exceptions.apply(this.#target);
  }

  async moduleLoaded(engine: EngineModule): Promise<void> {
    const loaded = await this.#options.symbolsOf(engine);
    const { symbols } = loaded;
    this.#modules.push({ engine, ...loaded });
    for (const note of symbols.notes) this.#listener.output({ category: "important", text: `${printableLine(note)}\n` });
    if (this.#stopAt !== undefined && this.#modules.length === 1) this.breakpoints.setTemporary(engine, [{ offset: this.#stopAt }]);
    // What was set before may be in this module.
    const changed = await this.breakpoints.rebind((path) => this.registry.byPath(path, this.#modules), this.#modules);
    if (changed.length > 0) this.#listener.breakpointsChanged(changed);
    this.#announce?.();
    await this.#released;
    await this.#exceptions.apply(this.#target);
  }

  moduleUnloaded(engine: EngineModule): void {
    const index = this.#modules.findIndex((module) => module.engine === engine);
    if (index >= 0) this.#modules.splice(index, 1);
  }

  resumed(): void {
    this.#current = undefined;
    this.#listener.resumed();
  }

  output(output: EngineOutput): void {
    this.#logs.sink.output(output);
  }

  logged(batch: LoggedRecords): void {
    this.#logs.sink.logged(batch);
  }

  failed(stop: Stop): void {
    this.#lastWords = this.#printError(stop).catch((error: unknown) => {
      this.#listener.output({ category: "stderr", text: printableText(`${stop.exception?.message ?? ""} (${String(error)})\n`) });
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
    await this.#logs.fetch(stop.target);
    const stacks = new StopStacks(this, stop);
    const hits = await checkHits(this.breakpoints, stop, stacks, this.values);
    for (const message of hits.messages) this.#logs.sink.output(message);
    if (hits.stops.length > 0 && !(await this.#steps.passes(stop))) return this.#show(stacks, hits.kind, hits.stops);
    const exception = await this.#exceptions.watchedAt(stop);
    if (exception) return this.#show(stacks, "exception", [], exception);
    // Nothing else of our own is set yet, and the engine may have rounded the place up.
    if (this.#stopAt !== undefined && stop.hits.length > 0) return this.#show(stacks, "entry", []);
    await this.#continueStep(stacks);
  }

  async #continueStep(stacks: StopStacks): Promise<void> {
    const { stop } = stacks;
    const move = await this.#steps.next(stop);
    // Asked for while we looked at this stop: V8 does not pause what is paused.
    if (this.#pausing) return this.#show(stacks, "pause", []);
    if (move?.kind === "stop") return this.#show(stacks, "step", []);
    await (move ? this.#steps.move(stop, move) : stop.target.resume());
  }

  async #atException(stop: Stop): Promise<void> {
    await this.#logs.fetch(stop.target);
    const exception = stop.exception!;
    const stacks = new StopStacks(this, stop);
    if (stop.unwound) this.#listener.output({ category: "stderr", text: await errorText(await stacks.current(), exception) });
    if (!this.#exceptions.wants(exception, stop) || (stop.unwound && this.#shownException)) return this.#steps.passException(stop);
    this.#shownException = true;
    return this.#show(stacks, "exception", [], engineException(exception));
  }

  async #show(stacks: StopStacks, reason: UserStopReason, breakpointIds: readonly number[], exception?: StopException): Promise<void> {
    this.#pausing = false;
    this.#stopAt = undefined;
    const threadId = await stacks.currentThread();
    const interrupts = await this.#steps.stopped(breakpointIds.length > 0 ? threadId : undefined);
    const stack = await stacks.current();
    this.#current = { stacks, stack, exception };
    this.#listener.stopped({ reason, threadId: stack.threadId, breakpointIds, stack, ...(exception ? { exception } : {}) });
    if (interrupts) this.#listener.output({ category: "console", text: interruptedText });
  }
}

/** Delve's words. */
const interruptedText = "Step interrupted by a breakpoint. Use 'Continue' to resume the original step command.\n";
