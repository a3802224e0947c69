/** An imported function has its body in the host. */
import type { GoRule } from "./rule.ts";

export const importBody: GoRule = {
  code: "import-body",
  phase: 2,
  check({ file, borderInFile }, report) {
    for (const { declaration, importing } of borderInFile) {
      if (importing === undefined || declaration.body === undefined) continue;
      const { starts, ends } = file.tokens;
      report({
        span: { start: starts[declaration.body.from]!, end: ends[declaration.body.to - 1]! },
        message: "can only use //go:wasmimport with external func implementations",
        advice: [`Delete the body: the host gives ${declaration.name.text}. To give it to the host instead, use //go:wasmexport.`],
        position: declaration.position,
        owner: declaration,
        related: [{ file, span: importing.span, message: "The directive that imports it" }],
      });
    }
  },
};
