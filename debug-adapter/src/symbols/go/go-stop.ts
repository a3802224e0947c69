/** Goroutines and their stacks at one stop of the engine. */
import type { DefinedIndex } from "#core/go/binary/program-counter.ts";
import { lastDeferred } from "#core/go/runtime/deferred.ts";
import type { GoFrame } from "#core/go/runtime/frame.ts";
import { findAllGoroutines, type Goroutine, readGoroutines, readRunning } from "#core/go/runtime/goroutines.ts";
import { type EnginePlace, innermostFrame } from "#core/go/runtime/innermost-frame.ts";
import { type MemoryTask, together, wordAt } from "#core/go/runtime/memory-task.ts";
import { savedFrame, unwind } from "#core/go/runtime/unwind.ts";
import type { Stop, WasmFrame } from "../../engine/engine.ts";
import type { GoProgram } from "./go-program.ts";

/** Frames of one stack; an endless recursion ends the program long before. */
const mostFrames = 10_000;
/** Wrappers and helpers without a Go frame may be on top of one, but only a few. */
const mostPlaces = 8;
/** In `runtime.g` of every version: it starts with the bounds of the stack. */
const stackHighAt = 8;

export interface RunningGo {
  /** Address of its `runtime.g`; of the scheduler's where that runs for none. */
  readonly goroutine: number;
  /** 0 where it is not known. */
  readonly id: number;
  /** Highest address of its stack; depths count from there, since stacks move when they grow. */
  readonly stackHigh: number;
  readonly frames: readonly GoFrame[];
}

export class GoStop {
  readonly stop: Stop;
  readonly #program: GoProgram;
  readonly #engineFrames: readonly WasmFrame[];
  #running: Promise<RunningGo | undefined> | undefined;
  #goroutines: Promise<readonly Goroutine[]> | undefined;

  /** `engineFrames`: those of the stop in the Go module, innermost first. */
  constructor(program: GoProgram, stop: Stop, engineFrames: readonly WasmFrame[]) {
    this.#program = program;
    this.stop = stop;
    this.#engineFrames = engineFrames;
  }

  /** What runs; `undefined` where no Go function does, such as before the runtime has started. */
  running(): Promise<RunningGo | undefined> {
    this.#running ??= this.#readRunning();
    return this.#running;
  }

  /** All goroutines; none without a layout of the runtime. */
  goroutines(): Promise<readonly Goroutine[]> {
    this.#goroutines ??= this.#readGoroutines();
    return this.#goroutines;
  }

  /** Frames of a goroutine that does not run, innermost first; at most `limit`. */
  async framesOf({ saved }: Goroutine, limit = mostFrames): Promise<readonly GoFrame[]> {
    const first = savedFrame(this.#program.code, saved);
    return first ? (await this.#run(unwind(this.#program.code, first, limit))).frames : [];
  }

  /** As {@link framesOf} for each of many. */
  framesOfAll(goroutines: readonly Goroutine[], limit: number): Promise<readonly (readonly GoFrame[])[]> {
    const { code } = this.#program;
    return this.#run(
      together(
        goroutines.map(function* ({ saved, stackHigh }): MemoryTask<readonly GoFrame[]> {
          const first = savedFrame(code, saved);
          return first ? (yield* unwind(code, first, limit, undefined, stackHigh)).frames : [];
        }),
      ),
    );
  }

  /** Frames of the callers of `frame`, innermost first. `goroutine`: address of the `runtime.g` on whose stack it is. */
  async callersOf(goroutine: number, { index, entry }: GoFrame): Promise<readonly GoFrame[]> {
    const frames = await this.#framesAt(goroutine);
    const at = frames.findIndex((frame) => frame.entry === entry && frame.index === index);
    return at < 0 ? [] : frames.slice(at + 1);
  }

  async #framesAt(goroutine: number): Promise<readonly GoFrame[]> {
    const running = await this.running();
    if (running?.goroutine === goroutine) return running.frames;
    const found = (await this.goroutines()).find(({ address }) => address === goroutine);
    return found ? this.framesOf(found) : [];
  }

  /** The function that a goroutine has deferred last; `undefined` where there is none. */
  async lastDeferred(goroutine: number): Promise<DefinedIndex | undefined> {
    const { layouts } = this.#program;
    return layouts && (await this.#run(lastDeferred(layouts.types, goroutine)))?.index;
  }

  async #readRunning(): Promise<RunningGo | undefined> {
    const { code, layout } = this.#program;
    const top = this.#engineFrames[0];
    if (!top) return undefined;
    const { globals } = await top.state();
    const [stackPointer, current] = [globals[0], globals[2]];
    if (stackPointer?.type !== "i32" || current?.type !== "i64" || current.value === 0n) return undefined;
    const first = await this.#run(innermostFrame(code, await this.#places(), stackPointer.value >>> 0));
    if (!first) return undefined;
    const system = Number(current.value);
    const { address, saved } = layout ? await this.#run(readRunning(layout, system)) : { address: system, saved: undefined };
    const goroutine = address === 0 ? system : address;
    const [words] = await this.#read([{ address: goroutine, length: (layout?.g.id ?? 0) + 16 }]);
    const places = this.#engineFrames.map(({ offset }) => offset);
    const { frames } = await this.#run(unwind(code, first, mostFrames, { saved, places }));
    return {
      goroutine,
      id: (layout && words && wordAt(words, layout.g.id)) ?? 0,
      stackHigh: (words && wordAt(words, layout?.g.stackHigh ?? stackHighAt)) ?? 0,
      frames,
    };
  }

  /** The state of frames other than the innermost one matters only where that is no Go frame. */
  async #places(): Promise<EnginePlace[]> {
    const { code } = this.#program;
    const index = code.functionAt(this.#engineFrames[0]!.offset);
    const plain = index !== undefined && code.rows(index) !== undefined;
    const frames = this.#engineFrames.slice(0, plain ? 1 : mostPlaces);
    return Promise.all(frames.map(async (frame) => ({ offset: frame.offset, firstLocal: await firstLocal(frame) })));
  }

  async #readGoroutines(): Promise<readonly Goroutine[]> {
    const { code, layout, waitReasons } = this.#program;
    if (!layout) return [];
    const all = await this.#run(findAllGoroutines(code, layout));
    return all === undefined ? [] : this.#run(readGoroutines(layout, all, waitReasons));
  }

  async #run<Result>(task: MemoryTask<Result>): Promise<Result> {
    let step = task.next();
    while (!step.done) step = task.next(await this.#read(step.value));
    return step.value;
  }

  #read(pieces: Parameters<Stop["readMemory"]>[2]): Promise<readonly Uint8Array[]> {
    return pieces.length === 0 ? Promise.resolve([]) : this.stop.readMemory(this.#engineFrames[0]!.module, 0, pieces);
  }
}

async function firstLocal(frame: WasmFrame): Promise<number | undefined> {
  const local = (await frame.state()).locals[0];
  return local?.type === "i32" ? local.value : undefined;
}

/** Stop by stop, as long as anyone holds the stop. */
export class GoStops {
  readonly #program: GoProgram;
  readonly #known = new WeakMap<Stop, GoStop>();

  constructor(program: GoProgram) {
    this.#program = program;
  }

  /** The program was changed at the stop. */
  forget(stop: Stop): void {
    this.#known.delete(stop);
  }

  of(stop: Stop): GoStop {
    let known = this.#known.get(stop);
    if (!known) {
      const top = stop.frames.find((frame) => frame.kind === "wasm");
      const frames = stop.frames.filter((frame): frame is WasmFrame => frame.kind === "wasm" && frame.module === top?.module);
      this.#known.set(stop, (known = new GoStop(this.#program, stop, frames)));
    }
    return known;
  }
}

/** Whether a function is code of the user that can be stepped by lines, and no wrapper that the compiler has made. */
export function isUserFunction({ code, table }: GoProgram, index: DefinedIndex): boolean {
  const aligned = code.lines.aligned(index);
  return aligned !== undefined && aligned.goFrame && !(table.entry(index)?.wrapper ?? false);
}
