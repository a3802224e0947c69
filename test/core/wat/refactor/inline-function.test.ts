import { expect, test } from "vitest";
import { inlineFunction } from "#core/wat/refactor/inline-function.ts";
import { offers, result } from "./offered.ts";
import { outcomes } from "./same-results.ts";

function check(marked: string, expected: string): void {
  const text = result(inlineFunction, marked);
  expect(text).toBe(expected);
  expect(outcomes(text)).toEqual(outcomes(marked.replaceAll("|", "")));
}

const mean = "(func $mean (param $a i32) (param $b i32) (result i32) (i32.shr_s (i32.add (local.get $a) (local.get $b)) (i32.const 1)))";

test("a folded call among operands", () => {
  check(
    `(module ${mean} (func (export "f") (param $a i32) (result i32) (i32.mul (|call $mean (local.get $a) (i32.const 9)) (i32.const 3))))`,
    `(module ${mean} (func (export "f") (param $a i32) (result i32) (local $a2 i32) (local $b i32) (i32.mul (local.set $a2 (local.get $a)) (local.set $b (i32.const 9)) (i32.shr_s (i32.add (local.get $a2) (local.get $b)) (i32.const 1)) (i32.const 3))))`,
  );
});

test("a flat call, in its lines", () => {
  check(
    `(module
  (func $twice (param i32) (result i32)
      local.get 0 ;; once
      i32.const 2
      i32.mul)
  (func (export "f") (param $x i32) (result i32)
    local.get $x
    call |$twice
    i32.const 1
    i32.add))
`,
    `(module
  (func $twice (param i32) (result i32)
      local.get 0 ;; once
      i32.const 2
      i32.mul)
  (func (export "f") (param $x i32) (result i32)
    (local $arg0 i32)
    local.get $x
    local.set $arg0
    local.get $arg0 ;; once
    i32.const 2
    i32.mul
    i32.const 1
    i32.add))
`,
  );
});

test("flat instructions among operands get a block", () => {
  check(
    '(module (func $g (param i32) (result i32) local.get 0 i32.eqz) (func (export "f") (param i32) (result i32) (i32.add (|call $g (local.get 0)) (i32.const 3))))',
    '(module (func $g (param i32) (result i32) local.get 0 i32.eqz) (func (export "f") (param i32) (result i32) (local $arg0 i32) (i32.add (local.set $arg0 (local.get 0)) (block (result i32) local.get $arg0 i32.eqz) (i32.const 3))))',
  );
});

test("locals start at zero each time, parameters that nothing reads are dropped", () => {
  check(
    '(module (func $g (param i64 i32) (result i32) (local $n i32) (local i64) (local.set $n (i32.add (local.get $n) (local.get 1))) (local.get $n)) (func (export "f") (result i32) (local $s i32) (local $i i32) (loop $l (local.set $s (i32.add (local.get $s) (|call $g (i64.const 1) (i32.const 2)))) (local.set $i (i32.add (local.get $i) (i32.const 1))) (br_if $l (i32.lt_u (local.get $i) (i32.const 5)))) (local.get $s)))',
    '(module (func $g (param i64 i32) (result i32) (local $n i32) (local i64) (local.set $n (i32.add (local.get $n) (local.get 1))) (local.get $n)) (func (export "f") (result i32) (local $s i32) (local $i i32) (local $arg1 i32) (local $n i32) (loop $l (local.set $s (i32.add (local.get $s) (drop (i64.const 1)) (local.set $arg1 (i32.const 2)) (local.set $n (i32.const 0)) (local.set $n (i32.add (local.get $n) (local.get $arg1))) (local.get $n))) (local.set $i (i32.add (local.get $i) (i32.const 1))) (br_if $l (i32.lt_u (local.get $i) (i32.const 5)))) (local.get $s)))',
  );
});

test("operands that give several values, or take from the stack", () => {
  const two = "(func $two (result i32 i32) (i32.const 7) (i32.const 5))";
  const sub = "(func $sub (param $a i32) (param $b i32) (result i32) (i32.sub (local.get $a) (local.get $b)))";
  check(
    `(module ${two} ${sub} (func (export "f") (result i32) (|call $sub (call $two))))`,
    `(module ${two} ${sub} (func (export "f") (result i32) (local $a i32) (local $b i32) (call $two) (local.set $b) (local.set $a) (i32.sub (local.get $a) (local.get $b))))`,
  );
  check(
    `(module ${two} ${sub} (func (export "f") (result i32) (i32.const 9) (|call $sub (nop) (call $two)) (i32.add)))`,
    `(module ${two} ${sub} (func (export "f") (result i32) (local $a i32) (local $b i32) (i32.const 9) (nop) (call $two) (local.set $b) (local.set $a) (i32.sub (local.get $a) (local.get $b)) (i32.add)))`,
  );
});

test("a function that does nothing", () => {
  check('(module (func $g) (func (export "f") (|call $g)))', '(module (func $g) (func (export "f") (nop)))');
});

test.each([
  ["returns early", "(module (func $g (return)) (func (|call $g)))"],
  ["branches out of its body", "(module (func $g (br 0)) (func (|call $g)))"],
  ["calls in its place", "(module (func $h) (func $g (return_call $h)) (func (|call $g)))"],
  ["is imported", '(module (import "a" "b" (func $g)) (func (|call $g)))'],
  ["calls itself here", "(module (func $g (|call $g)))"],
  ["has a comment among its operands", "(module (func $g (param i32)) (func (|call $g (; why ;) (i32.const 1))))"],
  ["is wrong", "(module (func $g (i32.const 1)) (func (|call $g)))"],
])("not a function that %s", (_, marked) => {
  expect(offers(inlineFunction, marked).changes).toEqual([]);
});
