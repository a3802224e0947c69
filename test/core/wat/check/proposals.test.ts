import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";

const codes = (text: string): string[] =>
  WatDocument.open(text, "wat")
    .problems()
    .map(({ code }) => code);

/** Modules as the overviews of the proposals have them, valid as they stand, each with a change that makes it invalid. */
const examples: readonly (readonly [name: string, text: string, from: string, to: string, code: string])[] = [
  [
    "stack switching: a generator and its consumer",
    `(module
      (type $ft (func))
      (type $ct (cont $ft))
      (tag $yield (param i32) (result i32))
      (elem declare func $generator)
      (func $generator (local $i i32)
        (local.set $i (i32.const 100))
        (loop $l
          (local.set $i (suspend $yield (local.get $i)))
          (br_if $l (local.get $i))))
      (type $rt (func (param i32)))
      (type $rct (cont $rt))
      (func $run
        (block $done
          (block $on_yield (result i32 (ref $rct))
            (resume $ct (on $yield $on_yield) (cont.new $ct (ref.func $generator)))
            (br $done))
          (drop)
          (drop))))`,
    "(on $yield $on_yield)",
    "(on $yield $done)",
    "type-mismatch",
  ],
  [
    "stack switching: binding the first arguments",
    `(module
      (type $f2 (func (param i32 i64) (result f32)))
      (type $c2 (cont $f2))
      (type $f1 (func (param i64) (result f32)))
      (type $c1 (cont $f1))
      (func (param $k (ref $c2)) (result (ref $c1))
        (cont.bind $c2 $c1 (i32.const 1) (local.get $k))))`,
    "(type $f1 (func (param i64)",
    "(type $f1 (func (param f64)",
    "type-mismatch",
  ],
  [
    "wide arithmetic",
    "(module (func (param i64 i64) (result i64 i64) (i64.mul_wide_u (local.get 0) (local.get 1))))",
    "(param i64 i64)",
    "(param i64 i32)",
    "type-mismatch",
  ],
  ["custom page sizes", "(module (memory 65537 (pagesize 1)))", "(pagesize 1)", "(pagesize 65536)", "size-too-large"],
  [
    "threads",
    "(module (memory 1 1 shared) (func (result i32) (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))",
    "1 1 shared",
    "1 shared",
    "shared-without-maximum",
  ],
  [
    "compact imports, with a type each and with one for all",
    `(module
      (import "m" (item "f" (func $f (param i32))) (item "g" (global $g i64)))
      (import "n" (item "a") (item "b") (global f32))
      (func (call $f (i32.const 0)) (drop (i64.eqz (global.get 0))) (drop (f32.neg (global.get 2)))))`,
    "(global.get 2)",
    "(global.get 0)",
    "type-mismatch",
  ],
  [
    "exceptions as values",
    `(module
      (tag $e (param i32))
      (func (result i32)
        (block $h (result i32 exnref)
          (try_table (catch_ref $e $h) (throw $e (i32.const 1)))
          (unreachable))
        (drop)))`,
    "(catch_ref $e $h)",
    "(catch $e $h)",
    "type-mismatch",
  ],
  [
    "the first design of exceptions",
    "(module (tag $e (param i32)) (func (result i32) (try (result i32) (do (throw $e (i32.const 1))) (catch $e) (catch_all (i32.const 0)))))",
    "(catch_all (i32.const 0))",
    "(catch_all (i64.const 0))",
    "type-mismatch",
  ],
  [
    "branch hints",
    '(module (func (param i32) (block (@metadata.code.branch_hint "\\01") (br_if 0 (local.get 0)))))',
    "(param i32)",
    "(param f32)",
    "type-mismatch",
  ],
];

describe.each(examples)("%s", (_name, text, from, to, code) => {
  test("is accepted as it stands", () => expect(codes(text)).toEqual([]));

  test(`\`${to}\` in place of \`${from}\` is refused`, () => {
    expect(text).toContain(from);
    expect(codes(text.replace(from, to))).toEqual([code]);
  });
});
