import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CdpClient } from "../../../../debug-adapter/src/engine/v8/cdp-client.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const minute = 60_000;

test("an answer that does not come is given up", async () => {
  const client = new CdpClient(
    () => undefined,
    () => undefined,
  );
  const answer = client.send("Debugger.resume").catch(String);
  vi.advanceTimersByTime(minute);
  expect(await answer).toBe("Error: V8 did not answer Debugger.resume within 10 s");
});

test("a program that sleeps or waits for input answers when it is back", async () => {
  const sent: { id: number }[] = [];
  const client = new CdpClient(
    (line) => sent.push(JSON.parse(line) as { id: number }),
    () => undefined,
  );
  const answer = client.sendPatiently("Debugger.setBreakpoint");
  vi.advanceTimersByTime(minute);
  client.receive(JSON.stringify({ id: sent[0]!.id, result: { breakpointId: "1" } }));
  expect(await answer).toEqual({ breakpointId: "1" });

  const last = client.sendPatiently("Debugger.pause").catch(String);
  client.close();
  expect(await last).toBe("Error: the program has ended");
});
