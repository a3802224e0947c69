/**
 * One step of a goroutine. The engine's own steps are of no use: where a goroutine blocks, the engine returns from its functions and
 * enters them anew later. So breakpoints stand wherever the step may end, with a condition on the goroutine and on the depth of its
 * stack, counted from the stack's upper end, for stacks are copied when they grow.
 */
import { rowAt, unknownDelta, type CodeRows } from "#core/go/binary/code-rows.ts";
import type { DefinedIndex } from "#core/go/binary/program-counter.ts";
import type { AlignedFunction } from "#core/go/listing/align.ts";
import { positionAt, resumeRow } from "#core/go/listing/breakpoint-rows.ts";
import { entryOffset, prologueEnd } from "#core/go/listing/function-start.ts";
import type { ListedPosition } from "#core/go/listing/listed-position.ts";
import { nextLines } from "#core/go/listing/next-lines.ts";
import type { GoFrame } from "#core/go/runtime/frame.ts";
import { moduleOffset, type ModuleOffset } from "#core/wasm/offsets.ts";
import { sharedName, type EngineModule, type SharedValue, type Stop } from "../../engine/engine.ts";
import type { GoProgram } from "../../symbols/go/go-program.ts";
import { isUserFunction, type GoStops, type RunningGo } from "../../symbols/go/go-stop.ts";
import { calledFunctions, sameLine } from "./called-functions.ts";
import { type Move, type StepKind, type StepPlace, type StepStrategy, stopHere } from "../step-plan.ts";

/** Where the step begins. */
export interface StepStart extends Pick<RunningGo, "goroutine" | "stackHigh" | "frames"> {
  /** Number of the goroutine. */
  readonly threadId: number;
  /** The function that the goroutine has deferred last. */
  readonly deferred: DefinedIndex | undefined;
}

/** A place at which the step may end, or has to look. */
interface Target {
  readonly offset: ModuleOffset;
  /** Bytes between the upper end of the stack and the stack pointer there. */
  readonly depth: number;
  /**
   * `body`: of a loop over a function, `deferred`: of a deferred function; these are called from deeper down than `depth`, which is that of
   * the function around the loop, or of the one where the step begins.
   */
  readonly kind: "end" | "call" | "body" | "deferred";
}

/** In `runtime.g` of every version. */
const stackHighAt = 8;
/** More callers are waited for by none. */
const mostCallers = 200;

export class GoStep implements StepStrategy {
  readonly keepsPlaces = true;
  readonly threadId: number;
  readonly #program: GoProgram;
  readonly #stops: GoStops;
  readonly #kind: StepKind;
  readonly #start: StepStart;
  readonly #list: (functions: readonly DefinedIndex[]) => Promise<void>;
  readonly #targets: readonly Target[];
  /** Of the function that a step into has entered. */
  #entered: readonly Target[] = [];
  #entering = false;

  /** `list`: makes the lines of functions known, as far as they can be had. */
  constructor(
    program: GoProgram,
    stops: GoStops,
    kind: StepKind,
    start: StepStart,
    list: (functions: readonly DefinedIndex[]) => Promise<void>,
  ) {
    this.#list = list;
    this.#program = program;
    this.#stops = stops;
    this.#kind = kind;
    this.#start = start;
    this.threadId = start.threadId;
    this.#targets = this.#findTargets();
  }

  first(stop: Stop): Promise<Move> {
    // Stopped at a call already: no breakpoint would be hit before it.
    const here = this.#start.frames[0];
    const atCall = this.#targets.some(({ kind, offset }) => kind === "call" && offset === here?.offset);
    return Promise.resolve(atCall ? this.#enter() : this.#runTo(stop));
  }

  async next(stop: Stop): Promise<Move> {
    const running = await this.#stops.of(stop).running();
    const place = running?.frames[0];
    if (!running || !place || running.goroutine !== this.#start.goroutine) return { kind: "wait" };
    if (this.#entering) return this.#inCallee(stop, running, place);
    const depth = running.stackHigh - place.stackPointer;
    const found = this.#all.find(({ kind, offset, depth: at }) => offset === place.offset && (isDeeper(kind) ? depth > at : depth === at));
    if (!found || (found.kind === "body" && !this.#isBodyOf(running, found.depth))) return { kind: "wait" };
    if (found.kind === "deferred" && !this.#isDeferredCall(running)) return { kind: "wait" };
    return found.kind === "call" ? this.#enter() : stopHere;
  }

  /** The line of a loop over a function is where its body begins, too: a breakpoint on it is no other place for a step over it, as with Delve. */
  async passes(stop: Stop): Promise<boolean> {
    const running = await this.#stops.of(stop).running();
    const place = running?.frames[0];
    const { frames, goroutine, stackHigh } = this.#start;
    const aligned = place && this.#program.code.lines.aligned(place.index);
    if (this.#kind !== "next" || running?.goroutine !== goroutine || !aligned || place?.offset !== entryOffset(aligned)) return false;
    const parent = frames[this.#loopAround(frames)]!;
    return this.#isBodyOf(running, stackHigh - parent.entry) && sameLine(positionAt(aligned, place.offset), this.#position());
  }

  /** Where the step began. */
  #position(): ListedPosition | undefined {
    const [top] = this.#start.frames;
    const aligned = top && this.#program.code.lines.aligned(top.index);
    return aligned && top?.offset !== undefined ? positionAt(aligned, top.offset) : undefined;
  }

  get #all(): readonly Target[] {
    return [...this.#targets, ...this.#entered];
  }

  #enter(): Move {
    this.#entering = true;
    return { kind: "step", how: "into" };
  }

  /** A call was entered: a function of the user is run to its first line, a wrapper to its own calls, any other is left alone. */
  async #inCallee(stop: Stop, { stackHigh }: RunningGo, { index, entry }: GoFrame): Promise<Move> {
    this.#entering = false;
    await this.#list([index]);
    const aligned = this.#program.code.lines.aligned(index);
    this.#entered = [];
    if (aligned?.goFrame && entry < this.#start.frames[0]!.entry) {
      this.#entered = isUserFunction(this.#program, index)
        ? [targetAt(aligned, entryOffset(aligned), stackHigh - entry, "end")]
        : this.#callsOf(aligned, stackHigh - entry, () => true);
    }
    return this.#runTo(stop);
  }

  #runTo(stop: Stop): Move {
    const top = stop.frames.find((frame) => frame.kind === "wasm");
    if (!top) return stopHere;
    const exact: Record<string, number[]> = {};
    const deeper: Record<string, number> = {};
    for (const { offset, depth, kind } of this.#all) {
      if (isDeeper(kind)) deeper[offset] = depth;
      else (exact[offset] ??= []).push(depth);
    }
    const shared: SharedValue = { goroutine: this.#start.goroutine, exact, deeper };
    const offsets = new Set(this.#all.map(({ offset }) => offset));
    return { kind: "run-to", places: [...offsets].map((offset) => place(top.module, offset)), keep: true, shared };
  }

  #findTargets(): readonly Target[] {
    const { frames, stackHigh } = this.#start;
    const [top] = frames;
    if (!top) return [];
    const aligned = this.#program.code.lines.aligned(top.index);
    const around = this.#loopAround(frames);
    const callers = frames.slice(around + 1, mostCallers).flatMap((frame) => this.#resumeTarget(frame) ?? []);
    if (this.#kind === "stepOut" || !aligned?.goFrame) return callers;
    const position = this.#position();
    const targets = [...callers, ...this.#linesAfter(aligned, top, position)];
    if (around > 0) {
      const parent = frames[around]!;
      const lines = this.#program.code.lines.aligned(parent.index);
      if (lines) targets.push(...this.#linesAfter(lines, parent, position));
      if (this.#kind === "stepIn") targets.push(...frames.slice(1, around).flatMap((frame) => this.#resumeTarget(frame) ?? []));
    }
    targets.push(...this.#deferredTarget(top), ...this.#bodiesOf(frames[around]!, position));
    if (this.#kind === "stepIn") targets.push(...this.#callsOf(aligned, stackHigh - top.entry, (at) => sameLine(at, position)));
    return targets;
  }

  /** Lines that may come next in a frame. Where a panic is recovered in it, it goes on with its deferred functions. */
  #linesAfter(aligned: AlignedFunction, frame: GoFrame, position: ListedPosition | undefined): Target[] {
    const recovery = this.#program.table.entry(frame.index)?.recoveryBlock ?? 0;
    const starts = [rowOf(aligned, frame), ...(recovery > 0 ? [resumeRow(aligned, recovery) ?? -1] : [])];
    const depth = this.#start.stackHigh - frame.entry;
    return nextLines(aligned, starts, position).map((next) => targetAt(aligned, moduleOffset(aligned.offsets[next]!), depth, "end"));
  }

  /** A deferred function without arguments; what the compiler makes around others is passed by, as Delve does. */
  #deferredTarget(top: GoFrame): Target[] {
    const { deferred, stackHigh } = this.#start;
    const aligned = deferred === undefined ? undefined : this.#program.code.lines.aligned(deferred);
    if (!aligned || !isUserFunction(this.#program, deferred!)) return [];
    return [{ offset: entryOffset(aligned), depth: stackHigh - top.entry, kind: "deferred" }];
  }

  /** Deferred functions run when a function returns, where only a step into shows them, or in a panic, where every step does. */
  #isDeferredCall({ frames }: RunningGo): boolean {
    const caller = frames[1] && this.#program.table.name(frames[1].index);
    return caller === "runtime.gopanic" || (this.#kind === "stepIn" && caller === "runtime.deferreturn");
  }

  /** Where a caller goes on; only code of the user is a place to stop. */
  #resumeTarget({ index, block, entry }: GoFrame): Target | undefined {
    const aligned = this.#program.code.lines.aligned(index);
    if (!aligned || !isUserFunction(this.#program, index)) return undefined;
    const row = resumeRow(aligned, block);
    return row === undefined ? undefined : targetAt(aligned, moduleOffset(aligned.offsets[row]!), this.#start.stackHigh - entry, "end");
  }

  /** Calls that may lead to code of the user. */
  #callsOf(aligned: AlignedFunction, entryDepth: number, wanted: (position: ListedPosition | undefined) => boolean): Target[] {
    const found: Target[] = [];
    for (const [row, { operation, operands, block }] of aligned.operations.entries()) {
      if (block === 0 || !(operation === "CallIndirect" || (operation === "Call" && this.#mayLeadToUser(operands)))) continue;
      if (wanted(aligned.positions[aligned.positionOf[row]!]))
        found.push(targetAt(aligned, moduleOffset(aligned.offsets[row]!), entryDepth, "call"));
    }
    return found;
  }

  #mayLeadToUser(operands: string): boolean {
    return calledFunctions(this.#program, operands).some((index) => this.#program.code.lines.aligned(index) !== undefined);
  }

  /**
   * A loop over a function has its body in a function of its own, named `F-range1`, which the iterator calls. Answers the index of the
   * frame of `F`, which the bodies belong to; 0 where the innermost frame is no such body.
   */
  #loopAround(frames: readonly GoFrame[]): number {
    const { table } = this.#program;
    const outer = outerName(table.name(frames[0]!.index));
    if (outer === undefined) return 0;
    return Math.max(
      0,
      frames.findIndex(({ index }) => table.name(index) === outer),
    );
  }

  /** Where the bodies of loops in `parent` begin, wherever iterators call them from. */
  #bodiesOf(parent: GoFrame, position: ListedPosition | undefined): Target[] {
    const { table, code } = this.#program;
    const name = table.name(parent.index);
    const file = table.file(parent.index, 0);
    const bodies = (file === undefined ? [] : table.functionsOf(file)).filter((index) => outerName(table.name(index)) === name);
    const depth = this.#start.stackHigh - parent.entry;
    return bodies.flatMap((index) => {
      const aligned = code.lines.aligned(index);
      const rows = aligned ? nextLines(aligned, [prologueEnd(aligned)], position) : [];
      return rows.map((row): Target => ({ offset: moduleOffset(aligned!.offsets[row]!), depth, kind: "body" }));
    });
  }

  /** Whether the innermost frame is the body of a loop in the very frame at `depth`, and not in another call of the same function. */
  #isBodyOf({ frames, stackHigh }: RunningGo, depth: number): boolean {
    const around = this.#loopAround(frames);
    return around > 0 && stackHigh - frames[around]!.entry === depth;
  }
}

const isDeeper = (kind: Target["kind"]): boolean => kind === "body" || kind === "deferred";

/** Where a frame is, or, of a caller, where it goes on. */
function rowOf(aligned: AlignedFunction, { offset, block }: GoFrame): number {
  return offset === undefined ? (resumeRow(aligned, block) ?? -1) : rowAt(aligned, offset);
}

function targetAt(rows: CodeRows, offset: ModuleOffset, entryDepth: number, kind: Target["kind"]): Target {
  const delta = rows.stackDeltas[Math.max(rowAt(rows, offset), 0)]!;
  return { offset, depth: entryDepth + (delta === unknownDelta ? 0 : delta), kind };
}

/** Of the function around the body of a loop over a function. */
function outerName(name: string): string | undefined {
  return /^(.*?)-range\d+(?:[.-].*)?$/.exec(name)?.[1];
}

function place(module: EngineModule, offset: ModuleOffset): StepPlace {
  return { module, offset, condition: condition(offset) };
}

/** The runtime's `g` is global 2, the stack pointer global 0; memory is looked up anew, as it may have grown. */
function condition(offset: ModuleOffset): string {
  return `((s) => {
    if (!s || Number(globals[2].value) !== s.goroutine) return false;
    const high = Number(new DataView(memories[0].buffer).getBigUint64(s.goroutine + ${stackHighAt}, true));
    const depth = high - (globals[0].value >>> 0);
    return (s.exact[${offset}]?.includes(depth) ?? false) || depth > s.deeper[${offset}];
  })(${sharedName})`;
}
