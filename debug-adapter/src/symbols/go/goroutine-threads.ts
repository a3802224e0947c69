/** Goroutines as threads, named as Delve names them. */
import type { InlinedFrame } from "#core/go/binary/inline-tree.ts";
import { isSystemGoroutine, type Goroutine } from "#core/go/runtime/goroutines.ts";
import { logicalFrames } from "#core/go/runtime/logical-frames.ts";
import type { GoFrame } from "#core/go/runtime/frame.ts";
import { moduleOffset, type ModuleOffset } from "#core/wasm/offsets.ts";
import type { Stop } from "../../engine/engine.ts";
import type { SymbolSource } from "../module-symbols.ts";
import type { SymbolThread, ThreadSource, ThreadStacks, UnwoundFrame } from "../thread-source.ts";
import { frameName, isRuntimeFunction } from "./frame-name.ts";
import type { GoProgram } from "./go-program.ts";
import type { GoStop, GoStops, RunningGo } from "./go-stop.ts";

export interface GoroutineOptions {
  readonly hideSystemGoroutines: boolean;
  /** Behind the names, such as `[chan receive]`; Delve's names have none. */
  readonly showWaitReasons: boolean;
}

/** An editor shows no more, and each of them costs a walk over a stack. */
const mostThreads = 1024;
/** Frames that are looked at for the function that a goroutine is named by. */
const mostFramesForName = 30;
/** What stands for the goroutine that runs where the runtime cannot be read. */
const unknownId = 1;
const mainId = 1;

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
        if (threadId === (running.id || unknownId)) return this.#unwound(running.frames, running.goroutine);
        const goroutine = (await goStop.goroutines()).find(({ id }) => id === threadId);
        return goroutine && this.#unwound(await goStop.framesOf(goroutine), goroutine.address);
      },
    };
  }

  /** Where the scheduler runs for no goroutine, as in a deadlock, the user is to see where the first one waits. */
  async #waitingMain(goStop: GoStop): Promise<RunningGo | undefined> {
    const main = (await goStop.goroutines()).find(({ id }) => id === mainId);
    return main && { goroutine: main.address, id: main.id, stackHigh: main.stackHigh, frames: await goStop.framesOf(main) };
  }

  async #list(goStop: GoStop, running: RunningGo): Promise<readonly SymbolThread[]> {
    const shown = (await goStop.goroutines()).filter((goroutine) => !this.#isHidden(goroutine, running)).slice(0, mostThreads);
    const known = shown.some(({ address }) => address === running.goroutine);
    const others = await Promise.all(shown.map((goroutine) => this.#thread(goStop, running, goroutine)));
    return known ? others : [this.#runningThread(running), ...others];
  }

  /** Only the running goroutine has one of the threads of the system, of which there is one. */
  #runningThread({ id, frames }: RunningGo): SymbolThread {
    return { id: id || unknownId, name: `* [Go ${id || unknownId}] ${this.#whereIs(frames)} (Thread 1)` };
  }

  async #thread(goStop: GoStop, running: RunningGo, goroutine: Goroutine): Promise<SymbolThread> {
    const { id, address, waitReason } = goroutine;
    if (address === running.goroutine) return this.#runningThread(running);
    const where = this.#whereIs(await goStop.framesOf(goroutine));
    const reason = this.#options.showWaitReasons && waitReason !== undefined ? ` [${waitReason}]` : "";
    return { id, name: `[Go ${id}] ${where}${reason}` };
  }

  #isHidden(goroutine: Goroutine, running: RunningGo): boolean {
    if (!this.#options.hideSystemGoroutines || goroutine.address === running.goroutine) return false;
    return goroutine.start !== undefined && isSystemGoroutine(this.#program.table.name(goroutine.start.index));
  }

  /** The innermost function that is not the runtime's own, or that it exports, as Delve has it (pkg/proc/variables.go `UserCurrent`); else the innermost. */
  #whereIs(frames: readonly GoFrame[]): string {
    const { table } = this.#program;
    const shown = frames.slice(0, mostFramesForName).find(({ index }) => !isRuntimeFunction(table.name(index))) ?? frames[0];
    return shown ? frameName(this.#program, shown.index) : "???";
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
