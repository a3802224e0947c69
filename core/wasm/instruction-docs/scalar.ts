/** Numbers: arithmetic, comparisons and conversions of i32, i64, f32 and f64. */
import { applied, execution, numerics } from "./doc.ts";
import type { InstructionDoc, Operation } from "./doc.ts";

const divisor = "Traps if the divisor is 0.";
const quotient = "Traps if the divisor is 0, and if the smallest integer is divided by -1, because the result does not fit.";
const signed = "Both operands count as signed.";
const unsigned = "Both operands count as unsigned.";
const truth = "Gives 1 if so, else 0.";

// prettier-ignore
const integers: Readonly<Record<string, Operation>> = {
  add: { summary: "Adds two integers. A sum that does not fit wraps around.", anchor: "op-iadd", example: [["2", "3"], "5"] },
  sub: { summary: "Subtracts the second integer from the first. A difference that does not fit wraps around.", anchor: "op-isub", example: [["2", "3"], "-1"] },
  mul: { summary: "Multiplies two integers and keeps the low bits of the product.", anchor: "op-imul", example: [["6", "7"], "42"] },
  div_s: { summary: `Divides the first integer by the second, rounding toward zero. ${signed}`, traps: quotient, anchor: "op-idiv", example: [["-7", "2"], "-3"] },
  div_u: { summary: `Divides the first integer by the second, rounding down. ${unsigned}`, traps: divisor, anchor: "op-idiv", example: [["7", "2"], "3"] },
  rem_s: { summary: `Gives what a division of the first integer by the second leaves, with the sign of the first. ${signed}`, traps: divisor, anchor: "op-irem", example: [["-7", "2"], "-1"] },
  rem_u: { summary: `Gives what a division of the first integer by the second leaves. ${unsigned}`, traps: divisor, anchor: "op-irem", example: [["7", "2"], "1"] },
  and: { summary: "Combines two integers bit by bit: a bit is 1 if it is 1 in both.", anchor: "op-iand", example: [["0xc", "0xa"], "8"] },
  or: { summary: "Combines two integers bit by bit: a bit is 1 if it is 1 in at least one of them.", anchor: "op-ior", example: [["0xc", "0xa"], "14"] },
  xor: { summary: "Combines two integers bit by bit: a bit is 1 if it is 1 in just one of them.", anchor: "op-ixor", example: [["0xc", "0xa"], "6"] },
  shl: { summary: "Shifts the first integer to the left by the second, modulo its width in bits; zeros come in.", anchor: "op-ishl", example: [["1", "4"], "16"] },
  shr_s: { summary: "Shifts the first integer to the right by the second, modulo its width in bits; copies of the sign come in.", anchor: "op-ishr", example: [["-16", "2"], "-4"] },
  shr_u: { summary: "Shifts the first integer to the right by the second, modulo its width in bits; zeros come in.", anchor: "op-ishr", example: [["16", "2"], "4"] },
  rotl: { summary: "Rotates the first integer to the left by the second, modulo its width in bits: what leaves on one side comes in on the other.", anchor: "op-irotl", example: [["3", "1"], "6"] },
  rotr: { summary: "Rotates the first integer to the right by the second, modulo its width in bits: what leaves on one side comes in on the other.", anchor: "op-irotr", example: [["6", "1"], "3"] },
  clz: { summary: "Counts the zero bits above the highest bit that is 1. Of 0 these are all bits.", anchor: "op-iclz" },
  ctz: { summary: "Counts the zero bits below the lowest bit that is 1. Of 0 these are all bits.", anchor: "op-ictz", example: [["8"], "3"] },
  popcnt: { summary: "Counts the bits that are 1.", anchor: "op-ipopcnt", example: [["7"], "3"] },
  eqz: { summary: `Asks whether an integer is 0. ${truth}`, anchor: "op-ieqz", example: [["0"], "1"] },
  eq: { summary: `Asks whether two integers are equal. ${truth}`, anchor: "op-ieq", example: [["2", "2"], "1"] },
  ne: { summary: `Asks whether two integers differ. ${truth}`, anchor: "op-ine", example: [["2", "2"], "0"] },
  lt_s: { summary: `Asks whether the first integer is less than the second. ${signed} ${truth}`, anchor: "op-ilt", example: [["-1", "1"], "1"] },
  lt_u: { summary: `Asks whether the first integer is less than the second. ${unsigned} ${truth}`, anchor: "op-ilt", example: [["-1", "1"], "0"] },
  gt_s: { summary: `Asks whether the first integer is greater than the second. ${signed} ${truth}`, anchor: "op-igt", example: [["-1", "1"], "0"] },
  gt_u: { summary: `Asks whether the first integer is greater than the second. ${unsigned} ${truth}`, anchor: "op-igt", example: [["-1", "1"], "1"] },
  le_s: { summary: `Asks whether the first integer is at most the second. ${signed} ${truth}`, anchor: "op-ile", example: [["-1", "1"], "1"] },
  le_u: { summary: `Asks whether the first integer is at most the second. ${unsigned} ${truth}`, anchor: "op-ile", example: [["-1", "1"], "0"] },
  ge_s: { summary: `Asks whether the first integer is at least the second. ${signed} ${truth}`, anchor: "op-ige", example: [["-1", "1"], "0"] },
  ge_u: { summary: `Asks whether the first integer is at least the second. ${unsigned} ${truth}`, anchor: "op-ige", example: [["-1", "1"], "1"] },
  extend8_s: { summary: "Takes the low 8 bits of an integer as signed, and extends them to the whole width.", anchor: "op-iextendn", example: [["0xff"], "-1"] },
  extend16_s: { summary: "Takes the low 16 bits of an integer as signed, and extends them to the whole width.", anchor: "op-iextendn", example: [["0xffff"], "-1"] },
  extend32_s: { summary: "Takes the low 32 bits of an integer as signed, and extends them to the whole width.", anchor: "op-iextendn", example: [["0xffff_ffff"], "-1"] },
};

const rounded = "The result is rounded to the nearest float, ties to even.";
const nanFalse = "A NaN compares as neither less, equal nor greater.";

// prettier-ignore
const floats: Readonly<Record<string, Operation>> = {
  abs: { summary: "Clears the sign of a float. Of a NaN, too, whose other bits stay.", anchor: "op-fabs", example: [["-1.5"], "1.5"] },
  neg: { summary: "Turns the sign of a float. Of a NaN, too, whose other bits stay.", anchor: "op-fneg", example: [["1.5"], "-1.5"] },
  ceil: { summary: "Rounds a float up to a whole number.", anchor: "op-fceil", example: [["1.2"], "2"] },
  floor: { summary: "Rounds a float down to a whole number.", anchor: "op-ffloor", example: [["1.8"], "1"] },
  trunc: { summary: "Rounds a float toward zero to a whole number, which stays a float.", anchor: "op-ftrunc", example: [["-1.8"], "-1"] },
  nearest: { summary: "Rounds a float to the nearest whole number; one that is halfway between two goes to the even one.", anchor: "op-fnearest", example: [["2.5"], "2"] },
  sqrt: { summary: `Gives the square root of a float; of a negative one a NaN. ${rounded}`, anchor: "op-fsqrt", example: [["9"], "3"] },
  add: { summary: `Adds two floats. ${rounded}`, anchor: "op-fadd", example: [["1.5", "2"], "3.5"] },
  sub: { summary: `Subtracts the second float from the first. ${rounded}`, anchor: "op-fsub", example: [["1.5", "2"], "-0.5"] },
  mul: { summary: `Multiplies two floats. ${rounded}`, anchor: "op-fmul", example: [["1.5", "2"], "3"] },
  div: { summary: `Divides the first float by the second; by 0 it gives an infinity or a NaN. ${rounded}`, anchor: "op-fdiv", example: [["1", "4"], "0.25"] },
  min: { summary: "Gives the smaller of two floats; a NaN if one of them is a NaN. -0 is smaller than 0.", anchor: "op-fmin", example: [["1", "2"], "1"] },
  max: { summary: "Gives the larger of two floats; a NaN if one of them is a NaN. 0 is larger than -0.", anchor: "op-fmax", example: [["1", "2"], "2"] },
  copysign: { summary: "Gives the first float with the sign of the second.", anchor: "op-fcopysign", example: [["1.5", "-2"], "-1.5"] },
  eq: { summary: `Asks whether two floats are equal; 0 and -0 are. ${nanFalse} ${truth}`, anchor: "op-feq", example: [["0", "-0"], "1"] },
  ne: { summary: `Asks whether two floats differ; a NaN differs from everything. ${truth}`, anchor: "op-fne", example: [["nan", "nan"], "1"] },
  lt: { summary: `Asks whether the first float is less than the second. ${nanFalse} ${truth}`, anchor: "op-flt", example: [["1", "2"], "1"] },
  gt: { summary: `Asks whether the first float is greater than the second. ${nanFalse} ${truth}`, anchor: "op-fgt", example: [["1", "2"], "0"] },
  le: { summary: `Asks whether the first float is at most the second. ${nanFalse} ${truth}`, anchor: "op-fle", example: [["1", "2"], "1"] },
  ge: { summary: `Asks whether the first float is at least the second. ${nanFalse} ${truth}`, anchor: "op-fge", example: [["1", "2"], "0"] },
};

const wideLink = "https://github.com/WebAssembly/wide-arithmetic/blob/main/proposals/wide-arithmetic/Overview.md";
const halves = "Each number of 128 bits is two i64, the low half first.";

// prettier-ignore
const wide: Readonly<Record<string, string>> = {
  "i64.add128": `Adds two integers of 128 bits; the sum wraps around. ${halves}`,
  "i64.sub128": `Subtracts the second integer of 128 bits from the first; the difference wraps around. ${halves}`,
  "i64.mul_wide_s": `Multiplies two signed i64 and gives all 128 bits of the product. ${halves}`,
  "i64.mul_wide_u": `Multiplies two unsigned i64 and gives all 128 bits of the product. ${halves}`,
};

const conversion = /^(i32|i64|f32|f64)\.(wrap|extend|trunc_sat|trunc|convert|demote|promote|reinterpret)_(i32|i64|f32|f64)(?:_([su]))?$/;

/** Operands and results of conversions, by operation and sign. */
const conversionExamples: Readonly<Record<string, readonly [operand: string, result: string]>> = {
  wrap: ["0x1_0000_0005", "5"],
  extend_s: ["-1", "-1"],
  extend_u: ["-1", "4294967295"],
  trunc_s: ["-1.9", "-1"],
  trunc_u: ["1.9", "1"],
  trunc_sat_s: ["nan", "0"],
  trunc_sat_u: ["-5", "0"],
  convert_s: ["-2", "-2"],
  convert_u: ["2", "2"],
  demote: ["1.5", "1.5"],
  promote: ["1.5", "1.5"],
};
const reinterpretExamples: Readonly<Record<string, readonly [operand: string, result: string]>> = {
  f32: ["1", "1065353216"],
  f64: ["1", "4607182418800017408"],
  i32: ["0x3f80_0000", "1"],
  i64: ["0x3ff0_0000_0000_0000", "1"],
};

/** `undefined` where the name is none of these. */
export function scalarDoc(name: string): InstructionDoc | undefined {
  const [type = "", operation = ""] = name.split(".");
  if (wide[name] !== undefined) return { summary: wide[name], link: wideLink };
  if (type !== "i32" && type !== "i64" && type !== "f32" && type !== "f64") return undefined;
  if (operation === "const") return constantDoc(type);
  const row = type.startsWith("i") ? integers[operation] : floats[operation];
  if (row !== undefined) return operationDoc(name, type, operation, row);
  const parts = conversion.exec(name);
  return parts === null ? undefined : conversionDoc(name, type, parts[2]!, parts[3]!, parts[4] ?? "");
}

function constantDoc(type: "i32" | "i64" | "f32" | "f64"): InstructionDoc {
  const isInteger = type.startsWith("i");
  const bits = type.slice(1);
  const summary = isInteger
    ? `Gives an integer of ${bits} bits. It may be written signed or unsigned, in decimal or hexadecimal, with \`_\` between digits.`
    : `Gives a float of ${bits} bits. It may be written in decimal or hexadecimal, as \`inf\`, \`nan\`, or \`nan:0x…\` with a payload.`;
  return { summary, example: { code: `(${type}.const 42)`, type, result: "42" }, link: `${execution}const` };
}

const comparisons: ReadonlySet<string> = new Set(["eqz", "eq", "ne", "lt", "gt", "le", "ge"]);

function operationDoc(name: string, type: "i32" | "i64" | "f32" | "f64", operation: string, row: Operation): InstructionDoc {
  const resultType = comparisons.has(operation.replace(/_[su]$/, "")) ? "i32" : type;
  const width = type.slice(1);
  const [operands, result] = row.example ?? [["1"], String(Number(width) - 1)];
  return {
    summary: row.summary,
    ...(row.traps === undefined ? {} : { traps: row.traps }),
    example: { code: applied(name, type, operands), type: resultType, result },
    link: numerics + row.anchor,
  };
}

function conversionDoc(name: string, type: "i32" | "i64" | "f32" | "f64", operation: string, from: string, sign: string): InstructionDoc {
  const key = sign === "" ? operation : `${operation}_${sign}`;
  const [operand, result] = operation === "reinterpret" ? reinterpretExamples[from]! : conversionExamples[key]!;
  const example = { code: applied(name, from, [operand]), type, result };
  const link = numerics + (operation === "trunc_sat" ? "op-trunc-sat" : `op-${operation}`);
  const kind = sign === "s" ? "signed" : "unsigned";
  const unfit = `Traps if the number is a NaN or infinite, or if the whole number does not fit a ${kind} ${type}.`;
  switch (operation) {
    case "wrap":
      return { summary: "Keeps the low 32 bits of an i64.", example, link };
    case "extend":
      return { summary: `Extends an i32, taken as ${kind}, to an i64 of the same value.`, example, link };
    case "trunc":
      return { summary: `Rounds an ${from} toward zero to a ${kind} integer.`, traps: unfit, example, link };
    case "trunc_sat":
      return { summary: `Rounds an ${from} toward zero to a ${kind} integer. One that does not fit becomes the smallest or largest ${type}, a NaN becomes 0.`, example, link }; // prettier-ignore
    case "convert":
      return { summary: `Gives the ${type} that is nearest to a ${kind} ${from}, ties to even.`, example, link };
    case "demote":
      return { summary: "Gives the f32 that is nearest to an f64; one that is too large becomes an infinity.", example, link };
    case "promote":
      return { summary: "Gives the f64 of the same value as an f32.", example, link };
    default:
      return { summary: `Takes the bits of an ${from} as an ${type}, unchanged.`, example, link };
  }
}
