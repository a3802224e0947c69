import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { moduleText } from "#core/wasm/strict/module-text.ts";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { specCases } from "../wat/spec-cases.ts";

const modules = specCases()
  .filter(({ kind }) => kind === "valid")
  .flatMap(({ path, text }) => {
    const { bytes } = encodeWat(WatDocument.open(text, "wat"));
    return bytes === undefined ? [] : [{ path, bytes }];
  });

/** What is wrong with a module in the binary format. */
function problemsOf(bytes: Uint8Array): readonly string[] {
  const found = moduleText(bytes);
  if ("fault" in found) return [`${found.fault}: ${found.message}`];
  return WatDocument.open(found.text, "wat")
    .problems()
    .map(({ code, message }) => `${code}: ${message}`);
}

describe("a binary module as text", () => {
  test("every module of the suite, encoded, reads as a valid module with the same encoding", () => {
    expect(modules.length).toBeGreaterThan(2_400);
    for (const { path, bytes } of modules) {
      const read = moduleText(bytes);
      if ("fault" in read) expect.fail(`${path}: ${read.message}`);
      const document = WatDocument.open(read.text, "wat");
      expect(document.problems(), path).toEqual([]);
      expect(moduleText(encodeWat(document).bytes!), path).toEqual(expect.objectContaining({ text: read.text }));
    }
  });

  test.each([1, 2])(
    "what V8 takes after bytes of it were changed is taken (seed %i)",
    (seed) => {
      const known = modules.map(({ bytes }) => bytes).filter((bytes) => bytes.length < 2_000 && WebAssembly.validate(bytes));
      let taken = 0;
      const change = fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom("set", "insert", "remove"));
      const property = fc.property(fc.nat(), fc.array(change, { minLength: 1, maxLength: 2 }), (which, changes) => {
        const bytes = Array.from(known[which % known.length]!);
        for (const [place, byte, kind] of changes)
          bytes.splice(8 + (place % Math.max(1, bytes.length - 8)), kind === "insert" ? 0 : 1, ...(kind === "remove" ? [] : [byte]));
        const changed = Uint8Array.from(bytes);
        const problems = problemsOf(changed);
        if (!WebAssembly.validate(changed)) return;
        taken++;
        if (problems.length > 0) expect.fail(`${problems.join("\n")}\n${Buffer.from(changed).toString("hex")}`);
      });
      fc.assert(property, { seed, numRuns: 4_000 });
      expect(taken).toBeGreaterThan(200);
    },
    60_000,
  );
});
