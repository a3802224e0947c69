import { expect, test } from "vitest";
import { encodeWat } from "#core/wat/encode.ts";
import { WatDocument } from "#core/wat/document.ts";
import { fixAll, lintsOf } from "#core/wat/lints/lints.ts";
import { specSuite } from "../../../support/spec-suite.ts";
import { validModules } from "../valid-modules.ts";
import { applied } from "./apply.ts";

const all = (): boolean => true;
const mostPerModule = 40;
/** Most instructions that use a memory say nothing of it. */
const mostOmitted = 2;

test("every fix of a finding in the suite leaves a module that validates, here and in the engine", () => {
  const broken: string[] = [];
  const counts = new Map<string, number>();
  for (const { path, text } of validModules(specSuite())) {
    const document = WatDocument.open(text, "wat");
    const before = encodeWat(document).bytes;
    const knowsEngine = before !== undefined && WebAssembly.validate(before);
    const advice = lintsOf(document, all);
    for (const { code } of advice) counts.set(code, (counts.get(code) ?? 0) + 1);
    let omitted = 0;
    const candidates = advice
      .filter(({ code }) => code !== "omitted-idx-in-instr" || omitted++ < mostOmitted)
      .flatMap(({ code, fix }) => (fix === undefined ? [] : [{ code: code as string, edits: fix.edits }]))
      .slice(0, mostPerModule);
    candidates.push({ code: "all", edits: fixAll(document, all) });
    for (const { code, edits } of candidates) {
      const fixed = applied(text, edits);
      const after = WatDocument.open(fixed, "wat");
      const [problem] = after.problems();
      const bytes = encodeWat(after).bytes;
      if (problem !== undefined) broken.push(`${path} ${code}: ${problem.message}\n${fixed.slice(0, 400)}`);
      else if (knowsEngine && (bytes === undefined || !WebAssembly.validate(bytes)))
        broken.push(`${path} ${code}: not valid in the engine`);
    }
  }
  expect(broken.slice(0, 5)).toEqual([]);
  for (const code of [
    "unused",
    "unused-local",
    "unread-local",
    "unused-label",
    "unreachable-code",
    "shadowed-label",
    "needless-mut",
    "empty-block",
  ])
    expect(counts.get(code), code).toBeGreaterThan(1);
}, 120_000);
