import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { engineOptions } from "../../client/src/engine-options.ts";

test.each([
  [1, ["--v8-pool-size=1"]],
  [2, ["--v8-pool-size=1"]],
  [4, ["--v8-pool-size=3"]],
  [5, []],
  [64, []],
])("with %i cores V8's threads are as many as the others: %j", (cores, options) => {
  expect(engineOptions(cores, false)).toEqual(options);
  expect(engineOptions(cores, true)).toEqual([]);
});

test("Node.js takes the options", () => {
  const { status, stdout } = spawnSync(process.execPath, [...engineOptions(2, false), "-p", "1 + 1"], { encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "2\n" });
});
