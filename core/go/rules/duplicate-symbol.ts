/** One export name in two packages of a program: the linker refuses it, and does not say where (cmd/link/internal/loader). */
import { borderFunctions, genericName } from "./border.ts";
import { exportName, exportedInFile, isExported, type GoLint, type LintContext } from "./lint.ts";
import type { BorderFunction } from "./rule.ts";

export const duplicateSymbol: GoLint = {
  code: "duplicate-symbol",
  check(context, report) {
    const exported = exportedInFile(context);
    if (exported.length === 0) return;
    const others = otherExports(context);
    for (const border of exported) {
      const { text, span } = exportName(border);
      const other = others.get(text);
      if (other === undefined) continue;
      report({
        span,
        severity: "error",
        message: `duplicated definition of symbol ${text}`,
        advice: [
          `${other.importPath ?? "Another package"} of the same program exports ${text} too, and the linker takes a name once: give one of them another name.`,
        ],
        related: [
          {
            file: other.border.file,
            span: exportName(other.border).span,
            message: `${other.border.declaration.name.text} has the same export name`,
          },
        ],
      });
    }
  },
};

function otherExports(context: LintContext): Map<string, { importPath: string | undefined; border: BorderFunction }> {
  const found = new Map<string, { importPath: string | undefined; border: BorderFunction }>();
  for (const { importPath, files } of context.program()) {
    for (const border of files.flatMap(borderFunctions)) {
      if (isExported(border) && genericName(border.declaration) === undefined) found.set(exportName(border).text, { importPath, border });
    }
  }
  return found;
}
