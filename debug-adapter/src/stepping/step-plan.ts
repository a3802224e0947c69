import type { ModuleOffset, ModuleRange } from "#core/wasm/offsets.ts";
import type { EngineModule, SkipRanges } from "../engine/engine.ts";

/** What the engine is to do next for a step. */
export type Move =
  | { readonly kind: "step"; readonly how: "into" | "over" | "out"; readonly skip?: SkipRanges }
  /** Run until one of these places is reached at the depth of the step, or further out. */
  | { readonly kind: "run-to"; readonly places: readonly StepPlace[] }
  /** The step is done here. */
  | { readonly kind: "stop" };

export interface StepPlace {
  readonly module: EngineModule;
  readonly offset: ModuleOffset;
}

export const stopHere: Move = { kind: "stop" };

export function stepWith(how: "into" | "over", module: EngineModule, ranges: readonly ModuleRange[]): Move {
  return ranges.length === 0 ? { kind: "step", how } : { kind: "step", how, skip: { module, ranges: mergedRanges(ranges) } };
}

/** Sorted ranges that neither overlap nor touch: V8 refuses a skip list with others. */
export function mergedRanges(ranges: readonly ModuleRange[]): ModuleRange[] {
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
