import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { definitionSpan, referenceSpans } from "#core/wat/features/navigation.ts";
import { prepareRename, rename } from "#core/wat/features/rename.ts";
import { withoutNameSection } from "../refactor/bytes.ts";
import { specCases } from "../spec-cases.ts";
import { definedOffsets } from "./suite-symbols.ts";

const valid = specCases().filter(({ kind, text }) => kind === "valid" && text.length < 100_000);
/** Large functions of the same kind say the same over and over. */
const perCase = 4;

function bytesWithoutNames(document: WatDocument): string | undefined {
  const { bytes } = encodeWat(document);
  return bytes === undefined ? undefined : Buffer.from(withoutNameSection(bytes)).toString("hex");
}

test("each definition of the suite is its own definition, and among its references", () => {
  let count = 0;
  for (const { path, text } of valid) {
    const document = WatDocument.open(text, "wat");
    for (const offset of definedOffsets(document).slice(0, 200)) {
      const span = definitionSpan(document, offset);
      expect(span?.start, `${path} at ${offset}: ${text.slice(offset, offset + 40)}`).toBe(offset);
      const places = referenceSpans(document, offset, true)!;
      expect(places.some(({ start }) => start === offset)).toBe(true);
      // From each of its places the way leads back.
      for (const { start } of places.slice(0, 20)) expect(definitionSpan(document, start)?.start, `${path} at ${start}`).toBe(offset);
      count++;
    }
  }
  expect(count).toBeGreaterThan(10_000);
}, 120_000);

test("a renamed module encodes to the same bytes, apart from names", () => {
  let count = 0;
  for (const { path, text } of valid) {
    const document = WatDocument.open(text, "wat");
    const before = bytesWithoutNames(document);
    if (before === undefined) continue;
    const offsets = definedOffsets(document);
    const step = Math.max(1, Math.floor(offsets.length / perCase));
    for (let at = 0; at < offsets.length; at += step) {
      const offset = offsets[at]!;
      if ("refusal" in prepareRename(document, offset)) continue;
      const renaming = rename(document, offset, "a new: 漢");
      if ("refusal" in renaming) throw new Error(`${path} at ${offset}: ${renaming.refusal}`);
      const after = renaming.edits.reduceRight((old, edit) => old.slice(0, edit.span.start) + edit.text + old.slice(edit.span.end), text);
      expect(bytesWithoutNames(WatDocument.open(after, "wat")), `${path} at ${offset}`).toBe(before);
      count++;
    }
  }
  expect(count).toBeGreaterThan(3_000);
}, 120_000);
