/** The refactorings of definitions; a new one is a file and a line here. */
import { expandImports, groupImports } from "./compact-imports.ts";
import { exportDefinition } from "./export-definition.ts";
import { exportsApart } from "./exports-apart.ts";
import { exportsInline } from "./exports-inline.ts";
import { extractFunction } from "./extract-function.ts";
import { extractType } from "./extract-type.ts";
import { importsApart, importsInline } from "./imports.ts";
import { inlineFunction } from "./inline-function.ts";
import { inlineType } from "./inline-type.ts";
import type { Refactor } from "./refactoring.ts";
import { useRefactorings } from "./use-refactorings.ts";

export const refactorings: readonly Refactor[] = [
  exportDefinition,
  exportsApart,
  exportsInline,
  importsApart,
  importsInline,
  expandImports,
  groupImports,
  extractType,
  inlineType,
  extractFunction,
  inlineFunction,
  ...useRefactorings,
];
