import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { completionsAt } from "#core/wat/features/completion.ts";
import { hoverAt } from "#core/wat/features/hover.ts";
import { definitionSpan, highlights, referenceSpans } from "#core/wat/features/navigation.ts";
import { prepareRename, rename } from "#core/wat/features/rename.ts";
import { applied } from "../lints/apply.ts";

/** Reads a script with `|` at the cursor. */
function at(text: string): { readonly document: WatDocument; readonly offset: number } {
  const offset = text.indexOf("|");
  return { document: WatDocument.open(text.slice(0, offset) + text.slice(offset + 1), "wast"), offset };
}

function shown(document: WatDocument, span: { readonly start: number; readonly end: number } | undefined): string {
  return span === undefined ? "nothing" : `${document.lines.lineAt(span.start)}:${document.text.slice(span.start, span.end)}`;
}

/** Each line of a script, so that places are told by their number. */
const script = [
  '(module $a (func $f (export "f") (result i32) (i32.const 1)))', // 0
  '(register "lib" $a)',
  '(module $b (import "lib" "f" (func $g (result i32))) (global (export "g") i32 (i32.const 2)) (export "f" (func $g)))', // 2
  '(assert_return (invoke $a "f") (i32.const 1))',
  '(invoke "f")', // 4
  '(assert_return (get $b "g") (i32.const 2))',
  '(module definition $d (func (export "h")))', // 6
  "(module instance $i $d)",
  '(invoke $i "h")', // 8
  '(module $a binary "\\00asm\\01\\00\\00\\00")',
  '(invoke $a "f")', // 10
];

/** The script with the cursor at the n-th place of a text in a line. */
function cursor(line: number, word: string, nth = 0): { readonly document: WatDocument; readonly offset: number } {
  let column = -1;
  for (let found = 0; found <= nth; found++) column = script[line]!.indexOf(word, column + 1);
  const lines = script.map((text, number) => (number === line ? `${text.slice(0, column + 1)}|${text.slice(column + 1)}` : text));
  return at(lines.join("\n"));
}

test.each([
  ["$a", cursor(3, "$a"), "0:$a"],
  ['"f" of $a', cursor(3, '"f"'), '0:"f"'],
  ['"f" of the current module', cursor(4, '"f"'), '2:"f"'],
  ['"g"', cursor(5, '"g"'), '2:"g"'],
  ["$a in register", cursor(1, "$a"), "0:$a"],
  ['the module "lib"', cursor(2, '"lib"'), '1:"lib"'],
  ['"f" of "lib"', cursor(2, '"f"'), '0:"f"'],
  ["a definition", cursor(7, "$d"), "6:$d"],
  ["an instance", cursor(8, "$i"), "7:$i"],
  ['"h" of an instance', cursor(8, '"h"'), '6:"h"'],
  ["a module that came later", cursor(10, "$a"), "9:$a"],
  ["an export of a module in strings", cursor(10, '"f"'), "nothing"],
  ["the name itself", cursor(0, "$a"), "0:$a"],
  ["$g in a module, as everywhere", cursor(2, "$g", 1), "2:$g"],
])("definition of %s", (_, { document, offset }, expected) => {
  expect(shown(document, definitionSpan(document, offset))).toBe(expected);
});

test("references and highlights", () => {
  const { document, offset } = cursor(0, '"f"');
  expect(referenceSpans(document, offset, true)!.map((span) => shown(document, span))).toEqual(['0:"f"', '2:"f"', '3:"f"']);
  expect(referenceSpans(document, offset, false)!.map((span) => shown(document, span))).toEqual(['2:"f"', '3:"f"']);
  const named = cursor(3, "$a");
  expect(highlights(named.document, named.offset).map(({ span, kind }) => `${shown(named.document, span)} ${kind}`)).toEqual([
    "0:$a text",
    "1:$a read",
    "3:$a read",
  ]);
});

const renamed = ({ document, offset }: ReturnType<typeof cursor>, name: string): string[] => {
  const result = rename(document, offset, name);
  if ("refusal" in result) return [result.refusal];
  return applied(document.text, result.edits)
    .split("\n")
    .filter((line, number) => line !== script[number]);
};

describe("rename", () => {
  test("a module", () => {
    expect(renamed(cursor(3, "$a"), "first")).toEqual([
      '(module $first (func $f (export "f") (result i32) (i32.const 1)))',
      '(register "lib" $first)',
      '(assert_return (invoke $first "f") (i32.const 1))',
    ]);
    expect(renamed(cursor(3, "$a"), "$b")).toEqual(["This script has another module `$b`."]);
  });

  test("an export, with its imports", () => {
    expect(renamed(cursor(3, '"f"'), 'a "b"')).toEqual([
      '(module $a (func $f (export "a \\"b\\"") (result i32) (i32.const 1)))',
      '(module $b (import "lib" "a \\"b\\"" (func $g (result i32))) (global (export "g") i32 (i32.const 2)) (export "f" (func $g)))',
      '(assert_return (invoke $a "a \\"b\\"") (i32.const 1))',
    ]);
    expect(renamed(cursor(4, '"f"'), "g")).toEqual(['The module has another export "g".']);
  });

  test("what a module is registered as", () => {
    expect(renamed(cursor(1, '"lib"'), "mod")[0]).toBe('(register "mod" $a)');
    const { document, offset } = cursor(1, '"lib"');
    expect(prepareRename(document, offset)).toEqual({ span: { start: offset, end: offset + 3 }, placeholder: "lib" });
  });
});

test("hover", () => {
  const markdown = ({ document, offset }: ReturnType<typeof cursor>): string => hoverAt(document, offset)?.markdown ?? "";
  expect(markdown(cursor(3, "$a"))).toBe('```wat\n(module $a …)\n```\n\nExports: `"f"`');
  expect(markdown(cursor(3, '"f"'))).toContain('(func $f (export "f") (result i32) …)');
  expect(markdown(cursor(8, "$i"))).toContain("(module instance $i $d)");
});

const items = (text: string): string[] => {
  const { document, offset } = at(`${script.slice(0, 8).join("\n")}\n${text}`);
  const { span, items: found } = completionsAt(document, offset);
  return [document.text.slice(span.start, span.end), ...found.map(({ label }) => label)];
};

describe("completion", () => {
  test.each([
    ["(invoke $|)", ["$", "$a", "$b", "$i"]],
    ["(assert_return (get $a|", ["$a", "$a", "$b", "$i"]],
    ['(invoke $b "|")', ["", "f"]],
    ['(get $b "x|")', ["x", "g"]],
    ['(assert_return (invoke "|"))', ["", "h"]],
    ["(assert_return (invoke |))", ["", "$a", "$b", "$i", '"h"']],
    ["(invoke $b |)", ["", '"f"']],
    ["(invoke $b |", ["", '"f"']],
    ['(invoke "h|', ["h", "h"]],
    ['(register "x" $|)', ["$", "$a", "$b", "$i"]],
    ["(module instance $x $|)", ["$", "$a", "$b", "$d"]],
  ])("%s", (text, expected) => {
    expect(items(text)).toEqual(expected);
  });

  test("constants are no names, and comments have none", () => {
    expect(items("(invoke (; | ;))")).toEqual([""]);
    expect(items("(invoke ;; |\n)")).toEqual([""]);
    expect(items('(invoke "h" (i32.const |))')).not.toContain("$a");
  });
});

test("a text with one module has no names of scripts", () => {
  const document = WatDocument.open('(module (func (export "f")))', "wat");
  expect(definitionSpan(document, document.text.indexOf('"f"'))).toBeUndefined();
});
