import { expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { hoverAt } from "#core/wat/features/hover.ts";
import { numberRows } from "#core/wat/features/number-text.ts";

/** What is told at `|`. */
function hover(marked: string): string {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return hoverAt(WatDocument.open(text, "wat"), offset)?.markdown ?? "nothing";
}

test("an instruction: type, words, stack here, bytes and their place, example", () => {
  const text = hover("(func (param $x i64) (result i32)\n (drop (local.get $x)) (|i32.add (i32.const 1) (i32.const 2)))");
  expect(text).toContain("```wat\ni32.add\n```");
  expect(text).toContain("Adds two integers.");
  expect(text).toContain("Type: `[i32 i32] -> [i32]`");
  expect(text).toContain("Stack before: `[i32 i32]`");
  expect(text).toContain("Stack behind: `[i32]`");
  expect(text).toContain("Opcode: `0x6a`, since WebAssembly 1.0");
  expect(text).toContain("(i32.add (i32.const 2) (i32.const 3))\n```\n\ngives `5`.");
  expect(text).toContain("#op-iadd)");
});

test("the stack is that of the block, and says where code is not reached", () => {
  expect(hover("(func i32.const 1 block i64.const 2 |drop end drop)")).toContain("Stack before: `[i64]`");
  expect(hover("(func (result i32) unreachable i32.const 1 |i32.add)")).toContain("Stack before: `[… i32]`");
  expect(hover("(func (param $x i32) (|if (local.get $x) (then nop)))")).toContain("Stack before: `[i32]`");
  expect(
    hover(
      "(type $t (func (param i32 f64) (result i64)))(func $f (type $t) i64.const 1)(func (drop (|call $f (i32.const 1) (f64.const 2))))",
    ),
  ).toMatch(/call \$f[^]*Stack before: `\[i32 f64\]` {2}\nStack behind: `\[i64\]`/);
});

test("the bytes at the offset that is told are those of the module", () => {
  const text = "(module (func i32.const 300 drop) (func (result f64) (f64.const 1.5)))";
  const document = WatDocument.open(text, "wat");
  const { bytes } = encodeWat(document);
  for (const name of ["i32.const", "drop", "f64.const"]) {
    const [, told = "", at = ""] = /In the module: `([0-9a-f ]+)` at offset `0x([0-9a-f]+)`/.exec(
      hoverAt(document, text.indexOf(name))!.markdown,
    )!;
    const expected = Buffer.from(told.replaceAll(" ", ""), "hex");
    expect(Buffer.from(bytes!).subarray(Number.parseInt(at, 16)).subarray(0, expected.length)).toEqual(expected);
  }
  expect(hoverAt(document, text.indexOf("i32.const"))!.markdown).toContain("`41 ac 02`");
});

test("names: what is defined, the comment above, exports", () => {
  const text =
    '(module\n ;; Twice *x*.\n ;; Really.\n (func $f (export "twice") (param $x i32) (result i32) (i32.shl (local.get $x) (i32.const 1)))\n (start |$f))';
  const shown = hover(text);
  expect(shown).toContain('```wat\n(func $f (export "twice") (param $x i32) (result i32) …)\n```');
  expect(shown).toContain("Twice \\*x\\*\\.  \nReally\\.");
  expect(shown).toContain('Function 0, exported as `"twice"`');
  expect(hover("(func (param i32 i64) (drop (local.get |1)))")).toBe("```wat\n(param i64)\n```\n\nParameter 1");
  expect(hover("(func (loop $again (result i32) (br |$again)))")).toContain("(loop $again (result i32) …)\n```\n\nA branch goes back");
  expect(hover("(type $s (struct (field $x (mut i32)))) (func (struct.set $s |$x (ref.null $s) (i32.const 1)))")).toContain(
    "(field $x (mut i32))",
  );
  expect(hover('(import "m" "n" (global |$g i32))')).toContain('(import "m" "n" (global $g i32))');
  expect(hover("(func (param |anyref))")).toContain("`(ref null any)`");
  expect(hover("(func |;; comment\n)")).toBe("nothing");
});

test("a name cannot break out of its code", () => {
  const shown = hover("(func $```evil![](http://x) nop) (start |$```evil![](http://x))");
  expect(shown.startsWith("````wat\n")).toBe(true);
});

test("numbers over their whole range, as V8 reads them", () => {
  const scratch = new DataView(new ArrayBuffer(8));
  for (const value of [0n, 1n, -1n, 42n, 2n ** 63n - 1n, -(2n ** 63n), 0x1234_5678_9abcn]) {
    const rows = new Map(numberRows(String(value), "i64"));
    expect(rows.get("Decimal")).toBe(String(value));
    expect(BigInt(rows.get("Hexadecimal")!)).toBe(BigInt.asUintN(64, value));
    expect(BigInt(rows.get("Binary")!.replaceAll("_", ""))).toBe(BigInt.asUintN(64, value));
    scratch.setBigInt64(0, value);
    expect(Object.is(Number(rows.get("As f64")), scratch.getFloat64(0)) || Number.isNaN(scratch.getFloat64(0))).toBe(true);
  }
  expect(numberRows("4294967295", "i32")).toContainEqual(["Decimal", "-1"]);
  expect(numberRows("4294967295", "i32")).toContainEqual(["Unsigned", "4294967295"]);
  for (const written of ["0.1", "-0.0", "1e30", "inf", "nan", "0x1p-149"]) {
    const rows = new Map(numberRows(written, "f32"));
    scratch.setUint32(0, Number(rows.get("Bits")));
    expect(rows.get("Value")).toBe(Object.is(scratch.getFloat32(0), -0) ? "-0" : String(scratch.getFloat32(0)));
  }
  expect(numberRows("0.1", "f32")).toContainEqual(["Exactly", "0.100000001490116119384765625"]);
  expect(hover("(func (drop (i64.const |0xffff_ffff_ffff_fffe)))")).toContain("Decimal: `-2`");
  expect(hover("(func (drop (v128.const f32x4 0 |1.5 2 3)))")).toContain("Bits: `0x3fc00000`");
});
