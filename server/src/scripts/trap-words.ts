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

/** Whether V8's message of a trap is what a script expects. A message that is not known fits everything. */
export function isExpectedTrap(expected: string, actual: string): boolean {
  const known = words.find(([start]) => expected.startsWith(start));
  return known === undefined || known[1].test(actual);
}
