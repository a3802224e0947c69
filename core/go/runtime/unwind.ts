/** The callers of a Go frame, read off the goroutine's stack in memory. The engine's own stack is no help: it ends wherever a goroutine was resumed. */
import type { ModuleOffset } from "#core/wasm/offsets.ts";
import { rowAt, unknownDelta } from "../binary/code-rows.ts";
import { definedIndex, splitProgramCounter } from "../binary/program-counter.ts";
import type { GoFrame } from "./frame.ts";
import type { GoCode } from "./go-code.ts";
import { wordAt, type MemoryTask } from "./memory-task.ts";

export interface GoStack {
  /** Innermost first. */
  readonly frames: readonly GoFrame[];
  /** `root`: the last frame was called by nobody. `limit`: there are more. `lost`: what follows the last frame is no Go frame. */
  readonly end: "root" | "limit" | "lost";
}

/** Where a goroutine goes on: its saved program counter and stack pointer. */
export interface SavedContext {
  readonly counter: number;
  readonly stackPointer: number;
}

/**
 * Bytes of a stack that are read at a time: at first what holds most stacks, as those of a thousand goroutines may be asked for, then
 * ever more.
 */
const firstChunk = 1024;
const largestChunk = 32 * 1024;

/**
 * Functions that run on the scheduler's stack for a goroutine, whose own frames go on where its context was saved (runtime/traceback.go,
 * runtime/asm_wasm.s).
 */
const switches = new Set(["runtime.systemstack", "runtime.morestack", "runtime.mcall"]);

/** What is known of a goroutine that runs, beyond its innermost frame. */
export interface RunningContext {
  /** Of the goroutine for which the scheduler's stack runs, if it does. */
  readonly saved: SavedContext | undefined;
  /** Where the engine's frames of the Go module are, innermost first. */
  readonly places: readonly ModuleOffset[];
}

/**
 * Follows return addresses from `first`: the word at a frame's entry says where it returns, and the function table how large the frame
 * there is (runtime/traceback.go).
 */
export function* unwind(code: GoCode, first: GoFrame, limit: number, running?: RunningContext, stackHigh = Infinity): MemoryTask<GoStack> {
  const frames: GoFrame[] = [first];
  let window: { readonly address: number; readonly bytes: Uint8Array } = { address: 0, bytes: new Uint8Array() };
  let chunk = firstChunk;
  let context = running?.saved;
  for (let frame = first; ;) {
    const entry = code.table.entry(frame.index);
    if (!entry) return { frames, end: "lost" };
    let next: GoFrame | undefined;
    if (context && switches.has(entry.name)) {
      next = savedFrame(code, context);
      context = undefined;
    } else if (entry.name === writeBarrier) {
      next = barrierFrame(code, running?.places ?? [], frame.entry);
    } else {
      // `mcall` does not return, and what lies above its frame is of no call.
      if (entry.topFrame || entry.name === "runtime.mcall") return { frames, end: "root" };
      if (frame.entry < window.address || frame.entry + 8 > window.address + window.bytes.length) {
        const length = Math.max(Math.min(chunk, stackHigh - frame.entry), 8);
        const [bytes] = yield [{ address: frame.entry, length }];
        window = { address: frame.entry, bytes: bytes ?? new Uint8Array() };
        chunk = Math.min(2 * chunk, largestChunk);
      }
      next = callerOf(code, frame, wordAt(window.bytes, frame.entry - window.address) ?? 0);
    }
    if (!next) return { frames, end: "lost" };
    if (frames.length >= limit) return { frames, end: "limit" };
    frames.push(next);
    frame = next;
  }
}

/**
 * The function that works for the garbage collector where a pointer is stored. It is called with wasm parameters and no return address, and
 * calls Go functions when its buffer is full; it is never left to run something else, so that the engine has its callers.
 */
const writeBarrier = "gcWriteBarrier";

/** The caller of the write barrier, which leaves the stack pointer alone. */
function barrierFrame(code: GoCode, places: readonly ModuleOffset[], stackPointer: number): GoFrame | undefined {
  const names = places.map((offset) => code.table.name(code.functionAt(offset) ?? definedIndex(-1)));
  const offset = places[names.findLastIndex((name) => /^runtime\.gcWriteBarrier\d$/.test(name)) + 1];
  const index = offset === undefined || offset === places[0] ? undefined : code.functionAt(offset);
  const rows = index === undefined ? undefined : code.rows(index);
  const row = rows ? rowAt(rows, offset!) : -1;
  if (row < 0 || rows!.stackDeltas[row] === unknownDelta) return undefined;
  return { index: index!, block: rows!.blocks[row]!, offset: offset!, stackPointer, entry: stackPointer + rows!.stackDeltas[row]! };
}

/** The frame of a goroutine that does not run; `undefined` where its context is none. */
export function savedFrame(code: GoCode, { counter, stackPointer }: SavedContext): GoFrame | undefined {
  const place = splitProgramCounter(counter);
  const delta = place && code.table.stackDelta(place.index, place.block);
  return place && delta !== undefined ? { ...place, offset: undefined, stackPointer, entry: stackPointer + delta } : undefined;
}

/** Stacks grow down, so a caller lies above its callee: damage cannot make a circle. */
function callerOf(code: GoCode, frame: GoFrame, returnAddress: number): GoFrame | undefined {
  return savedFrame(code, { counter: returnAddress, stackPointer: frame.entry + 8 });
}
