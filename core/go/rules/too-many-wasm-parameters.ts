/** An export with more than 16 WebAssembly parameters crashes the compiler, which has no more registers for them (cmd/internal/obj/wasm). */
import { underlying } from "../types/types.ts";
import { argumentTooLarge } from "./argument-too-large.ts";
import { parametersOf } from "./border.ts";
import { exportedInFile, type GoLint } from "./lint.ts";

const limit = 16;

export const tooManyWasmParameters: GoLint = {
  code: "too-many-wasm-parameters",
  check(context, report) {
    let tooLarge: Set<unknown> | undefined;
    for (const border of exportedInFile(context)) {
      const shapes = parametersOf(context, border).map(({ type }) => underlying(type));
      const count = shapes.reduce((sum, shape) => sum + (shape.kind === "basic" && shape.name === "string" ? 2 : 1), 0);
      if (count <= limit) continue;
      // Where they are also too large, the compiler says so before it comes to the registers.
      tooLarge ??= ownersOf(context);
      if (tooLarge.has(border.declaration)) continue;
      report({
        span: border.declaration.name.span,
        severity: "error",
        message: "internal compiler error: panic: bad Get: invalid register",
        advice: [
          `The parameters take ${count} WebAssembly values, a string two of them, and the compiler crashes beyond ${limit}.`,
          "Pass one pointer to a struct that holds them, with _ structs.HostLayout as its first field.",
        ],
      });
    }
  },
};

function ownersOf(context: Parameters<typeof argumentTooLarge.check>[0]): Set<unknown> {
  const owners = new Set<unknown>();
  argumentTooLarge.check(context, ({ owner }) => owners.add(owner));
  return owners;
}
