import type { ModuleOffset } from "#core/wasm/offsets.ts";
import {
  type CompiledCondition,
  compileCondition,
  type CompiledMessage,
  compileLogMessage,
  type ConditionLanguage,
  goroutineForEngine,
} from "../expressions/compile-condition.ts";
import type { CodePlace } from "../disassembly/code-addresses.ts";
import type { BoundOffset } from "./bound-offset.ts";
import type { LoadedModule } from "../program/loaded-module.ts";
import type { FunctionPlaces } from "./function-places.ts";
import { ExpressionError } from "../expressions/expression-error.ts";
import type { KnownSource } from "../sources/source-registry.ts";
import type { ModuleSymbols } from "../symbols/module-symbols.ts";
import type { ValueLimits } from "../values/value.ts";
import type { LogSink } from "./log-sink.ts";
import type { EngineCheck } from "./engine-check.ts";
import { type HitRule, parseHitCondition } from "./hit-condition.ts";

/** A breakpoint as the client asks for it; line and column are 1-based. */
export interface BreakpointRequest {
  readonly line: number;
  /** It is on the function of this name; its line means nothing then. */
  readonly functionName?: string | undefined;
  readonly column?: number | undefined;
  /** It is on an instruction; its line means nothing then. `place`: where there is one. */
  readonly instruction?: { readonly reference: string; readonly place: CodePlace | undefined } | undefined;
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
  readonly logMessage?: string | undefined;
}

/** A breakpoint of the user, with the places in modules that it stands for. */
export class UserBreakpoint {
  readonly id: number;
  readonly request: BreakpointRequest;
  condition: CompiledCondition | undefined;
  logMessage: CompiledMessage | undefined;
  hitRule: HitRule | undefined;
  /** Why it does not stop as asked; nothing is bound then. */
  problem: string | undefined;
  /** Asked of the engine. */
  wanted: BoundOffset[] = [];
  /** Where the engine has set it: it may round up to the next instruction at which it can stop. */
  bound: BoundOffset[] = [];
  /** Why there is no such function. */
  functionProblem: string | undefined;
  /** 1-based line and column that were found. */
  found: { readonly line: number; readonly column: number | undefined } | undefined;
  /** A failing condition is told once, not at every hit. */
  failureTold = false;
  #language: ConditionLanguage | undefined;
  /** By the places that were compiled for. */
  readonly #checks = new Map<LoadedModule, Map<ModuleOffset, Promise<EngineCheck | undefined>>>();

  constructor(id: number, request: BreakpointRequest) {
    this.id = id;
    this.request = request;
  }

  /** Reads condition and messages in the language of the symbols; once, as a breakpoint stays in its source. */
  #compileTexts(symbols: ModuleSymbols | undefined): void {
    if (!symbols || this.#language) return;
    this.#language = symbols.kind === "go" ? "go" : "c-like";
    const { condition, logMessage, hitCondition } = this.request;
    try {
      if (condition) this.condition = compileCondition(condition, this.#language);
      if (logMessage) this.logMessage = compileLogMessage(logMessage, this.#language);
      if (hitCondition) this.hitRule = hitRuleOf(hitCondition, this.#language);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.problem = error.message;
    }
  }

  /** Where it is, for messages. */
  get place(): string {
    const { functionName, instruction, line } = this.request;
    if (instruction) return `on the instruction at ${instruction.reference}`;
    return functionName === undefined ? `in line ${line}` : `on ${functionName}`;
  }

  get verified(): boolean {
    return this.bound.length > 0;
  }

  /** What the client shows beside it; `undefined` where all is as asked. */
  get message(): string | undefined {
    if (this.problem !== undefined) return this.problem;
    if (this.functionProblem !== undefined) return this.functionProblem;
    if (this.request.functionName !== undefined || this.request.instruction)
      return this.verified ? undefined : "the engine cannot stop here";
    if (!this.found) return "there is no code at or behind this line";
    if (!this.verified) return "the engine cannot stop here";
    return this.found.line === this.request.line ? undefined : `line ${this.request.line} has no code: moved to line ${this.found.line}`;
  }

  /** Takes the places of a function or an instruction; they are not set yet. */
  resolveCode({ wanted, problem }: FunctionPlaces): void {
    this.#compileTexts(wanted[0]?.symbols);
    this.wanted = this.problem === undefined ? [...wanted] : [];
    this.functionProblem = problem;
  }

  /** Looks its places up in the symbols; they are not set yet. */
  async resolve(sources: readonly KnownSource[]): Promise<void> {
    this.wanted = [];
    this.found = undefined;
    this.#compileTexts(sources[0]?.symbols);
    if (this.problem !== undefined) return;
    for (const { module, symbols, source } of sources) {
      const match = await symbols.offsetsOf(source, this.request.line, this.request.column);
      // Another module or source may have the very line that this one has not.
      if (!match || (this.found && match.line > this.found.line)) continue;
      if (this.found && match.line < this.found.line) this.wanted = [];
      this.found = { line: match.line, column: match.column };
      this.wanted.push(...match.ranges.map((range) => ({ module, symbols, offset: range.start })));
    }
  }

  /** Whether the engine may be able to decide something of it. */
  get isChecked(): boolean {
    return this.condition !== undefined || this.hitRule !== undefined || this.logMessage !== undefined;
  }

  /** What the engine can decide of it at a place that was wanted; `undefined` where it has to stop each time. */
  engineCheck({ module, symbols, offset }: BoundOffset, engine: EngineContext): Promise<EngineCheck | undefined> {
    const ofModule = this.#checks.get(module) ?? new Map<ModuleOffset, Promise<EngineCheck | undefined>>();
    this.#checks.set(module, ofModule);
    const known = ofModule.get(offset) ?? this.#compile({ module, symbols, offset }, engine);
    ofModule.set(offset, known);
    return known;
  }

  async #compile(at: BoundOffset, { limits, logs, hitsPerGoroutine }: EngineContext): Promise<EngineCheck | undefined> {
    const { id, condition, hitRule: hits, logMessage } = this;
    const compiled = await condition?.forEngine(at);
    if (condition && !compiled) return undefined;
    const message = await logMessage?.forEngine(at, limits);
    if (!condition && !hits && !message) return undefined;
    const perGoroutine = hits && hitsPerGoroutine && at.symbols.kind === "go";
    const goroutine = perGoroutine ? await goroutineForEngine(at) : undefined;
    if (perGoroutine && goroutine === undefined) return undefined;
    const log = message && { format: logs.format(message), goroutine: message.goroutine, values: message.values.map(({ code }) => code) };
    return { id, condition: compiled, hits: hits && { rule: hits, goroutine }, log };
  }
}

/** What breakpoints are compiled for. */
export interface EngineContext {
  readonly limits: ValueLimits;
  readonly logs: LogSink;
  /** Hit counts in Go are those of each goroutine by itself. */
  readonly hitsPerGoroutine: boolean;
}

function hitRuleOf(text: string, language: ConditionLanguage): HitRule {
  const rule = parseHitCondition(text);
  if (rule) return rule;
  throw new ExpressionError(
    language === "go"
      ? `unable to parse breakpoint hit condition: ${JSON.stringify(text)}\nhit conditions should be of the form "number" or "OP number"`
      : `hit condition "${text}" is not understood; write a number, or one after ==, >, >=, <, <= or %`,
  );
}
