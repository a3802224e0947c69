import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { brIfToIf } from "#core/wat/refactor/br-if-to-if.ts";
import { ifToBrIf } from "#core/wat/refactor/if-to-br-if.ts";
import { tailCall } from "#core/wat/refactor/tail-call.ts";
import { offers, result } from "./offered.ts";

/** What V8 gives for 0 to 3. */
function run(text: string): unknown[] {
  const document = WatDocument.open(text, "wat");
  expect(document.problems(), text).toEqual([]);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(encodeWat(document).bytes!));
  return [0, 1, 2, 3].map((given) => (exports["f"] as (given: number) => unknown)(given));
}

const bytesOf = (text: string): Uint8Array => encodeWat(WatDocument.open(text, "wat")).bytes!;

const around = (body: string): string => `(module
  (func (export "f") (param $n i32) (result i32)
    (local $s i32)
    ${body}
    local.get $s))`;

describe("`br_if` as `if` and back", () => {
  test.each([
    [
      "folded, by name",
      "(block $l (|br_if $l (i32.eqz (local.get $n))) (local.set $s (i32.const 7)))",
      "(block $l (|if (i32.eqz (local.get $n)) (then (br $l))) (local.set $s (i32.const 7)))",
    ],
    [
      "folded, by depth, out of a loop",
      "(block (loop (|br_if 1 (i32.gt_s (local.get $s) (local.get $n))) (local.set $s (i32.add (local.get $s) (i32.const 2))) (br 0)))",
      "(block (loop (|if (i32.gt_s (local.get $s) (local.get $n)) (then (br 2))) (local.set $s (i32.add (local.get $s) (i32.const 2))) (br 0)))",
    ],
    [
      "flat, in a line of its own",
      "block $l\n      local.get $n\n      |br_if $l\n      i32.const 5\n      local.set $s\n    end",
      "block $l\n      local.get $n\n      |if\n        br $l\n      end\n      i32.const 5\n      local.set $s\n    end",
    ],
    [
      "flat, among others in a line",
      "loop $l local.get $s i32.const 1 i32.add local.tee $s local.get $n i32.lt_s |br_if 0 end",
      "loop $l local.get $s i32.const 1 i32.add local.tee $s local.get $n i32.lt_s |if br 1 end end",
    ],
    [
      "with a value, folded",
      "(local.set $s (block $l (result i32) (drop (|br_if $l (i32.const 3) (local.get $n))) (i32.const 4)))",
      "(local.set $s (block $l (result i32) (drop (|if (param i32) (result i32) (i32.const 3) (local.get $n) (then (br $l)))) (i32.const 4)))",
    ],
    [
      "with values, out of the function",
      "i32.const 8 local.get $n |br_if 0 local.set $s",
      "i32.const 8 local.get $n |if (param i32) (result i32) br 1 end local.set $s",
    ],
    [
      "to a loop that takes a value",
      "local.get $n loop (param i32) i32.const 1 i32.sub local.tee $s local.get $s i32.const 0 i32.gt_s |br_if 0 drop end",
      "local.get $n loop (param i32) i32.const 1 i32.sub local.tee $s local.get $s i32.const 0 i32.gt_s |if (param i32) (result i32) br 1 end drop end",
    ],
  ])("%s", (_, branch, conditional) => {
    const left = around(branch);
    const right = around(conditional);
    expect(result(brIfToIf, left)).toBe(right.replace("|", ""));
    expect(result(ifToBrIf, right)).toBe(left.replace("|", ""));
    expect(run(left.replace("|", ""))).toEqual(run(right.replace("|", "")));
  });

  test.each([
    [
      "with an empty `else`",
      "block $l local.get $n |if $i br 1 else end $i i32.const 5 local.set $s end",
      "block $l local.get $n br_if 0 i32.const 5 local.set $s end",
    ],
    [
      "with an empty folded `else`",
      "(block $l (|if $i (local.get $n) (then br $l) (else)) (local.set $s (i32.const 5)))",
      "(block $l (br_if $l (local.get $n)) (local.set $s (i32.const 5)))",
    ],
  ])("an `if` %s", (_, marked, expected) => {
    const changed = result(ifToBrIf, around(marked));
    expect(changed).toBe(around(expected));
    expect(run(changed)).toEqual(run(around(marked.replace("|", ""))));
  });

  test.each([
    ["`br_if` with a comment before its label", "(module (func (block (|br_if (; out ;) 0 (i32.const 0)))))"],
    ["an `if` that does more", "(module (func (block (|if (i32.const 1) (then (nop) (br 1))))))"],
    ["an `if` that does something else", "(module (func (block (|if (i32.const 1) (then (br 1)) (else (nop))))))"],
    ["an `if` that leaves itself", "(module (func (|if (i32.const 1) (then (br 0)))))"],
    ["an `if` with a result", "(module (func (drop (|if (result i32) (i32.const 1) (then (br 1)) (else (i32.const 1))))))"],
    [
      "an `if` with another result than its branch takes",
      "(module (func (result i64) i32.const 1 i32.const 0 |if (param i32) (result i32) drop i64.const 1 br 1 end drop i64.const 2))",
    ],
    ["an `if` with a comment", "(module (func (block (|if (i32.const 1) (then (br 1) (; out ;))))))"],
  ])("not of %s", (_, marked) => {
    expect([...offers(brIfToIf, marked).changes, ...offers(ifToBrIf, marked).changes]).toEqual([]);
  });
});

const called = (body: string): string => `(module
  (type $t (func (param i32) (result i32)))
  (table funcref (elem $g))
  (func $g (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3)))
  (func $two (param i32) (result i32 i32) (local.get 0) (local.get 0))
  (func (export "f") (param $n i32) (result i32)
    ${body}))`;

describe("`call` and `return`", () => {
  test.each([
    ["flat", "local.get $n\n    |call $g\n    return", "local.get $n\n    return_call $g"],
    ["at the `return`", "local.get $n call $g |return", "local.get $n return_call $g"],
    ["folded", "(return (|call $g (local.get $n)))", "(return_call $g (local.get $n))"],
    ["at the folded `return`", "(|return (call $g (local.get $n)))", "(return_call $g (local.get $n))"],
    ["folded, one behind the other", "(|call $g (local.get $n)) (return)", "(return_call $g (local.get $n))"],
    [
      "through a table",
      "(return (|call_indirect (type $t) (local.get $n) (i32.const 0)))",
      "(return_call_indirect (type $t) (local.get $n) (i32.const 0))",
    ],
    ["with values below", "i32.const 9 local.get $n |call $g return", "i32.const 9 local.get $n return_call $g"],
    ["at the end, flat", "local.get $n\n    |call $g", "local.get $n\n    return_call $g"],
    ["at the end, folded", "(|call $g (local.get $n))", "(return_call $g (local.get $n))"],
    ["in a block", "(block (return (|call $g (local.get $n)))) unreachable", "(block (return_call $g (local.get $n))) unreachable"],
  ])("%s", (_, marked, expected) => {
    const changed = result(tailCall, called(marked));
    expect(changed).toBe(called(expected));
    expect(run(changed)).toEqual(run(called(marked.replace("|", ""))));
  });

  test("through a reference", () => {
    // `local.get 0`, then `return_call_ref 0`.
    const marked = "(module (type $t (func (result i32))) (func (param (ref $t)) (result i32) local.get 0 |call_ref $t return))";
    const changed = result(tailCall, marked);
    expect(changed).toBe("(module (type $t (func (result i32))) (func (param (ref $t)) (result i32) local.get 0 return_call_ref $t))");
    expect(WatDocument.open(changed, "wat").problems()).toEqual([]);
    expect(Buffer.from(bytesOf(changed)).toString("hex")).toContain("20001500");
  });

  test.each([
    [
      "a callee whose results are only a part of what is returned",
      "(module (func $g (result i32) i32.const 1) (func (result i32 i32) i32.const 2 |call $g return))",
    ],
    ["a callee with more results", "(module (func $g (result i32 i32) i32.const 1 i32.const 1) (func (result i32) |call $g return))"],
    ["a block that catches", "(module (func $g) (func (block $l (try_table (catch_all $l) (return (|call $g))))))"],
    [
      "a last call that gives a part of the results",
      "(module (func $g (result i32) i32.const 1) (func (result i32 i32) i32.const 2 |call $g))",
    ],
    ["the last call of a block", "(module (func $g) (func (block |call $g)))"],
    ["a call that is not the last", "(module (func $g) (func |call $g nop return))"],
    ["an operand of something else", "(module (func $g (result i32) i32.const 1) (func (result i32) (return (i32.eqz (|call $g)))))"],
    ["a comment around the call", "(module (func $g) (func (return (; why ;) (|call $g))))"],
  ])("not of %s", (_, marked) => {
    expect(offers(tailCall, marked).changes).toEqual([]);
  });
});
