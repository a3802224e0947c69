/** Goroutines as threads, named as Delve names them. */
import type { InlinedFrame } from "#core/go/binary/inline-tree.ts";
import { isSystemGoroutine, type Goroutine } from "#core/go/runtime/goroutines.ts";
import { logicalFrames } from "#core/go/runtime/logical-frames.ts";
import type { ProgramCounter } from "#core/go/binary/program-counter.ts";
import type { GoFrame } from "#core/go/runtime/frame.ts";
import { moduleOffset, type ModuleOffset } from "#core/wasm/offsets.ts";
import type { Stop } from "../../engine/engine.ts";
import type { SymbolSource } from "../module-symbols.ts";
import type { SymbolThread, ThreadSource, ThreadStacks, UnwoundFrame } from "../thread-source.ts";
import { frameName, isRuntimeFunction } from "./frame-name.ts";
import { type GoroutineFilter, type GoroutinePlace, passes } from "./goroutine-filter.ts";
import type { GoProgram } from "./go-program.ts";
import type { GoStop, GoStops, RunningGo } from "./go-stop.ts";

export interface GoroutineOptions {
  readonly hideSystemGoroutines: boolean;
  /** Behind the names, such as `[chan receive]`; Delve's names have none. */
  readonly showWaitReasons: boolean;
  /** Below the frames of a goroutine, the `go` statement that made it. */
  readonly showOrigins: boolean;
  /** Those of {@link parseGoroutineFilters}. */
  readonly filters: readonly GoroutineFilter[];
}

/** An editor shows no more, and each of them costs a walk over a stack. */
const mostThreads = 1024;
/** Frames that are looked at for the function that a goroutine is named by. */
const mostFramesForName = 30;
/** What stands for the goroutine that runs where the runtime cannot be read. */
const unknownId = 1;
const mainId = 1;

/** `isCall`: the call before it is meant. */
type GoroutineLocation = ProgramCounter & { readonly isCall: boolean };

export class GoroutineThreads implements ThreadSource {
  readonly #program: GoProgram;
  readonly #stops: GoStops;
  readonly #options: GoroutineOptions;
  readonly #sourceOf: (file: string) => SymbolSource;

  constructor(program: GoProgram, stops: GoStops, options: GoroutineOptions, sourceOf: (file: string) => SymbolSource) {
    this.#program = program;
    this.#stops = stops;
    this.#options = options;
    this.#sourceOf = sourceOf;
  }

  async at(stop: Stop): Promise<ThreadStacks | undefined> {
    const goStop = this.#stops.of(stop);
    const running = await goStop.running();
    // None runs in the scheduler, nor while a program for JavaScript waits for callbacks.
    const shown = running && running.id !== 0 ? running : ((await this.#waitingMain(goStop)) ?? running);
    return shown && this.#stacks(goStop, shown);
  }

  #stacks(goStop: GoStop, running: RunningGo): ThreadStacks {
    return {
      current: running.id || unknownId,
      list: () => this.#list(goStop, running),
      frames: async (threadId) => {
        const goroutine = await this.#find(goStop, threadId);
        const origin = this.#options.showOrigins && goroutine ? this.#origin(goroutine) : [];
        if (threadId === (running.id || unknownId)) return [...this.#unwound(running.frames, running.goroutine), ...origin];
        return goroutine && [...this.#unwound(await goStop.framesOf(goroutine), goroutine.address), ...origin];
      },
    };
  }

  async #find(goStop: GoStop, threadId: number): Promise<Goroutine | undefined> {
    return (await goStop.goroutines()).find(({ id }) => id === threadId);
  }

  /** Where the scheduler runs for no goroutine, as in a deadlock, the user is to see where the first one waits. */
  async #waitingMain(goStop: GoStop): Promise<RunningGo | undefined> {
    const main = (await goStop.goroutines()).find(({ id }) => id === mainId);
    return main && { goroutine: main.address, id: main.id, stackHigh: main.stackHigh, frames: await goStop.framesOf(main) };
  }

  async #list(goStop: GoStop, running: RunningGo): Promise<readonly SymbolThread[]> {
    const shown = (await this.#shown(goStop, running)).slice(0, mostThreads);
    const known = shown.some(({ address }) => address === running.goroutine);
    const frames = await goStop.framesOfAll(shown, mostFramesForName);
    const others = shown.map((goroutine, at) => this.#thread(running, goroutine, frames[at]!));
    return known ? others : [this.#runningThread(running), ...others];
  }

  async #shown(goStop: GoStop, running: RunningGo): Promise<readonly Goroutine[]> {
    const { filters, hideSystemGoroutines } = this.#options;
    const all = await goStop.goroutines();
    const listed = hideSystemGoroutines
      ? all.filter((goroutine) => goroutine.address === running.goroutine || !this.#isSystem(goroutine))
      : all;
    if (filters.length === 0) return listed;
    const looksAtStacks = filters.some(({ kind }) => kind === "curloc" || kind === "userloc");
    const frames = looksAtStacks ? await goStop.framesOfAll(listed, mostFramesForName) : [];
    const texts = new Map<string, string>();
    return listed.filter((goroutine, at) => this.#passes(goroutine, running, frames[at] ?? [], texts));
  }

  /** Only the running goroutine has one of the threads of the system, of which there is one. */
  #runningThread({ id, frames }: RunningGo): SymbolThread {
    return { id: id || unknownId, name: `* [Go ${id || unknownId}] ${this.#whereIs(frames)} (Thread 1)` };
  }

  #thread(running: RunningGo, goroutine: Goroutine, frames: readonly GoFrame[]): SymbolThread {
    const { id, address, waitReason } = goroutine;
    if (address === running.goroutine) return this.#runningThread(running);
    const where = this.#whereIs(frames);
    const reason = this.#options.showWaitReasons && waitReason !== undefined ? ` [${waitReason}]` : "";
    return { id, name: `[Go ${id}] ${where}${reason}` };
  }

  #isSystem({ start }: Goroutine): boolean {
    return start !== undefined && isSystemGoroutine(this.#program.table.name(start.index));
  }

  /** The goroutine that runs is always shown: it is the one that has stopped. `texts`: places that are written out already. */
  #passes(goroutine: Goroutine, running: RunningGo, frames: readonly GoFrame[], texts: Map<string, string>): boolean {
    if (goroutine.address === running.goroutine) return true;
    return passes(this.#options.filters, {
      isSystem: this.#isSystem(goroutine),
      isRunning: false,
      place: (which) => this.#placeText(this.#placeOf(goroutine, frames, which), texts),
    });
  }

  /** As Delve spells it to search in it (service/api `formatLoc`). */
  #placeText(place: GoroutineLocation | undefined, texts: Map<string, string>): string {
    if (!place) return "";
    const { code, table } = this.#program;
    const { index, block, isCall } = place;
    const key = `${index} ${block} ${isCall}`;
    let text = texts.get(key);
    if (text === undefined) {
      const file = isCall ? code.callPosition(index, block) : { file: table.file(index, block), line: table.entry(index)?.startLine };
      texts.set(key, (text = `${file?.file ?? "?"}:${file?.line ?? 0} in ${table.name(index)}`));
    }
    return text;
  }

  #placeOf({ start, createdAt }: Goroutine, frames: readonly GoFrame[], which: GoroutinePlace): GoroutineLocation | undefined {
    if (which === "startloc") return start && { ...start, isCall: false };
    if (which === "goloc") return createdAt && { ...createdAt, isCall: true };
    const frame = which === "curloc" ? frames[0] : this.#userFrame(frames);
    return frame && { index: frame.index, block: frame.block, isCall: true };
  }

  /** The innermost function that is not the runtime's own, or that it exports, as Delve has it (pkg/proc/variables.go `UserCurrent`); else the innermost. */
  #userFrame(frames: readonly GoFrame[]): GoFrame | undefined {
    const { table } = this.#program;
    return frames.slice(0, mostFramesForName).find(({ index }) => !isRuntimeFunction(table.name(index))) ?? frames[0];
  }

  #whereIs(frames: readonly GoFrame[]): string {
    const shown = this.#userFrame(frames);
    return shown ? frameName(this.#program, shown.index) : "???";
  }

  /** The `go` statement as a frame without variables, worded as in the runtime's own traces. */
  #origin({ createdAt, parentId, address }: Goroutine): UnwoundFrame[] {
    if (!createdAt) return [];
    const { code } = this.#program;
    const { index, block } = createdAt;
    const position = code.callPosition(index, block);
    const frame: GoFrame = { index, block, offset: undefined, stackPointer: 0, entry: 0 };
    const parent = parentId > 0 ? ` in goroutine ${parentId}` : "";
    return [
      {
        name: `created by ${frameName(this.#program, index)}${parent}`,
        source: position && this.#sourceOf(position.file),
        line: position?.line ?? 0,
        offset: this.#offsetOf(frame),
        subtle: true,
        inlineDepth: 0,
        // It may have returned long ago.
        go: { frame, goroutine: address, inlined: true },
      },
    ];
  }

  #unwound(frames: readonly GoFrame[], goroutine: number): UnwoundFrame[] {
    const { code, memory, functionData } = this.#program;
    return frames.flatMap((frame) =>
      shownFrames(logicalFrames(code, memory, functionData, frame)).map(({ name, file, line, inlined }, inlineDepth) => ({
        name: frameName(this.#program, frame.index, inlined ? name : undefined),
        source: file === undefined || file === "<autogenerated>" ? undefined : this.#sourceOf(file),
        line: line ?? 0,
        offset: this.#offsetOf(frame),
        subtle: name.startsWith("runtime."),
        inlineDepth,
        go: { frame, goroutine, inlined },
      })),
    );
  }

  #offsetOf({ offset, index, block }: GoFrame): ModuleOffset {
    return offset ?? this.#program.code.callOffset(index, block) ?? this.#program.functionOf(index)?.body?.start ?? moduleOffset(0);
  }
}

/** The wrappers around exported functions, which the compiler has made and which no one wrote, have names without a package. */
function shownFrames(frames: readonly InlinedFrame[]): readonly InlinedFrame[] {
  return frames.filter(({ name, file }) => file !== "<autogenerated>" || name.includes("."));
}
