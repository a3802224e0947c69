import { expect, test } from "vitest";
import { RequestOrder } from "../../../debug-adapter/src/requests/request-order.ts";

/** Work that ends when it is told to, and writes down when it begins. */
function works(order: RequestOrder) {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const run = (command: string): Promise<void> =>
    order.run(command, () => {
      begun.push(command);
      return new Promise((resolve, reject) => ends.set(command, (error) => (error ? reject(error) : resolve())));
    });
  return { begun, run, end: (command: string, error?: Error) => ends.get(command)!(error) };
}

test("a step waits for changes of breakpoints that came before it, also for one that fails; nothing else waits", async () => {
  const { begun, run, end } = works(new RequestOrder());
  const first = run("setBreakpoints");
  const second = run("setExceptionBreakpoints");
  const step = run("next");
  void run("stackTrace");
  expect(begun).toEqual(["setBreakpoints", "setExceptionBreakpoints", "stackTrace"]);
  end("setExceptionBreakpoints");
  await second;
  expect(begun).not.toContain("next");
  end("setBreakpoints", new Error("the program has ended"));
  await expect(first).rejects.toThrow("the program has ended");
  await expect.poll(() => begun).toContain("next");
  end("next");
  await step;
});

test("what throws at once rejects, and holds nobody up", async () => {
  const order = new RequestOrder();
  const fails = order.run("setBreakpoints", () => {
    throw new Error("no program");
  });
  await expect(fails).rejects.toThrow("no program");
  expect(await order.run("continue", () => 1)).toBe(1);
});
