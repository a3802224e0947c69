import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { nameForms, rewriteNames, type NameForm } from "#core/wat/refactor/module-names.ts";
import { specSuite } from "../../../support/spec-suite.ts";
import { applied } from "./apply-in-order.ts";
import { validModules } from "../valid-modules.ts";
import { withoutNameSection } from "./bytes.ts";

function rewritten(text: string, form: NameForm): string {
  const document = WatDocument.open(text, "wat");
  return applied(text, rewriteNames(document, document.modules[0]!, form));
}

const bytesOf = (text: string): Uint8Array => encodeWat(WatDocument.open(text, "wat")).bytes ?? new Uint8Array();
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const hasName = (text: string): boolean =>
  WatDocument.open(text, "wat").fields.some(({ kind, tags }) => kind <= 12 && tags.some((tag) => tag === 4 || tag === 5));

test("names and indices of every module of the suite mean the same, whichever are written", () => {
  const broken: string[] = [];
  const changed = { names: 0, indices: 0, "no-names": 0 };
  for (const { path, text } of validModules(specSuite())) {
    const original = bytesOf(text);
    const bytes = hexOf(withoutNameSection(original));
    const tell = (what: string, result: string): void =>
      void broken.push(`${path} ${what}:\n${text.slice(0, 400)}\n--\n${result.slice(0, 600)}`);
    const results = { names: rewritten(text, "names"), indices: rewritten(text, "indices"), "no-names": rewritten(text, "no-names") };
    for (const form of nameForms) {
      const result = results[form];
      if (result === text) continue;
      changed[form]++;
      // Also of a text with an unknown name there are no bytes.
      if (hexOf(withoutNameSection(bytesOf(result))) !== bytes) tell(form, result);
      if (rewritten(result, form) !== result) tell(`${form} again`, rewritten(result, form));
    }
    if (results.indices !== text && hexOf(bytesOf(results.indices)) !== hexOf(original))
      tell("definitions lost their names", results.indices);
    const none = results["no-names"];
    if (hasName(none)) tell("names are left", none);
    const named = rewritten(none, "names");
    if (hexOf(withoutNameSection(bytesOf(named))) !== bytes) tell("new names", named);
    // Names that all uses had are the names that all uses get again; of two spellings the plain one.
    const hasOneSpelling = results.names === text && !text.includes('$"');
    if (hasOneSpelling && rewritten(results.indices, "names") !== text) tell("the way back", rewritten(results.indices, "names"));
  }
  expect(broken.length, broken.slice(0, 3).join("\n\n")).toBe(0);
  for (const count of Object.values(changed)) expect(count).toBeGreaterThan(500);
}, 120_000);

test.each([
  ["blocks", "block $l br 1 br $l ", "end "],
  ["folded blocks", "(block $l (br 1) (br $l) ", ")"],
  ["conditions", "(if $l (i32.const 0) (then (br 1) (br $l) ", "))"],
])("50 000 %s inside of each other", (_, open, close) => {
  const text = `(module (func ${open.repeat(50_000)}${close.repeat(50_000)}))`;
  const bytes = hexOf(withoutNameSection(bytesOf(text)));
  for (const form of nameForms) expect(hexOf(withoutNameSection(bytesOf(rewritten(text, form)))) === bytes, form).toBe(true);
  expect(rewritten(text, "no-names")).not.toContain("$");
});

test("labels of `delegate` are counted from outside of its `try`", () => {
  const named = "(module (func block $b try $t nop delegate $b (try $u (do (br $u)) (delegate $b)) end))";
  const numbered = "(module (func block $b try $t nop delegate 0 (try $u (do (br 0)) (delegate 0)) end))";
  expect(rewritten(named, "indices")).toBe(numbered);
  expect(rewritten(numbered, "names")).toBe(named);
  expect(rewritten(named, "no-names")).toBe("(module (func block try nop delegate 0 (try (do (br 0)) (delegate 0)) end))");
});
