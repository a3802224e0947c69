import { describe, expect, test } from "vitest";
import wabtFactory from "wabt";
import { allWabtFeatures } from "../../support/all-wabt-features.ts";
import { encodeUtf8 } from "#core/bytes/utf8.ts";
import { InstructionCursor } from "#core/wasm/instruction-cursor.ts";
import { readModule } from "#core/wasm/module.ts";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat, type EncodedWat } from "#core/wat/encode.ts";
import { specSuite } from "../../support/spec-suite.ts";

const wabt = await wabtFactory();
const features = allWabtFeatures(wabt);

function wabtBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const module = wabt.parseWat("case.wat", encodeUtf8(text), features);
    try {
      return new Uint8Array(module.toBinary({}).buffer);
    } finally {
      module.destroy();
    }
  } catch {
    return undefined;
  }
}

/** What wabt reads in a module, names left out; `undefined` where it cannot read it. */
function wabtText(bytes: Uint8Array): string | undefined {
  try {
    const module = wabt.readWasm(bytes, { readDebugNames: false, ...features });
    try {
      return module.toText({});
    } finally {
      module.destroy();
    }
  } catch {
    return undefined;
  }
}

function withoutCustom(bytes: Uint8Array): Buffer {
  const sections = readModule(bytes).module.sections.filter((section) => section.customName === undefined);
  return Buffer.concat([bytes.subarray(0, 8), ...sections.map((section) => bytes.subarray(section.header, section.end))]);
}

interface SuiteModule {
  readonly place: string;
  readonly text: string;
  readonly encoded: EncodedWat;
}

let suiteModules: readonly SuiteModule[] | undefined;

/** The modules of the suite that are written as fields and are valid; read and encoded once. */
function validModules(): readonly SuiteModule[] {
  suiteModules ??= specSuite().flatMap((script) => {
    const document = WatDocument.open(script.text, "wast");
    return document.modules
      .filter((module) => !module.isRejected)
      .map((module) => {
        const start = document.starts[module.opening ?? module.first]!;
        const fields = document.text.slice(start, document.starts[module.end]);
        const text = module.opening === undefined ? fields : `${fields})`;
        return { place: `${script.path}:${document.lines.lineAt(start) + 1}`, text, encoded: encode(text) };
      });
  });
  return suiteModules;
}

function encode(text: string): EncodedWat {
  return encodeWat(WatDocument.open(text, "wat"));
}

/**
 * Places where wabt 1.0.39 writes something else: it leaves the memory index out of data segments (WebAssembly 3.0, 5.5.14, form 2), and
 * it writes references to defined types, which it does not know, as something that it cannot read itself.
 */
const wabtIsWrong = /^(multi-memory\/|linking\.wast|table\.wast|type-equivalence\.wast)/;

test("every valid module of the suite is encoded as wabt and V8 understand it", () => {
  const modules = validModules();
  const counts = { encoded: 0, v8: 0, equal: 0, alike: 0 };
  const different: string[] = [];
  for (const { place, text, encoded } of modules) {
    const { bytes, problems } = encoded;
    expect(problems, place).toEqual([]);
    counts.encoded++;
    const accepted = WebAssembly.validate(bytes!);
    if (accepted) counts.v8++;
    const theirs = wabtBytes(text);
    if (!theirs) continue;
    if (WebAssembly.validate(theirs)) expect(accepted, `V8 takes what wabt writes, but not ours: ${place}`).toBe(true);
    if (withoutCustom(bytes!).equals(withoutCustom(theirs))) counts.equal++;
    else if (wabtText(bytes!) === wabtText(theirs)) counts.alike++;
    else if (!wabtIsWrong.test(place)) different.push(place);
  }
  expect(different).toEqual([]);
  expect(counts.encoded).toBe(modules.length);
  // As measured with Node 20 (V8 11.3) and wabt 1.0.39; a newer V8 takes more.
  expect(modules.length).toBeGreaterThanOrEqual(2400);
  expect(counts.v8).toBeGreaterThanOrEqual(1859);
  expect(counts.equal).toBeGreaterThanOrEqual(1965);
  expect(counts.equal + counts.alike).toBeGreaterThanOrEqual(2140);
});

describe("forms beyond wabt", () => {
  // Expected bytes: wasm-tools 1.259, without custom sections and the first eight bytes.
  // prettier-ignore
  test.each([
    ["subtypes", `(module (type $a (sub (struct (field i8)))) (type (sub final $a (struct (field i8 (mut i64))))))`, "01100250005f0178004f01005f0278007e01"],
    ["recursion group", `(module (rec (type $f (func (param (ref $s)))) (type $s (array (mut (ref null $f))))))`, "010c014e0260016401005e630001"],
    ["struct and array instructions", `(module (type $s (struct (field $x (mut i32)))) (type $v (array i8)) (func (param (ref null $s)) (struct.set $s $x (local.get 0) (i32.const 5)) (drop (array.new_fixed $v 2 (i32.const 1) (i32.const 2))) (drop (array.get_u $v (array.new_default $v (i32.const 3)) (i32.const 0)))))`, "010d035f017f015e78006001630000030201020a20011e0020004105fb05000041014102fb0801021a4103fb07014100fb0d011a0b"],
    ["casts", `(module (type $s (struct)) (func (param anyref) (result i32) (drop (ref.cast (ref null $s) (local.get 0))) (block (result anyref) (br_on_cast 0 anyref (ref $s) (local.get 0))) (ref.test (ref i31))))`, "0108025f0060016e017f030201010a180116002000fb17001a026e2000fb1801006e000bfb146c0b"],
    ["typed calls", `(module (type $t (func)) (func (param (ref null $t)) (call_ref $t (local.get 0)) (br_on_null 0 (local.get 0)) (return_call_ref $t)))`, "0109026000006001630000030201010a0e010c00200014002000d50015000b"],
    ["exceptions", `(module (tag $e (param i32)) (func (result i32) (block $l (result i32) (try_table (catch $e $l) (catch_all 1) (throw $e (i32.const 7))) (i32.const 0))))`, "01090260017f006000017f030201010d030100000a16011400027f1f40020000000201410708000b41000b0b"],
    ["64-bit memory and table", `(module (memory $m i64 1 2) (table $t i64 1 funcref) (func (drop (i32.load offset=4294967296 (i64.const 0))) (drop (table.get $t (i64.const 0)))))`, "010401600000030201000404017004010504010501020a130111004200280280808080101a420025001a0b"],
    ["table with initial value", `(module (table 3 (ref null func) (ref.null func)))`, "0409014000700003d0700b"],
    ["second memory", `(module (memory 1) (memory $b 1) (data (memory $b) (i32.const 0) "x") (func (memory.copy $b 0 (i32.const 0) (i32.const 0) (i32.const 0)) (drop (v128.load8_lane $b align=1 3 (i32.const 0) (v128.const f32x4 1 -0 inf nan)))))`, "01040160000003020100050502000100010a29012700410041004100fc0a01004100fd0c0000803f000000800000807f0000c07ffd54400100031a0b0b0801020141000b0178"],
    ["page size", `(module (memory 1 (pagesize 1)))`, "050401080100"],
    ["wide arithmetic", `(module (func (param i64) (result i64 i64) (i64.mul_wide_u (local.get 0) (local.get 0))))`, "01070160017e027e7e030201000a0a01080020002000fc160b"],
    ["stack switching", `(module (type $f (func)) (type $c (cont $f)) (tag $t) (func (param (ref null $c)) (block $h (result (ref null $c)) (resume $c (on $t $h) (local.get 0)) (return)) (drop)))`, "010b036000005d006001630100030201020d030100000a120110000263012000e301010000000f0b1a0b"],
    ["element expressions", `(module (table 2 externref) (elem (i32.const 0) externref (ref.null extern) (item ref.null extern)) (elem declare func 0) (elem anyref (item (ref.i31 (i32.const 1)))) (func))`, "010401600000030201000404016f0002091a03060041000b6f02d06f0bd06f0b03000100056e014101fb1c0b0a040102000b"],
    ["imports of one module, with a type each", `(module (import "m" (item "a" (func $f (param i32))) (item "" (memory 1)) (item "g" (global $g i64))) (func (call $f (i32.const 1)) (drop (global.get $g))))`, "01080260017f00600000021301016d007f0301610000000200010167037e00030201010a0b0109004101100023001a0b"],
    ["imports of one type", `(module (import "m" (item "a") (item "b") (func (param i32))) (func (call 1 (i32.const 1))))`, "01080260017f00600000020c01016d007e00000201610162030201010a08010600410110010b"],
    ["every instruction that wabt does not know", `(module (type $s (struct (field $x i8))) (tag) (memory 1) (data "") (elem func) (func
      call_ref $s  return_call_ref $s  br_on_null 0  br_on_non_null 0
      cont.new $s  cont.bind $s $s  suspend 0  resume $s (on 0 0) (on 0 switch)  resume_throw $s 0 (on 0 0) (on 0 switch)
      resume_throw_ref $s (on 0 0) (on 0 switch)  switch $s 0
      i64.add128  i64.sub128  i64.mul_wide_s  i64.mul_wide_u
      ref.null any  ref.eq  ref.as_non_null
      struct.new $s  struct.new_default $s  struct.get $s $x  struct.get_s $s $x  struct.get_u $s $x  struct.set $s $x
      array.new $s  array.new_default $s  array.new_fixed $s 3  array.new_data $s 0  array.new_elem $s 0
      array.get $s  array.get_s $s  array.get_u $s  array.set $s  array.len  array.fill $s  array.copy $s $s  array.init_data $s 0  array.init_elem $s 0
      ref.test (ref null $s)  ref.test (ref $s)  ref.cast (ref null $s)  ref.cast (ref $s)
      br_on_cast 0 (ref null $s) (ref null $s)  br_on_cast_fail 0 (ref null $s) (ref null $s)
      any.convert_extern  extern.convert_any  ref.i31  i31.get_s  i31.get_u))`, "0108025f0178006000000302010105030100010d030100010904010100000c01010aa30101a0010014001500d500d600e000e10000e200e300020000000100e40000020000000100e500020000000100e60000fc13fc14fc15fc16d06ed3d4fb0000fb0100fb020000fb030000fb040000fb050000fb0600fb0700fb080003fb090000fb0a0000fb0b00fb0c00fb0d00fb0e00fb0ffb1000fb110000fb120000fb130000fb1500fb1400fb1700fb1600fb1803000000fb1903000000fb1afb1bfb1cfb1dfb1e0b0b03010100"],
  ])("%s", (_name, text, expected) => {
    const { bytes, problems } = encode(text);
    expect(problems).toEqual([]);
    expect(withoutCustom(bytes!).subarray(8).toString("hex")).toBe(expected);
  });

  test("a final subtype without parents is the type that a bare use means", () => {
    const { bytes } = encode("(module (type (sub (func))) (type (sub final (func))) (func))");
    expect(readModule(bytes!).module.types).toHaveLength(2);
    expect(readModule(bytes!).module.functions[0]!.typeIndex).toBe(1);
  });
});

describe("rows", () => {
  const text = `(module
  (func $add (export "add") (param $a i32) (param $b i32) (result i32)
    (local i64 i64 f32)
    (i32.add
      (local.get $a)
      (local.get $b))
    block $out (result i32)
      i32.const 1
      br $out
    end $out
    drop
    (if (i32.const 0)
      (then (nop))
      (else (nop)))
  ))`;

  test("each instruction is at its offset and its text", () => {
    const { bytes, rows, functions, problems } = encode(text);
    expect(problems).toEqual([]);
    expect(WebAssembly.validate(bytes!)).toBe(true);
    const shown = Array.from(rows.offsets, (offset, row) => [bytes![offset]!.toString(16), text.slice(rows.starts[row], rows.ends[row])]);
    expect(shown).toEqual([
      ["20", "local.get $a"],
      ["20", "local.get $b"],
      ["6a", "i32.add"],
      ["2", "block $out (result i32)"],
      ["41", "i32.const 1"],
      ["c", "br $out"],
      ["b", "end"],
      ["1a", "drop"],
      ["41", "i32.const 0"],
      ["4", "if"],
      ["1", "nop"],
      ["5", "else"],
      ["1", "nop"],
      ["b", ")"],
      ["b", ")"],
    ]);
    expect(functions).toHaveLength(1);
    expect(functions[0]!.bodyStart).toBe(rows.offsets[0]);
    expect(functions[0]!.range.end).toBe(rows.offsets.at(-1)! + 1);
    expect(text.slice(functions[0]!.span.start, functions[0]!.span.end)).toMatch(/^\(func \$add [^]*\)$/);
  });

  test("every instruction of the suite has a row, in the order of offsets", () => {
    for (const { place, encoded } of validModules()) {
      const { bytes, rows, functions } = encoded;
      const offsets = Array.from(rows.offsets);
      expect(
        offsets.every((offset, row) => row === 0 || offset > offsets[row - 1]!),
        place,
      ).toBe(true);
      let row = offsets.indexOf(functions[0]?.bodyStart ?? -1);
      for (const func of functions) {
        const cursor = new InstructionCursor(bytes!, { start: func.bodyStart, end: func.range.end });
        while (cursor.next()) if (offsets[row++] !== cursor.offset) expect.fail(`${place}: no row for offset ${cursor.offset}`);
      }
    }
  });
});

test("names of everything reach the name section", () => {
  const { bytes } =
    encode(`(module $m (import "a" "b" (func $imported (param $p i32))) (type $t (func)) (table $tab 1 funcref) (memory $mem 1)
    (global $g i32 (i32.const 0)) (elem $e func) (data $d "") (func $"a b" (param $x i32) (local $y f64) (block $l)))`);
  const names = readModule(bytes!).module.names();
  expect(WebAssembly.validate(bytes!)).toBe(true);
  const flat = [names.functions, names.types, names.tables, names.memories, names.globals, names.elements, names.data];
  expect(names.module).toBe("m");
  expect(flat.map((map) => [...map.values()])).toEqual([["imported", "a b"], ["t"], ["tab"], ["mem"], ["g"], ["e"], ["d"]]);
  expect([...names.functions.keys()]).toEqual([0, 1]);
  expect([...names.locals.get(0)!]).toEqual([[0, "p"]]);
  expect([...names.locals.get(1)!].flat()).toEqual([0, "x", 1, "y"]);
  expect([...names.labels.get(1)!]).toEqual([[0, "l"]]);
});

describe("what cannot be encoded is a problem with its place", () => {
  test.each([
    ["(module (func call $f))", "$f"],
    ["(module (func local.get $x))", "$x"],
    ["(module (func (i32.const 1))", undefined],
    ["(module (func try nop catch_all nop end))", "try"],
  ])("%s", (text, blamed) => {
    const { bytes, rows, functions, problems } = encode(text);
    expect([bytes, rows.offsets.length, functions.length]).toEqual([undefined, 0, 0]);
    const { message, span } = problems[0]!;
    expect(message).not.toBe("");
    if (blamed !== undefined) expect(text.slice(span.start, span.end)).toBe(blamed);
  });
});

test("100 000 nested blocks and operands", () => {
  const depth = 100_000;
  const flat = encode(`(module (func ${"block ".repeat(depth)}br ${depth - 1} ${"end ".repeat(depth)}))`);
  expect(flat.rows.offsets.length).toBe(2 * depth + 2);
  const folded = encode(`(module (func (result i32) ${"(i32.eqz ".repeat(depth)}(i32.const 0)${")".repeat(depth)}))`);
  expect(WebAssembly.validate(folded.bytes!)).toBe(true);
});

test("an empty text is an empty module", () => {
  expect(encode("").bytes).toEqual(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
});
