/**
 * Work that reads the memory of a stopped program. Where the program runs, reading takes a round trip; so such work is a generator that
 * yields what it wants to read, many pieces at once, and is given the bytes.
 */
export interface MemoryPiece {
  readonly address: number;
  readonly length: number;
}

/** Yields pieces of memory 0 and gets their bytes in the same order; a piece outside of the memory comes back shorter. */
export type MemoryTask<Result> = Generator<readonly MemoryPiece[], Result, readonly Uint8Array[]>;

/** Many tasks as one, which reads for all of them at once. */
export function* together<Result>(tasks: readonly MemoryTask<Result>[]): MemoryTask<readonly Result[]> {
  const results: Result[] = [];
  let running: { readonly at: number; readonly task: MemoryTask<Result>; readonly pieces: readonly MemoryPiece[] }[] = [];
  const go = (at: number, task: MemoryTask<Result>, step: IteratorResult<readonly MemoryPiece[], Result>): void => {
    if (step.done) results[at] = step.value;
    else running.push({ at, task, pieces: step.value });
  };
  for (const [at, task] of tasks.entries()) go(at, task, task.next());
  while (running.length > 0) {
    const asking = running;
    const bytes = yield asking.flatMap(({ pieces }) => pieces);
    running = [];
    let start = 0;
    for (const { at, task, pieces } of asking) {
      go(at, task, task.next(bytes.slice(start, start + pieces.length)));
      start += pieces.length;
    }
  }
  return results;
}

/** Runs a task on memory that is at hand. */
export function runOn<Result>(memory: Uint8Array, task: MemoryTask<Result>): Result {
  let step = task.next();
  while (!step.done) {
    step = task.next(step.value.map(({ address, length }) => memory.subarray(Math.max(address, 0), Math.max(address + length, 0))));
  }
  return step.value;
}

/** The 64-bit word at `offset` as a number, which is exact up to 2^53; `undefined` where `bytes` are too short. */
export function wordAt(bytes: Uint8Array, offset: number): number | undefined {
  if (offset < 0 || offset + 8 > bytes.length) return undefined;
  return Number(new DataView(bytes.buffer, bytes.byteOffset + offset, 8).getBigUint64(0, true));
}
