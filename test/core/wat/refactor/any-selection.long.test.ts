import { expect, test } from "vitest";
import type { WatEdit } from "#core/wat/document.ts";
import { WatDocument } from "#core/wat/document.ts";
import { defaultFormat } from "#core/wat/format/options.ts";
import { refactorings } from "#core/wat/refactor/refactorings.ts";
import { specSuite } from "../../../support/spec-suite.ts";
import { mutated } from "../fuzz/mutate.ts";
import { Random } from "../fuzz/random.ts";
import { applied } from "../lints/apply.ts";
import { validModules } from "../valid-modules.ts";

const step = 4;
const selectionsEach = 6;

/** Whether edits stand apart from each other, within a text. */
function areApart(edits: readonly WatEdit[], length: number): boolean {
  const sorted = [...edits].sort((left, right) => left.span.start - right.span.start || left.span.end - right.span.end);
  return sorted.every(
    ({ span }, place) => span.start <= span.end && span.end <= length && (place === 0 || sorted[place - 1]!.span.end <= span.start),
  );
}

test("whatever is selected, in texts right and wrong: edits stand apart, and what was right stays so", () => {
  const random = new Random(7);
  const broken: string[] = [];
  let offered = 0;
  for (const { path, text } of validModules(specSuite().filter((_, at) => at % step === 1))) {
    if (random.below(3) > 0 || text.length > 8000) continue;
    for (const [source, isRight] of [
      [text, true],
      [mutated(text, text, random), false],
    ] as const) {
      const document = WatDocument.open(source, "wat");
      for (let count = 0; count < selectionsEach; count++) {
        const start = random.below(source.length + 1);
        const end = random.oneIn(2) ? start : Math.min(source.length, start + random.below(60));
        for (const refactor of refactorings)
          for (const { title, edits } of refactor({ document, selection: { start, end }, options: defaultFormat, isInvoked: true })) {
            offered++;
            const after = WatDocument.open(applied(source, edits), "wat");
            const isKept = areApart(edits, source.length) && (!isRight || after.problems().length === 0);
            if (!isKept) broken.push(`${path} ${title} ${start}-${end}\n${source.slice(0, 600)}\n--\n${after.text.slice(0, 600)}`);
          }
      }
    }
  }
  expect(broken.slice(0, 4)).toEqual([]);
  expect(offered).toBeGreaterThan(100);
});
