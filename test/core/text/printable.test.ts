import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { printableLine, printableText } from "../../../core/text/printable.ts";

test("what a terminal would obey is written as an escape", () => {
  expect(printableLine("\u001b[31mred\u0007")).toBe("\\x1b[31mred\\x07");
  expect(printableLine("a\u009bB\u0000\u007f")).toBe("a\\x9bB\\x00\\x7f");
  expect(printableLine("one\ntwo\r\n\tthree\u2028")).toBe("one\\x0atwo\\x0d\\x0a\\x09three\\u{2028}");
  expect(printableLine("x\u202egnp.exe\u2066")).toBe("x\\u{202e}gnp.exe\\u{2066}");
});

test("what is only text stays, line ends and tabs where there may be several lines", () => {
  const text = "größer als 漢字 👍 e\u0301 \\x1b «a»";
  expect(printableLine(text)).toBe(text);
  expect(printableText("one\n\ttwo\r\nthree")).toBe("one\n\ttwo\r\nthree");
  // A carriage return alone goes back over what was written.
  expect(printableText("all is well\rBAD")).toBe("all is well\\x0dBAD");
});

test("nothing but printable characters is left of any text, and it stays as it is then", () => {
  assert(
    property(string({ unit: "binary" }), (text) => {
      const line = printableLine(text);
      expect(line).not.toMatch(/\p{Cc}/u);
      expect(printableLine(line)).toBe(line);
      expect(printableText(text)).toMatch(/^(?:\P{Cc}|[\t\n]|\r\n)*$/u);
    }),
  );
});
