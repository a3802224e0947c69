/** Modules that are made after the grammar and the types, and so are valid unless a mutation follows. */
import { instructions } from "#core/wasm/instructions.ts";
import type { Immediate, Instruction } from "#core/wasm/instructions.ts";
import type { Random } from "./random.ts";

/** An instruction with its immediates, in the words of the text format. Its operands are before it or inside of its parentheses. */
interface Shape {
  readonly head: (random: Random) => string;
  readonly operands: readonly string[];
}

/** What every generated module defines, so that instructions have something to refer to. Indices are as the names, so that both occur. */
const environment = `
  (type $void (func))
  (type $unary (func (param i32) (result i64)))
  (rec
    (type $s (sub (struct (field $x (mut i32)) (field $y i8) (field $r (mut (ref null $a))))))
    (type $a (array (mut i64))))
  (type $t (sub final $s (struct (field (mut i32)) (field i8) (field (mut (ref null $a))) (field f64))))
  (type $b (array (mut i8)))
  (type $e (array (mut funcref)))
  (type $c (cont $void))
  (tag $tag (param i32))
  (tag $yield (result i32))
  (memory $m 1 2)
  (memory $n i64 1)
  (table $f 3 funcref)
  (table $g i64 2 externref)
  (global $gi (mut i32) (i32.add (i32.const 1) (i32.const 2)))
  (global $gs (ref $s) (struct.new_default $s))
  (data $d "text\\00\\ff")
  (data (memory $n) (i64.const 1) "more")
  (elem $el funcref (ref.func $callee) (ref.null func))
  (elem declare func $start)
  (func $callee (type $unary) (i64.extend_i32_s (local.get 0)))
  (func $start)
  (start $start)
  (export "callee" (func $callee))`;

/** Locals of the generated functions by their types. */
const locals = new Map([
  ["i32", ["0", "$p"]],
  ["i64", ["$q"]],
  ["f32", ["2"]],
  ["f64", ["$d"]],
  ["v128", ["$v"]],
  ["funcref", ["$fr"]],
  ["externref", ["$er"]],
  ["anyref", ["$ar"]],
  ["(ref null $s)", ["$sr"]],
]);
const functionHead = `(param $p i32) (param $q i64) (param f32)`;
const functionLocals = `(local $d f64) (local $v v128) (local $fr funcref) (local $er externref) (local $ar anyref) (local $sr (ref null $s))`;

/** Written by hand: heads with operands whose types hang on what is defined. By result; "" is none. */
const written: Readonly<Record<string, readonly (readonly [head: string, ...operands: string[]])[]>> = {
  "": [
    ["nop"],
    ["drop", "i32"],
    ["drop", "(ref null $s)"],
    ["global.set $gi", "i32"],
    ["memory.copy $m $n", "i32", "i64", "i32"],
    ["memory.init $d", "i32", "i32", "i32"],
    ["memory.init $n $d", "i64", "i32", "i32"],
    ["data.drop $d"],
    ["elem.drop 0"],
    ["table.set $f", "i32", "funcref"],
    ["table.set $g", "i64", "externref"],
    ["table.fill $f", "i32", "funcref", "i32"],
    ["table.copy $f 0", "i32", "i32", "i32"],
    ["table.init $f $el", "i32", "i32", "i32"],
    ["struct.set $s $x", "(ref null $s)", "i32"],
    ["struct.set $t 0", "(ref $t)", "i32"],
    ["array.set $a", "(ref null $a)", "i32", "i64"],
    ["array.fill $b", "(ref $b)", "i32", "i32", "i32"],
    ["array.copy $a $a", "(ref null $a)", "i32", "(ref null $a)", "i32", "i32"],
    ["array.init_data $b $d", "(ref $b)", "i32", "i32", "i32"],
    ["array.init_elem $e $el", "(ref $e)", "i32", "i32", "i32"],
    ["call_indirect (type $void)", "i32"],
    ["call $start"],
    ["resume $c", "(ref $c)"],
    ["suspend $yield\ndrop"],
    ["atomic.fence"],
    ["br_if 0", "i32"],
  ],
  i32: [
    ["global.get $gi"],
    ["table.size $f"],
    ["table.grow $f", "funcref", "i32"],
    ["ref.is_null", "externref"],
    ["ref.is_null", "(ref null $s)"],
    ["ref.test (ref $t)", "(ref null $s)"],
    ["ref.test i31ref", "anyref"],
    ["struct.get $s $x", "(ref null $s)"],
    ["struct.get_s $s 1", "(ref $s)"],
    ["struct.get_u $t 1", "(ref $t)"],
    ["array.get_u $b", "(ref $b)", "i32"],
    ["select", "i32", "i32", "i32"],
    ["select (result i32)", "i32", "i32", "i32"],
    ["block (result i32)", "i32"],
  ],
  i64: [
    ["call $callee", "i32"],
    ["call_indirect $f (type $unary)", "i32", "i32"],
    ["call_ref $unary", "i32", "(ref $unary)"],
    ["table.size $g"],
    ["table.grow 1", "externref", "i64"],
    ["array.get $a", "(ref null $a)", "i32"],
    ["i64.mul_wide_u\ndrop", "i64", "i64"],
  ],
  f32: [["select", "f32", "f32", "i32"]],
  f64: [["struct.get $t 3", "(ref $t)"]],
  v128: [["select", "v128", "v128", "i32"]],
  funcref: [["ref.null func"], ["ref.func $callee"], ["table.get $f", "i32"], ["select (result funcref)", "funcref", "funcref", "i32"]],
  externref: [["ref.null extern"], ["table.get $g", "i64"], ["extern.convert_any", "anyref"]],
  anyref: [["ref.null any"], ["any.convert_extern", "externref"], ["ref.i31", "i32"], ["struct.get $s $r", "(ref null $s)"]],
  eqref: [["ref.null none"], ["ref.i31", "i32"], ["struct.new_default $t"]],
  i31ref: [["ref.null i31"], ["ref.i31", "i32"], ["ref.cast i31ref", "anyref"]],
  arrayref: [["ref.null array"], ["array.new_default $b", "i32"]],
  "(ref null $s)": [["ref.null $s"], ["ref.null none"], ["global.get $gs"], ["ref.cast (ref null $s)", "anyref"]],
  "(ref $s)": [["struct.new $s", "i32", "i32", "(ref null $a)"], ["ref.as_non_null", "(ref null $s)"], ["global.get 1"]],
  "(ref $t)": [
    ["struct.new $t", "i32", "i32", "(ref null $a)", "f64"],
    ["ref.cast (ref $t)", "(ref null $s)"],
  ],
  "(ref null $a)": [
    ["array.new $a", "i64", "i32"],
    ["array.new_fixed $a 2", "i64", "i64"],
    ["struct.get $s 2", "(ref $s)"],
  ],
  "(ref $b)": [["array.new_data $b $d", "i32", "i32"], ["array.new_fixed $b 0"]],
  "(ref $e)": [
    ["array.new_elem $e $el", "i32", "i32"],
    ["array.new_default $e", "i32"],
  ],
  "(ref $c)": [["cont.new $c\nref.as_non_null", "(ref $void)"]],
  "(ref $void)": [["ref.func $start"]],
  "(ref $unary)": [["ref.func $callee"]],
};

const numbers: Readonly<Record<string, readonly string[]>> = {
  i32: ["0", "-1", "0x7fff_ffff", "4294967295", "+5", "-0x8000_0000"],
  i64: ["0", "-1", "0xffff_ffff_ffff_ffff", "-9223372036854775808", "1_000"],
  f32: ["0", "-0.0", "1.5e-3", "inf", "-nan", "nan:0x1", "0x1.fffffep+127", "1e-45"],
  f64: ["0", "-inf", "nan:0xf_ffff_ffff_ffff", "0x1p-1074", "123456789.25", "+1E+3"],
};
const v128 = ["i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 -128", "i16x8 1 2 3 4 5 6 7 0xffff", "i32x4 0 0 0 -1", "i64x2 1 2", "f32x4 0 nan 1.5 -inf", "f64x2 1 -0x0.1p4"]; // prettier-ignore

/** Shapes by the type of their result, "" where there is none: those of the instruction table whose operands it knows, and those above. */
const shapes = new Map<string, Shape[]>();
for (const [result, list] of Object.entries(written))
  for (const [head, ...operands] of list) addShape(result, { head: () => head, operands });
for (const [type, list] of locals) {
  for (const local of list) {
    addShape(type, { head: () => `local.get ${local}`, operands: [] });
    addShape(type, { head: () => `local.tee ${local}`, operands: [type] });
    addShape("", { head: () => `local.set ${local}`, operands: [type] });
  }
}
for (const instruction of instructions) addInstruction(instruction);

function addShape(result: string, shape: Shape): void {
  const known = shapes.get(result);
  if (known === undefined) shapes.set(result, [shape]);
  else known.push(shape);
}

function addInstruction(instruction: Instruction): void {
  const { name, in: operands, out: results, immediates } = instruction;
  if (operands === undefined || results === undefined || results.length > 1) return;
  const isAtomic = instruction.feature === "threads";
  for (const [memory, address] of [
    ["", "i32"],
    ["$m ", "i32"],
    ["$n ", "i64"],
  ] as const) {
    const typeOf = (type: string): string => (type === "address" ? address : type);
    const writers = immediates.map((immediate) => immediateWriter(immediate, instruction, memory, isAtomic));
    const known = writers.filter((writer) => writer !== undefined);
    if (known.length < writers.length) return;
    const head = (random: Random): string => [name, ...known.map((write) => write(random))].join(" ").trimEnd();
    addShape(typeOf(results[0] ?? ""), { head, operands: operands.map(typeOf) });
    if (!immediates.some((immediate) => immediate === "memarg" || immediate === "memory")) return;
  }
}

/** `undefined` where this module says nothing about such an immediate. */
function immediateWriter(
  immediate: Immediate,
  { name, accessBytes }: Instruction,
  memory: string,
  isAtomic: boolean,
): ((random: Random) => string) | undefined {
  switch (immediate) {
    case "memory":
      return () => memory;
    case "memarg":
      return (random) => {
        const offset = random.oneIn(3) ? ` offset=${random.of(["0", "1", "0x10", "65_536"])}` : "";
        const align = random.oneIn(3) ? ` align=${isAtomic ? accessBytes : 2 ** random.below(Math.log2(accessBytes) + 1)}` : "";
        return `${memory}${offset.trimStart()}${align}`;
      };
    case "lane":
      return (random) => String(random.below(laneCount(name)));
    case "lanes":
      return (random) => Array.from({ length: 16 }, () => random.below(32)).join(" ");
    case "i32":
    case "i64":
    case "f32":
    case "f64":
      return (random) => random.of(numbers[immediate]!);
    case "v128":
      return (random) => random.of(v128);
    default:
      return undefined;
  }
}

/** Lanes of the vectors that an instruction takes apart: `i8x16.extract_lane_s`, `v128.load8_lane`. */
function laneCount(name: string): number {
  const [, ofShape, width] = /x(\d+)\.|(?:load|store)(\d+)_lane/.exec(name) ?? [];
  return ofShape === undefined ? 128 / Number(width) : Number(ofShape);
}

/** Values nest no deeper than this. */
const deepest = 5;

class Generator {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  module(): string {
    const functions = Array.from({ length: 1 + this.#random.below(3) }, () => this.#function());
    return `(module${environment}\n${functions.join("\n")})\n`;
  }

  #function(): string {
    const result = this.#random.of(["", "i32", "i64", "f32", "f64", "v128", "externref", "(ref null $s)", "(ref $t)"]);
    const body = `${this.#statements(0)} ${result === "" ? "" : this.#value(result, 0)}`;
    return `  (func ${functionHead} ${result === "" ? "" : `(result ${result}) `}${functionLocals}\n    ${body})`;
  }

  #statements(depth: number): string {
    return Array.from({ length: this.#random.below(5) }, () => this.#statement(depth)).join("\n    ");
  }

  #statement(depth: number): string {
    const random = this.#random;
    const label = `$l${depth}`;
    const inner = (): string => (depth < deepest ? this.#statements(depth + 1) : "");
    switch (random.below(14)) {
      case 0:
        return `block ${label} ${inner()} ${this.#value("i32", depth + 1)} br_if ${label} end ${label}`;
      case 1:
        return `(loop ${label} ${inner()} (br_if ${label} ${this.#folded("i32", depth + 1)}))`;
      case 2:
        return `(if ${this.#folded("i32", depth + 1)} (then ${inner()}) (else ${inner()}))`;
      case 3:
        return `${this.#value("i32", depth + 1)} if ${inner()} else ${inner()} end`;
      case 4:
        return `block $w block $h (result i32) try_table (catch $tag $h) (catch_all $w) ${inner()} end ${this.#value("i32", depth + 1)} end drop end`;
      case 5:
        return `block (block ${inner()} (br_table 0 1 0 ${this.#folded("i32", depth + 1)})) end`;
      case 6:
        return `(block (throw $tag ${this.#folded("i32", depth + 1)}))`;
      case 7:
        return `(block ${inner()} unreachable ${inner()})`;
      case 8:
        return `(drop (block (result anyref) (br_on_cast 0 anyref (ref $t) ${this.#folded("anyref", depth + 1)})))`;
      case 9:
        return `(block (drop (br_on_null 0 ${this.#folded("(ref null $s)", depth + 1)})))`;
      default:
        return this.#shaped("", depth);
    }
  }

  /** Instructions that leave one value of a type. */
  #value(type: string, depth: number): string {
    return this.#shaped(type, depth);
  }

  /** A value as one parenthesised form. */
  #folded(type: string, depth: number): string {
    return this.#shaped(type, depth, true);
  }

  #shaped(result: string, depth: number, mustFold = false): string {
    const random = this.#random;
    const all = shapes.get(result)!;
    const shape = random.of(depth < deepest ? all : leaves(all));
    const head = shape.head(random);
    const isBlock = head.startsWith("block");
    // Further lines of a head are instructions behind it, which cannot stand in its parentheses.
    const folds = mustFold || random.oneIn(2);
    const [first = "", ...behind] = head.split("\n");
    const operands = shape.operands.map((type) => (folds ? this.#folded(type, depth + 1) : this.#value(type, depth + 1)));
    if (behind.length > 0 && folds) return behind.reduce((inside, outer) => `(${outer} ${inside})`, `(${first} ${operands.join(" ")})`);
    if (folds) return `(${[first, ...operands].join(" ")})`;
    if (isBlock) return `${first} ${operands.join(" ")} end`;
    return [...operands, first, ...behind].join(" ");
  }
}

/** Those that are done soonest. */
function leaves(all: readonly Shape[]): readonly Shape[] {
  const fewest = Math.min(...all.map(({ operands }) => operands.length));
  return all.filter(({ operands }) => operands.length === fewest);
}

/** A module with one to three functions that instructions of all kinds stand in. */
export function generatedModule(random: Random): string {
  return new Generator(random).module();
}
