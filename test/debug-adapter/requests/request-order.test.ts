import { expect, test } from "vitest";
import { isCall, RequestOrder } from "../../../debug-adapter/src/requests/request-order.ts";

/** Work that ends when it is told to, and writes down when it begins. */
function works(order: RequestOrder) {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const run = (command: string, alone = false): Promise<void> =>
    order.run(
      command,
      () => {
        begun.push(command);
        return new Promise((resolve, reject) => ends.set(command, (error) => (error ? reject(error) : resolve())));
      },
      alone,
    );
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

test("a request that is to be alone waits for those before it, and those behind it wait, but for what interrupts", async () => {
  const { begun, run, end } = works(new RequestOrder());
  const before = run("variables");
  const alone = run("evaluate", true);
  const behind = [run("threads"), run("evaluate 2", true), run("next")];
  void run("pause");
  expect(begun).toEqual(["variables", "pause"]);
  end("pause");
  end("variables");
  await before;
  await expect.poll(() => begun).toContain("evaluate");
  expect(begun).not.toContain("threads");
  end("evaluate", new Error("the function has panicked"));
  await expect(alone).rejects.toThrow("panicked");
  await expect.poll(() => begun).toContain("threads");
  end("threads");
  await expect.poll(() => begun).toContain("evaluate 2");
  end("evaluate 2");
  await expect.poll(() => begun).toContain("next");
  end("next");
  await Promise.all(behind);
});

test("which requests call functions", () => {
  expect(isCall("evaluate", { expression: " call f(1)" })).toBe(true);
  expect(isCall("evaluate", { expression: "callable(1)" })).toBe(false);
  expect(isCall("setExpression", { expression: "call f(1)" })).toBe(false);
  expect(isCall("threads", undefined)).toBe(false);
});
