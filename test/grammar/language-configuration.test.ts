import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { generateGrammars } from "../../tools/grammar/generate.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface OnEnterRule {
  readonly beforeText: string;
  readonly afterText: string;
  readonly action: { readonly indent: string; readonly appendText?: string };
}
const configuration = JSON.parse(readFileSync(`${root}/syntaxes/wat.language-configuration.json`, "utf8")) as {
  wordPattern: string;
  indentationRules: { increaseIndentPattern: string; decreaseIndentPattern: string };
  onEnterRules: OnEnterRule[];
};

test.each([...generateGrammars()])("%s is what the templates give (else: npm run generate)", (path, text) => {
  expect(readFileSync(`${root}/${path}`, "utf8")).toBe(text);
});

describe("the word at the cursor", () => {
  test.each([
    "$name",
    "i32.add",
    "i64.trunc_sat_f32_u",
    '$"quoted name (with \\" parens)"',
    "$a!#$%&'*+-./:<=>?@\\^_`|~z",
    "0x1.8p-3",
    "offset=4",
  ])("is %s as a whole", (word) => {
    const text = `(${word}) (${word})`;
    expect(text.match(new RegExp(configuration.wordPattern, "g"))).toEqual([word, word]);
  });

  test("ends at parentheses, blanks, commas and quotes", () => {
    expect('(call $f)(br 0);;"a"'.match(new RegExp(configuration.wordPattern, "g"))).toEqual(["call", "$f", "br", "0", "a"]);
  });
});

/** What the editor does at Enter: the first rule that fits, else the indentation rules. */
function enter(before: string, after = ""): string {
  const rule = configuration.onEnterRules.find(
    ({ beforeText, afterText }) => new RegExp(beforeText).test(before) && new RegExp(afterText).test(after),
  );
  if (rule) return rule.action.appendText ?? rule.action.indent;
  return new RegExp(configuration.indentationRules.increaseIndentPattern).test(before) ? "indent" : "none";
}

describe("Enter", () => {
  test.each([
    "(module",
    "  (func $f (param $x i32) (result i32)",
    "  (func $f (param $x i32) ;; (comment)",
    "    (if (i32.eq (local.get 0) (i32.add (local.get 1) (i32.const 2)))",
    '  (data (i32.const 0) "(("',
    "(((",
    "    block $a (result i32)",
    "    loop",
    "    if ;; flat",
    "    else",
    "    try_table (catch $e $l)",
  ])("after %j indents", (line) => expect(enter(line)).toBe("indent"));

  test.each([
    "    (local.get 0)",
    "    i32.add",
    "  (func $f (result i32) (i32.const 1))",
    '  (data (i32.const 0) "((")',
    ")",
    "  )",
    ";; (comment",
    "    block end",
    "    end",
    "    br_if 0",
    "    blocked",
    "    (; (",
  ])("after %j keeps the indentation", (line) => expect(enter(line)).toBe("none"));

  test.each(["    (local.get 0))", "    i32.add)", "    end)", '    "text")', "    (nop)) ;; done"])("after %j outdents", (line) =>
    expect(enter(line)).toBe("outdent"),
  );

  test("between a parenthesis and its partner makes room", () => {
    expect(enter("(func $f", ")")).toBe("indentOutdent");
  });

  test("inside a comment continues it", () => {
    expect(enter("  ;; one", "two")).toBe(";; ");
    expect(enter("  ;; one")).toBe("none");
  });
});

test.each(["end", "  end", "  end $l", "else", ")", "  ))"])("%j moves back when it is typed", (line) => {
  expect(new RegExp(configuration.indentationRules.decreaseIndentPattern).test(line)).toBe(true);
});

test.each(["ending", "(end", "end.x", "local.get 0"])("%j does not", (line) => {
  expect(new RegExp(configuration.indentationRules.decreaseIndentPattern).test(line)).toBe(false);
});

test("no line makes a rule slow", () => {
  const lines = ["(", ")", "()", "(()", "())", '("', "((a)(b)", "(;", ";", "x"].flatMap((part) => [part.repeat(100), part.repeat(5000)]);
  const nested = `${"(".repeat(60)}${"()".repeat(40)}${")".repeat(70)}`;
  const started = performance.now();
  for (const line of [...lines, nested, `${nested}x)`, `x${nested}"`]) enter(line);
  expect(performance.now() - started).toBeLessThan(500);
});
