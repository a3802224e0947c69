// Memory of a real program, through all that lies between: the engine, the relay, the adapter.
import { afterAll, expect, test } from "vitest";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import type { DapClient } from "../../support/dap-client.ts";
import { temporaryFolder } from "../../support/debug-corpus.ts";

const pages = 40;
const size = pages * 65_536;
/** What the program stores at an address that is a multiple of 4. */
const wordAt = (address: number): number => Math.imul(address, 2_654_435_761) >>> 0;
const expected = Buffer.alloc(size);
for (let address = 0; address < size; address += 4) expected.writeUInt32LE(wordAt(address), address);

const folder = temporaryFolder({
  "fill.wat": `(module
  (memory ${pages})
  (func (export "fill") (local $at i32)
    (loop $next
      (i32.store (local.get $at) (i32.mul (local.get $at) (i32.const 2654435761)))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $at) (i32.const ${size}))))
    (nop)))
`,
});
afterAll(() => folder.remove());

const { connect } = sharedAdapterTests();

/** A program that has filled its memory. */
async function filled(): Promise<DapClient> {
  const program = `${folder.path}/fill.wat`;
  const client = connect();
  await client.launch({ program, invoke: { export: "fill" } }, { breakpoints: { [program]: [8] } });
  await client.stopped();
  return client;
}

interface Memory {
  readonly address: string;
  readonly data: string;
  readonly unreadableBytes?: number;
}

const read = (client: DapClient, address: number, count: number): Promise<Memory> =>
  client.request<Memory>("readMemory", { memoryReference: `0x${address.toString(16)}`, count });

test("everything, and what is beyond the end is told", async () => {
  const { address, data, unreadableBytes } = await read(await filled(), 0, size + 100);
  expect({ address, unreadableBytes }).toEqual({ address: "0x0", unreadableBytes: 100 });
  expect(Buffer.from(data, "base64").equals(expected)).toBe(true);
});

test("pieces of all sizes that are asked for at once", async () => {
  const asked = Array.from({ length: 60 }, (_, at) => ({ address: (at * 41_113) % size, count: 1 + ((at * 7919) % 40_000) }));
  const client = await filled();
  const answers = await Promise.all(asked.map(({ address, count }) => read(client, address, count)));
  const wrong = asked.filter(({ address, count }, at) => {
    return !Buffer.from(answers[at]!.data, "base64").equals(expected.subarray(address, address + count));
  });
  expect(wrong).toEqual([]);
});

test("what was written is read, beside what was there", async () => {
  const client = await filled();
  await client.request("writeMemory", { memoryReference: "0x1002", data: Buffer.from("written").toString("base64") });
  const { data } = await read(client, 0x1000, 12);
  const there = Buffer.from(expected.subarray(0x1000, 0x100c));
  there.write("written", 2);
  expect(Buffer.from(data, "base64")).toEqual(there);
});
