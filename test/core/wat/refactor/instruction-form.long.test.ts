import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { defaultFormat } from "#core/wat/format/options.ts";
import { Node } from "#core/wat/node.ts";
import { rewriteFunction, type InstructionForm } from "#core/wat/refactor/instruction-form.ts";
import { specSuite } from "../../../support/spec-suite.ts";
import { applied } from "../lints/apply.ts";
import { validModules } from "../valid-modules.ts";

function rewritten(text: string, form: InstructionForm): string {
  const document = WatDocument.open(text, "wat");
  const edits = document.fields.flatMap((_, at) => rewriteFunction(document, at, form, defaultFormat) ?? []);
  return applied(text, edits);
}

const bytesOf = (text: string): string => Buffer.from(encodeWat(WatDocument.open(text, "wat")).bytes ?? []).toString("base64");

test("folding and unfolding every function of the suite gives the same bytes, and the form that was asked for", () => {
  const broken: string[] = [];
  let changed = 0;
  for (const { path, text } of validModules(specSuite())) {
    // Each function is rewritten in a document of its own.
    if (text.length > 8000) continue;
    const bytes = bytesOf(text);
    const flat = rewritten(text, "flat");
    const folded = rewritten(text, "folded");
    const back = rewritten(flat, "folded");
    for (const [form, result] of Object.entries({ flat, folded, back })) {
      if (result !== text) changed++;
      if (bytesOf(result) !== bytes) broken.push(`${path} ${form}: ${text.slice(0, 300)}\n--\n${result.slice(0, 300)}`);
    }
    const document = WatDocument.open(flat, "wat");
    const isFolded = document.fields.some(
      (field) =>
        field.kind === Node.funcField && Array.from({ length: field.nodeCount }, (_, node) => field.kindOf(node)).includes(Node.folded),
    );
    if (isFolded && !text.includes("(do")) broken.push(`${path} is not flat`);
  }
  expect(broken.slice(0, 4)).toEqual([]);
  expect(changed).toBeGreaterThan(2000);
});

test.each(["(i32.eqz ", "(block (result i32) "])("nesting of 5 000: %s", (open) => {
  const text = `(module (func (result i32) ${open.repeat(5_000)}(i32.const 1)${")".repeat(5_000)}))`;
  const flat = rewritten(text, "flat");
  expect(bytesOf(flat)).toBe(bytesOf(text));
  expect(bytesOf(rewritten(flat, "folded"))).toBe(bytesOf(text));
});
