import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { transferSize } from "../../../../debug-adapter/src/debuggee/start-message.ts";
import { CdpClient } from "../../../../debug-adapter/src/engine/v8/cdp-client.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const minute = 60_000;

test("an answer that does not come is given up", async () => {
  const client = new CdpClient({ write: () => undefined, takeBytes: () => undefined }, () => undefined);
  const answer = client.send("Debugger.resume").catch(String);
  vi.advanceTimersByTime(minute);
  expect(await answer).toBe("Error: V8 did not answer Debugger.resume within 10 s");
});

test("a program that sleeps or waits for input answers when it is back", async () => {
  const sent: { id: number }[] = [];
  const write = (line: string): void => void sent.push(JSON.parse(line) as { id: number });
  const client = new CdpClient({ write, takeBytes: () => undefined }, () => undefined);
  const answer = client.sendPatiently("Debugger.setBreakpoint");
  vi.advanceTimersByTime(minute);
  client.receive(JSON.stringify({ id: sent[0]!.id, result: { breakpointId: "1" } }));
  expect(await answer).toEqual({ breakpointId: "1" });

  const last = client.sendPatiently("Debugger.pause").catch(String);
  client.close();
  expect(await last).toBe("Error: the program has ended");
});

function transferring(): { client: CdpClient; answer: Promise<unknown>; taken: ((bytes: Uint8Array) => void)[] } {
  const taken: ((bytes: Uint8Array) => void)[] = [];
  const client = new CdpClient({ write: () => undefined, takeBytes: (_length, done) => void taken.push(done) }, () => undefined);
  return { client, answer: client.transfer({}).catch(String), taken };
}

describe("bytes behind the line of an answer", () => {
  test("belong to it", async () => {
    const { client, answer, taken } = transferring();
    client.receive(JSON.stringify({ id: 1, result: { result: { value: "64 2" } }, transferred: 2 }));
    taken[0]!(Uint8Array.of(7, 8));
    expect(await answer).toEqual({ result: { result: { value: "64 2" } }, bytes: Uint8Array.of(7, 8) });
  });

  test("that never come are given up with the program", async () => {
    const { client, answer } = transferring();
    client.receive(JSON.stringify({ id: 1, result: {}, transferred: 2 }));
    client.close();
    expect(await answer).toBe("Error: the program has ended");
  });

  test.each([transferSize + 1, -1, 1e300])("are not awaited where they would be %d", async (count) => {
    const { client, answer, taken } = transferring();
    client.receive(JSON.stringify({ id: 1, result: {}, transferred: count }));
    expect(await answer).toContain("which cannot be");
    expect(taken).toEqual([]);
  });
});
