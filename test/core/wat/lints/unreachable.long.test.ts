import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { lintsOf } from "#core/wat/lints/lints.ts";
import { specSuite } from "../../../support/spec-suite.ts";
import { endingScripts, outcomes, smallNumber } from "../refactor/same-results.ts";
import { validModules } from "../valid-modules.ts";
import { applied } from "./apply.ts";

test("code that is called unreachable can be a trap: exported functions of the suite's modules give the same results in V8", () => {
  const broken: string[] = [];
  let count = 0;
  for (const { path, text } of validModules(specSuite().filter(({ path }) => endingScripts.test(path)))) {
    const document = WatDocument.open(text, "wat");
    const dead = lintsOf(document, (code) => code === "unreachable-code");
    const bytes = encodeWat(document).bytes;
    if (dead.length === 0 || text.includes("(import") || bytes === undefined || !WebAssembly.validate(bytes)) continue;
    const edits = dead.map(({ span }) => ({ span, text: text[span.start] === "(" ? "(unreachable)" : "unreachable" }));
    count += edits.length;
    if (outcomes(applied(text, edits), smallNumber).join("\n") !== outcomes(text, smallNumber).join("\n"))
      broken.push(`${path} ${text.slice(0, 300)}`);
  }
  expect(broken).toEqual([]);
  expect(count).toBeGreaterThan(20);
});
