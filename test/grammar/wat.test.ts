import { describe, expect, test } from "vitest";
import { instructions } from "#core/wasm/instructions.ts";
import { expectScopes } from "./expect-scopes.ts";
import { loadGrammar, tokenize } from "./tokenize.ts";

const wat = (marked: string): Promise<void> => expectScopes("source.wat", marked);

describe("words", () => {
  test("have a scope by their role", () =>
    wat(`
   (module $m (func $f (param $x i32) (result i64)
;; ^ punctuation.section.parens.begin
;;  ^^^^^^ keyword.other.declaration
;;         ^^ variable.other
;;             ^^^^ keyword.other.declaration
;;                  ^^ entity.name.function
;;                      ^^^^^ keyword.other.declaration
;;                            ^^ variable.parameter
;;                               ^^^ support.type.value
;;                                  ^ punctuation.section.parens.end
     block $again (result i32) local.get $x i32.const -7 br_if $again
;;   ^^^^^ keyword.control
;;         ^^^^^^ entity.name.label
;;                             ^^^^^^^^^ support.function.variable
;;                                       ^^ variable.other
;;                                          ^^^^^^^^^ support.function.numeric
;;                                                    ^^ constant.numeric.integer.decimal
;;                                                       ^^^^^ keyword.control
;;                                                             ^^^^^^ entity.name.label
     end $again call $f return_call $f ref.func $f
;;   ^^^ keyword.control
;;       ^^^^^^ entity.name.label
;;              ^^^^ keyword.control
;;                   ^^ entity.name.function
;;                      ^^^^^^^^^^^ keyword.control
;;                                  ^^ entity.name.function
;;                                     ^^^^^^^^ support.function.reference
;;                                              ^^ entity.name.function
`));

  test("of types: declared, referred to, abstract", () =>
    wat(`
   (rec (type $list (sub final $base (struct (field $next (mut (ref null $list)))))))
;;  ^^^ keyword.other.declaration
;;            ^^^^^ entity.name.type
;;                   ^^^ storage.modifier
;;                       ^^^^^ storage.modifier
;;                             ^^^^^ entity.name.type
;;                                    ^^^^^^ keyword.other.declaration
;;                                                         ^^^ storage.modifier
;;                                                              ^^^ storage.modifier
;;                                                                  ^^^^ storage.modifier
;;                                                                       ^^^^^ entity.name.type
   (param (ref func) (ref null struct) externref) struct.get $list $next
;;             ^^^^ support.type.heap
;;                             ^^^^^^ support.type.heap
;;                                     ^^^^^^^^^ support.type.value
;;                                                ^^^^^^^^^^ support.function.reference
;;                                                           ^^^^^ entity.name.type
;;                                                                 ^^^^^ variable.other
`));

  test("are whole: no part of an unknown word looks like an instruction", () =>
    wat(`
   i32.addd i32.add.x xi32.add i32 . add i32.add
;; ^^^^^^^^ (none)
;;          ^^^^^^^^^ (none)
;;                    ^^^^^^^^ (none)
;;                             ^^^ support.type.value
;;                                 ^ (none)
;;                                   ^^^ (none)
;;                                       ^^^^^^^ support.function.numeric
`));

  test("from before WebAssembly 1.0 are marked as outdated", () =>
    wat(`
   get_local 0 i32.trunc_s/f64 current_memory
;; ^^^^^^^^^ invalid.deprecated
;;             ^^^^^^^^^^^^^^^ invalid.deprecated
;;                             ^^^^^^^^^^^^^^ invalid.deprecated
`));

  test("of the threads proposal, of SIMD and of exceptions", () =>
    wat(`
   (memory 1 1 shared) i32.atomic.rmw8.cmpxchg_u offset=4 align=1 memory.atomic.wait32
;;             ^^^^^^ storage.modifier
;;                     ^^^^^^^^^^^^^^^^^^^^^^^^^ support.function.atomic
;;                                               ^^^^^^ entity.other.attribute-name
;;                                                     ^ keyword.operator.assignment
;;                                                      ^ constant.numeric.integer
;;                                                        ^^^^^ entity.other.attribute-name
;;                                                                ^^^^^^^^^^^^^^^^^^^^ support.function.atomic
   v128.const i32x4 0 1 2 3 i8x16.relaxed_swizzle
;; ^^^^^^^^^^ support.function.vector
;;            ^^^^^ support.type.value
;;                          ^^^^^^^^^^^^^^^^^^^^^ support.function.vector
   (try_table $l (catch $e $l) (catch_all $l) throw $e throw_ref)
;;  ^^^^^^^^^ keyword.control
;;            ^^ entity.name.label
;;                ^^^^^ keyword.control
;;                      ^^ variable.other
;;                         ^^ entity.name.label
;;                              ^^^^^^^^^ keyword.control
;;                                        ^^ entity.name.label
;;                                            ^^^^^ keyword.control
   br_table $a 1 $b call_ref $t
;; ^^^^^^^^ keyword.control
;;          ^^ entity.name.label
;;             ^ constant.numeric
;;               ^^ entity.name.label
;;                  ^^^^^^^^ keyword.control
;;                           ^^ entity.name.type
`));

  // The table is where the compiler of this project, its validator and its hovers take them from.
  test("of the instruction table all have a scope", async () => {
    const grammar = await loadGrammar("source.wat");
    const without = instructions.filter(({ name }) => {
      const { tokens } = tokenize(grammar, name)[0]!;
      return tokens.length !== 1 || !tokens[0]!.scopes.some((scope) => /^(?:support\.function|keyword\.control)\./.test(scope));
    });
    expect(without.map((instruction) => instruction.name)).toEqual([]);
    expect(instructions.length).toBeGreaterThan(500);
  });
});

describe("numbers", () => {
  test.each(["0", "1_000", "-7", "+7"])("%s is a decimal integer", (text) => number(text, "constant.numeric.integer.decimal"));
  test.each(["0x0", "0xDEAD_beef", "-0x1"])("%s is a hexadecimal integer", (text) => number(text, "constant.numeric.integer.hexadecimal"));
  test.each(["1.", "1.5", "-1.5e-7", "1e5", "1_0.0_1E+1_0"])("%s is a decimal float", (text) =>
    number(text, "constant.numeric.float.decimal"),
  );
  test.each(["0x1.", "0x1.8p3", "0xap-1_0", "-0x0.8P0"])("%s is a hexadecimal float", (text) =>
    number(text, "constant.numeric.float.hexadecimal"),
  );
  test.each(["inf", "-inf", "nan", "+nan", "nan:0x4000_00"])("%s is a special float", (text) =>
    number(text, "constant.numeric.float.special"),
  );
  test.each(["0x", "1__0", "1_", "0xg", "1.5.2", "0x1p", "1e", "12ab", "+0x"])("%s is no number", (text) =>
    number(text, "invalid.illegal.number"),
  );
  test.each(["offset=", "align=x", "offset=-1"])("%s lacks its number", async (text) => {
    const { tokens } = tokenize(await loadGrammar("source.wat"), text)[0]!;
    const name = tokens.find((token) => token.scopes.includes("entity.other.attribute-name.wat"));
    expect(name).toBeDefined();
    expect(tokens.some((token) => token.scopes.some((scope) => scope.startsWith("constant.numeric")))).toBe(false);
  });
});

describe("strings and names", () => {
  test("escapes are marked, wrong ones as illegal", () =>
    wat(String.raw`
   "a\n\t\\\"\41\u{1F_600}" "\q" "\u{}" "\4"
;; ^ punctuation.definition.string.begin
;;  ^ string.quoted.double
;;   ^^^^^^^^^^^^^^^^^^^^^ constant.character.escape
;;                        ^ punctuation.definition.string.end
;;                           ^^ invalid.illegal.escape
;;                                ^^ invalid.illegal.escape
;;                                       ^^ invalid.illegal.escape
`));

  test("a parenthesis, a comment or a quote in a string is text", () =>
    wat(String.raw`
   (data "(; ;; ) \" (") i32.add
;;        ^^^^^^^ string.quoted.double
;;        ^^^^^^^ !comment
;;                       ^^^^^^^ support.function
`));

  test("a name may be quoted, with escapes; its quotes are no string", () =>
    wat(String.raw`
   local.get $"a \"name\" (" i32.add (func $"f\41" call $"f" $a!#'/b\c
;;           ^^^^^^^^^^^^^^^ variable.other
;;               ^^ constant.character.escape
;;           ^^^^^^^^^^^^^^^ !string
;;            ^^^^^^^^^^^^^^ meta.name.quoted
;;                           ^^^^^^^ support.function
;;                                         ^^^^^^^ entity.name.function
;;                                            ^^^ constant.character.escape
;;                                                      ^^^^ entity.name.function
;;                                                           ^^^^^^^^^ variable.other
;;                                                           ^^^^^^^^^ !invalid
`));

  test("a lone dollar sign and foreign characters are illegal", () =>
    wat(`
   $ [0] { } , é
;; ^ invalid.illegal.identifier
;;   ^ invalid.illegal.character
;;       ^ invalid.illegal.character
;;           ^ invalid.illegal.character
;;             ^ invalid.illegal.character
`));
});

describe("comments and annotations", () => {
  test("block comments nest", () =>
    wat(`
   i32.add (; one (; two ;) still ;; one ;) i32.sub ;; line (; no block
;;         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.block
;;                                          ^^^^^^^ support.function
;;                                                  ^^^^^^^^^^^^^^^^^^^ !comment.block
   i32.mul
;; ^^^^^^^ support.function
   (; over (;
      lines ;) i32.add
;;             ^^^^^^^ comment.block
   ;) i32.add
;;    ^^^^^^^ support.function
`));

  test("an annotation holds any tokens, to its own parenthesis", () =>
    wat(`
   (@custom "x" (after) [ 1x , 0x ) ( ;; )
;; ^^ punctuation.definition.annotation.begin
;;   ^^^^^^ entity.other.attribute-name.annotation
;;          ^^^ string.quoted.double
;;                      ^^^^^^^^^^ !invalid
;;                                ^ punctuation.definition.annotation.end
   (@"any name" (@x (func) ")" $id)
      i32.add
;;    ^^^^^^^ meta.annotation
   ) i32.add
;;   ^^^^^^^ !meta.annotation
`));
});

describe("nothing that is typed takes the colours of the rest of the file", () => {
  const rest = "   i32.add (func $f) ;; end";
  const beginnings = [
    "call_indirect",
    '"open',
    '$"open',
    "(",
    "((",
    ")))",
    "(func",
    "(type (",
    "offset=",
    "\\",
    "(module quote",
    "$",
    ";",
    "[",
    "@",
    "0x",
    "br_table",
    '(import "a',
  ];
  // Only an open block comment does, as the language says.
  test.each(beginnings)("%s", async (beginning) => {
    const lines = tokenize(await loadGrammar("source.wat"), `${beginning}\n${rest}`);
    expect(lines[0]!.closed).toBe(true);
    await expectScopes(
      "source.wat",
      `${beginning}\n${rest}\n;; ^^^^^^^ support.function.numeric\n;;                    ^^^^^^ comment.line`,
    );
  });

  test("an annotation that is not closed leaves the words below their colours", () =>
    wat(`
   (@custom
   i32.add local.get $x 7 ;; end
;; ^^^^^^^ support.function
;;                   ^^ variable.other
;;                      ^ constant.numeric
;;                        ^^^^^^ comment.line
`));

  test("a line of 20 000 characters is tokenised to its end within a second", async () => {
    const line = `${'(i32.add (local.get $x) (; c ;) "\\41" '.repeat(500)} nop`;
    const started = performance.now();
    const { tokens, stoppedEarly } = tokenize(await loadGrammar("source.wat"), line, 1000)[0]!;
    expect(stoppedEarly).toBe(false);
    expect(tokens.at(-1)).toMatchObject({ end: line.length, scopes: ["source.wat", "keyword.control.wat"] });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

async function number(text: string, scope: string): Promise<void> {
  await wat(`    ${text}\n;;  ${"^".repeat(text.length)} ${scope}`);
}
