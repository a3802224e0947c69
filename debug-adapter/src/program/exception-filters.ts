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
    description: "Stops where a program in Go, Rust, Zig or TinyGo is about to end by a panic. Deferred functions of Go have run.",
    default: true,
  },
  {
    filter: "abort",
    label: "Aborts",
    description:
      "Stops where a program in C, C++ or AssemblyScript calls abort: a failed assertion, std::terminate, an exception that nothing catches.",
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

/** How the message of the trap begins that the import `abort` of AssemblyScript makes; the engine's own messages never do. */
export const abortPrefix = "abort: ";

export function filterOf(exception: ExceptionText): ExceptionFilter {
  if (trapNames.has(exception.name) && exception.message.startsWith(abortPrefix)) return "abort";
  return trapNames.has(exception.name) ? "trap" : "uncaught";
}
