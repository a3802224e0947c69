/** A function without a body that neither the host nor assembly defines. */
import type { FuncDeclaration } from "../source/syntax.ts";
import type { GoRule, RuleContext } from "./rule.ts";

export const missingBody: GoRule = {
  code: "missing-body",
  phase: 2,
  check(context, report) {
    if (context.hasForeignCode) return;
    for (const declaration of context.file.functions) {
      if (declaration.body !== undefined || !declaration.signature.complete || declaration.name.text === "_") continue;
      if (context.file.linknames.has(declaration.name.text) || isImported(context, declaration)) continue;
      report({
        span: declaration.name.span,
        message: "missing function body",
        advice: [advice(context, declaration)],
        position: declaration.position,
        owner: declaration,
      });
    }
  },
};

function isImported({ borderInFile }: RuleContext, declaration: FuncDeclaration): boolean {
  return borderInFile.some((border) => border.declaration === declaration && border.importing !== undefined);
}

function advice({ file, isWasm, borderInFile }: RuleContext, declaration: FuncDeclaration): string {
  const name = declaration.name.text;
  const inert = file.directives.some((directive) => directive.kind === "wasmimport" && directive.target === declaration);
  if (!isWasm && inert) {
    return "//go:wasmimport means nothing on this target: put //go:build wasm above the package clause, or move the function to a file named *_wasm.go.";
  }
  const exported = borderInFile.some((border) => border.declaration === declaration);
  return exported ? "An exported function needs a body in Go." : `Give it a body, or import it from the host: //go:wasmimport env ${name}.`;
}
