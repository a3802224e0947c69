/** What calls of Go functions need of the runtime: offsets in its structs, and a few of its functions. */
import type { DefinedIndex } from "#core/go/binary/program-counter.ts";
import { fieldOffset } from "#core/go/layouts/go-type-table.ts";
import { collectorPlaces, type CollectorPlaces } from "#core/go/runtime/collector-places.ts";
import type { GoProgram } from "./go-program.ts";

/** Offsets in structs of the runtime. */
export interface CallLayout {
  readonly goroutine: Readonly<Record<"stackGuard" | "panic" | "deferred" | "size", number>>;
  readonly machine: Readonly<Record<"locks" | "allocating", number>>;
  readonly saved: Readonly<Record<"stackPointer" | "counter" | "goroutine" | "context", number>> & {
    /** Of the register in which, up to Go 1.24, `runtime.deferproc` says whether a panic was recovered. */
    readonly result: number | undefined;
  };
  readonly deferred: Readonly<Record<"stackPointer" | "counter" | "function", number>>;
  readonly panic: Readonly<Record<"value" | "isExit", number>>;
}

/** What is needed of the program for any call. */
export interface CallRuntime {
  readonly layout: CallLayout;
  readonly collector: CollectorPlaces;
  /** Enters what a `runtime.gobuf` says. */
  readonly enter: DefinedIndex;
  readonly loop: DefinedIndex;
  /** What no goroutine returns from: stacks end there. */
  readonly outermost: DefinedIndex;
}

/** `undefined` where this version of Go does not have all that is needed. */
export function callRuntime(program: GoProgram): CallRuntime | undefined {
  const { table, module, layouts } = program;
  const layout = layouts && layoutOf(layouts.types);
  const named = (name: string): DefinedIndex | undefined => table.find(name)[0];
  const test = named("runtime.gcTrigger.test");
  const func = test === undefined ? undefined : program.functionOf(test);
  const collector = func && collectorPlaces(module, func);
  const [enter, loop, outermost] = [named("runtime.gogo"), named("wasm_pc_f_loop"), named("runtime.goexit")];
  if (!layout || !collector || enter === undefined || loop === undefined || outermost === undefined) return undefined;
  return { layout, collector, enter, loop, outermost };
}

function layoutOf(types: Parameters<typeof fieldOffset>[0]): CallLayout | undefined {
  const [g, m] = [types.runtimeStruct("runtime.g"), types.runtimeStruct("runtime.m")];
  const [panic, deferred] = [types.runtimeStruct("runtime._panic"), types.runtimeStruct("runtime._defer")];
  const missing = new Set<string>();
  const at = (struct: typeof g, ...path: readonly string[]): number => {
    const offset = fieldOffset(types, struct, ...path);
    if (offset === undefined) missing.add(path.join("."));
    return offset ?? 0;
  };
  const saved = (name: string): number => at(g, "sched", name) - at(g, "sched");
  const returned = fieldOffset(types, g, "sched", "ret");
  const result = returned === undefined ? undefined : returned - at(g, "sched");
  const layout: CallLayout = {
    goroutine: { stackGuard: at(g, "stackguard0"), panic: at(g, "_panic"), deferred: at(g, "_defer"), size: g?.size ?? 0 },
    machine: { locks: at(m, "locks"), allocating: at(m, "mallocing") },
    saved: { stackPointer: saved("sp"), counter: saved("pc"), goroutine: saved("g"), context: saved("ctxt"), result },
    deferred: { stackPointer: at(deferred, "sp"), counter: at(deferred, "pc"), function: at(deferred, "fn") },
    panic: { value: at(panic, "arg"), isExit: at(panic, "goexit") },
  };
  return missing.size > 0 ? undefined : layout;
}
