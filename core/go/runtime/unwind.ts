/** The callers of a Go frame, read off the goroutine's stack in memory. The engine's own stack is no help: it ends wherever a goroutine was resumed. */
import { splitProgramCounter } from "../binary/program-counter.ts";
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

const chunk = 16 * 1024;

/**
 * Functions that run on the scheduler's stack for a goroutine, whose own frames go on where its context was saved (runtime/traceback.go,
 * runtime/asm_wasm.s).
 */
const switches = new Set(["runtime.systemstack", "runtime.morestack", "runtime.mcall"]);

/**
 * Follows return addresses from `first`: the word at a frame's entry says where it returns, and the function table how large the frame
 * there is (runtime/traceback.go). `saved`: the context of the goroutine for which the scheduler's stack runs, if it does.
 */
export function* unwind(code: GoCode, first: GoFrame, limit: number, saved?: SavedContext): MemoryTask<GoStack> {
  const frames: GoFrame[] = [first];
  let window: { readonly address: number; readonly bytes: Uint8Array } = { address: 0, bytes: new Uint8Array() };
  let context = saved;
  for (let frame = first; ;) {
    const entry = code.table.entry(frame.index);
    if (!entry) return { frames, end: "lost" };
    let next: GoFrame | undefined;
    if (context && switches.has(entry.name)) {
      next = savedFrame(code, context);
      context = undefined;
    } else {
      // `mcall` does not return, and what lies above its frame is of no call.
      if (entry.topFrame || entry.name === "runtime.mcall") return { frames, end: "root" };
      if (frame.entry < window.address || frame.entry + 8 > window.address + window.bytes.length) {
        const [bytes] = yield [{ address: frame.entry, length: chunk }];
        window = { address: frame.entry, bytes: bytes ?? new Uint8Array() };
      }
      next = callerOf(code, frame, wordAt(window.bytes, frame.entry - window.address) ?? 0);
    }
    if (!next) return { frames, end: "lost" };
    if (frames.length >= limit) return { frames, end: "limit" };
    frames.push(next);
    frame = next;
  }
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
