import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { nameOrIndex } from "#core/wat/refactor/name-or-index.ts";
import { rewriteNames, type NameForm } from "#core/wat/refactor/module-names.ts";
import { applied } from "./apply-in-order.ts";
import { withoutNameSection } from "./bytes.ts";
import { offers, results } from "./offered.ts";

function bytesOf(text: string): Uint8Array {
  const { bytes, problems } = encodeWat(WatDocument.open(text, "wat"));
  expect(problems).toEqual([]);
  return withoutNameSection(bytes!);
}

function rewritten(text: string, form: NameForm): string {
  const document = WatDocument.open(text, "wat");
  return applied(text, rewriteNames(document, document.modules[0]!, form));
}

describe("one use", () => {
  test.each([
    ["a function", "(module (func $f) (start |$f))", "(module (func $f) (start 0))"],
    ["back", "(module (func $f) (start |0))", "(module (func $f) (start $f))"],
    ["without a name", "(module (func) (start |0))", "(module (func $f0) (start $f0))"],
    ["exported", '(module (func (export "go on")) (start |0))', '(module (func $go_on (export "go on")) (start $go_on))'],
    [
      "imported",
      '(module (import "a" "log" (func)) (func $log) (start |0))',
      '(module (import "a" "log" (func $log_2)) (func $log) (start $log_2))',
    ],
    ["a taken name", "(module (func $f1) (func) (start |1))", "(module (func $f1) (func $f1_2) (start $f1_2))"],
    ["a local", "(module (func (local i32 i64) local.get |1 drop))", "(module (func (local i32) (local $l1 i64) local.get $l1 drop))"],
    ["a parameter", "(module (func (param i32 i64) local.get |0 drop))", "(module (func (param $p0 i32) (param i64) local.get $p0 drop))"],
    [
      "behind hidden parameters",
      "(module (type (func (param i32))) (func (type 0) (local $x i32) (drop (local.get |$x))))",
      "(module (type (func (param i32))) (func (type 0) (local $x i32) (drop (local.get 1))))",
    ],
    ["a label", "(module (func block $l block br |$l end end))", "(module (func block $l block br 1 end end))"],
    ["a label by depth", "(module (func block block br |1 end end))", "(module (func block $b0 block br $b0 end end))"],
    [
      "a clause, which is outside of its block",
      "(module (func block try_table $a (catch_all |0) end end))",
      "(module (func block $b0 try_table $a (catch_all $b0) end end))",
    ],
    [
      "a field",
      "(module (type $s (struct (field $x i32))) (func (param (ref $s)) (drop (struct.get $s |$x (local.get 0)))))",
      "(module (type $s (struct (field $x i32))) (func (param (ref $s)) (drop (struct.get $s 0 (local.get 0)))))",
    ],
    [
      "an active segment",
      '(module (memory 1) (data |0 (i32.const 0) "x"))',
      '(module (memory $memory0 1) (data (memory $memory0) (i32.const 0) "x"))',
    ],
    [
      "an active segment of functions",
      "(module (table $t 1 funcref) (func) (elem |0 (i32.const 0) 0))",
      "(module (table $t 1 funcref) (func) (elem (table $t) (i32.const 0) func 0))",
    ],
  ])("%s", (_, marked, expected) => {
    const [changed, ...others] = Object.values(results(nameOrIndex, marked));
    expect(others).toEqual([]);
    expect(changed).toBe(expected);
    expect(bytesOf(changed!)).toEqual(bytesOf(marked.replace("|", "")));
  });
});

describe("nothing is offered", () => {
  test.each([
    ["for a definition", "(module (func |$f))"],
    ["for a number", "(module (memory |1))"],
    ["for the body of a function", "(module (func br |0))"],
    ["where a block hides the label", "(module (func block $a block $a br |1 end end))"],
    ["for a parameter that only the type has", "(module (type (func (param i32))) (func (type 0) (drop (local.get |0))))"],
    ["for a segment inside of its table", "(module (table funcref (elem)) (func (elem.drop |0)))"],
    ["for imports that share a type", '(module (import "a" (item "b") (item "c") (func)) (start |1))'],
    ["for a type that is only implied", "(module (func) (func (type |0)))"],
  ])("%s", (_, marked) => {
    expect(offers(nameOrIndex, marked).changes).toEqual([]);
  });

  test("of new names while the cursor only moves", () => {
    expect(offers(nameOrIndex, "(module (func) (start |0))", false).changes).toEqual([]);
  });
});

describe("the whole module", () => {
  const text = `(module
  (type (struct (field i32 i64) (field $z f32)))
  (import "env" "log" (func (param i32)))
  (memory (export "memory") 1) (data 0 (i32.const 0) "x")
  (rec (type $a (struct (field (ref 2)))) (type (struct (field (ref $a)))))
  (func (export "run") (param i32 i32) (local f32 f32 f32) ;; adds
    (block
      (br_table 0 1 (local.get 1)))
    (call 0 (struct.get 0 1 (ref.null 0)) (drop) (local.get 0))
    (local.set 3 (local.get 4))
    call 1))`;

  test("names, made where there are none", () => {
    const valid = text.replace("(call 0 (struct.get 0 1 (ref.null 0)) (drop) (local.get 0))", "(drop (struct.get 0 1 (ref.null 0)))");
    const named = rewritten(valid, "names");
    expect(named).toBe(`(module
  (type $t0 (struct (field i32) (field $field1 i64) (field $z f32)))
  (import "env" "log" (func (param i32)))
  (memory $memory (export "memory") 1) (data (memory $memory) (i32.const 0) "x")
  (rec (type $a (struct (field (ref $t2)))) (type $t2 (struct (field (ref $a)))))
  (func $run (export "run") (param i32) (param $p1 i32) (local f32) (local $l3 f32) (local $l4 f32) ;; adds
    (block $b0
      (br_table $b0 1 (local.get $p1)))
    (drop (struct.get $t0 $field1 (ref.null $t0)))
    (local.set $l3 (local.get $l4))
    call $run))`);
    expect(bytesOf(named)).toEqual(bytesOf(valid));
    expect(bytesOf(rewritten(named, "no-names"))).toEqual(bytesOf(valid));
  });

  test("a text with a mistake is left alone", () => {
    for (const broken of ["(module (func $f) (func $f) (start 0))", "(module (func i32.bogus) (start 0))", "(module (func $f) (start 0)"])
      expect(rewritten(broken, "names")).toBe(broken);
  });
});
