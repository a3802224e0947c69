/** What scripts expect of wrong modules, in the words of the specification's test suite, and what that means in ours. */
import type { BinaryFault } from "#core/wasm/strict/reader.ts";
import type { WatCode } from "../problem.ts";

/** Codes that a message stands for, by its start. Source: WebAssembly/spec, test/core, and interpreter/valid/valid.ml. */
export const reasons: readonly (readonly [message: string, codes: readonly WatCode[]])[] = [
  ["unknown operator", ["unknown-instruction", "unexpected-token", "bad-number", "missing-space"]],
  ["malformed UTF-8", ["bad-utf8"]],
  // Where we say which parenthesis or block is not closed, the suite's parser has met the end, or what cannot stand there.
  [
    "unexpected token",
    ["unexpected-token", "unmatched-paren", "unclosed-paren", "missing-end", "unmatched-end", "missing-space", "inline-type-mismatch"],
  ],
  ["alignment", ["bad-alignment"]],
  ["constant out of range", ["constant-out-of-range"]],
  // The suite says so of lanes that are too large, and of lanes that are missing or are no lane numbers.
  ["i8 constant out of range", ["constant-out-of-range", "unexpected-token", "lane-count"]],
  ["illegal character", ["illegal-character"]],
  ["inline function type", ["inline-type-mismatch"]],
  ["mismatching label", ["mismatching-label"]],
  ["wrong number of lane literals", ["lane-count"]],
  ["invalid lane length", ["lane-count"]],
  // A line break ends a string.
  ["empty annotation id", ["empty-annotation-id", "unclosed-string"]],
  // A control character in a quoted name has a message of its own.
  ["empty identifier", ["empty-identifier", "illegal-character", "unclosed-string"]],
  ["unclosed annotation", ["unclosed-annotation"]],
  // Strings end with their line, so the annotation around it has no end either.
  ["unclosed string", ["unclosed-string", "unclosed-annotation"]],
  ["import after", ["import-after-definition"]],
  ["duplicate export name", ["duplicate-export"]],
  ["duplicate", ["duplicate-name"]],
  ["multiple start sections", ["multiple-starts"]],

  ["unknown label", ["unknown-label"]],
  ["unknown local", ["unknown-local"]],
  ["unknown type", ["unknown-type"]],
  ["unknown function", ["unknown-func"]],
  ["unknown table", ["unknown-table"]],
  ["unknown memory", ["unknown-memory"]],
  ["unknown global", ["unknown-global"]],
  ["unknown tag", ["unknown-tag"]],
  ["unknown elem segment", ["unknown-elem"]],
  ["unknown data segment", ["unknown-data"]],

  ["type mismatch", ["type-mismatch"]],
  ["array types do not match", ["array-mismatch"]],
  ["array type is not numeric or vector", ["array-mismatch"]],
  ["invalid result arity", ["select-results"]],
  ["uninitialized local", ["uninitialized-local"]],
  ["undeclared function reference", ["undeclared-reference"]],
  ["immutable", ["immutable"]],
  ["constant expression required", ["constant-required"]],
  ["invalid lane index", ["lane-out-of-range"]],
  ["offset out of range", ["offset-out-of-range"]],
  ["sub type", ["invalid-subtype"]],
  ["non-empty tag result type", ["tag-results"]],
  ["start function", ["start-type"]],
  ["size minimum must not be greater than maximum", ["minimum-over-maximum"]],
  ["memory size", ["size-too-large"]],
  ["table size", ["size-too-large"]],
  ["shared memory must have maximum", ["shared-without-maximum"]],
];

/**
 * As {@link reasons}, for malformed modules in the binary format. Where the bytes end too early depends on what a decoder looks at first, so
 * the suite has several messages for it.
 */
export const binaryReasons: readonly (readonly [message: string, faults: readonly BinaryFault[]])[] = [
  ["magic header not detected", ["preamble"]],
  ["unknown binary version", ["preamble"]],
  ["malformed section id", ["section-id"]],
  ["unexpected content after last section", ["section-order"]],
  ["section size mismatch", ["size", "opcode", "counts"]],
  ["unexpected end", ["size", "preamble"]],
  ["length out of bounds", ["size"]],
  // Of an `else` without `if`.
  ["END opcode expected", ["size", "opcode"]],
  ["integer representation too long", ["number"]],
  ["integer too large", ["number"]],
  ["malformed UTF-8 encoding", ["utf8"]],
  ["malformed import kind", ["encoding"]],
  // A flag of the custom page sizes proposal is malformed for the suite, and for us lacks the page size behind it.
  ["malformed limits flags", ["encoding", "size"]],
  ["malformed mutability", ["encoding"]],
  ["malformed reference type", ["encoding"]],
  ["malformed memop flags", ["memory-argument"]],
  ["illegal opcode", ["opcode"]],
  ["data count", ["counts"]],
  ["function and code section have inconsistent lengths", ["counts"]],
  ["too many locals", ["locals"]],
];

/** Something found in a module of which something else may have been expected. */
export interface Finding {
  readonly code: WatCode;
  readonly message: string;
  /** Of a binary module that is malformed: how. */
  readonly fault?: BinaryFault;
}

/** Why what was found is not what the script expects; `undefined` where it is. `assertion` is `assert_invalid` or `assert_malformed`. */
export function unmetExpectation(assertion: string, expected: string, found: readonly Finding[]): string | undefined {
  const [first] = found;
  if (first === undefined) {
    const what = assertion === "assert_malformed" ? "well-formed" : "valid";
    return `The module is ${what}, but here something wrong is expected of it: "${expected}".`;
  }
  if (isExpected(expected, found)) return undefined;
  return `The module is wrong for another reason than "${expected}": ${first.message}`;
}

/** Also where nothing is known about what is expected. */
function isExpected(expected: string, found: readonly Finding[]): boolean {
  if (found.some(({ fault }) => fault !== undefined)) {
    const faults = binaryReasons.find(([start]) => expected.startsWith(start))?.[1];
    return found.some(({ fault }) => fault !== undefined && (faults === undefined || faults.includes(fault)));
  }
  const codes = reasons.find(([start]) => expected.startsWith(start))?.[1];
  return codes === undefined || found.some(({ code }) => codes.includes(code));
}
