import { describe, expect, test } from "vitest";
import { parseInvokeArguments } from "../../client/src/debug/invoke-arguments.ts";

describe("what a user types as arguments", () => {
  test.each([
    ["1 2", ["i32", "i32"], [1, 2]],
    [" -7,0x10 ", ["i32", "i32"], [-7, 16]],
    ["9223372036854775807", ["i64"], ["9223372036854775807"]],
    ["4294967295 -2147483648", ["i32", "i32"], [4294967295, -2147483648]],
    ["-0x10", ["i64"], ["-0x10"]],
    ["1.5 .5 1e3", ["f64", "f32", "f64"], [1.5, 0.5, 1000]],
    ["nan -inf", ["f64", "f32"], ["nan", "-inf"]],
    ["", [], []],
    ["1 9223372036854775807 .5", ["number", "number", "number"], ["1", "9223372036854775807", ".5"]],
  ])("%j as %j", (text, parameters, args) => {
    expect(parseInvokeArguments(text, parameters)).toEqual({ args });
  });

  test.each([
    ["1", ["i32", "i32"], "expected 2 arguments, not 1"],
    ["1.5", ["i32"], "1.5 is not an integer (parameter 1, i32)"],
    ["4294967296", ["i32"], "4294967296 is no i32 (parameter 1)"],
    ["-2147483649", ["i32"], "-2147483649 is no i32 (parameter 1)"],
    ["0x10000000000000000", ["i64"], "0x10000000000000000 is no i64 (parameter 1)"],
    ["one", ["f64"], "one is not a number (parameter 1, f64)"],
    ["1", ["externref"], "an argument of type externref cannot be given here"],
  ])("%j as %j: %s", (text, parameters, problem) => {
    expect(parseInvokeArguments(text, parameters)).toEqual({ args: [], problem });
  });
});
