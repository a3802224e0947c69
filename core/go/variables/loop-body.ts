/** The body of a loop over a function (`for x := range seq`), which the compiler makes a function of its own inside of that with the loop. */

/**
 * Name of the function whose source has the loop; `undefined`: `name` is of no such body. Of loops inside of each other, each body is named by
 * that one function (cmd/compile/internal/ir/func.go `closureName`).
 */
export function loopFunction(name: string): string | undefined {
  return /^(.+?)(?:-range\d+)+$/.exec(name)?.[1];
}
