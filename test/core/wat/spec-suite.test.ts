import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { specSuite } from "../../support/spec-suite.ts";
import { specCases } from "./spec-cases.ts";

const cases = specCases();
const problemsOf = (text: string): readonly string[] =>
  WatDocument.open(text, "wat")
    .problems()
    .map(({ code, message }) => `${code}: ${message}`);

describe("the WebAssembly core test suite", () => {
  test("is read whole", () => {
    // As an independent splitter counts them in the snapshot of 2026-07-23.
    expect(["valid", "invalid", "malformed"].map((kind) => cases.filter((one) => one.kind === kind).length)).toEqual([2419, 2712, 1219]);
  });

  test("every valid module is accepted", () => {
    const refused = cases
      .filter(({ kind }) => kind === "valid")
      .map(({ path, text }) => ({ path, text: text.slice(0, 300), problems: problemsOf(text) }))
      .filter(({ problems }) => problems.length > 0);
    expect(refused).toEqual([]);
  });

  test("every malformed module is refused, for the reason that the suite gives", () => {
    const unseen: string[] = [];
    const otherReason: string[] = [];
    for (const { path, kind, text, message = "" } of cases) {
      if (kind !== "malformed") continue;
      const codes = WatDocument.open(text, "wat")
        .problems()
        .map(({ code }) => code);
      const [, expected] = reasons.find(([start]) => message.startsWith(start)) ?? [];
      if (codes.length === 0) unseen.push(`${path}: ${message}: ${text}`);
      else if (!codes.some((code) => expected?.includes(code))) otherReason.push(`${path}: ${message}: ${codes.join(" ")}: ${text}`);
    }
    expect(unseen).toEqual([]);
    expect(otherReason).toEqual([]);
  });

  test("a module that is only invalid is not called malformed", () => {
    // Names, indices and alignments are judged beside the grammar, types are not.
    const ofNames = /^(unknown|duplicate|constant expression|alignment)/;
    const wrong = cases
      .filter(({ kind, message = "" }) => kind === "invalid" && !ofNames.test(message))
      .map(({ path, text }) => ({ path, text, problems: problemsOf(text) }))
      .filter(({ problems }) => problems.length > 0);
    expect(wrong).toEqual([]);
  });

  test("every script as a document has no problem", () => {
    const wrong = specSuite()
      .map(({ path, text }) => ({ path, problems: WatDocument.open(text, "wast").problems() }))
      .filter(({ problems }) => problems.length > 0);
    expect(wrong).toEqual([]);
  });

  test("the pieces of every script are the script", () => {
    for (const { path, text } of specSuite()) {
      const document = WatDocument.open(text, "wast");
      const faults: string[] = [];
      document.fields.forEach((field, at) => {
        let end = 0;
        for (const [index, place] of field.spans.entries()) {
          if (place < end) faults.push(`field ${at}, token ${index >> 1} overlaps the one before`);
          end = place;
        }
        if (end > field.length) faults.push(`field ${at} ends in a token`);
        if (document.starts[at]! + field.length !== (document.starts[at + 1] ?? text.length)) faults.push(`gap behind field ${at}`);
      });
      expect(faults, path).toEqual([]);
    }
  });
});

/** What our codes are for the messages of the suite's malformed modules, by the start of the message. */
const reasons: readonly (readonly [message: string, codes: readonly string[]])[] = [
  ["unknown operator", ["unknown-instruction", "unexpected-token", "bad-number", "missing-space"]],
  ["malformed UTF-8", ["bad-utf8"]],
  ["unexpected token", ["unexpected-token", "unmatched-paren", "inline-type-mismatch"]],
  ["alignment", ["bad-alignment"]],
  ["constant out of range", ["constant-out-of-range"]],
  // The suite says so of lanes that are too large, and of lanes that are missing or are no lane numbers.
  ["i8 constant out of range", ["constant-out-of-range", "unexpected-token", "lane-count"]],
  ["illegal character", ["illegal-character"]],
  ["inline function type", ["inline-type-mismatch"]],
  ["mismatching label", ["mismatching-label"]],
  ["wrong number of lane literals", ["lane-count"]],
  ["invalid lane length", ["lane-count"]],
  // A line break ends a string.
  ["empty annotation id", ["empty-annotation-id", "unclosed-string"]],
  // A control character in a quoted name has a message of its own.
  ["empty identifier", ["empty-identifier", "illegal-character", "unclosed-string"]],
  ["unclosed annotation", ["unclosed-annotation"]],
  // Strings end with their line, so the annotation around it has no end either.
  ["unclosed string", ["unclosed-string", "unclosed-annotation"]],
  ["import after", ["import-after-definition"]],
  ["duplicate", ["duplicate-name"]],
  ["unknown label", ["unknown-label"]],
  ["unknown type", ["unknown-type"]],
  ["multiple start sections", ["multiple-starts"]],
];
