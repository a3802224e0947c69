/** All rules, in the order in which the compiler would come to them, and all lints. */
import { argumentTooLarge } from "./argument-too-large.ts";
import { genericBody } from "./generic-body.ts";
import { duplicateSymbol } from "./duplicate-symbol.ts";
import { goTooOld } from "./go-too-old.ts";
import { ignoredDirective } from "./ignored-directive.ts";
import { importBody } from "./import-body.ts";
import { initBody } from "./init-body.ts";
import { linkerSymbolName } from "./linker-symbol-name.ts";
import type { GoLint } from "./lint.ts";
import { mainNeverRuns } from "./main-never-runs.ts";
import { methodExport } from "./method-export.ts";
import { misplacedDirective } from "./misplaced-directive.ts";
import { missingBody } from "./missing-body.ts";
import { noWasmConstraint } from "./no-wasm-constraint.ts";
import { redeclaredExport } from "./redeclared-export.ts";
import { reservedExportName } from "./reserved-export-name.ts";
import type { GoRule } from "./rule.ts";
import { tooManyResults } from "./too-many-results.ts";
import { tooManyWasmParameters } from "./too-many-wasm-parameters.ts";
import { uncallableExport } from "./uncallable-export.ts";
import { unkeptResult } from "./unkept-result.ts";
import { unsupportedParameter } from "./unsupported-parameter.ts";
import { unsupportedResult } from "./unsupported-result.ts";
import { usage } from "./usage.ts";

export const goRules: readonly GoRule[] = [
  usage,
  misplacedDirective,
  genericBody,
  initBody,
  importBody,
  missingBody,
  methodExport,
  argumentTooLarge,
  unsupportedParameter,
  tooManyResults,
  unsupportedResult,
  redeclaredExport,
];

export const goLints: readonly GoLint[] = [
  reservedExportName,
  linkerSymbolName,
  duplicateSymbol,
  tooManyWasmParameters,
  ignoredDirective,
  goTooOld,
  noWasmConstraint,
  uncallableExport,
  mainNeverRuns,
  unkeptResult,
];
