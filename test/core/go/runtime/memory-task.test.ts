import { expect, test } from "vitest";
import { type MemoryPiece, type MemoryTask, together, wordAt } from "#core/go/runtime/memory-task.ts";

/** Follows a list of 64-bit addresses until one is 0, and gives their number. */
function* lengthOf(address: number): MemoryTask<number> {
  let length = 0;
  for (let at = address; at !== 0; length++) {
    const [bytes] = yield [{ address: at, length: 8 }];
    at = wordAt(bytes!, 0)!;
  }
  return length;
}

test("many tasks read together, as often as the longest of them", () => {
  const memory = new Uint8Array(64);
  const view = new DataView(memory.buffer);
  for (const [at, next] of [0, 0, 1, 2, 3].entries()) view.setBigUint64(8 * at, BigInt(8 * next), true);
  const reads: (readonly MemoryPiece[])[] = [];
  const task = together([32, 0, 16, 8].map((address) => lengthOf(address)));
  let step = task.next();
  while (!step.done) {
    reads.push(step.value);
    step = task.next(step.value.map(({ address, length }) => memory.slice(address, address + length)));
  }
  expect(step.value).toEqual([4, 0, 2, 1]);
  expect(reads.map((pieces) => pieces.map(({ address }) => address))).toEqual([[32, 16, 8], [24, 8], [16], [8]]);
});
