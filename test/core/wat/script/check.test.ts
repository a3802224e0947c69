import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";

/** Code and marked text of each problem. */
function found(text: string): string[] {
  return WatDocument.open(text, "wast")
    .problems()
    .map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);
}

const add = '(func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))';
const module = `(module $m ${add} (global (export "g") f32 (f32.const 1)) (memory (export "mem") 1))`;

describe("a command is checked against the module it means", () => {
  test.each([
    ['(assert_return (invoke "add" (i32.const 1) (i32.const 2)) (i32.const 3))', []],
    ['(assert_return (get $m "g") (f32.const 1))', []],
    ['(assert_return (get "g") (f32.const nan:canonical))', []],
    ['(invoke "sub")', ['unknown-export "sub"']],
    ['(get "add")', ['unknown-export "add"']],
    ['(invoke "mem")', ['unknown-export "mem"']],
    ['(invoke "add" (i32.const 1))', ["argument-mismatch invoke"]],
    ['(invoke "add" (i32.const 1) (i32.const 2) (i32.const 3))', ["argument-mismatch i32.const"]],
    ['(invoke "add" (i32.const 1) (ref.null func))', ["argument-mismatch ref.null"]],
    ['(assert_return (invoke "add" (i32.const 1) (i32.const 2)))', ["result-mismatch assert_return"]],
    ['(assert_return (get "g") (either (f32.const 1) (f64.const 1)))', ["result-mismatch f64.const"]],
    ['(assert_trap (invoke "add" (f32.const 1) (i32.const 1)) "unreachable")', ["argument-mismatch f32.const"]],
    ['(invoke $n "add")', ["unknown-module $n"]],
    ['(register "x" $n)', ["unknown-module $n"]],
    ['(register "x" $m) (register "y")', []],
    ["(invoke add)", ["unexpected-token add"]],
    ['(assert_return (invoke "add" (i32.add)))', ["unexpected-token i32.add"]],
    ['(assert_trap (invoke "add" (i32.const 1) (i32.const 1)))', ["unexpected-token )"]],
    ['(register "x" $m "y")', ['unexpected-token "y"']],
  ])("%s", (command, expected) => {
    expect(found(`${module}\n${command}`)).toEqual(expected);
  });
});

test("the last module is meant, unless it is only a definition or inside of an assertion", () => {
  const other = '(func (export "other"))';
  expect(found(`(module ${add}) (module ${other}) (invoke "other")`)).toEqual([]);
  expect(found(`(module ${add}) (module ${other}) (invoke "add")`)).toEqual(['unknown-export "add"']);
  expect(found(`(module ${other}) (module definition $d ${add}) (invoke "other")`)).toEqual([]);
  expect(found(`(module definition $d ${add}) (module instance $i $d) (invoke $i "other")`)).toEqual(['unknown-export "other"']);
  expect(found(`(module instance $i $d)`)).toEqual(["unknown-module $d"]);
  expect(found(`(module ${other}) (assert_trap (module ${add} (func $s) (start $s)) "unreachable") (invoke "other")`)).toEqual([]);
});

test("modules in strings have exports, too", () => {
  expect(found('(module quote "(func (export \\"f\\"))") (invoke "f") (invoke "g")')).toEqual(['unknown-export "g"']);
  const binary =
    '"\\00asm\\01\\00\\00\\00" "\\01\\04\\01\\60\\00\\00" "\\03\\02\\01\\00" "\\07\\05\\01\\01f\\00\\00" "\\0a\\04\\01\\02\\00\\0b"';
  expect(found(`(module $b binary ${binary}) (invoke $b "f") (invoke "g")`)).toEqual(['unknown-export "g"']);
});

test("a module with a mistake has one message, and not one for each command", () => {
  expect(found('(module (func (export "f") (foo))) (invoke "f") (invoke "g" (i32.const 1))')).toEqual(["unknown-instruction foo"]);
});

test("what an edit changes in a module counts for the commands behind it", () => {
  const text = `${module}\n(invoke "add" (i32.const 1) (i32.const 2))`;
  const document = WatDocument.open(text, "wast");
  expect(document.problems()).toEqual([]);
  const at = text.indexOf('"add"') + 1;
  const renamed = document.edit([{ span: { start: at, end: at + 3 }, text: "sub" }]);
  expect(renamed.problems().map(({ code }) => code)).toEqual(["unknown-export"]);
  expect(renamed.edit([{ span: { start: at, end: at + 3 }, text: "add" }]).problems()).toEqual([]);
});

test("an export that means another function after an edit", () => {
  const text = '(module (func $a) (func $b (param i32)) (export "f" (func $a))) (invoke "f")';
  const at = text.indexOf("$a)))") + 1;
  const document = WatDocument.open(text, "wast");
  expect(document.problems()).toEqual([]);
  expect(
    document
      .edit([{ span: { start: at, end: at + 1 }, text: "b" }])
      .problems()
      .map(({ code }) => code),
  ).toEqual(["argument-mismatch"]);
});
