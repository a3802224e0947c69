import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { fuzzed, keptFailure, keptTexts } from "./fuzz.ts";
import { generatedModule } from "./generate.ts";
import { brokenLaw } from "./laws.ts";
import { Random } from "./random.ts";

test.each(keptTexts())("%s breaks no law any more", async (_name, text) => {
  for (let seed = 1; seed <= 3; seed++) expect(await brokenLaw(text, new Random(seed))).toBeUndefined();
});

test("generated modules use nearly all instructions, and nearly all are valid", () => {
  const texts = Array.from({ length: 300 }, (_, seed) => generatedModule(new Random(seed)));
  const valid = texts.filter((text) => WatDocument.open(text, "wat").problems().length === 0);
  expect(valid.length).toBeGreaterThan(270);
  const words = new Set(
    valid.flatMap((text) => text.match(/\b[a-z]\w*(?:\.\w+)+|\b(?:block|loop|if|call\w*|br\w*|throw|select|resume)\b/g) ?? []),
  );
  expect(words.size).toBeGreaterThan(500);
});

test("no law is broken by texts from the seeds 1 to 2 000", async () => {
  for (let seed = 1; seed <= 2_000; seed++) {
    const failure = await fuzzed(seed);
    if (failure !== undefined) expect.fail(keptFailure(failure));
  }
}, 180_000);
