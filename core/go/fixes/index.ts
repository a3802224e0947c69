/** All recipes, those with the better answer first, and what they offer for a problem. */
import type { FileCheck } from "../check.ts";
import { problemsOf } from "../check.ts";
import type { GoFile } from "../source/syntax.ts";
import { buildConstraint } from "./build-constraint.ts";
import { changesOf, type FileChanges } from "./changes.ts";
import { exportName } from "./export-name.ts";
import type { FixableProblem, FixRequest, Offer, Recipe } from "./fix.ts";
import { fieldsInPlace } from "./fields-in-place.ts";
import { hostLayout } from "./host-layout.ts";
import { ignoredDirective } from "./ignored-directive.ts";
import { idleMain } from "./idle-main.ts";
import { importBody } from "./import-body.ts";
import { integersInPlace } from "./integers-in-place.ts";
import { keptResult } from "./kept-result.ts";
import { misplacedDirective } from "./misplaced-directive.ts";
import { missingBody } from "./missing-body.ts";
import { usage } from "./usage.ts";
import { carryOut, firstTrial, type Judge } from "./verify.ts";
import { waitingMain } from "./waiting-main.ts";
import { wrapper } from "./wrapper.ts";

export const recipes: readonly Recipe[] = [
  usage,
  misplacedDirective,
  ignoredDirective,
  importBody,
  missingBody,
  buildConstraint,
  exportName,
  keptResult,
  waitingMain,
  idleMain,
  hostLayout,
  fieldsInPlace,
  integersInPlace,
  wrapper,
];

export interface GoFix extends FileChanges {
  readonly title: string;
  readonly kind: "quickfix" | "refactor.rewrite";
  readonly preferred: boolean;
}

export interface FixOptions {
  /** Files of the user's module: the standard library and the module cache are not changed. */
  readonly isEditable: (file: GoFile) => boolean;
  /** What is said about a file; without one, what the compiler says. */
  readonly judge?: Judge;
}

const compilersWords: Judge = (context) => problemsOf(context).map((problem) => ({ problem, isGrave: true }));

/** The fixes for one of the check's problems. Each takes the problem away and brings none that keeps the program from being built. */
export function fixesFor(check: FileCheck, problem: FixableProblem, options: FixOptions): GoFix[] {
  return fixFinder(check, options)(problem);
}

/** As {@link fixesFor}, for several problems of one check. */
export function fixFinder(check: FileCheck, { isEditable, judge = compilersWords }: FixOptions): (problem: FixableProblem) => GoFix[] {
  const trial = firstTrial(check);
  const before = judge(trial.context, check);
  return (problem) => {
    const request: FixRequest = { context: trial.context, source: check.source, problem, isEditable };
    const fixes: GoFix[] = [];
    const outcomes = new Set<string>();
    for (const offer of offersFor(request)) {
      const outcome = carryOut({ trial, before, judge, offersFor }, request, offer);
      // Two ways to the same texts are one choice.
      const identity = outcome === undefined ? "" : JSON.stringify([[...outcome.texts.values()].sort(byText), outcome.created]);
      if (outcome === undefined || outcomes.has(identity)) continue;
      outcomes.add(identity);
      const preferred = offer.preferred && !fixes.some((fix) => fix.preferred);
      fixes.push({ title: offer.title, kind: offer.kind, preferred, ...changesOf(outcome) });
    }
    return fixes;
  };
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function offersFor(request: FixRequest): Offer[] {
  return recipes.filter((recipe) => recipe.codes.includes(request.problem.code)).flatMap((recipe) => recipe.offer(request));
}
