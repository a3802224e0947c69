/** The same with the other toolchains that are supported; the go command fetches those that are not there. */
import { afterAll, expect, test } from "vitest";
import { build, compareWithPrinted, endAll } from "../../../support/go-toolchain-session.ts";

afterAll(endAll);

test.each(["go1.24.13", "go1.25.11", "go1.27.4"])(
  "%s: lines are hit in the order in which they print themselves, and stacks are the runtime's",
  { timeout: 300_000 },
  async (toolchain) => {
    await compareWithPrinted({ os: "wasip1", toolchain });
  },
);

test("go1.27.4: a closure that inlining has copied is found under its plain name", { timeout: 300_000 }, () => {
  const { code, index, listing, table } = build({ os: "wasip1", toolchain: "go1.27.4", compiler: "" });
  expect(new TextDecoder().decode(listing)).toMatch(/^main\.capture\.func1#[^#]+# STEXT /m);
  const linked = table.find("main.capture.func1");
  expect([linked.length, index.find("function", "main.capture.func1").length > 0]).toEqual([1, true]);
  expect(code.lines.aligned(linked[0]!)?.name).toMatch(/^main\.capture\.func1#/);
});
