import { describe, expect, test } from "vitest";
import type { JsonSchema } from "#core/contract/json-schema.ts";
import { checkLaunchArguments, launchAttributes } from "#core/contract/launch-attributes.ts";

describe("checkLaunchArguments", () => {
  test("finds nothing wrong with every attribute in use", () => {
    const given = {
      type: "wasm",
      request: "launch",
      name: "all",
      program: "/a.wasm",
      mode: "exec",
      args: ["a"],
      cwd: "/",
      env: { A: "1", B: null },
      envFile: ["/.env"],
      console: "integratedTerminal",
      substitutePath: [{ from: "/a", to: "/b" }],
      stackTraceDepth: 1,
      host: "none",
      invoke: { export: "add", args: [1, "0x10", "nan"] },
      preopens: { "/": "/tmp" },
      somethingElse: 1,
    };
    expect(checkLaunchArguments(given)).toEqual([]);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ program: 1 }, 'launch attribute "program" must be a string'],
    [{ args: "a b" }, 'launch attribute "args" must be an array'],
    [{ args: ["a", 1] }, 'item 2 of launch attribute "args" must be a string'],
    [{ console: "externalTerminal" }, 'launch attribute "console" must be one of internalConsole, integratedTerminal'],
    [{ envFile: {} }, 'launch attribute "envFile" must be a string or an array'],
    [{ env: { A: 1 } }, '"A" in launch attribute "env" must be a string or a null'],
    [{ env: [] }, 'launch attribute "env" must be an object'],
    [{ stackTraceDepth: 1.5 }, 'launch attribute "stackTraceDepth" must be an integer'],
    [{ stackTraceDepth: 0 }, 'launch attribute "stackTraceDepth" must be at least 1'],
    [{ invoke: { args: [] } }, 'launch attribute "invoke" needs "export"'],
    [{ invoke: { export: "f", args: [true] } }, 'item 1 of "args" in launch attribute "invoke" must be a number or a string'],
    [{ substitutePath: [{ from: "/a" }] }, 'item 1 of launch attribute "substitutePath" needs "to"'],
    [{ stopOnEntry: null }, 'launch attribute "stopOnEntry" must be a boolean'],
  ])("%j", (given, problem) => {
    expect(checkLaunchArguments(given)).toEqual([problem]);
  });
});

test("the default of every attribute fits its own row", () => {
  const defaults = Object.entries<JsonSchema>(launchAttributes).flatMap(([name, row]) =>
    row.default === undefined ? [] : [[name, row.default] as const],
  );
  expect(checkLaunchArguments(Object.fromEntries(defaults))).toEqual([]);
});
