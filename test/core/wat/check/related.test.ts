import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";

/** Of each problem its code, then message and marked text of the places that have to do with it. */
function related(document: WatDocument): string[][] {
  const { text } = document;
  return document
    .problems()
    .map(({ code, related: places = [] }) => [
      code,
      ...places.map(({ message, span }) => `${message} ${text.slice(span.start, span.end)}`),
    ]);
}

const text = `(module
  (type $t (func (param i64)))
  (type $s (struct (field $x i32)))
  (import "a" "b" (func (param f32)))
  (func $log (param i64))
  (global $g i32 (i32.const 0))
  (func (type $t) (param i32))
  (func (call $log (i32.const 1)))
  (func (call 0 (i32.const 1)))
  (func (global.set $g (i32.const 1)))
  (func (param (ref $s)) (drop (struct.get $s $y (local.get 0))))
  (func (result i32) (call $log (i64.const 1)))
  (func $log)
)`;

const expected = [
  ["inline-type-mismatch", "`$t` is defined here. $t"],
  ["type-mismatch", "`call` takes it here. call $log", "`$log` is defined here. $log"],
  ["type-mismatch", "`call` takes it here. call 0", "Function 0 is defined here. func"],
  ["immutable", "`$g` is defined here. $g"],
  ["unknown-struct-field", "`$s` is defined here. $s"],
  // What the body lacks has nothing to do with the last call.
  ["type-mismatch"],
  ["duplicate-name", "The first one is here. $log"],
];

test("a problem points to the definitions that it is about, in other fields too", () => {
  expect(related(WatDocument.open(text, "wat"))).toEqual(expected);
});

test.each([
  ["(table $t 1 externref) (func $f) (elem (table $t) (i32.const 0) func $f)", "type-mismatch", "`$t` is defined here. $t"],
  [
    "(memory i64 1) (func (drop (i32.load (i32.const 0))))",
    "type-mismatch",
    "`i32.load` takes it here. i32.load",
    "Memory 0 is defined here. memory",
  ],
  ["(memory $m 1) (func (drop (i32.load offset=4294967296 (i32.const 0))))", "offset-out-of-range", "`$m` is defined here. $m"],
  ["(type $p (sub (func))) (type (sub $p (func (param i32))))", "invalid-subtype", "`$p` is defined here. $p"],
  ["(type $p (func)) (type (sub $p (func)))", "invalid-subtype", "`$p` is defined here. $p"],
  ["(global $g (mut i32) (i32.const 0)) (global i32 (global.get $g))", "constant-required", "`$g` is defined here. $g"],
  [
    "(func (param i32) (local i64 (ref func)) (local $r (ref func)) (drop (local.get $r)))",
    "uninitialized-local",
    "It is declared here. $r",
  ],
  [
    "(func (param i32) (local i64 (ref func)) (local $r (ref func)) (drop (local.get 2)))",
    "uninitialized-local",
    "It is declared here. local",
  ],
  [
    "(type $a (array i8)) (type $b (array i8)) (func (param (ref $a) (ref $b)) (array.copy $a $b (local.get 0) (i32.const 0) (local.get 1) (i32.const 0) (i32.const 0)))",
    "immutable",
    "`$a` is defined here. $a",
  ],
])("%s", (source, ...expectation) => {
  expect(related(WatDocument.open(source, "wat"))).toEqual([expectation]);
});

test("the places follow edits before them and between them", () => {
  let document = WatDocument.open(text, "wat");
  document.problems();
  for (const before of ["(import", "(type $t (func", "(func (call 0"]) {
    const place = document.text.indexOf(before);
    document = document.edit([{ span: { start: place, end: place }, text: " (; moved ;)\n" }]);
    expect(related(document)).toEqual(expected);
  }
});
