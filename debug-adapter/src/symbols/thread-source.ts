import type { GoFrame } from "#core/go/runtime/frame.ts";
import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { Stop } from "../engine/engine.ts";
import type { SymbolSource } from "./symbol-source.ts";

/** Threads that a program schedules itself, on stacks that the engine's does not show: goroutines. */
export interface ThreadSource {
  /** What there is at a stop; `undefined` where the program has no threads yet, or the stop is no place where they can be found. */
  at(stop: Stop): Promise<ThreadStacks | undefined>;
}

/** The threads of one stop; read as far as they are asked for. */
export interface ThreadStacks {
  /** Id of the thread that is stopped. */
  readonly current: number;
  /** All of them, in the order in which the user is to see them. */
  list(): Promise<readonly SymbolThread[]>;
  /** Frames of a thread, innermost first; `undefined` where there is no such thread. */
  frames(threadId: number): Promise<readonly UnwoundFrame[] | undefined>;
}

export interface SymbolThread {
  readonly id: number;
  readonly name: string;
}

/** A frame that symbols have unwound. Those that were inlined into another share its frame. */
export interface UnwoundFrame {
  readonly name: string;
  readonly source: SymbolSource | undefined;
  /** 1-based; 0 where unknown. */
  readonly line: number;
  /** Of the running instruction; in callers, of the call. */
  readonly offset: ModuleOffset;
  /** Of the language's own runtime. */
  readonly subtle: boolean;
  /** 0 for the innermost of those that share an engine frame. */
  readonly inlineDepth: number;
  readonly go: GoPlace;
}

/** Where Go keeps the variables of a frame. */
export interface GoPlace {
  readonly frame: GoFrame;
  /** Address of the goroutine's `runtime.g`. */
  readonly goroutine: number;
  /** Its function was inlined: the frame is that of another, whose variables are in it. */
  readonly inlined: boolean;
}
