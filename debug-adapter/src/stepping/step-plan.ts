import type { ModuleOffset, ModuleRange } from "#core/wasm/offsets.ts";
import type { EngineModule, SharedValue, SkipRanges, Stop } from "../engine/engine.ts";

export type StepKind = "next" | "stepIn" | "stepOut";

/** One step of the user. */
export interface StepStrategy {
  /** The places that it runs to stay set behind the step, for the next one; their conditions are never true without it. */
  readonly keepsPlaces: boolean;
  /** The thread that is stepped, where its language has threads of its own: what stops another one does not end the step. */
  readonly threadId?: number;
  /** What the engine is to do first. */
  first(stop: Stop): Promise<Move>;
  /** Asked after each stop of the engine what is to be done next. */
  next(stop: Stop): Promise<Move>;
  /** Asked at a breakpoint of the user: whether the step passes it, since for the user it has not left the line where it began. */
  passes?(stop: Stop): Promise<boolean>;
}

/** Makes steps for threads of its own. `undefined` where the thread cannot be stepped from here by lines. */
export interface StepStrategist {
  begin(kind: StepKind, stop: Stop, threadId: number): Promise<StepStrategy | undefined>;
}

/** What the engine is to do next for a step. */
export type Move =
  | { readonly kind: "step"; readonly how: "into" | "over" | "out"; readonly skip?: SkipRanges }
  /** Run until one of these places is reached. `keep`: earlier places stay set, too; `shared` is what their conditions read. */
  | { readonly kind: "run-to"; readonly places: readonly StepPlace[]; readonly keep?: boolean; readonly shared?: SharedValue }
  /** None of the places was meant: run on to the next. */
  | { readonly kind: "wait" }
  /** The step is done here. */
  | { readonly kind: "stop" };

export interface StepPlace {
  readonly module: EngineModule;
  readonly offset: ModuleOffset;
  /** As that of an engine's breakpoint. */
  readonly condition?: string;
}

export const stopHere: Move = { kind: "stop" };

export function stepWith(how: "into" | "over", module: EngineModule, ranges: readonly ModuleRange[]): Move {
  return ranges.length === 0 ? { kind: "step", how } : { kind: "step", how, skip: { module, ranges: mergedRanges(ranges) } };
}

/** Sorted ranges that neither overlap nor touch: V8 refuses a skip list with others. */
function mergedRanges(ranges: readonly ModuleRange[]): ModuleRange[] {
  const merged: ModuleRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    if (range.end <= range.start) continue;
    const last = merged.at(-1);
    if (!last || range.start > last.end) merged.push(range);
    else if (range.end > last.end) merged[merged.length - 1] = { start: last.start, end: range.end };
  }
  return merged;
}

export function inRanges(ranges: readonly ModuleRange[], offset: ModuleOffset): boolean {
  return ranges.some(({ start, end }) => offset >= start && offset < end);
}
