import type { ExceptionText } from "../engine/engine.ts";

/** What the client can choose to stop at. */
export const exceptionFilters = [
  {
    filter: "trap",
    label: "Traps",
    description: "Stops where WebAssembly traps: unreachable, division by zero, access out of bounds, stack overflow, a failed assertion.",
    default: true,
  },
  {
    filter: "uncaught",
    label: "Uncaught Errors of the Host",
    description: "Stops at errors in JavaScript that nothing catches.",
    default: false,
  },
  {
    filter: "unrecovered-panic",
    label: "Unrecovered Panics",
    description: "Stops where a Go program is about to end by a panic; its deferred functions have run.",
    default: true,
  },
  {
    filter: "runtime-fatal-throw",
    label: "Fatal Throws",
    description: "Stops where Go's runtime gives up, such as when all goroutines are asleep.",
    default: true,
  },
] as const;

export type ExceptionFilter = (typeof exceptionFilters)[number]["filter"];

/** V8 reports a stack overflow as `RangeError`, and throws the other traps as `RuntimeError`. */
const trapNames: ReadonlySet<string> = new Set([
  "RuntimeError",
  "RangeError",
  "WebAssembly.RuntimeError",
  "WebAssembly.Exception",
  "Exception",
]);

export function filterOf(exception: ExceptionText): ExceptionFilter {
  return trapNames.has(exception.name) ? "trap" : "uncaught";
}
