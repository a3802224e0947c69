import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { lintCodes } from "#core/wat/lints/finding.ts";
import { fixAll, lintsOf } from "#core/wat/lints/lints.ts";
import { applied } from "./apply.ts";

const all = (code: string): boolean => code !== "implicit-module" && code !== "omitted-idx-in-instr";

const omitted = (code: string): boolean => code === "omitted-idx-in-instr";

/** Code and marked text of all findings. */
function found(text: string, isWanted = all): string[] {
  const document = WatDocument.open(text, "wat");
  expect(document.problems()).toEqual([]);
  return lintsOf(document, isWanted).map(({ code, span }) => `${code}: ${text.slice(span.start, span.end)}`);
}

describe("each lint", () => {
  test.each([
    [
      "unused function, global, type, import",
      '(module (import "a" "b" (func $i)) (type $t (func)) (func $f) (global $g i32 (i32.const 0)))',
      ["unused: $i", "unused: $t", "unused: $f", "unused: $g"],
    ],
    ["unused passive data", '(module (memory (export "m") 1) (data $d "x") (data (i32.const 0) "y"))', ["unused: $d"]],
    ["unused local", '(module (func (export "f") (param $p i32) (local $x i32) (local $_y i32)))', ["unused-local: $x"]],
    ["unread local", '(module (func (export "f") (local $x i32) (local.set $x (i32.const 1))))', ["unread-local: $x"]],
    ["local by index", '(module (func (export "f") (result i32) (local i32 i64) (local.get 0)))', ["unused-local: i64"]],
    ["unused label", '(module (func (export "f") block $a br $a end block $b nop end $b))', ["unused-label: $b"]],
    [
      "shadowed label",
      '(module (func (export "f") block $a br $a block $a br $a end end))',
      ["unreachable-code: block $a br $a end", "shadowed-label: $a"],
    ],
    [
      "labels of folded ifs, which do not reach the condition",
      '(module (func (export "f") (if $a (block $a (result i32) (br $a (i32.const 1))) (then (br $a)))))',
      [],
    ],
    [
      "labels hidden inside of arms",
      '(module (func (export "f") (if $a (i32.const 1) (then (br $a)) (else (block $a (br $a))))))',
      ["shadowed-label: $a"],
    ],
    [
      "labels that delegates mean, which are around their try",
      '(module (func (export "f") block $b block $c try $b delegate $b try $t delegate $c (try (do) (delegate $c)) end end))',
      ["shadowed-label: $b", "unused-label: $b", "unused-label: $t"],
    ],
    [
      "unreachable code",
      '(module (func (export "f") (result i32) (return (i32.const 1)) nop (drop (i32.const 1))))',
      ["unreachable-code: nop (drop (i32.const 1))"],
    ],
    [
      "unused parameter, of functions that are only called",
      '(module (func $a (param $x i32) (param i64) (param $_z i32)) (func $b (param $x i32)) (elem declare func $b) (func $c (param $x i32)) (export "c" (func $c)) (type $t (func (param i32))) (func $d (type $t) (param $x i32)) (func (export "f") (call $a (i32.const 1) (i64.const 1) (i32.const 1)) (call $b (i32.const 1)) (call $c (i32.const 1)) (call $d (i32.const 1))))',
      ["unused-parameter: $x", "unused-parameter: i64"],
    ],
    ["code behind an endless loop", '(module (func (export "f") loop $l br $l end nop))', ["unreachable-code: nop"]],
    [
      "code behind an endless block, if, and instruction",
      '(module (func (export "f") block loop br 0 end end (drop (i32.const 1))) (func (export "g") (if (i32.const 1) (then (loop (br 0))) (else (return))) nop) (func (export "h") (drop (i32.eqz (block (result i32) (br 1)))) nop))',
      ["unreachable-code: (drop (i32.const 1))", "unreachable-code: nop", "unreachable-code: nop"],
    ],
    ["code behind `unreachable` behind a loop", '(module (func (export "f") loop br 0 end unreachable nop))', ["unreachable-code: nop"]],
    [
      "needless mut",
      '(module (global $g (mut i32) (i32.const 0)) (func (export "f") (result i32) global.get $g))',
      ["needless-mut: (mut i32)"],
    ],
    [
      "empty block",
      '(module (func (export "f") block end (loop) i32.const 1 if nop else end))',
      ["empty-block: block", "empty-block: loop", "empty-block: else"],
    ],
    ["needless try_table", '(module (func (export "f") try_table nop end))', ["needless-try-table: try_table"]],
    [
      "useless catch",
      '(module (func (export "f") block $l try_table (catch_all $l) (catch_all $l) nop end end))',
      ["useless-catch: (catch_all $l)"],
    ],
    ["deprecated", '(module (@deprecated "use $g") (func $f) (func (export "g") call $f))', ["deprecated: $f"]],
  ])("%s", (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test("instructions that do not name their memory or table", () => {
    const text = `(module
      (memory (export "m") 1) (table $t 1 funcref) (elem $e func 0) (data $d "x")
      (func (export "f") (local $v v128)
        (i32.store (i32.const 0) (i32.load 0 (i32.const 0)))
        (local.set $v (v128.load8_lane 0 (i32.const 0) (local.get $v)))
        (local.set $v (v128.load8_lane 0 0 (i32.const 0) (local.get $v)))
        (memory.copy (i32.const 0) (i32.const 0) (i32.const 0))
        (memory.init $d (i32.const 0) (i32.const 0) (i32.const 0))
        (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 0))
        (table.init $e (i32.const 0) (i32.const 0) (i32.const 0))
        (call_indirect (i32.const 0))))`;
    const names = ["i32.store", "v128.load8_lane", "memory.copy", "memory.init", "table.init", "call_indirect"];
    expect(found(text, omitted)).toEqual(names.map((name) => `omitted-idx-in-instr: ${name}`));
    const document = WatDocument.open(text, "wat");
    const fixed = applied(text, fixAll(document, omitted));
    expect(lintsOf(WatDocument.open(fixed, "wat"), omitted)).toEqual([]);
    expect(fixed).toContain("(memory.copy 0 0 (i32.const 0)");
    expect(fixed).toContain("(call_indirect $t (i32.const 0))");
    expect(encodeWat(WatDocument.open(fixed, "wat")).bytes).toEqual(encodeWat(document).bytes);
  });

  test("fields without a module", () => {
    expect(found('(func (export "f"))', (code) => code === "implicit-module")).toEqual(["implicit-module: func"]);
  });
});

describe("nothing is said of", () => {
  test.each([
    '(module (global (export "g") (mut i32) (i32.const 0)))',
    '(module (global $g (mut i32) (i32.const 0)) (export "g" (global $g)))',
    '(module (global $g (mut i32) (i32.const 0)) (func (export "f") (global.set $g (global.get $g))))',
    '(module (memory 1) (func (export "f") (drop (i32.load (i32.const 0)))))',
    "(module (func $_f))",
    "(module (func $f) (start $f))",
    '(module (func $f) (table (export "t") funcref (elem $f)))',
    '(module (type $p (func (param i32))) (func (export "f") (type $p) (local i32) (local.set 1 (local.get 0)) (drop (local.get 1))))',
    '(module (func (export "f") (if (i32.const 1) (then (br 0)) (else (nop))) nop))',
    '(module (func (export "f") (block $l (loop (br_if $l (i32.const 1)) (br 0))) nop))',
    '(module (func (export "f") (if (i32.const 1) (then (return))) nop))',
    '(module (func (export "f") (result i32) loop br 0 end unreachable))',
    '(module (func (export "f") (result i32) (loop (result i32) (br_if 0 (i32.const 1)) (i32.const 1))))',
    '(module (tag $e) (func (export "f") (block $l (try_table (catch $e $l) (throw $e))) nop))',
    '(module (import "a" "b" (func $i (param i32))) (func (export "f") (call $i (i32.const 1))))',
    '(module (func $g (param i32) (result i32) local.get 0) (func (export "f") (drop (call $g (i32.const 1)))))',
  ])("%s", (text) => {
    expect(found(text)).toEqual([]);
  });

  test("a module with a mistake in it, whose rest may be about to be written", () => {
    const document = WatDocument.open("(module (func $f) (func i32.bogus))", "wat");
    expect(lintsOf(document, all)).toEqual([]);
  });
});

test("all fixes at once", () => {
  const text = `(module
  (global $g (mut i32) (i32.const 0))
  (func (export "f") (result i32)
    (local $x i32) ;; of no use
    block $l
      nop
    end $l
    block end
    global.get $g))
`;
  const document = WatDocument.open(text, "wat");
  expect(applied(text, fixAll(document, all))).toBe(`(module
  (global $g i32 (i32.const 0))
  (func (export "f") (result i32) ;; of no use
    block
      nop
    end
    global.get $g))
`);
});

test("an edit in one function leaves the findings of others as they are", () => {
  const text = '(module (func (export "f") (local $x i32)) (func (export "g") nop))';
  const before = WatDocument.open(text, "wat");
  const [first] = lintsOf(before, all);
  const at = text.indexOf("nop");
  const after = before.edit([{ span: { start: at, end: at }, text: "unreachable " }]);
  expect(lintsOf(after, all).map(({ code }) => code)).toEqual([first!.code, "unreachable-code"]);
});

describe("the page shows each lint", () => {
  const page = readFileSync(new URL("../../../../docs/wat-lints.md", import.meta.url), "utf8");
  const examples = Array.from(page.matchAll(/^## ([a-z-]+)\n([^]*?)(?=^## |(?![^]))/gm), ([, title = "", section = ""]) =>
    Array.from(section.matchAll(/```wat lint=([a-z-]+)\n([^]*?)```/g), ([, code, text]) => ({ title, code: code!, text: text! })),
  ).flat();

  test("and no other", () => {
    expect(Array.from(new Set(examples.map(({ title }) => title))).sort()).toEqual([...lintCodes].sort());
  });

  test.each(examples)("$title", ({ title, code, text }) => {
    expect(code).toBe(title);
    const document = WatDocument.open(text, "wat");
    expect(document.problems()).toEqual([]);
    expect(lintsOf(document, (wanted) => wanted === code || all(wanted)).map((advice) => advice.code)).toEqual([code]);
  });
});

test.each([
  "unreachable nop",
  "i64.const 0 br 0 nop",
  "i64.const 0 i32.const 0 br_table 0 0 nop",
  "i64.const 0 return nop",
  "return_call $g nop",
  "i32.const 0 return_call_indirect (type $t) nop",
  "ref.func $g return_call_ref $t nop",
  "throw $e nop",
  "ref.null exn throw_ref nop",
  "try (result i64) i64.const 0 catch_all rethrow 0 nop end",
])("code behind an instruction behind which the validator asks for no result: %s", (body) => {
  const around = "(type $t (func (result i64))) (table 1 funcref) (tag $e) (func $g (result i64) i64.const 0) (elem declare func $g)";
  const text = `(module ${around} (func (export "f") (result i64) ${body}) (export "t" (table 0)) (export "e" (tag $e)))`;
  expect(found(text, (code) => code === "unreachable-code")).toEqual(["unreachable-code: nop"]);
});
