import { expect, test } from "vitest";
import { readModule } from "#core/wasm/module.ts";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { isJudged, wasmToolsBytes, wasmToolsProblem, wasmToolsText } from "../../support/wasm-tools.ts";
import { specCases } from "./spec-cases.ts";
import type { SpecCase } from "./spec-cases.ts";

/** The suite's modules; some stand in it several times. */
const cases = [...new Map(specCases().map((one) => [one.text, one])).values()];

function withoutCustom(bytes: Uint8Array): Buffer {
  const sections = readModule(bytes).module.sections.filter((section) => section.customName === undefined);
  return Buffer.concat([bytes.subarray(0, 8), ...sections.map((section) => bytes.subarray(section.header, section.end))]);
}

/**
 * What wasm-tools reads in a module. It names the table of an active segment also where it is the first, and writes a recursion group also
 * where there is one type in it, which mean the same and take two bytes more.
 */
async function shown(bytes: Uint8Array): Promise<string> {
  const text = await wasmToolsText(withoutCustom(bytes));
  return text.replaceAll(/^( *\(elem \(;\d+;\) )\(table 0\) /gm, "$1").replaceAll(/^ {2}\(rec\n {2}( {2}\(type .*\n) {2}\)\n/gm, "$1");
}

function place({ path, text }: SpecCase): string {
  return `${path}: ${text.replaceAll(/\s+/g, " ").slice(0, 200)}`;
}

/**
 * Where a function without `(type ...)` has the type of a definition that is written as a recursion group or a final subtype, wasm-tools adds
 * another definition, of the same type.
 */
const addsType = /^(gc\/type-subtyping|type-rec)\.wast/;

test("every valid module of the suite is encoded as wasm-tools encodes it", async () => {
  const counts = { equal: 0, alike: 0, sameTypeTwice: 0 };
  const different: string[] = [];
  for (const one of cases) {
    if (one.kind !== "valid") continue;
    const ours = encodeWat(WatDocument.open(one.text, "wat")).bytes;
    const theirs = await wasmToolsBytes(one.text);
    if (ours === undefined) expect.fail(place(one));
    if (theirs.bytes === undefined) {
      // It takes no text in which characters could hide the direction of others.
      expect(theirs.why, place(one)).toContain("ConfusingUnicode");
      continue;
    }
    if (withoutCustom(ours).equals(withoutCustom(theirs.bytes))) counts.equal++;
    else if ((await shown(ours)) === (await shown(theirs.bytes))) counts.alike++;
    else if (addsType.test(one.path)) counts.sameTypeTwice++;
    else different.push(place(one));
  }
  expect(different).toEqual([]);
  expect(counts.sameTypeTwice).toBe(5);
  expect(counts.equal).toBeGreaterThan(1_500);
  expect(counts.alike).toBeLessThan(counts.equal / 10);
}, 120_000);

/** Where the validator of wasm-tools 1.259 knows proposals that the suite does not, or looks for something only when a module is linked. */
const widerThanSuite: ReadonlyMap<string, RegExp> = new Map([
  // Stack switching gives tags results.
  ["exceptions/tag.wast", /\(tag \(result i32\)\)/],
  // Custom descriptors lift the rule that casts go downwards.
  ["gc/br_on_cast.wast", /br_on_cast [01] /],
  ["gc/br_on_cast_fail.wast", /br_on_cast_fail [01] /],
]);

test("every module of the suite that imports nothing is wrong for us just when it is for wasm-tools", async () => {
  const counts = { valid: 0, wrong: 0 };
  const different: string[] = [];
  for (const one of cases) {
    const theirs = await wasmToolsBytes(one.text);
    // Whether there is one start function it leaves to the validator, and what catches to the instruction around it.
    if (theirs.bytes === undefined ? one.kind !== "malformed" : !isJudged(theirs.bytes)) continue;
    const why = theirs.bytes === undefined ? theirs.why : await wasmToolsProblem(theirs.bytes);
    const isValid = WatDocument.open(one.text, "wat").problems().length === 0;
    if (isValid === (why === undefined)) counts[isValid ? "valid" : "wrong"]++;
    else if (widerThanSuite.get(one.path)?.test(one.text) !== true) different.push(`${why ?? "valid"}: ${place(one)}`);
  }
  expect(different).toEqual([]);
  expect(counts.valid).toBeGreaterThan(1_500);
  expect(counts.wrong).toBeGreaterThan(3_000);
}, 120_000);
