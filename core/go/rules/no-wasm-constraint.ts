/** Directives in files that are built for other platforms too, or only for those: there they mean nothing. */
import { belongsToTarget } from "../source/build-constraints.ts";
import type { WasmDirective } from "../source/syntax.ts";
import type { GoLint, LintContext } from "./lint.ts";

export const noWasmConstraint: GoLint = {
  code: "no-wasm-constraint",
  check(context, report) {
    const taken = context.file.directives.filter(({ wellFormed, target }) => wellFormed && typeof target !== "string");
    if (context.isWasm) reportShared(context, taken, report);
    else {
      // A function without a body is the compiler's to report.
      const ignored = taken.filter(({ target }) => typeof target !== "string" && target.body !== undefined);
      for (const { span, kind } of ignored)
        report({
          span,
          severity: "warning",
          message: `go:${kind} is ignored for ${context.target.goos}/${context.target.goarch}`,
          advice: ["The directive counts for GOARCH=wasm alone: put //go:build wasm above the package clause, or name the file *_wasm.go."],
        });
    }
  },
};

/** Told once in a file: where the host's build fails, else where something is lost without a word. */
function reportShared(context: LintContext, taken: readonly WasmDirective[], report: Parameters<GoLint["check"]>[1]): void {
  // A program that uses syscall/js does not build for the host, and says so.
  if (taken.length === 0 || context.file.imports.some(({ path }) => path === "syscall/js")) return;
  if (!belongsToTarget(context.file.path, context.file.text, context.host)) return;
  const failing = context.hasForeignCode ? undefined : taken.find(isImport);
  const shown = failing ?? taken[0]!;
  const host = `${context.host.goos}/${context.host.goarch}`;
  report({
    span: shown.span,
    severity: "hint",
    message:
      failing === undefined
        ? `go:${shown.kind} is ignored where this file is built for ${host}`
        : `this file does not build for ${host}: missing function body`,
    advice: [
      "Nothing says that the file is for WebAssembly alone: put //go:build wasm above the package clause, or name the file *_wasm.go.",
    ],
  });
}

function isImport({ kind, target }: WasmDirective): boolean {
  return kind === "wasmimport" && typeof target !== "string" && target.body === undefined;
}
