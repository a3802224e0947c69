import { expect, test } from "vitest";
import { constantText } from "../../../../debug-adapter/src/symbols/go/panics.ts";

// What `constant.Make(x).String()` of go/constant gives for each value.
test.each([
  ["200 = 0xc8", "uint8", "200"],
  ["-7", "int", "-7"],
  ["3 = 0x3", "main.Color", "3"],
  ['"text = 0x3"', "string", '"text = 0x3"'],
  ["3.5", "float64", "3.5"],
  ["0.1", "main.Ratio", "0.1"],
  ["1234567.891", "float64", "1.23457e+06"],
  ["1000000", "float64", "1e+06"],
  ["100000", "float64", "100000"],
  ["0.00001234", "float64", "1.234e-05"],
  ["0.0001", "float32", "0.0001"],
  ["-0.5", "float64", "-0.5"],
  ["main.fail.func6", "func()", '"main.fail.func6"'],
  ["nil", "func()", "nil"],
  ["main.point {X: 1, Y: 2}", "main.point", "main.point {X: 1, Y: 2}"],
])("%s of %s", (value, typeName, expected) => {
  expect(constantText(value, typeName)).toBe(expected);
});
