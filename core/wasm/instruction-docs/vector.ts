/** Vectors of 128 bits: fixed-width and relaxed SIMD. */
import { execution, numerics } from "./doc.ts";
import type { InstructionDoc, InstructionExample } from "./doc.ts";

const shape = /^(i8x16|i16x8|i32x4|i64x2|f32x4|f64x2)\.(.+)$/;
const relaxedNote = "Where a case is marked so in the specification, engines may give different results.";

interface LaneOperation {
  readonly summary: string;
  readonly anchor: string;
  /** Numbers for all lanes of the operands, and the number in each lane of the result. */
  readonly example?: readonly [operands: readonly string[], result: string];
}

const all = "All bits of the lane are 1 if so, else 0.";

// prettier-ignore
const integerLanes: Readonly<Record<string, LaneOperation>> = {
  add: { summary: "adds; sums that do not fit wrap around", anchor: "op-iadd", example: [["2", "3"], "5"] },
  sub: { summary: "subtracts; differences that do not fit wrap around", anchor: "op-isub", example: [["2", "3"], "-1"] },
  mul: { summary: "multiplies and keeps the low bits", anchor: "op-imul", example: [["6", "7"], "42"] },
  add_sat_s: { summary: "adds signed numbers; sums that do not fit become the smallest or largest number", anchor: "op-iadd-sat", example: [["2", "3"], "5"] },
  add_sat_u: { summary: "adds unsigned numbers; sums that do not fit become the largest number", anchor: "op-iadd-sat", example: [["2", "3"], "5"] },
  sub_sat_s: { summary: "subtracts signed numbers; differences that do not fit become the smallest or largest number", anchor: "op-isub-sat", example: [["2", "3"], "-1"] },
  sub_sat_u: { summary: "subtracts unsigned numbers; differences below 0 become 0", anchor: "op-isub-sat", example: [["2", "3"], "0"] },
  min_s: { summary: "gives the smaller of two signed numbers", anchor: "op-imin", example: [["-1", "1"], "-1"] },
  min_u: { summary: "gives the smaller of two unsigned numbers", anchor: "op-imin", example: [["-1", "1"], "1"] },
  max_s: { summary: "gives the larger of two signed numbers", anchor: "op-imax", example: [["-1", "1"], "1"] },
  max_u: { summary: "gives the larger of two unsigned numbers", anchor: "op-imax", example: [["-1", "1"], "-1"] },
  avgr_u: { summary: "gives the mean of two unsigned numbers, rounded up", anchor: "op-iavgr", example: [["2", "3"], "3"] },
  abs: { summary: "gives the number without its sign; the smallest number stays as it is", anchor: "op-iabs", example: [["-5"], "5"] },
  neg: { summary: "turns the sign; the smallest number stays as it is", anchor: "op-ineg", example: [["5"], "-5"] },
  popcnt: { summary: "counts the bits that are 1", anchor: "op-ipopcnt", example: [["7"], "3"] },
  q15mulr_sat_s: { summary: "multiplies signed fractions of 15 bits, rounds, and takes the largest number where the product does not fit", anchor: "op-iq15mulrsat", example: [["16384", "16384"], "8192"] },
  relaxed_q15mulr_s: { summary: `multiplies signed fractions of 15 bits and rounds. ${relaxedNote}`, anchor: "op-irelaxed-q15mulr-s" },
  eq: { summary: `asks whether two numbers are equal. ${all}`, anchor: "op-ieq", example: [["2", "2"], "-1"] },
  ne: { summary: `asks whether two numbers differ. ${all}`, anchor: "op-ine", example: [["2", "2"], "0"] },
  lt_s: { summary: `asks whether the first signed number is less than the second. ${all}`, anchor: "op-ilt", example: [["-1", "1"], "-1"] },
  lt_u: { summary: `asks whether the first unsigned number is less than the second. ${all}`, anchor: "op-ilt", example: [["-1", "1"], "0"] },
  gt_s: { summary: `asks whether the first signed number is greater than the second. ${all}`, anchor: "op-igt", example: [["-1", "1"], "0"] },
  gt_u: { summary: `asks whether the first unsigned number is greater than the second. ${all}`, anchor: "op-igt", example: [["-1", "1"], "-1"] },
  le_s: { summary: `asks whether the first signed number is at most the second. ${all}`, anchor: "op-ile", example: [["-1", "1"], "-1"] },
  le_u: { summary: `asks whether the first unsigned number is at most the second. ${all}`, anchor: "op-ile", example: [["-1", "1"], "0"] },
  ge_s: { summary: `asks whether the first signed number is at least the second. ${all}`, anchor: "op-ige", example: [["-1", "1"], "0"] },
  ge_u: { summary: `asks whether the first unsigned number is at least the second. ${all}`, anchor: "op-ige", example: [["-1", "1"], "-1"] },
  relaxed_laneselect: { summary: `chooses bits of the first or second vector by the third. ${relaxedNote}`, anchor: "op-irelaxed-laneselect" },
};

// prettier-ignore
const floatLanes: Readonly<Record<string, LaneOperation>> = {
  add: { summary: "adds", anchor: "op-fadd", example: [["1.5", "2"], "3.5"] },
  sub: { summary: "subtracts", anchor: "op-fsub", example: [["1.5", "2"], "-0.5"] },
  mul: { summary: "multiplies", anchor: "op-fmul", example: [["1.5", "2"], "3"] },
  div: { summary: "divides", anchor: "op-fdiv", example: [["1", "4"], "0.25"] },
  abs: { summary: "clears the sign", anchor: "op-fabs", example: [["-1.5"], "1.5"] },
  neg: { summary: "turns the sign", anchor: "op-fneg", example: [["1.5"], "-1.5"] },
  sqrt: { summary: "takes the square root; of negative numbers a NaN", anchor: "op-fsqrt", example: [["9"], "3"] },
  ceil: { summary: "rounds up to a whole number", anchor: "op-fceil", example: [["1.2"], "2"] },
  floor: { summary: "rounds down to a whole number", anchor: "op-ffloor", example: [["1.8"], "1"] },
  trunc: { summary: "rounds toward zero to a whole number", anchor: "op-ftrunc", example: [["-1.8"], "-1"] },
  nearest: { summary: "rounds to the nearest whole number, ties to even", anchor: "op-fnearest", example: [["2.5"], "2"] },
  min: { summary: "gives the smaller number; a NaN if one of the two is a NaN", anchor: "op-fmin", example: [["1", "2"], "1"] },
  max: { summary: "gives the larger number; a NaN if one of the two is a NaN", anchor: "op-fmax", example: [["1", "2"], "2"] },
  pmin: { summary: "gives the second number if it is less than the first, else the first", anchor: "op-fpmin", example: [["1", "2"], "1"] },
  pmax: { summary: "gives the second number if the first is less, else the first", anchor: "op-fpmax", example: [["1", "2"], "2"] },
  eq: { summary: `asks whether two numbers are equal. ${all}`, anchor: "op-feq" },
  ne: { summary: `asks whether two numbers differ. ${all}`, anchor: "op-fne" },
  lt: { summary: `asks whether the first number is less than the second. ${all}`, anchor: "op-flt" },
  gt: { summary: `asks whether the first number is greater than the second. ${all}`, anchor: "op-fgt" },
  le: { summary: `asks whether the first number is at most the second. ${all}`, anchor: "op-fle" },
  ge: { summary: `asks whether the first number is at least the second. ${all}`, anchor: "op-fge" },
  relaxed_madd: { summary: `multiplies the first two and adds the third, rounding once or twice. ${relaxedNote}`, anchor: "op-frelaxed-madd" },
  relaxed_nmadd: { summary: `multiplies the first two, turns the sign and adds the third, rounding once or twice. ${relaxedNote}`, anchor: "op-frelaxed-nmadd" },
  relaxed_min: { summary: `gives the smaller number. ${relaxedNote}`, anchor: "op-frelaxed-min" },
  relaxed_max: { summary: `gives the larger number. ${relaxedNote}`, anchor: "op-frelaxed-max" },
};

// prettier-ignore
const wholes: Readonly<Record<string, LaneOperation>> = {
  "v128.not": { summary: "Turns all 128 bits.", anchor: "op-inot" },
  "v128.and": { summary: "Combines two vectors bit by bit: a bit is 1 if it is 1 in both.", anchor: "op-iand", example: [["12", "10"], "8"] },
  "v128.andnot": { summary: "Combines two vectors bit by bit: a bit is 1 if it is 1 in the first and 0 in the second.", anchor: "op-iandnot", example: [["12", "10"], "4"] },
  "v128.or": { summary: "Combines two vectors bit by bit: a bit is 1 if it is 1 in at least one of them.", anchor: "op-ior", example: [["12", "10"], "14"] },
  "v128.xor": { summary: "Combines two vectors bit by bit: a bit is 1 if it is 1 in just one of them.", anchor: "op-ixor", example: [["12", "10"], "6"] },
  "v128.bitselect": { summary: "Takes each bit from the first vector where the third has 1, and from the second where it has 0.", anchor: "op-ibitselect", example: [["12", "10", "4"], "14"] },
};

/** `undefined` where the name is none of these. */
export function vectorDoc(name: string): InstructionDoc | undefined {
  const whole = wholes[name];
  if (whole !== undefined) {
    const summary = { summary: whole.summary, link: numerics + whole.anchor };
    return whole.example === undefined ? summary : { ...summary, example: laneExample(name, "i32x4", whole.example) };
  }
  if (name.startsWith("v128.")) return v128Doc(name);
  const parts = shape.exec(name);
  if (parts === null) return undefined;
  const [, lanes, operation] = parts as unknown as [string, string, string];
  return laneDoc(name, lanes, operation) ?? shapeDoc(name, lanes, operation);
}

function laneDoc(name: string, lanes: string, operation: string): InstructionDoc | undefined {
  const row = lanes.startsWith("i") ? integerLanes[operation] : floatLanes[operation];
  if (row === undefined) return undefined;
  const summary = `${capitalized(wordsOf(lanes))}, lane by lane: ${row.summary}${row.summary.endsWith(".") ? "" : "."}`;
  const example = row.example === undefined ? undefined : laneExample(name, lanes, row.example);
  return { summary, link: numerics + row.anchor, ...(example === undefined ? {} : { example }) };
}

/** `16 lanes of 8 bits` */
function wordsOf(lanes: string): string {
  const [width = "", count = ""] = lanes.slice(1).split("x");
  return lanes.startsWith("i") ? `${count} integers of ${width} bits` : `${count} floats of ${width} bits`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Type of a lane on the stack. */
function laneType(lanes: string): InstructionExample["type"] {
  if (lanes === "i64x2") return "i64";
  return lanes.startsWith("i") ? "i32" : (lanes.slice(0, 3) as "f32" | "f64");
}

function extracted(lanes: string): string {
  return lanes === "i8x16" || lanes === "i16x8" ? `${lanes}.extract_lane_s` : `${lanes}.extract_lane`;
}

function splat(lanes: string, number: string): string {
  return `(${lanes}.splat (${laneType(lanes)}.const ${number}))`;
}

function laneExample(name: string, lanes: string, [operands, result]: NonNullable<LaneOperation["example"]>): InstructionExample {
  const code = `(${extracted(lanes)} 0 (${name} ${operands.map((operand) => splat(lanes, operand)).join(" ")}))`;
  return { code, type: laneType(lanes), result };
}

const memoryFields = '(memory 1) (data (i32.const 0) "\\01\\02\\03\\04\\05\\06\\07\\08")';
const traps = "Traps if any of the bytes is outside of the memory.";

function first(code: string, result: string): InstructionExample {
  return { code: `(i8x16.extract_lane_u 0 ${code})`, type: "i32", result, fields: memoryFields };
}

function v128Doc(name: string): InstructionDoc | undefined {
  const at = "The address is the operand plus `offset`.";
  const here = `(${name} (i32.const 0))`;
  if (name === "v128.load")
    return { summary: `Reads 16 bytes from memory. ${at}`, traps, link: `${execution}vload-val`, example: first(here, "1") };
  if (name === "v128.store") {
    const code = `(v128.store (i32.const 16) ${splat("i8x16", "5")}) (i32.load8_u (i32.const 31))`;
    return { summary: "Writes 16 bytes to memory. Operands: the address, to which `offset` is added, then the vector.", traps, link: `${execution}vstore`, example: { code, type: "i32", result: "5", fields: "(memory 1)" } }; // prettier-ignore
  }
  if (name === "v128.const") return { summary: "Gives a vector, written as a shape and the numbers in its lanes.", link: `${execution}vconst`, example: { code: "(i32x4.extract_lane 2 (v128.const i32x4 0 1 2 3))", type: "i32", result: "2" } }; // prettier-ignore
  if (name === "v128.any_true") return { summary: "Asks whether any of the 128 bits is 1. Gives 1 if so, else 0.", link: `${execution}vvtestop`, example: { code: "(v128.any_true (v128.const i32x4 0 0 1 0))", type: "i32", result: "1" } }; // prettier-ignore
  const pack = /^v128\.load(8x8|16x4|32x2)_([su])$/.exec(name);
  if (pack !== null) {
    const [bits = "", count = ""] = pack[1]!.split("x");
    const kind = pack[2] === "s" ? "signed" : "unsigned";
    return { summary: `Reads ${count} integers of ${bits} bits from memory and extends each, taken as ${kind}, to twice its width. ${at}`, traps, link: `${execution}vload-pack`, example: first(here, "1") }; // prettier-ignore
  }
  const splats = /^v128\.load(\d+)_splat$/.exec(name);
  if (splats !== null) return { summary: `Reads ${splats[1]!} bits from memory and puts them into every lane of that width. ${at}`, traps, link: `${execution}vload-splat`, example: first(here, "1") }; // prettier-ignore
  const zero = /^v128\.load(\d+)_zero$/.exec(name);
  if (zero !== null) return { summary: `Reads ${zero[1]!} bits from memory into the lowest lane; the other bits are 0. ${at}`, traps, link: `${execution}vload-zero`, example: first(here, "1") }; // prettier-ignore
  const lane = /^v128\.(load|store)(\d+)_lane$/.exec(name);
  if (lane === null) return undefined;
  const bits = lane[2]!;
  if (lane[1] === "load") return { summary: `Reads ${bits} bits from memory into one lane of a vector; the other lanes stay. Operands: the address, then the vector.`, traps, link: `${execution}vload-lane`, example: first(`(${name} 0 (i32.const 1) ${splat("i8x16", "9")})`, "2") }; // prettier-ignore
  const code = `(${name} 0 (i32.const 16) ${splat("i8x16", "5")}) (i32.load8_u (i32.const 16))`;
  return { summary: `Writes one lane of ${bits} bits to memory. Operands: the address, then the vector.`, traps, link: `${execution}vstore-lane`, example: { code, type: "i32", result: "5", fields: "(memory 1)" } }; // prettier-ignore
}

/** Operations that change the shape or do not go lane by lane. */
function shapeDoc(name: string, lanes: string, operation: string): InstructionDoc | undefined {
  const words = wordsOf(lanes);
  const type = laneType(lanes);
  const numbers = (summary: string, anchor: string, code?: string, result = "", of = type): InstructionDoc => ({ summary, link: anchor.startsWith("op-") ? numerics + anchor : execution + anchor, ...(code === undefined ? {} : { example: { code, type: of, result } }) }); // prettier-ignore
  const sign = operation.endsWith("_s") ? "signed" : "unsigned";
  const [source = ""] = /[if]\d+x\d+/.exec(operation) ?? [];
  const of = source === "" ? "" : wordsOf(source);
  const half = operation.includes("high") ? "upper" : "lower";
  const kind = operation.replace(/_[if]\d+x\d+(?=_|$).*/, "").replace(/_[su]$/, "");
  const lane0 = (code: string): string => `(${extracted(lanes)} 0 ${code})`;
  switch (kind) {
    case "splat":
      return numbers(`Puts one number into all lanes: ${words}.`, "vsplat", lane0(splat(lanes, "7")), "7");
    case "extract_lane": {
      const how = lanes === "i8x16" || lanes === "i16x8" ? `, extended as ${sign}` : "";
      return numbers(`Gives the number in one lane (of ${words})${how}.`, "vextract-lane", `(${name} 1 ${splat(lanes, "7")})`, "7");
    }
    case "replace_lane":
      return numbers(`Puts a number into one lane (of ${words}); the other lanes stay.`, "vreplace-lane", lane0(`(${name} 0 ${splat(lanes, "7")} (${type}.const 9))`), "9"); // prettier-ignore
    case "shl":
      return numbers(`${capitalized(words)}: shifts each to the left by the i32, modulo their width; zeros come in.`, "op-ishl", lane0(`(${name} ${splat(lanes, "1")} (i32.const 4))`), "16"); // prettier-ignore
    case "shr":
      return numbers(`${capitalized(words)}: shifts each to the right by the i32, modulo their width; ${sign === "signed" ? "copies of the sign" : "zeros"} come in.`, "op-ishr", lane0(`(${name} ${splat(lanes, "16")} (i32.const 2))`), "4"); // prettier-ignore
    case "all_true":
      return numbers(`Asks whether all of ${words} differ from 0. Gives 1 if so, else 0.`, "vtestop", `(${name} ${splat(lanes, "1")})`, "1", "i32"); // prettier-ignore
    case "bitmask":
      return numbers(`Gathers the signs of ${words}: bit n is 1 where lane n is negative.`, "op-ivbitmask", `(${name} ${splat(lanes, "-1")})`, String(2 ** Number(lanes.split("x")[1]) - 1), "i32"); // prettier-ignore
    case "swizzle":
      return numbers("Builds a vector of bytes of the first vector, chosen by the bytes of the second; a choice above 15 gives 0.", "op-ivswizzle", lane0(`(${name} ${splat(lanes, "7")} ${splat(lanes, "3")})`), "7"); // prettier-ignore
    case "relaxed_swizzle":
      return numbers(
        `Builds a vector of bytes of the first vector, chosen by the bytes of the second. ${relaxedNote}`,
        "op-ivrelaxed-swizzle",
      );
    case "shuffle":
      return numbers("Builds a vector of 16 bytes of two vectors, chosen by the 16 numbers: 0 to 15 are bytes of the first, 16 to 31 of the second.", "op-ivshuffle", lane0(`(${name} 16 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 ${splat(lanes, "7")} ${splat(lanes, "9")})`), "9"); // prettier-ignore
    case "narrow":
      return numbers(`Puts two vectors of ${of} together as ${words}. Numbers that do not fit as ${sign} become the smallest or largest.`, "op-vnarrow", lane0(`(${name} ${splat(source, "5")} ${splat(source, "6")})`), "5"); // prettier-ignore
    case "extend_low":
    case "extend_high":
      return numbers(
        `Extends the ${half} half of ${of}, taken as ${sign}, to ${words}.`,
        "vcvtop",
        lane0(`(${name} ${splat(source, "5")})`),
        "5",
      );
    case "extadd_pairwise":
      return numbers(`Adds neighbours of ${of}, taken as ${sign}, which gives ${words}.`, "op-vextunop", lane0(`(${name} ${splat(source, "5")})`), "10"); // prettier-ignore
    case "extmul_low":
    case "extmul_high":
      return numbers(`Multiplies the ${half} halves of two vectors of ${of}, taken as ${sign}; the products are ${words}.`, "op-vextbinop", lane0(`(${name} ${splat(source, "6")} ${splat(source, "7")})`), "42"); // prettier-ignore
    case "dot":
      return numbers(`Multiplies two vectors of ${of} and adds neighbours of the products, which gives ${words}.`, "op-vextbinop", lane0(`(${name} ${splat(source, "2")} ${splat(source, "3")})`), "12"); // prettier-ignore
    case "relaxed_dot":
      return numbers(`Multiplies two vectors of bytes and adds neighbours of the products${operation.includes("add") ? ", and the third vector to these" : ""}. ${relaxedNote}`, operation.includes("add") ? "op-vextternop" : "op-vextbinop"); // prettier-ignore
    case "trunc_sat":
      return numbers(`Rounds ${of} toward zero to ${sign} integers of 32 bits. What does not fit becomes the smallest or largest, a NaN becomes 0.${operation.endsWith("zero") ? " The upper two lanes are 0." : ""}`, "op-trunc-sat", lane0(`(${name} ${splat(source, "1.9")})`), "1"); // prettier-ignore
    case "relaxed_trunc":
      return numbers(`Rounds ${of} toward zero to integers of 32 bits.${operation.endsWith("zero") ? " The upper two lanes are 0." : ""} ${relaxedNote}`, operation.includes("_s") ? "op-relaxed-trunc-s" : "op-relaxed-trunc-u"); // prettier-ignore
    case "convert":
    case "convert_low":
      return numbers(`Gives the ${words} that are nearest to ${kind === "convert" ? "" : "the lower half of "}${of}, taken as ${sign}.`, "op-convert", lane0(`(${name} ${splat(source, "2")})`), "2"); // prettier-ignore
    case "demote":
      return numbers("Gives the f32 that are nearest to two f64; the upper two lanes are 0.", "op-demote", lane0(`(${name} ${splat(source, "1.5")})`), "1.5"); // prettier-ignore
    case "promote_low":
      return numbers(
        "Gives the lower two of four f32 as f64 of the same value.",
        "op-promote",
        lane0(`(${name} ${splat(source, "1.5")})`),
        "1.5",
      );
    default:
      return undefined;
  }
}
