import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { completionsAt } from "#core/wat/features/completion.ts";
import { hoverAt } from "#core/wat/features/hover.ts";
import { highlights, typeDefinitionSpan } from "#core/wat/features/navigation.ts";
import { prepareRename } from "#core/wat/features/rename.ts";
import { selectionSpans } from "#core/wat/features/selection-range.ts";
import { signatureAt } from "#core/wat/features/signature-help.ts";
import { specSuite } from "../../../support/spec-suite.ts";
import { specCases } from "../spec-cases.ts";

function askEverything(document: WatDocument, offset: number): void {
  completionsAt(document, offset);
  signatureAt(document, offset);
  hoverAt(document, offset);
  highlights(document, offset);
  typeDefinitionSpan(document, offset);
  prepareRename(document, offset);
  expect(selectionSpans(document, offset).at(-1)).toEqual({ start: 0, end: document.text.length });
}

const perFile = 15;

test("every feature answers wherever it is asked, in the scripts of the suite", () => {
  for (const { text } of specSuite().filter((script) => script.text.length < 200_000)) {
    const document = WatDocument.open(text, "wast");
    const step = Math.max(1, Math.floor(text.length / perFile));
    for (let offset = 0; offset <= text.length; offset += step) askEverything(document, offset);
  }
}, 120_000);

test("and in modules that are wrong, or cut off there", () => {
  const wrong = specCases().filter(({ kind, text }) => kind !== "valid" && text.length < 2000);
  for (const [number, { text }] of wrong.entries()) {
    if (number % 20 !== 0) continue;
    const document = WatDocument.open(text, "wat");
    const step = Math.max(1, Math.floor(text.length / 12));
    for (let offset = 0; offset <= text.length; offset += step) {
      askEverything(document, offset);
      askEverything(WatDocument.open(text.slice(0, offset), "wat"), offset);
    }
  }
}, 120_000);
