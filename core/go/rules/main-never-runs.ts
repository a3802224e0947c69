/** `func main` of a reactor: it has to be there, but nothing calls it (runtime/proc.go, `isarchive || islibrary`). */
import { hasExports, isEmpty, mainFunction, type GoLint } from "./lint.ts";

export const mainNeverRuns: GoLint = {
  code: "main-never-runs",
  check(context, report) {
    const main = mainFunction(context);
    if (context.kind !== "reactor" || main?.file !== context.file || isEmpty(main.declaration)) return;
    // Without exports it is a command, whatever the setting says of the other packages.
    if (!hasExports(context)) return;
    report({
      span: main.declaration.name.span,
      severity: "warning",
      message: "main of a reactor never runs",
      advice: [
        "The host calls _initialize, which runs init functions alone: move this code to func init, or to an export that the host calls.",
      ],
    });
  },
};
