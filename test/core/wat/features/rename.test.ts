import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { prepareRename, rename } from "#core/wat/features/rename.ts";

/** The text after a rename at `|`, or why it was refused. */
function renamed(marked: string, name: string): string {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const result = rename(WatDocument.open(text, "wat"), offset, name);
  if ("refusal" in result) return result.refusal;
  return result.edits.reduceRight(
    (before, { span, text: inserted }) => before.slice(0, span.start) + inserted + before.slice(span.end),
    text,
  );
}

test("names change where they are defined and used, indices become names", () => {
  expect(renamed('(func |$f call $f call 0) (export "f" (func $f))', "$g")).toBe('(func $g call $g call $g) (export "f" (func $g))');
  expect(renamed("(func |$f call $f)", "a b")).toBe('(func $"a b" call $"a b")');
  expect(renamed("(func block $|l br $l end $l)", "m")).toBe("(func block $m br $m end $m)");
  expect(renamed("(func (if $|l (i32.const 1) (then (br 0)) (else (br $l))))", "m")).toBe(
    "(func (if $m (i32.const 1) (then (br $m)) (else (br $m))))",
  );
});

test("what has no name gets one", () => {
  expect(renamed("(|func call 0)", "$f")).toBe("(func $f call $f)");
  expect(renamed("(func (param i32 i64 f32) (drop (local.get |1)))", "x")).toBe(
    "(func (param i32) (param $x i64) (param f32) (drop (local.get $x)))",
  );
  expect(renamed("(func (param (|ref func)) (drop (local.get 0)))", "x")).toBe("(func (param $x (ref func)) (drop (local.get $x)))");
  expect(renamed("(func |block br 0 end)", "l")).toBe("(func block $l br $l end)");
  expect(renamed("(type $s (struct (field i32 i64))) (func (drop (struct.get $s |1 (ref.null $s))))", "y")).toBe(
    "(type $s (struct (field i32) (field $y i64))) (func (drop (struct.get $s $y (ref.null $s))))",
  );
});

test("a name that means something else there is refused", () => {
  expect(renamed("(func $f) (func |$g)", "f")).toBe("There is another function `$f`.");
  expect(renamed("(func (param $x i32) (local |$y i32))", "x")).toBe("This function has another parameter or local `$x`.");
  expect(renamed("(func block $|a block $b end end)", "b")).toBe("A block inside of this one is named `$b`.");
  expect(renamed("(func block $a block $|b end end)", "a")).toBe("A block around this one is named `$a`.");
  expect(renamed("(func $|f)", "$")).toContain("at least one character");
  expect(renamed("(func block br |1 end)", "x")).toContain("body of a function");
  expect(renamed("(type $t (func (param i32))) (func (type $t) (drop (local.get |0)))", "x")).toContain("Write `(param ...)`");
  expect(renamed("(func n|op)", "x")).toContain("Put the cursor on");
  expect(renamed('(import "m" (item "f") (|func)) (start 0)', "x")).toContain("Write one `(import ...)` for each");
});

test("what is renamed is told before", () => {
  const document = WatDocument.open("(func $f) (func) (start 1)", "wat");
  expect(prepareRename(document, 7)).toEqual({ span: { start: 6, end: 8 }, placeholder: "$f" });
  expect(prepareRename(document, 24)).toEqual({ span: { start: 24, end: 25 }, placeholder: "$function1" });
});
