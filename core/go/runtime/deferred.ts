/** The function that a goroutine would run next if it panicked or its function returned. */
import { splitProgramCounter, type ProgramCounter } from "../binary/program-counter.ts";
import { fieldOffset, type GoTypeTable } from "../layouts/go-type-table.ts";
import { wordAt, type MemoryTask } from "./memory-task.ts";

/**
 * The function that was deferred last. `goroutine`: address of its `runtime.g`. `undefined` where none was, and where this version of Go has
 * its records elsewhere; optimised functions may keep theirs in their frames, which nothing tells of.
 */
export function* lastDeferred(types: GoTypeTable, goroutine: number): MemoryTask<ProgramCounter | undefined> {
  const list = fieldOffset(types, types.runtimeStruct("runtime.g"), "_defer");
  const func = fieldOffset(types, types.runtimeStruct("runtime._defer"), "fn");
  if (list === undefined || func === undefined) return undefined;
  const record = yield* pointerAt(goroutine + list);
  const closure = record && (yield* pointerAt(record + func));
  const counter = closure && (yield* pointerAt(closure));
  return counter ? splitProgramCounter(counter) : undefined;
}

/** 0 for a nil pointer, and outside of the memory. */
function* pointerAt(address: number): MemoryTask<number> {
  const [bytes] = yield [{ address, length: 8 }];
  return (bytes && wordAt(bytes, 0)) ?? 0;
}
