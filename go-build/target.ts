/** Which of Go's two targets for WebAssembly a package is built for. */
import type { GoTarget } from "./command.ts";

/** What is to be tried, for the launch attribute `host`. A package for WASI can also be one for JavaScript: WASI comes first. */
export function targetsOf(host: string | undefined): readonly [GoTarget, GoTarget?] {
  if (host === "js") return ["js"];
  if (host === "wasip1") return ["wasip1"];
  return ["wasip1", "js"];
}

/**
 * Whether the go command refuses to build for WASI because the package, or one that it imports, is for JavaScript only: it imports
 * `syscall/js`, or its build constraints leave no file (go/build `NoGoError`).
 */
export function needsJavaScript(messages: string): boolean {
  return /^\s*(?:imports |package )\S+: build constraints exclude all Go files in /m.test(messages);
}
