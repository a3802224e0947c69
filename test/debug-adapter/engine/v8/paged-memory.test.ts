import { array, assert, asyncProperty, nat, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import type { EngineModule, MemoryPiece } from "../../../../debug-adapter/src/engine/engine.ts";
import { MemoryPlaces, PagedMemory } from "../../../../debug-adapter/src/engine/v8/paged-memory.ts";

const memoryBytes = Uint8Array.from({ length: 3 * 65536 + 100 }, (_, at) => (at * 7919) >>> 5);
const module = {} as EngineModule;

function direct(pieces: readonly MemoryPiece[]): Uint8Array[] {
  return pieces.map(({ address, length }) => memoryBytes.slice(address, address + length));
}

/** A memory at a new stop, with what it asked for, trip by trip. */
function stopAt(places: MemoryPlaces): { memory: PagedMemory; trips: MemoryPiece[][] } {
  const trips: MemoryPiece[][] = [];
  places.begin();
  const read = (pieces: readonly MemoryPiece[]): Promise<readonly Uint8Array[]> => {
    trips.push([...pieces]);
    return Promise.resolve(direct(pieces));
  };
  return { memory: new PagedMemory(read, places, module, 0), trips };
}

const piece = tuple(nat(memoryBytes.length + 2000), nat(3000)).map(([address, length]) => ({ address, length }));

test("any pieces are what the memory holds, also at its end and behind it", async () => {
  await assert(
    asyncProperty(array(array(piece, { minLength: 1 }), { minLength: 1 }), async (reads) => {
      const { memory } = stopAt(new MemoryPlaces());
      for (const pieces of reads)
        expect((await memory.read(pieces)).map((bytes) => [...bytes])).toEqual(direct(pieces).map((bytes) => [...bytes]));
    }),
    { numRuns: 60 },
  );
});

describe("round trips", () => {
  test("what is known of a stop is not asked for again", async () => {
    const { memory, trips } = stopAt(new MemoryPlaces());
    await memory.read([{ address: 1000, length: 100 }]);
    await memory.read([{ address: 1030, length: 8 }]);
    await Promise.all([memory.read([{ address: 90_000, length: 8 }]), memory.read([{ address: 90_002, length: 2 }])]);
    expect(trips).toHaveLength(2);
  });

  test("what the stop before read comes with the first piece", async () => {
    const places = new MemoryPlaces();
    const first = stopAt(places);
    for (const address of [8, 70_000, 140_000]) await first.memory.read([{ address, length: 8 }]);
    const second = stopAt(places);
    for (const address of [12, 70_004, 140_004]) await second.memory.read([{ address, length: 8 }]);
    expect([first.trips.length, second.trips.length]).toEqual([3, 1]);
  });

  test("what no stop reads any more is not read ahead", async () => {
    const places = new MemoryPlaces();
    for (const address of [8, 70_000, 8, 8, 8]) await stopAt(places).memory.read([{ address, length: 8 }]);
    const { memory, trips } = stopAt(places);
    await memory.read([{ address: 8, length: 8 }]);
    expect(trips.flat()).toHaveLength(1);
  });

  test("large pieces are read once and not kept", async () => {
    const places = new MemoryPlaces();
    const large = { address: 16, length: 100_000 };
    const { memory, trips } = stopAt(places);
    expect((await memory.read([large]))[0]).toEqual(direct([large])[0]);
    expect(trips).toEqual([[large]]);
    const next = stopAt(places);
    await next.memory.read([{ address: 16, length: 4 }]);
    expect(next.trips.flat().reduce((sum, { length }) => sum + length, 0)).toBeLessThan(5000);
  });
});

test("after a failure the next one asks again", async () => {
  let failing = true;
  const read = (pieces: readonly MemoryPiece[]): Promise<readonly Uint8Array[]> =>
    failing ? Promise.reject(new Error("gone")) : Promise.resolve(direct(pieces));
  const memory = new PagedMemory(read, new MemoryPlaces(), module, 0);
  const asked = { address: 500, length: 100 };
  await expect(memory.read([asked])).rejects.toThrow("gone");
  failing = false;
  expect(await memory.read([asked])).toEqual(direct([asked]));
});
