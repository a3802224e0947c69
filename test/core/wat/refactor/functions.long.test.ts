import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { isInstruction } from "#core/wat/features/place.ts";
import { defaultFormat } from "#core/wat/format/options.ts";
import { Node } from "#core/wat/node.ts";
import { extractFunction } from "#core/wat/refactor/extract-function.ts";
import { inlineFunction } from "#core/wat/refactor/inline-function.ts";
import type { Refactor } from "#core/wat/refactor/refactoring.ts";
import { specSuite } from "../../../support/spec-suite.ts";
import { applied } from "../lints/apply.ts";
import { validModules } from "../valid-modules.ts";
import { endingScripts, outcomes, smallNumber } from "./same-results.ts";

const mostPerModule = 20;

/** Spans of runs of one to three instructions that stand beside each other. */
function* runsIn(document: WatDocument): Iterable<{ readonly start: number; readonly end: number }> {
  for (let at = 0; at < document.fields.length; at++) {
    const source = document.fieldText(at);
    const { field } = source;
    if (field.kind !== Node.funcField) continue;
    for (let node = 1; node < field.nodeCount; node++) {
      const { start } = source.nodeSpan(node);
      let last = node;
      for (let count = 0; count < 3 && last < field.nodeCount && isInstruction(field.kindOf(last)); count++) {
        yield { start, end: source.nodeSpan(last).end };
        if (field.nodeEnd(last) >= field.nodeEnd(field.parentOf(node))) break;
        last = field.nodeEnd(last);
      }
    }
  }
}

test.each<readonly [string, Refactor]>([
  ["extract", extractFunction],
  ["inline", inlineFunction],
])("%s a function: exported functions of the suite's modules give the same results", (_, refactor) => {
  const broken: string[] = [];
  let count = 0;
  for (const { path, text } of validModules(specSuite().filter(({ path }) => endingScripts.test(path)))) {
    if (text.length > 30_000) continue;
    const document = WatDocument.open(text, "wat");
    const bytes = encodeWat(document).bytes;
    if (bytes === undefined || !WebAssembly.validate(bytes)) continue;
    const module = new WebAssembly.Module(bytes);
    if (WebAssembly.Module.imports(module).length > 0) continue;
    const found = new Map<string, string>();
    const runs = Array.from(runsIn(document));
    const step = Math.max(1, Math.floor(runs.length / 60));
    for (let at = 0; at < runs.length && found.size < mostPerModule; at += step)
      for (const { title, edits } of refactor({ document, selection: runs[at]!, options: defaultFormat, isInvoked: true }))
        found.set(applied(text, edits), title);
    if (found.size === 0) continue;
    const before = outcomes(text, smallNumber).join("\n");
    for (const [changed, title] of found) {
      // An engine of before WebAssembly 3.0 has another code for these.
      if (changed.includes("(result (ref ")) continue;
      count++;
      if (outcomes(changed, smallNumber).join("\n") !== before) broken.push(`${path} ${title}\n${text}\n--\n${changed}`);
    }
  }
  expect(broken.slice(0, 3)).toEqual([]);
  expect(count).toBeGreaterThan(60);
});
