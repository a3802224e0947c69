import { expect, test } from "vitest";
import { extractFunction } from "#core/wat/refactor/extract-function.ts";
import { offers, result } from "./offered.ts";
import { outcomes } from "./same-results.ts";

function check(marked: string, expected: string): void {
  const text = result(extractFunction, marked);
  expect(text).toBe(expected);
  expect(outcomes(text)).toEqual(outcomes(marked.replaceAll("|", "")));
}

test("a folded instruction", () => {
  check(
    `(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.add
      |(i32.mul
        (local.get $a) ;; twice
        (local.get 0))|
      (local.get $b)))
)`,
    `(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.add
      (call $extracted (local.get $a))
      (local.get $b)))
  (func $extracted (param $a i32) (result i32)
    (i32.mul
      (local.get $a) ;; twice
      (local.get $a)))
)`,
  );
});

test("flat instructions, which take from the stack what is there", () => {
  check(
    `(module
  (func (export "f") (param i32 i32) (result i32)
    local.get 0
    |i32.const 3
    i32.mul
    local.get 1
    i32.sub|
    i32.eqz)
)`,
    `(module
  (func (export "f") (param i32 i32) (result i32)
    local.get 0
    local.get 1
    call $extracted
    i32.eqz)
  (func $extracted (param $v0 i32) (param $p1 i32) (result i32)
    local.get $v0
    i32.const 3
    i32.mul
    local.get $p1
    i32.sub)
)`,
  );
});

test("a block with branches inside, in a module that calls by index", () => {
  check(
    `(module (func (export "f") (param $n i32) (result i32) (call 1) |(block $l (result i32) (br_if $l (i32.const 1) (local.get $n)) (drop) (i32.const 2))|) (func))`,
    `(module (func (export "f") (param $n i32) (result i32) (call 1) (call $extracted (local.get $n))) (func) (func $extracted (param $n i32) (result i32) (block $l (result i32) (br_if $l (i32.const 1) (local.get $n)) (drop) (i32.const 2))))`,
  );
});

test("in a text without `(module`", () => {
  check(
    '(func (export "f") (result i32) |(i32.const 1)|)\n(func)\n(func (call 1)) ;; last\n;; end\n',
    '(func (export "f") (result i32) (call $extracted))\n(func)\n(func (call 1)) ;; last\n(func $extracted (result i32)\n  (i32.const 1))\n;; end\n',
  );
});

test("references, several results, a type with a hidden parameter, another function of the name", () => {
  check(
    `(module (type $t (func (param i64) (result i64 i64))) (func $extracted) (func (export "g") (result i64 i64) (call 2 (i64.const 5))) (func $f (type $t) |(i64.const 1) (local.get 0)|))`,
    `(module (type $t (func (param i64) (result i64 i64))) (func $extracted) (func (export "g") (result i64 i64) (call 2 (i64.const 5))) (func $f (type $t) (call $extracted2 (local.get 0))) (func $extracted2 (param $p0 i64) (result i64 i64) (i64.const 1) (local.get $p0)))`,
  );
  expect(
    result(
      extractFunction,
      '(module (type $s (struct (field i32))) (func (export "f") (result i32) (struct.get $s 0 |(struct.new $s (i32.const 1))|)))',
    ),
  ).toContain("(func $extracted (result (ref $s)) (struct.new $s (i32.const 1)))");
});

test.each([
  ["sets a local", "(module (func (param $x i32) |(local.set $x (i32.const 1))|))"],
  ["returns", "(module (func (result i32) |(return (i32.const 1))|))"],
  ["branches out", "(module (func (block $l |(br $l)|)))"],
  ["branches out of the function", "(module (func |(br 0)|))"],
  ["catches into a block around it", "(module (func (block $l |(try_table (catch_all $l))|)))"],
  ["never ends", "(module (func |(unreachable)|))"],
  ["half an instruction", "(module (func (drop |(i32.add (i32.const 1)| (i32.const 2)))))"],
  ["half a word", "(module (func |no|p))"],
  ["across a block", "(module (func |nop block nop| end))"],
  ["no instruction", "(module (func |(param i32)|))"],
  ["nothing", "(module (func |  | nop))"],
  ["the whole function", "(module |(func nop)|)"],
  ["behind a mistake", "(module (func i32.add |nop|))"],
])("not what %s", (_, marked) => {
  expect(offers(extractFunction, marked).changes).toEqual([]);
});
