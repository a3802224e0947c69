// The scripts run on real memories here, and the bytes go through a buffer of the size that the debuggee's has.
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { transferSize } from "../../../../debug-adapter/src/debuggee/start-message.ts";
import { type TransferredBytes, transferPieces } from "../../../../debug-adapter/src/engine/v8/memory-transfer.ts";

const pageSize = 65_536;
const memory = new WebAssembly.Memory({ initial: 40 });
const content = new Uint8Array(memory.buffer);
for (let at = 0; at < content.length; at++) content[at] = (at * 7 + (at >> 8)) & 255;
const shared = new Uint8Array(new SharedArrayBuffer(transferSize));

function transfer(script: string): Promise<TransferredBytes> {
  const context = { memories: [memory], Uint8Array, __goWasmTransfer: shared };
  const [memoryLength = 0, count = 0] = String(runInNewContext(script, context)).split(" ").map(Number);
  return Promise.resolve({ memoryLength, bytes: new Uint8Array(shared.subarray(0, count)) });
}

const read = (...pieces: { address: number; length: number }[]): Promise<Uint8Array[]> => transferPieces(0, pieces, transfer);

test("several pieces come in their order", async () => {
  expect(await read({ address: 5000, length: 3 }, { address: 0, length: 2 })).toEqual([content.slice(5000, 5003), content.slice(0, 2)]);
});

test("a piece may be larger than the buffer, and begin in the middle of what is read at once", async () => {
  const large = { address: 11, length: 2 * transferSize + 5 };
  const [small, ...rest] = await read({ address: 1, length: 100 }, large, { address: 9, length: 1 });
  expect(small).toEqual(content.slice(1, 101));
  expect(Buffer.compare(rest[0]!, content.subarray(11, 11 + large.length))).toBe(0);
  expect(rest[1]).toEqual(content.slice(9, 10));
});

test("the memory's end ends a piece, and nothing is before its start", async () => {
  const end = 40 * pageSize;
  const pieces = [
    { address: end - 2, length: 10 },
    { address: end + 5, length: 3 },
    { address: -4, length: 8 },
    { address: 3, length: 0 },
    { address: 0, length: 1 },
  ];
  const empty = new Uint8Array(0);
  expect(await read(...pieces)).toEqual([content.slice(end - 2), empty, empty, empty, content.slice(0, 1)]);
  expect(await read()).toEqual([]);
});

test("a piece that starts in the memory may be asked for far beyond its end", async () => {
  const [bytes] = await read({ address: 10, length: 60 * pageSize });
  expect(Buffer.compare(bytes!, content.subarray(10))).toBe(0);
});
