/** The goroutines of a stopped program, read from the runtime's own list. */
import { addressConstants } from "../binary/constants.ts";
import { splitProgramCounter, type ProgramCounter } from "../binary/program-counter.ts";
import type { GoCode } from "./go-code.ts";
import { wordAt, type MemoryTask } from "./memory-task.ts";
import type { RuntimeLayout } from "./runtime-layout.ts";
import type { SavedContext } from "./unwind.ts";

export type GoroutineStatus =
  "idle" | "runnable" | "running" | "syscall" | "waiting" | "dead" | "copystack" | "preempted" | "leaked" | "unknown";

/** By the runtime's numbers, the same in every version (runtime/runtime2.go); 5 and 7 are not in use. */
const statuses: readonly GoroutineStatus[] = [
  "idle",
  "runnable",
  "running",
  "syscall",
  "waiting",
  "unknown",
  "dead",
  "unknown",
  "copystack",
  "preempted",
  "leaked",
  "dead",
];
/** The garbage collector looks at the stack; the goroutine's status is what is left. */
const scanBit = 0x1000;

export interface Goroutine {
  /** Of its `runtime.g`. */
  readonly address: number;
  /** As the runtime prints it. */
  readonly id: number;
  readonly status: GoroutineStatus;
  /** Why it waits; `undefined` for one that does not, and where the runtime does not say. */
  readonly waitReason: string | undefined;
  /** Where it goes on, unless it runs. */
  readonly saved: SavedContext;
  readonly stackHigh: number;
  /** The function that it began with. */
  readonly start: ProgramCounter | undefined;
  /** The `go` statement that made it; `undefined` for the first goroutine. */
  readonly createdAt: ProgramCounter | undefined;
  /** Id of the goroutine with that statement; 0 where none. */
  readonly parentId: number;
}

/** A slice header: address, length, capacity. */
const sliceSize = 24;
const mostGoroutines = 1_000_000;

/**
 * Address of `runtime.allgs`, a slice of pointers to every goroutine. No symbol tells it: `runtime.allgadd` appends to it, so it is one
 * of the constants in that function, the one with well-formed goroutines in it. `undefined` before the runtime has started.
 */
export function* findAllGoroutines({ module, table }: GoCode, layout: RuntimeLayout): MemoryTask<number | undefined> {
  const index = table.find("runtime.allgadd")[0];
  const func = index === undefined ? undefined : module.functions[module.importedFunctionCount + index];
  if (!func) return undefined;
  const candidates = addressConstants(module, func).filter((address) => address % 8 === 0);
  const slices = yield candidates.map((address) => ({ address, length: sliceSize }));
  const lists = candidates.flatMap((address, at) => {
    const slice = readSlice(slices[at]);
    return slice && slice.length > 0 ? [{ address, first: slice.start }] : [];
  });
  const pointers = yield lists.map(({ first }) => ({ address: first, length: 8 }));
  const structs = yield pointers.map((pointer) => ({ address: wordAt(pointer, 0) ?? 0, length: structLength(layout) }));
  return lists.find((_, at) => isGoroutine(structs[at], layout))?.address;
}

/** Every goroutine but those that have ended, in the order in which the runtime keeps them; `limit` at most. */
export function* readGoroutines(
  layout: RuntimeLayout,
  allGoroutines: number,
  waitReasons: readonly string[],
  limit = mostGoroutines,
): MemoryTask<readonly Goroutine[]> {
  const [header] = yield [{ address: allGoroutines, length: sliceSize }];
  const slice = readSlice(header);
  if (!slice) return [];
  const [pointers] = yield [{ address: slice.start, length: 8 * Math.min(slice.length, limit) }];
  const addresses = Array.from({ length: Math.floor((pointers?.length ?? 0) / 8) }, (_, at) => wordAt(pointers!, 8 * at)!);
  const structs = yield addresses.map((address) => ({ address, length: structLength(layout) }));
  return addresses
    .flatMap((address, at) => {
      const struct = structs[at];
      return struct && isGoroutine(struct, layout) ? [readGoroutine(address, struct, layout, waitReasons)] : [];
    })
    .filter((goroutine) => goroutine.status !== "dead" && goroutine.status !== "idle");
}

/** Which goroutine the engine runs, and on which stack. */
export interface RunningGoroutine {
  /** Of its `runtime.g`; 0 where the scheduler runs for none. */
  readonly address: number;
  /** While the scheduler's stack is in use: where the goroutine's own frames go on. */
  readonly saved: SavedContext | undefined;
}

/** `current`: global 2 of the module, the runtime's `g`, which is the scheduler's own while that works for a goroutine. */
export function* readRunning(layout: RuntimeLayout, current: number): MemoryTask<RunningGoroutine> {
  const [machine] = yield [{ address: current + layout.g.m, length: 8 }];
  const m = (machine && wordAt(machine, 0)) ?? 0;
  const [system, user] = yield [
    { address: m + layout.m.systemGoroutine, length: 8 },
    { address: m + layout.m.currentGoroutine, length: 8 },
  ];
  if (m === 0 || !system || !user || wordAt(system, 0) !== current) return { address: current, saved: undefined };
  const address = wordAt(user, 0) ?? 0;
  if (address === 0) return { address, saved: undefined };
  const [struct] = yield [{ address, length: structLength(layout) }];
  return { address, saved: struct && readSaved(struct, layout) };
}

/** Goroutines that the runtime starts for itself (runtime/traceback.go `isSystemGoroutine`); `name`: of the function that they began with. */
export function isSystemGoroutine(name: string): boolean {
  return name.startsWith("runtime.") && name !== "runtime.main" && name !== "runtime.handleAsyncEvent";
}

function readSlice(bytes: Uint8Array | undefined): { readonly start: number; readonly length: number } | undefined {
  if (!bytes || bytes.length < sliceSize) return undefined;
  const [start, length, capacity] = [wordAt(bytes, 0)!, wordAt(bytes, 8)!, wordAt(bytes, 16)!];
  return length <= capacity && capacity < mostGoroutines && start % 8 === 0 && start < 0x1_0000_0000 ? { start, length } : undefined;
}

function structLength({ g }: RuntimeLayout): number {
  return Math.max(...Object.values<number>(g)) + 8;
}

function isGoroutine(struct: Uint8Array | undefined, layout: RuntimeLayout): boolean {
  if (!struct || struct.length < structLength(layout)) return false;
  const { stackLow, stackHigh, id, status } = layout.g;
  const inOrder = wordAt(struct, stackLow)! <= wordAt(struct, stackHigh)! && wordAt(struct, stackHigh)! < 0x1_0000_0000;
  return inOrder && wordAt(struct, id)! < 0x1_0000_0000 && (readStatus(struct, status) & ~scanBit) < statuses.length;
}

const readStatus = (struct: Uint8Array, offset: number): number =>
  new DataView(struct.buffer, struct.byteOffset + offset, 4).getUint32(0, true);

function readSaved(struct: Uint8Array, { g }: RuntimeLayout): SavedContext {
  return { counter: wordAt(struct, g.savedCounter) ?? 0, stackPointer: wordAt(struct, g.savedStackPointer) ?? 0 };
}

function readGoroutine(address: number, struct: Uint8Array, layout: RuntimeLayout, waitReasons: readonly string[]): Goroutine {
  const { g } = layout;
  const id = wordAt(struct, g.id)!;
  const status = statuses[readStatus(struct, g.status) & ~scanBit] ?? "unknown";
  return {
    address,
    id,
    status,
    // The number stays when the wait is over.
    waitReason: status === "waiting" ? waitReasons[struct[g.waitReason]!] || undefined : undefined,
    saved: readSaved(struct, layout),
    stackHigh: wordAt(struct, g.stackHigh)!,
    start: splitProgramCounter(wordAt(struct, g.startFunction)!),
    // The runtime's own start is no `go` statement; its traces leave it out, too.
    createdAt: id === 1 ? undefined : splitProgramCounter(wordAt(struct, g.createdAt)!),
    parentId: wordAt(struct, g.parentId)!,
  };
}
