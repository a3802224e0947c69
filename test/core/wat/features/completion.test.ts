import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { completionsAt } from "#core/wat/features/completion.ts";
import type { CompletionItem } from "#core/wat/features/completion-item.ts";
import { signatureAt } from "#core/wat/features/signature-help.ts";

function items(marked: string, kind: "wat" | "wast" = "wat"): readonly CompletionItem[] {
  const offset = marked.indexOf("|");
  return completionsAt(WatDocument.open(marked.slice(0, offset) + marked.slice(offset + 1), kind), offset).items;
}

const script = (marked: string): string[] => items(marked, "wast").map(({ label }) => label);

/** Labels of the items that come first. */
function best(marked: string): string[] {
  const found = items(marked);
  const rank = Math.min(...found.map((item) => item.rank));
  return found.filter((item) => item.rank === rank).map(({ label }) => label);
}

const labels = (marked: string): string[] => items(marked).map(({ label }) => label);

test("fields where a field may stand", () => {
  expect(labels("(module (|))")).toContain("func");
  expect(labels("(module (fu|))")).toEqual(["func"]);
  expect(labels("(module |)")).toContain("(memory");
  expect(labels("(module (func)\n (mem|)")).toEqual(["memory"]);
  expect(labels("|")).toContain("(module");
});

test("instructions: those first that take what is on the stack", () => {
  expect(best("(func (param $x i64) local.get $x i64.|)")).toEqual(expect.arrayContaining(["i64.eqz", "i64.clz"]));
  expect(best("(func (param $x i64) local.get $x i64.|)")).not.toContain("i64.add");
  expect(best("(func (param $x i64) local.get $x local.get $x i64.|)")).toContain("i64.add");
  expect(best("(func (param $x i64) local.get $x |)").every((label) => !label.startsWith("i32."))).toBe(false);
  expect(best("(func (param $x i64) local.get $x |)")).toContain("i32.wrap_i64");
  expect(best("(func (param $x i64) local.get $x |)")).not.toContain("i32.eqz");
});

test("operands in parentheses: those first that give what is asked for", () => {
  const found = best("(func (drop (f32.add (f32.const 1) (|))))");
  expect(found).toContain("f32.mul");
  expect(found).toContain("f32.demote_f64");
  expect(found).not.toContain("i32.add");
  expect(best("(func $f (param i32 f64)) (func (call $f (i32.const 1) (f|)))")).toContain("f64.const");
  expect(best("(func $f (param i32 f64)) (func (call $f (i32.const 1) (f|)))")).not.toContain("f32.const");
  expect(labels("(func (|))")).not.toContain("end");
  expect(labels("(func (if (i32.const 1) (|)))")).toContain("then");
});

test("names for immediates, by type", () => {
  expect(best("(func (param $x i64) (local $y i32) i32.const 1 local.set $|)")).toEqual(["$y"]);
  expect(best("(func (param $x i64) (local $y i32) (drop (i64.eqz (local.get $|))))")).toEqual(["$x"]);
  expect(best("(func $a (param i32)) (func $b (param i64)) (func i64.const 1 call $|)")).toEqual(["$b"]);
  expect(labels("(func (block $out (loop $again (br $|))))")).toEqual(["$again", "$out"]);
  expect(labels("(func block $out br |end end)")).toContain("$out");
  expect(labels("(type $s (struct (field $x i32) (field i64))) (func (drop (struct.get $s | (ref.null $s))))")).toEqual(["$x", "1"]);
  expect(labels("(global $g (mut i32) (i32.const 0)) (func (drop (global.get $|)))")).toEqual(["$g"]);
  expect(labels('(func $f) (export "f" (func $|))')).toEqual(["$f"]);
  expect(labels("(func $f) (start |)")).toEqual(["$f"]);
  expect(labels("(type $t (func)) (func (type $|))")).toEqual(["$t"]);
  expect(labels("(tag $e) (func (block $l (try_table (catch $|))))")).toEqual(["$e"]);
  expect(labels("(tag $e) (func (block $l (try_table (catch $e $|))))")).toContain("$l");
  expect(labels('(func $"a b") (func call $|)')).toEqual(['$"a b"']);
});

test("types and words in their places", () => {
  expect(labels("(func (param |))")).toEqual(expect.arrayContaining(["i32", "funcref"]));
  expect(labels("(type (struct (field |)))")).toContain("i8");
  expect(labels("(func (|param i32))")).toContain("result");
  expect(labels("(type $t (func)) (func (param (ref |)))")).toEqual(expect.arrayContaining(["null", "func", "$t"]));
  expect(labels("(memory 1) (func (drop (i32.load |(i32.const 0))))")).toContain("offset=");
  expect(labels("(type (|))")).toEqual(["func", "struct", "array", "cont", "sub"]);
});

test("commands of scripts", () => {
  expect(script("(module) (assert_ret|)")).toEqual(["assert_return"]);
  expect(script('(module) (assert_return (inv|oke "f"))')).toContain("invoke");
  expect(script('(module) (assert_return (invoke "f" (i32.c|)))')).toContain("i32.const");
});

test("nothing in strings and comments", () => {
  expect(items('(data "i32.|")')).toEqual([]);
  expect(items("(func ;; i32.|\n)")).toEqual([]);
  expect(items("(func (; i32.| ;))")).toEqual([]);
});

test("an unfinished text is completed, too", () => {
  expect(best("(module (func (param $x i32) (local.get $x) (i32.e|")).toContain("i32.eqz");
  expect(labels("(func (param $x i32) local.get $|")).toEqual(["$x"]);
});

function help(marked: string): string {
  const offset = marked.indexOf("|");
  const found = signatureAt(WatDocument.open(marked.slice(0, offset) + marked.slice(offset + 1), "wat"), offset);
  if (found === undefined) return "nothing";
  const part = found.parts[found.active];
  return `${found.label} / ${part === undefined ? "" : found.label.slice(...part)}`;
}

test("signature help tells what comes next", () => {
  expect(help("(func $f (param $x i32) (param f64) (result i64) i64.const 1) (func (drop (call $f (i32.const 1) |)))")).toBe(
    "call function $x: i32 f64 -> [i64] / f64",
  );
  expect(help("(func $f (param $x i32)) (func (call |$f))")).toBe("call function $x: i32 -> [] / function");
  expect(help("(func (i32.add |))")).toBe("i32.add i32 i32 -> [i32] / i32");
  expect(help("(func br_if |)")).toBe("br_if label / label");
  expect(help("(func nop |)")).toBe("nop -> [] / ");
  expect(help("(func |)")).toBe("nothing");
});

test("signature help ends with the line of an instruction that is written, but not in parentheses", () => {
  expect(help("(func (param i64) local.get 0\n i64.e|)")).toBe("nothing");
  expect(help("(func block\n |)")).toBe("nothing");
  expect(help("(func br_if\n |)")).toBe("br_if label / label");
  expect(help("(func (param i32) local.get 0 |)")).toBe("local.get local / ");
  expect(help("(func (drop (i32.add\n |)))")).toBe("i32.add i32 i32 -> [i32] / i32");
});
