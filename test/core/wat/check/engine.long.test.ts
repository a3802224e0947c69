import { setFlagsFromString } from "node:v8";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { specCases } from "../spec-cases.ts";

for (const feature of ["memory64", "return-call", "extended-const", "typed-funcref", "gc", "relaxed-simd"])
  setFlagsFromString(`--experimental-wasm-${feature}`);

/** A module as it is written, valid or not; undefined where its syntax is wrong. */
function encoded(document: WatDocument): Uint8Array<ArrayBuffer> | undefined {
  return document.syntaxProblems().length > 0 ? undefined : encodeWat(document).bytes;
}

/** Fails unless we and V8 say the same of a module. Gives whether it is valid. */
function compareWithEngine(text: string, document: WatDocument, bytes: Uint8Array<ArrayBuffer>): boolean {
  const problems = document.problems().map(({ code, message }) => `${code}: ${message}`);
  const isValid = WebAssembly.validate(bytes);
  if ((problems.length === 0) !== isValid) expect.fail(`V8 says ${isValid ? "valid" : "invalid"}, we: ${problems.join("; ")}\n${text}`);
  return isValid;
}

/** Small valid modules of the suite that this version of V8 knows the features of. */
const modules = specCases()
  .filter(({ kind, text }) => kind === "valid" && text.length < 4_000)
  .map(({ text }) => text)
  .filter((text) => {
    const bytes = encoded(WatDocument.open(text, "wat"));
    return bytes !== undefined && WebAssembly.validate(bytes);
  });

/** Words that are often exchanged by mistake. */
const words = [
  "i32", "i64", "f32", "f64", "funcref", "externref", "i32.add", "i64.add", "f32.neg", "i32.const 0", "i64.const 1", "f64.const 2", "drop", "nop",
  "unreachable", "return", "local.get 0", "local.get 1", "local.set 0", "local.tee 0", "br 0", "br 1", "br_if 0", "br_table 0 1 0", "call 0", "call 1",
  "global.get 0", "global.set 0", "select", "(result i32)", "(param i32)", "(result i64 i32)", "(local i32)", "block end", "(then)", "(else)", "loop end",
  "i32.eqz", "i32.load", "i32.store", "memory.size", "memory.grow", "ref.null func", "ref.is_null", "ref.func 0", "table.get 0", "(mut i32)", "", "if end",
  "i32.wrap_i64", "block (result i32) i32.const 1 end", "block (param i32) drop end", "try_table end", "throw 0", "select (result i64)", "0", "1", "2",
]; // prettier-ignore

/** Replaces one token or form-free word of a text. */
function mutated(text: string, place: number, word: string, removes: boolean): string {
  const tokens = Array.from(text.matchAll(/[^\s()";]+/g));
  const match = tokens[place % Math.max(1, tokens.length)];
  if (match === undefined) return text;
  const end = removes ? match.index + match[0].length : match.index;
  return `${text.slice(0, match.index)} ${word} ${text.slice(end)}`;
}

/** What this version of V8 does not know, or judges by another version of the specification. */
const beyondEngine =
  /try_table|throw|catch|exn|\(tag|\(rec|\(sub|struct|array|i31|anyref|eqref|call_ref|br_on|table\s+(?:\$\S+\s+)?i64|\(table[^]*\(ref\s/;

describe("a mutated module is valid for us just when it is for V8", () => {
  test.each([1, 2, 3])(
    "seed %i",
    (seed) => {
      let compared = 0;
      const property = fc.property(
        fc.nat(),
        fc.array(fc.tuple(fc.nat(), fc.constantFrom(...words), fc.boolean()), { minLength: 1, maxLength: 3 }),
        (which, changes) => {
          let text = modules[which % modules.length]!;
          for (const [place, word, removes] of changes) text = mutated(text, place, word, removes);
          if (beyondEngine.test(text)) return;
          const document = WatDocument.open(text, "wat");
          const bytes = encoded(document);
          if (bytes === undefined) return;
          compared++;
          compareWithEngine(text, document, bytes);
        },
      );
      fc.assert(property, { seed, numRuns: 3_000 });
      // Most mutations break the syntax; enough must be left to judge.
      expect(compared).toBeGreaterThan(150);
    },
    60_000,
  );
});

/** Flat instructions over the environment of {@link moduleOf}, in which each index up to 1 is defined. */
const instructions = [
  "i32.const 0", "i64.const 0", "f32.const 0", "f64.const 0", "local.get 0", "local.get 1", "local.get 2", "local.set 0", "local.set 1", "local.tee 0",
  "local.tee 1", "i32.add", "i64.add", "f32.add", "i32.eqz", "i64.eqz", "i32.wrap_i64", "i64.extend_i32_u", "f32.convert_i32_s", "drop", "select",
  "select (result i32)", "select (result funcref)", "nop", "unreachable", "return", "br 0", "br 1", "br_if 0", "br_if 1", "br_table 0 1", "br_table 1 0 0",
  "call 0", "call 1", "return_call 0", "return_call 1", "call_indirect (type 0)", "call_indirect (type 1)", "global.get 0", "global.get 1",
  "global.set 0", "global.set 1", "i32.load", "i64.store", "memory.size", "memory.grow", "memory.fill", "memory.init 0", "table.get 0", "table.set 0",
  "table.size", "table.grow 0", "table.init 0", "ref.null func", "ref.null extern", "ref.func 0", "ref.func 1", "ref.is_null", "throw 0",
  "i8x16.splat", "i32x4.extract_lane 3", "i32x4.extract_lane 4", "v128.any_true",
]; // prettier-ignore
const blockTypes = ["", "(result i32)", "(param i32)", "(param i32) (result i32)", "(type 1)", "(result i64 i32)", "(result funcref)"];

const moduleOf = (results: string, body: string): string => `(module
  (type (func))
  (type (func (param i32) (result i64)))
  (func (type 0))
  (func (type 1) (i64.const 0))
  (global (mut i32) (i32.const 0))
  (global i64 (i64.const 0))
  (memory 1)
  (table 1 funcref)
  (tag (param i32))
  (data "text")
  (elem funcref (ref.func 0))
  (func (param i32 i64) ${results} (local funcref) block ${results} ${body} end))`;

const { body } = fc.letrec((tie) => ({
  body: fc.array(tie("instruction"), { maxLength: 7 }).map((parts) => parts.join(" ")),
  instruction: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 7, arbitrary: fc.constantFrom(...instructions) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom("block", "loop", "i32.const 0 if"), fc.constantFrom(...blockTypes), tie("body"), tie("body"))
        .map(([word, type, first, second]) =>
          word.endsWith("if") && second !== ""
            ? `${word} ${type} ${String(first)} else ${String(second)} end`
            : `${word} ${type} ${String(first)} end`,
        ),
    },
  ),
}));

test.each([1, 2, 3])(
  "a random body is valid for us just when it is for V8 (seed %i)",
  (seed) => {
    let valid = 0;
    const property = fc.property(
      fc.constantFrom("", "(result i32)", "(result i64)", "(result i32 i64)"),
      body,
      (results, instructionsOfBody) => {
        const text = moduleOf(results, instructionsOfBody);
        const document = WatDocument.open(text, "wat");
        const { bytes, problems } = encodeWat(document);
        if (bytes === undefined) expect.fail(`${problems[0]!.message}\n${text}`);
        if (compareWithEngine(text, document, bytes)) valid++;
      },
    );
    fc.assert(property, { seed, numRuns: 3_000 });
    expect(valid).toBeGreaterThan(100);
  },
  60_000,
);
