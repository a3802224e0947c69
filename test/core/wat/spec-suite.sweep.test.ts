import { describe, expect, test } from "vitest";
import { reasons } from "#core/wat/check/expectation.ts";
import { WatDocument, type WatProblem } from "#core/wat/document.ts";
import { watCodes } from "#core/wat/problem.ts";
import { specSuite } from "../../support/spec-suite.ts";
import { specCases } from "./spec-cases.ts";

const cases = specCases();
const found = new Map<string, readonly WatProblem[]>();

/** What is wrong with a module; each text is read once. */
function problemsOf(text: string): readonly WatProblem[] {
  const known = found.get(text) ?? WatDocument.open(text, "wat").problems();
  found.set(text, known);
  return known;
}

const documents = specSuite().map(({ path, text }) => ({ path, text, document: WatDocument.open(text, "wast") }));

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

  test.each(["malformed", "invalid"] as const)("every %s module is refused, for the reason that the suite gives", (expected) => {
    const unseen: string[] = [];
    const otherReason: string[] = [];
    for (const { path, kind, text, message = "" } of cases) {
      if (kind !== expected) continue;
      const codes = problemsOf(text).map(({ code }) => code);
      const [, fitting] = reasons.find(([start]) => message.startsWith(start)) ?? [];
      if (codes.length === 0) unseen.push(`${path}: ${message}: ${text}`);
      else if (!codes.some((code) => fitting?.includes(code))) otherReason.push(`${path}: ${message}: ${codes.join(" ")}: ${text}`);
    }
    expect(unseen).toEqual([]);
    expect(otherReason).toEqual([]);
  });

  test("nearly every module that is invalid in one way has problems of one kind only", () => {
    const wrong = cases.filter(({ kind }) => kind === "invalid");
    const several = wrong.filter(({ text, message = "" }) => {
      const [, fitting] = reasons.find(([start]) => message.startsWith(start))!;
      return problemsOf(text).some(({ code }) => !fitting.includes(code));
    });
    expect(several.length / wrong.length).toBeLessThan(0.01);
  });

  test("a module that is only invalid is not called malformed", () => {
    const malformed = new Set<string>(watCodes.slice(0, watCodes.indexOf("bad-alignment")));
    const wrong = cases
      .filter(({ kind }) => kind === "invalid")
      .map(({ path, text }) => ({ path, text, problems: problemsOf(text) }))
      .filter(({ problems }) => problems.some(({ code }) => malformed.has(code)));
    expect(wrong).toEqual([]);
  });

  test("every script as a document has no problem", () => {
    const wrong = documents
      .map(({ path, document }) => ({ path, problems: document.problems() }))
      .filter(({ problems }) => problems.length > 0);
    expect(wrong).toEqual([]);
  });

  test("the pieces of every script are the script", () => {
    for (const { path, text, document } of documents) {
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
