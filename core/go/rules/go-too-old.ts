/** `//go:wasmexport` for a compiler that does not know it, and so takes it for a comment. */
import { exportsSince, type GoLint } from "./lint.ts";

export const goTooOld: GoLint = {
  code: "go-too-old",
  check({ file, target, isWasm }, report) {
    if (!isWasm || target.minor >= exportsSince) return;
    for (const { kind, span } of file.directives) {
      if (kind !== "wasmexport") continue;
      report({
        span,
        severity: "warning",
        message: `go:wasmexport is ignored by Go 1.${target.minor}`,
        advice: ["The directive exists since Go 1.24: nothing is exported. Use a newer toolchain."],
      });
    }
  },
};
