/** Export names that the linker uses itself: the module has the name twice, and no engine takes it (cmd/link/internal/wasm/asm.go). */
import { exportName, exportedInFile, type GoLint, type LintSeverity, type ProgramKind } from "./lint.ts";

const severities: Readonly<Record<ProgramKind, Readonly<Record<string, LintSeverity>>>> = {
  command: { memory: "error", _start: "error", _initialize: "warning" },
  reactor: { memory: "error", _initialize: "error", _start: "warning" },
  undecided: { memory: "error", _start: "error", _initialize: "warning" },
  js: { run: "error", resume: "error", getsp: "error", mem: "error" },
  host: {},
};

export const reservedExportName: GoLint = {
  code: "reserved-export-name",
  check(context, report) {
    const names = severities[context.kind];
    for (const border of exportedInFile(context)) {
      const { text, span } = exportName(border);
      const severity = Object.hasOwn(names, text) ? names[text] : undefined;
      if (severity === undefined) continue;
      report({
        span,
        severity,
        message:
          severity === "error"
            ? `duplicate export name ${text}: no engine accepts the module`
            : `a host takes a module that exports ${text} for another kind of module`,
        advice: [
          reason(text, severity, context.kind),
          `Give the export another name, such as ${suggestion(border.declaration.name.text, text)}.`,
        ],
      });
    }
  },
};

function reason(name: string, severity: LintSeverity, kind: ProgramKind): string {
  if (severity !== "error")
    return name === "_start"
      ? "_start is the entry of a WASI command, this is a reactor."
      : "_initialize is the entry of a WASI reactor, this is a command.";
  return `The linker exports ${name} itself${kind === "js" ? " for wasm_exec.js" : ""}; go build does not notice.`;
}

function suggestion(functionName: string, reserved: string): string {
  return functionName === reserved || functionName === "_" ? `${functionName.replace(/^_+/u, "")}Export` : functionName;
}
