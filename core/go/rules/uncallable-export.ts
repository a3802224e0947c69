/** Exports of a program that has ended before its host could call them. */
import { callsHost, exportedInFile, isEmpty, isExported, mainFunction, type GoLint } from "./lint.ts";

export const uncallableExport: GoLint = {
  code: "uncallable-export",
  check(context, report) {
    const main = mainFunction(context);
    if (main === undefined || (context.kind !== "command" && context.kind !== "js")) return;
    // One mistake of the program, told at its first export.
    const first = context.border.find(isExported);
    const here = exportedInFile(context).find((border) => border === first);
    if (here === undefined) return;
    const related = [{ file: main.file, span: main.declaration.name.span, message: "The program ends when main returns" }];
    if (context.kind === "js") {
      if (!isEmpty(main.declaration)) return;
      report({
        span: here.exporting!.span,
        severity: "warning",
        message: "the program ends before its exports can be called",
        advice: ["main returns at once, and wasm_exec.js then drops the instance: keep main waiting, with select {}."],
        related,
      });
    } else if (!callsHost(context)) {
      report({
        span: here.exporting!.span,
        severity: "warning",
        message: "nobody can call the exports of this command",
        advice: [
          "A host may call them only while _start runs, and the program never gives control to it: it imports nothing with //go:wasmimport.",
          "Build a reactor: go build -buildmode=c-shared, and set goWasm.go.target to wasip1-reactor.",
        ],
        related,
      });
    }
  },
};
