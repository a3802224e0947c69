/** All rules, in the order in which the compiler would come to them. */
import { argumentTooLarge } from "./argument-too-large.ts";
import { genericBody } from "./generic-body.ts";
import { importBody } from "./import-body.ts";
import { initBody } from "./init-body.ts";
import { methodExport } from "./method-export.ts";
import { misplacedDirective } from "./misplaced-directive.ts";
import { missingBody } from "./missing-body.ts";
import { redeclaredExport } from "./redeclared-export.ts";
import type { GoRule } from "./rule.ts";
import { tooManyResults } from "./too-many-results.ts";
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
