/** The same with the other toolchains that are supported; the go command fetches those that are not there. */
import { afterAll, test } from "vitest";
import { compareWithPrinted, endAll } from "../../../support/go-toolchain-session.ts";

afterAll(endAll);

test.each(["go1.24.13", "go1.25.11", "go1.27.4"])(
  "%s: lines are hit in the order in which they print themselves, and stacks are the runtime's",
  { timeout: 300_000 },
  async (toolchain) => {
    await compareWithPrinted({ os: "wasip1", toolchain });
  },
);
