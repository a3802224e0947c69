import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";

/** The text with a line under each problem: what is marked, and the message. */
function marked(text: string, kind: "wat" | "wast"): string {
  const document = WatDocument.open(text, kind);
  const found = document.problems().map(({ span, message }) => ({ range: document.lines.rangeOf(span), message }));
  return text
    .split("\n")
    .flatMap((line, number) => {
      const marks = found
        .filter(({ range }) => range.start.line === number)
        .map(
          ({ range, message }) =>
            `${" ".repeat(range.start.character)}${"^".repeat(range.end.character - range.start.character)} ${message}`,
        );
      return [line, ...marks];
    })
    .join("\n");
}

/** In the expectation \u00b4 stands for a backtick. */
function check(kind: "wat" | "wast", written: string): void {
  const expectation = written.replaceAll("\u00b4", "`");
  const text = expectation
    .split("\n")
    .filter((line) => !/^ *\^+ /.test(line))
    .join("\n");
  expect(marked(text, kind)).toBe(expectation);
}

test("operands: what makes a wrong value is marked, and who lacks one", () => {
  check(
    "wat",
    String.raw`(module
  (func $log (param i64))
  (func (param $x i64) (result i32)
    (i32.add (local.get $x) (i32.const 1)))
              ^^^^^^^^^^^^ ´i32.add´ expects i32 here, but this gives i64.
  (func (param $x i64) (result i32)
    local.get $x
    ^^^^^^^^^^^^ ´i32.add´ expects i32 here, but this gives i64.
    i32.const 1
    i32.add)
  (func (result i32)
    i32.add)
    ^^^^^^^ ´i32.add´ takes [i32 i32], but the stack holds nothing.
  (func (call $log (i32.const 1)))
                    ^^^^^^^^^^^ ´call´ expects i64 here, but this gives i32.
  (func (drop))
         ^^^^ ´drop´ takes a value, but there is none on the stack.
  (func
    (drop (select (ref.null func) (ref.null func) (i32.const 1))))
           ^^^^^^ A ´select´ of references needs its type: write ´select (result funcref)´.
  (func (param i64)
    (memory.size) (i32.store (local.get 0)))
                              ^^^^^^^^^^^ ´i32.store´ expects i32 here, but this gives i64.
  (memory 1)
)`,
  );
});

test("results: what is left over is marked, or the end where something is missing", () => {
  check(
    "wat",
    String.raw`(module
  (func (result i32)
    (i32.const 1)
     ^^^^^^^^^^^ This leaves a value on the stack (i32), but the function only gives [i32]. Add ´drop´, or add it to the results.
    (i32.const 2))
  (func (result i32)
    (if (i32.const 1) (then (i32.const 2))))
                             ^^^^^^^^^^^ This leaves a value on the stack (i32), but the block has no results. Add ´drop´, or add it to the results.
  (func (result i32)
    (if (result i32) (i32.const 1) (then (i32.const 2))))
     ^^ This ´if´ gives [i32], so it needs an ´else´ that gives them too.
  (func (result f32)
    block (result i32)
    ^^^^^ The function should give f32 here, but this gives i32.
      i32.const 0
    end)
  (func (result i32)
    nop)
       ^ The function ends here with [] on the stack, but its results are [i32].
)`,
  );
});

test("branches", () => {
  check(
    "wat",
    String.raw`(module
  (func (result i64)
    block $l (result i64)
      br $l
      ^^^^^ ´br´ takes [i64], but the stack holds nothing within this block.
    end)
  (func (result i64)
    loop
      i64.const 1
      ^^^^^^^^^^^ ´br_if´ expects i32 here, but this gives i64.
      br_if 1
    end)
  (func (param i32) (result i32)
    (block (result i32)
      (br_table 0 1 (i64.const 1) (local.get 0))))
                     ^^^^^^^^^^^ The branch to ´0´ takes i32 here, but this gives i64.
  (tag $e (param f32))
  (func (result i32)
    (try_table (result i32) (catch $e 0) (i32.const 1)))
                                      ^ ´catch´ gives [f32], but the label takes [i32].
)`,
  );
});

test("types, limits and constants", () => {
  check(
    "wat",
    String.raw`(module
  (type $s (struct (field $a i8) (field $b (mut i32))))
  (type $f (func (param i32)))
  (type $later (struct (field (ref $last))))
                                   ^^^^^ The type ´$last´ is defined later. Types that refer to each other stand together in one ´(rec ...)´.
  (type $last (func))
  (type $sub (sub $s (struct)))
                  ^^ ´$s´ is final: it cannot be extended. Write ´(sub ...)´ around its definition.
  (memory 70000)
          ^^^^^ With 32-bit addresses there can be at most 65536 pages.
  (table 10 5 funcref)
         ^^ The size starts at 10, which is more than its maximum 5.
  (table 1 (ref $f))
            ^^^ Elements of type (ref $f) need a value to start with. Write a constant behind the type, or use a type with null.
  (global $g i32 (i32.const 1))
  (global i32 (global.get $next))
                          ^^^^^ The global ´$next´ cannot be used here, because it gets its value later.
  (global $next i32 (i64.const 1))
                     ^^^^^^^^^^^ The expression should give i32 here, but this gives i64.
  (global i32 (i32.clz (i32.const 1)))
               ^^^^^^^ ´i32.clz´ cannot stand here: the value must be constant, made of constants, imported or earlier immutable globals, and additions, subtractions and multiplications of integers.
  (elem (i32.const 0) externref (ref.null extern))
                      ^^^^^^^^^ The table holds funcref, and elements of type externref do not fit.
  (elem $e funcref (ref.func $s1) (i32.const 1))
                                   ^^^^^^^^^^^ The expression should give funcref here, but this gives i32.
  (data (i64.const 0) "x")
         ^^^^^^^^^^^ The expression should give i32 here, but this gives i64.
  (func $s1 (param (ref $s))
    (struct.set $s $a (local.get 0) (i32.const 1))
                   ^^ ´struct.set´ needs a field that can be changed. Write ´(mut ...)´ around its type.
    (drop (struct.get $s $a (local.get 0)))
           ^^^^^^^^^^^^^^^^ This is i8, which is extended when it is read. Use ´struct.get_s´ or ´struct.get_u´.
    (drop (struct.get_u $s $b (local.get 0)))
           ^^^^^^^^^^^^^^^^^^ Only i8 and i16 are extended, and this is i32. Use ´struct.get´.
    (drop (struct.get $f 0 (local.get 0)))
                      ^^ ´$f´ is a function type, but a struct type is needed here.
    (global.set $g (i32.const 1))
                ^^ The global ´$g´ cannot be set. Declare its type as ´(mut i32)´.
    (drop (i32x4.extract_lane 4 (v128.const i32x4 0 0 0 0)))
                              ^ There is no lane 4: ´i32x4.extract_lane´ has lanes 0 to 3.
    (drop (ref.func $s2)))
                    ^^^ A body can only refer to functions that are declared for it. Add ´(elem declare func $s2)´ to the module, or export the function.
  (func $s2 (type $f) (drop (local.get 1)))
                                       ^ There is no local 1: this function has only local 0.
  (func $s3 (type $s))
                  ^^ ´$s´ is a struct type, but a function type is needed here.
  (start $s1)
         ^^^ The start function takes and gives nothing, but ´$s1´ has the type [(ref $s)] -> [].
)`,
  );
});

test("what a script expects of wrong modules", () => {
  check(
    "wast",
    String.raw`(assert_invalid (module (func drop)) "type mismatch")
(assert_invalid (module (func)) "type mismatch")
                                ^^^^^^^^^^^^^^^ The module is valid, but here something wrong is expected of it: "type mismatch".
(assert_invalid (module (func drop)) "unknown local")
                                     ^^^^^^^^^^^^^^^ The module is wrong for another reason than "unknown local": ´drop´ takes a value, but there is none on the stack.
(assert_invalid (module (func drop)) "words of one's own")
(assert_malformed (module quote "(func)") "unexpected token")
                                          ^^^^^^^^^^^^^^^^^^ The module is well-formed, but here something wrong is expected of it: "unexpected token".
(assert_malformed (module quote "(func") "unexpected token")
(assert_malformed (module quote "(func \ff)") "malformed UTF-8 encoding")
(module quote "(func" " drop)")
                      ^^^^^^^^ In the quoted text: ´drop´ takes a value, but there is none on the stack.
(module (func drop))
              ^^^^ ´drop´ takes a value, but there is none on the stack.`,
  );
});
