/** The body of a loop over a function (`for x := range seq`), which the compiler makes a function of its own inside of that with the loop. */

const suffix = "-range";

/**
 * Name of the function whose source has the loop; `undefined`: `name` is of no such body. Of loops inside of each other, each body is named by
 * that one function and a number (cmd/compile/internal/ir/func.go `closureName`).
 */
export function loopFunction(name: string): string | undefined {
  let end = name.length;
  for (let start = suffixStart(name, end); start > 0; start = suffixStart(name, end)) end = start;
  return end < name.length ? name.slice(0, end) : undefined;
}

/** Where the suffix with its number begins that ends at `end`; -1: there is none. */
function suffixStart(name: string, end: number): number {
  let digits = end;
  while (digits > 0 && name[digits - 1]! >= "0" && name[digits - 1]! <= "9") digits--;
  return digits < end && name.endsWith(suffix, digits) ? digits - suffix.length : -1;
}
