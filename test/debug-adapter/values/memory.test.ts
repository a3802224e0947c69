import { expect, test } from "vitest";
import { StopMemory } from "../../../debug-adapter/src/values/memory.ts";
import type { EngineModule, MemoryPiece, Stop } from "../../../debug-adapter/src/engine/engine.ts";
import { memoryStop } from "../symbols/dwarf-frames.ts";

const memory = Uint8Array.from({ length: 20_000 }, (_, at) => at % 251);

function counted(): { memory: StopMemory; trips: (readonly MemoryPiece[])[] } {
  const trips: (readonly MemoryPiece[])[] = [];
  const whole = memoryStop(memory);
  const readMemory: Stop["readMemory"] = (module, index, pieces) => {
    trips.push(pieces);
    return whole.readMemory(module, index, pieces);
  };
  return { memory: new StopMemory({ readMemory } as Partial<Stop> as Stop, {} as EngineModule), trips };
}

test.each([
  [0, 4],
  [4094, 4],
  [100, 9000],
  [19_998, 10],
  [4096, 4096],
  [30_000, 4],
  [0, 0],
])("%i, %i bytes", async (address, length) => {
  const { memory: reader } = counted();
  expect(await reader.read(0, address, length)).toEqual(memory.slice(address, address + length));
});

test("what is no address has no bytes, and the engine is not asked", async () => {
  const { memory: reader, trips } = counted();
  for (const address of [2 ** 53 - 1, 2_318_273_439_693_353_000, 2 ** 64, -8]) expect(await reader.read(0, address, 16)).toHaveLength(0);
  expect(trips).toEqual([]);
});

test("reads of one turn make one round trip, and pages are kept", async () => {
  const { memory: reader, trips } = counted();
  await Promise.all([reader.read(0, 10, 4), reader.read(0, 20, 4), reader.read(0, 9_000, 4)]);
  await reader.read(0, 30, 4);
  expect(trips.map((pieces) => pieces.map(({ address }) => address))).toEqual([[0, 8192]]);
  reader.clear();
  await reader.read(0, 30, 4);
  expect(trips).toHaveLength(2);
});

test("a large read is one piece", async () => {
  const { memory: reader, trips } = counted();
  expect(await reader.read(0, 5, 100_000)).toEqual(memory.slice(5));
  expect(trips).toEqual([[{ address: 5, length: 100_000 }]]);
});

test("a failed read fails every reader of the page, and is not kept", async () => {
  let fails = true;
  const readMemory: Stop["readMemory"] = (module, index, pieces) =>
    fails ? Promise.reject(new Error("gone")) : memoryStop(memory).readMemory(module, index, pieces);
  const reader = new StopMemory({ readMemory } as Partial<Stop> as Stop, {} as EngineModule);
  await expect(reader.read(0, 0, 4)).rejects.toThrow("gone");
  fails = false;
  expect(await reader.read(0, 0, 4)).toEqual(memory.slice(0, 4));
});

test("what was read is known without waiting, until memory is written", async () => {
  const { memory: reader } = counted();
  expect(reader.known(0, 10, 4)).toBeUndefined();
  await reader.read(0, 10, 4);
  expect(reader.known(0, 10, 4)).toEqual(memory.slice(10, 14));
  // The page behind has not been read, and another memory is another one.
  expect(reader.known(0, 4094, 4)).toBeUndefined();
  expect(reader.known(1, 10, 4)).toBeUndefined();
  reader.clear();
  expect(reader.known(0, 10, 4)).toBeUndefined();
});

test("a page that was on its way when memory was written is not known", async () => {
  const { memory: reader } = counted();
  const read = reader.read(0, 10, 4);
  reader.clear();
  await read;
  expect(reader.known(0, 10, 4)).toBeUndefined();
});

test("where memory ends, only what is there is known", async () => {
  const { memory: reader } = counted();
  await reader.read(0, 19_998, 10);
  expect(reader.known(0, 19_998, 2)).toEqual(memory.slice(19_998));
  expect(reader.known(0, 19_998, 3)).toBeUndefined();
});
