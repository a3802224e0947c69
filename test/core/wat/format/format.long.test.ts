import { expect, test } from "vitest";
import { specSuite } from "../../../support/spec-suite.ts";
import { WatDocument } from "#core/wat/document.ts";
import { formatText } from "#core/wat/format/format.ts";
import { defaultFormat } from "#core/wat/format/options.ts";
import { brokenLaw } from "./laws.ts";

const narrow = {
  ...defaultFormat,
  printWidth: 40,
  indentWidth: 4,
  closingParens: "split",
  wrapBeforeFields: "always",
  multiLineFields: "always",
  multiLineLocals: "always",
  wrapBeforeConstExpr: "always",
} as const;
const wide = { ...defaultFormat, printWidth: 200, useTabs: true, closingParens: "together", oneInstructionPerLine: false } as const;

test.each([
  ["as it comes", defaultFormat],
  ["narrow", narrow],
  ["wide", wide],
])("the suite's scripts keep their tokens and bytes, and a second run changes nothing: %s", (_, options) => {
  const broken = specSuite().flatMap(({ path, text }) => {
    const law = brokenLaw(text, "wast", options);
    return law === undefined ? [] : [`${path}: ${law}`];
  });
  expect(broken).toEqual([]);
});

test("the suite's scripts in one line keep their tokens and bytes", () => {
  const broken = specSuite()
    .filter(({ text }) => !text.includes(";;"))
    .flatMap(({ path, text }) => {
      const law = brokenLaw(text.replaceAll(/[\r\n]+/g, " "), "wast");
      return law === undefined ? [] : [`${path}: ${law}`];
    });
  expect(broken).toEqual([]);
});

test.each([
  ["block ", "nop ", "end "],
  ["(block ", "(nop)", ")"],
  ["(drop (i32.eqz ", "(i32.const 1)", "))"],
])("nesting of 100 000 is laid out: %s", (open, inner, close) => {
  const text = `(module (func ${open.repeat(100_000)}${inner}${close.repeat(100_000)}))`;
  const result = formatText(WatDocument.open(text, "wat"), defaultFormat);
  expect(result.replaceAll(/\s+/g, "")).toBe(text.replaceAll(/\s+/g, ""));
});
