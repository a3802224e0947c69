import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { settings } from "#core/contract/settings.ts";
import { WatDocument } from "#core/wat/document.ts";

const page = readFileSync(fileURLToPath(new URL("../../../docs/wat.md", import.meta.url)), "utf8");

test("the examples are right, but those that say that they are not", () => {
  const examples = Array.from(page.matchAll(/^```wat( error)?\n(.*?)^```$/gms), ([, wrong, text = ""]) => ({
    isWrong: wrong !== undefined,
    text,
  }));
  expect(examples.length).toBeGreaterThan(4);
  for (const { isWrong, text } of examples) expect(WatDocument.open(text, "wat").problems().length > 0, text).toBe(isWrong);
});

test("the settings that it names are there", () => {
  const named = Array.from(page.matchAll(/`goWasm\.([A-Za-z.]+)`/g), ([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !(name in settings))).toEqual([]);
});
