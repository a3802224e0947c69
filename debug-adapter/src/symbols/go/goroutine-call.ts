/**
 * Calls a Go function on the goroutine that is stopped, on a stack of its own, so that the goroutine's stack is neither used nor moved. The
 * registers of Go that are globals of the module are set by the runtime's own `gogo`, which takes them from a structure in memory. A function
 * that gives 1 has left the engine's stack, for another goroutine or another stack; then the one whose program counter stands below the stack
 * pointer is entered, as the runtime's `wasm_pc_f_loop` does it (runtime/asm_wasm.s).
 *
 * The garbage collector is held off meanwhile: it could not know what the stopped function keeps in its frame. A panic that nothing recovers
 * comes to a deferred function at the end of the stack, which is no function at all: what traps there is the engine's call, while nothing of
 * the runtime is in use. After every other failure the memory is put back as it was.
 */
import { joinProgramCounter, type DefinedIndex, splitProgramCounter, toFunctionIndex } from "#core/go/binary/program-counter.ts";
import { wordAt } from "#core/go/runtime/memory-task.ts";
import type { CallOutcome, EngineModule, Stop, WasmFrame } from "../../engine/engine.ts";
import { ExpressionError } from "../../expressions/expression-error.ts";
import type { GoCallEnd } from "../../expressions/go/caller.ts";
import type { AddedMemory } from "./added-memory.ts";
import { type CallRuntime, callRuntime } from "./call-runtime.ts";
import type { GoProgram } from "./go-program.ts";
import type { GoStops, RunningGo } from "./go-stop.ts";

export interface CalledFunction {
  /** Program counter of its entry. */
  readonly counter: number;
  /** Address of its closure; 0 where it has none. */
  readonly closure: number;
  /** Arguments, and room for the results, as they lie on the stack. */
  readonly frame: Uint8Array;
}

/** Milliseconds that a call may take. */
const limit = 5000;
/** A larger stack than a program needs that is no endless recursion; it cannot grow. */
const stackSize = 0x10_0000;
const pageSize = 0x1_0000;
/** Behind the stack: what the runtime reads of ours. */
const controlSize = 256;
const control = { buffer: 0, deferredFunction: 128, deferred: 160 } as const;
/** Of a `runtime.gobuf`, at most. */
const bufferSize = 128;
/** Globals of the module (cmd/internal/obj/wasm/a.out.go). */
const registers = { stackPointer: 0, context: 1, goroutine: 2, result: 3, pause: 7 } as const;
/** Of a function that does not exist: the table has none below 0x1000, so that a call of it traps. */
const noFunction = 0x0fff_0000;
const word = 8;
/** `_StackGuard` where the goroutine does not tell (internal/abi/stack.go). */
const usualGuard = 928;

export class GoroutineCalls {
  readonly #program: GoProgram;
  readonly #stops: GoStops;
  readonly #added: AddedMemory;
  readonly #stacks = new WeakMap<EngineModule, number>();
  readonly #runtime: CallRuntime | undefined;

  constructor(program: GoProgram, stops: GoStops, added: AddedMemory) {
    this.#program = program;
    this.#stops = stops;
    this.#added = added;
    this.#runtime = callRuntime(program);
  }

  /** Bounds of the stack of the goroutine that can call functions at a stop. Rejects with {@link ExpressionError}, which says why, where none can. */
  async check(stop: Stop, module: EngineModule, goroutine: number): Promise<{ readonly low: number; readonly high: number }> {
    const { low, high } = await this.#state(stop, module, goroutine);
    return { low, high };
  }

  /** Rejects with {@link ExpressionError} where the function cannot be called, and where it has not come to its end. */
  async call(stop: Stop, module: EngineModule, goroutine: number, called: CalledFunction): Promise<GoCallEnd> {
    const state = await this.#state(stop, module, goroutine);
    const stack = await this.#stack(stop, module);
    return new GoroutineCall(this.#program, stop, module, state, stack, called).run();
  }

  async #state(stop: Stop, module: EngineModule, goroutine: number): Promise<CallState> {
    const runtime = this.#runtime;
    const top = stop.frames.find((frame): frame is WasmFrame => frame.kind === "wasm" && frame.module === module);
    const running = await this.#stops.of(stop).running();
    if (!runtime || !this.#program.layout)
      throw new ExpressionError("functions cannot be called: this version of Go keeps its goroutines in another way");
    if (!top || !running || running.goroutine !== goroutine) throw new ExpressionError("selected goroutine not running");
    const { globals } = await top.state();
    const [stackPointer, context, current] = [registers.stackPointer, registers.context, registers.goroutine].map((at) => globals[at]);
    if (stackPointer?.type !== "i32" || context?.type !== "i64" || current?.type !== "i64")
      throw new ExpressionError("call not at safe point");
    if (Number(current.value) !== goroutine || this.#isRuntime(running)) throw new ExpressionError("call from within the Go runtime");
    const result = globals[registers.result];
    const registersThen = {
      stackPointer: stackPointer.value >>> 0,
      context: Number(context.value),
      goroutine,
      result: result?.type === "i64" ? result.value : 0n,
    };
    const { low, high, guard, links } = await this.#checkIdle(stop, module, runtime, goroutine);
    return { runtime, top, registers: registersThen, low, high, guard, links };
  }

  #isRuntime({ frames }: RunningGo): boolean {
    const index = frames[0]?.index;
    return index === undefined || /^(?:internal\/)?runtime[./]|^[^.]*$/.test(this.#program.table.name(index));
  }

  /** Nothing of the runtime may be under way: no lock, no allocation, no collection. */
  async #checkIdle(
    stop: Stop,
    module: EngineModule,
    { layout, collector }: CallRuntime,
    goroutine: number,
  ): Promise<{ low: number; high: number; guard: number; links: readonly [number, number] }> {
    const [g, enabled, phase] = await stop.readMemory(module, 0, [
      { address: goroutine, length: layout.goroutine.size },
      { address: collector.enabled, length: 1 },
      { address: collector.phase, length: 4 },
    ]);
    const machine = wordAt(g!, this.#program.layout!.g.m) ?? 0;
    const [locks, allocating] = await stop.readMemory(module, 0, [
      { address: machine + layout.machine.locks, length: 4 },
      { address: machine + layout.machine.allocating, length: 4 },
    ]);
    const at = (offset: number): number => wordAt(g!, offset) ?? 0;
    if ([...locks!, ...allocating!].some((byte) => byte !== 0)) throw new ExpressionError("call not at safe point");
    if (enabled![0] !== 1 || phase!.some((byte) => byte !== 0))
      throw new ExpressionError("call not at safe point: the garbage collector is at work; step on, and call again");
    const [low, high] = [at(0), at(word)];
    const guard = at(layout.goroutine.stackGuard);
    return { low, high, guard, links: [at(layout.goroutine.panic), at(layout.goroutine.deferred)] };
  }

  async #stack(stop: Stop, module: EngineModule): Promise<number> {
    let address = this.#stacks.get(module);
    address ??= await this.#added.reserve(stop, module, stackSize + pageSize);
    if (address === undefined) throw new ExpressionError("not enough stack space");
    this.#stacks.set(module, address);
    return address;
  }
}

/** The goroutine before the call. */
interface CallState {
  readonly runtime: CallRuntime;
  readonly top: WasmFrame;
  readonly registers: { readonly stackPointer: number; readonly context: number; readonly goroutine: number; readonly result: bigint };
  /** Bounds of its stack, and how far functions go down in it that do not ask for more. */
  readonly low: number;
  readonly high: number;
  readonly guard: number;
  /** Its panics and its deferred functions. */
  readonly links: readonly [panic: number, deferred: number];
}

/** One call. */
class GoroutineCall {
  readonly #program: GoProgram;
  readonly #stop: Stop;
  readonly #module: EngineModule;
  readonly #state: CallState;
  readonly #called: CalledFunction;
  readonly #low: number;
  readonly #control: number;
  /** Where the return address lies; the arguments are behind it. */
  readonly #base: number;
  readonly #end = Date.now() + limit;

  constructor(program: GoProgram, stop: Stop, module: EngineModule, state: CallState, stack: number, called: CalledFunction) {
    this.#program = program;
    this.#stop = stop;
    this.#module = module;
    this.#state = state;
    this.#called = called;
    this.#low = stack;
    this.#control = stack + stackSize;
    // Behind the frame there is room for an argument of `gogo`.
    this.#base = this.#control - Math.ceil((called.frame.length + 4 * word) / 16) * 16;
    if (this.#base < stack + stackSize / 2) throw new ExpressionError("not enough stack space");
  }

  async run(): Promise<GoCallEnd> {
    const kept = await this.#stop.keepMemory(this.#module, 0);
    try {
      await this.#prepare();
      const end = await this.#runFunction();
      await this.#leave();
      await this.#release();
      await kept.drop();
      return end;
    } catch (error) {
      await this.#leave();
      await kept.putBack();
      throw error;
    }
  }

  async #runFunction(): Promise<GoCallEnd> {
    await this.#enter(this.#base, this.#called.closure);
    const failed = await this.#runLoop();
    if (failed === undefined) return this.#returned();
    const isPanic = (await this.#register(registers.context)) === this.#control + control.deferredFunction;
    if (isPanic) return this.#panic();
    throw new ExpressionError(`${failed}; what it did to the program's memory is undone`);
  }

  async #prepare(): Promise<void> {
    const { runtime, registers: before } = this.#state;
    const { layout, collector } = runtime;
    const back = joinProgramCounter(runtime.outermost, 1);
    const frameStart = this.#base + word;
    await this.#write(this.#base, concat(words(back), this.#called.frame));
    const block = new Uint8Array(controlSize);
    const put = (at: number, value: number): void => block.set(words(value), at);
    put(control.deferredFunction, noFunction);
    put(control.deferred + layout.deferred.stackPointer, frameStart);
    put(control.deferred + layout.deferred.counter, back);
    put(control.deferred + layout.deferred.function, this.#control + control.deferredFunction);
    await this.#write(this.#control, block);
    const { low, guard } = this.#state;
    const room = guard > low && guard < this.#state.high ? guard - low : usualGuard;
    await this.#write(before.goroutine, words(this.#low, this.#control));
    await this.#write(before.goroutine + layout.goroutine.stackGuard, words(this.#low + room));
    await this.#write(before.goroutine + layout.goroutine.panic, words(0));
    await this.#write(before.goroutine + layout.goroutine.deferred, words(this.#control + control.deferred));
    await this.#write(collector.enabled, new Uint8Array(1));
  }

  /** Makes the goroutine what it was; its registers are already. */
  async #release(): Promise<void> {
    const { runtime, registers: before, low, high, guard, links } = this.#state;
    const { layout, collector } = runtime;
    await this.#write(before.goroutine, words(low, high));
    await this.#write(before.goroutine + layout.goroutine.stackGuard, words(guard));
    await this.#write(before.goroutine + layout.goroutine.panic, words(links[0]));
    await this.#write(before.goroutine + layout.goroutine.deferred, words(links[1]));
    await this.#write(collector.enabled, Uint8Array.of(1));
  }

  /** Why it has failed; `undefined` where the function has returned. */
  async #runLoop(): Promise<string | undefined> {
    const start = splitProgramCounter(this.#called.counter);
    if (!start) return "what is called is no function";
    let outcome = await this.#callGo(start.index, 0);
    for (;;) {
      if (outcome.kind === "too-long") return `the call was ended after ${limit / 1000} s`;
      if (outcome.kind === "failed") return `the call failed: ${outcome.message}`;
      if ((await this.#register(registers.pause)) !== 0)
        return "the call waits for JavaScript, which cannot run while the program is stopped";
      const stackPointer = await this.#register(registers.stackPointer);
      if (outcome.value === 0 && stackPointer === this.#base + word) return undefined;
      const [bytes] = await this.#stop.readMemory(this.#module, 0, [{ address: stackPointer - word, length: word }]);
      const next = splitProgramCounter(wordAt(bytes!, 0) ?? 0);
      if (!next) return "the call has left Go's functions";
      outcome = await this.#callGo(next.index, next.block);
    }
  }

  async #returned(): Promise<GoCallEnd> {
    const [frame] = await this.#stop.readMemory(this.#module, 0, [{ address: this.#base + word, length: this.#called.frame.length }]);
    return { kind: "returned", frame: frame! };
  }

  async #panic(): Promise<GoCallEnd> {
    const { layout } = this.#state.runtime;
    const [pointer] = await this.#stop.readMemory(this.#module, 0, [
      { address: this.#state.registers.goroutine + layout.goroutine.panic, length: word },
    ]);
    const record = wordAt(pointer!, 0) ?? 0;
    const [panic, isExit] = await this.#stop.readMemory(this.#module, 0, [
      { address: record + layout.panic.value, length: 2 * word },
      { address: record + layout.panic.isExit, length: 1 },
    ]);
    return isExit![0] === 1 ? { kind: "exited" } : { kind: "panicked", panic: panic! };
  }

  async #leave(): Promise<void> {
    if ((await this.#register(registers.pause)) !== 0) {
      // Told to pause, the runtime's loop does nothing but take that back.
      await this.#stop.callFunction(this.#module, this.#functionIndex(this.#state.runtime.loop), [], limit);
    }
    const { stackPointer, context } = this.#state.registers;
    await this.#enter(stackPointer, context);
  }

  /** Sets the registers. What `gogo` reads and writes on the stacks for that is put back. */
  async #enter(stackPointer: number, context: number): Promise<void> {
    const { layout, enter } = this.#state.runtime;
    const { goroutine, result } = this.#state.registers;
    const buffer = new Uint8Array(bufferSize);
    const view = new DataView(buffer.buffer);
    view.setBigUint64(layout.saved.stackPointer, BigInt(stackPointer), true);
    view.setBigUint64(layout.saved.counter, BigInt(this.#called.counter), true);
    view.setBigUint64(layout.saved.goroutine, BigInt(goroutine), true);
    view.setBigUint64(layout.saved.context, BigInt(context), true);
    if (layout.saved.result !== undefined) view.setBigInt64(layout.saved.result, result, true);
    await this.#write(this.#control + control.buffer, buffer);
    const argument = (await this.#register(registers.stackPointer)) + word;
    const pieces = [argument, stackPointer - word].map((address) => ({ address, length: word }));
    const before = await this.#stop.readMemory(this.#module, 0, pieces);
    await this.#write(argument, words(this.#control + control.buffer));
    const outcome = await this.#stop.callFunction(this.#module, this.#functionIndex(enter), [0], limit);
    if (outcome.kind !== "returned") throw new Error("the goroutine's registers could not be set");
    for (const [at, { address }] of pieces.entries()) await this.#write(address, before[at]!);
  }

  #callGo(index: DefinedIndex, block: number): Promise<CallOutcome> {
    const left = Math.max(this.#end - Date.now(), 1);
    return this.#stop.callFunction(this.#module, this.#functionIndex(index), [block], left);
  }

  #functionIndex(index: DefinedIndex): ReturnType<typeof toFunctionIndex> {
    return toFunctionIndex(index, this.#program.module.importedFunctionCount);
  }

  async #register(which: number): Promise<number> {
    const value = (await this.#state.top.state()).globals[which];
    if (value?.type === "i32") return value.value >>> 0;
    return value?.type === "i64" ? Number(value.value) : 0;
  }

  #write(address: number, bytes: Uint8Array): Promise<void> {
    return this.#stop.writeMemory(this.#module, 0, address, bytes);
  }
}

function words(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(word * values.length);
  const view = new DataView(bytes.buffer);
  for (const [at, value] of values.entries()) view.setBigUint64(word * at, BigInt(value), true);
  return bytes;
}

function concat(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}
