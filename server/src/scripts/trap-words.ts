/** What V8 says of a trap, for the words that scripts use for it. */

/** By the start of the script's message. V8's words: src/common/message-template.h, "kTrap". */
const words: readonly (readonly [expected: string, actual: RegExp])[] = [
  ["unreachable", /unreachable/],
  ["integer divide by zero", /(?:divide|remainder) by zero/],
  ["integer overflow", /unrepresentable/],
  ["invalid conversion to integer", /unrepresentable/],
  ["out of bounds memory access", /memory access out of bounds|data segment .*out of bounds|memory index is out of bounds/],
  [
    "out of bounds table access",
    /table (?:index|access|or element).*out of bounds|element segment .*out of bounds|table index is out of bounds/,
  ],
  ["out of bounds array access", /(?:array|segment) .*out of bounds/],
  ["undefined element", /table index is out of bounds|null function/],
  ["uninitialized element", /null function|dereferencing a null pointer/],
  ["indirect call type mismatch", /null function or function signature mismatch/],
  ["cast failure", /illegal cast/],
  ["unaligned atomic", /unaligned accesses/],
  ["expected shared memory", /shared memory/],
  ["null", /dereferencing a null pointer|null/],
];

/**
 * Whether an engine's message of a trap is what a script expects. A message that is not known fits everything, and so do those of engines
 * with other words than V8's: of these, only that it trapped is known.
 */
export function isExpectedTrap(expected: string, actual: string, isV8 = speaksAsV8()): boolean {
  const known = words.find(([start]) => expected.startsWith(start));
  return known === undefined || !isV8 || known[1].test(actual);
}

let answer: boolean | undefined;

/** Asks this engine, once, by a trap: in a browser there are others. */
function speaksAsV8(): boolean {
  answer ??= messageOfTrap() === "unreachable";
  return answer;
}

function messageOfTrap(): string | undefined {
  // (module (func (export "f") unreachable))
  const bytes = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0, 10, 5, 1, 3, 0, 0, 11);
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    (exports["f"] as () => void)();
    return undefined;
  } catch (error) {
    return error instanceof WebAssembly.RuntimeError ? error.message : undefined;
  }
}
