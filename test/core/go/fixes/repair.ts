/** Applies fixes to the files of a corpus case, and goes on until nothing is left to fix. */
import { checkFile } from "#core/go/check.ts";
import { fixesFor, type GoFix } from "#core/go/fixes/index.ts";
import { applyChanges } from "#core/go/fixes/text-change.ts";
import type { GoProblem } from "#core/go/rules/rule.ts";
import type { GoFile } from "#core/go/source/syntax.ts";
import { goFileCheck, type GoFileCheck } from "#go-check/diagnostics.ts";
import { documentsOf, optionsFor, type CorpusCase } from "../../../server/go/corpus.ts";

export interface FoundProblem {
  readonly path: string;
  readonly check: GoFileCheck;
  readonly problem: GoProblem;
}

/** The problems of all files of a case, as the checker sees them with the whole module at hand. */
export function problemsIn(corpusCase: CorpusCase): FoundProblem[] {
  const found: FoundProblem[] = [];
  for (const { path } of documentsOf(corpusCase).values()) {
    if (!path.endsWith(".go")) continue;
    const document = documentsOf(corpusCase).get(path)!;
    const check = goFileCheck(document, optionsFor(corpusCase, path, "module"));
    if (check !== undefined) for (const problem of checkFile(check)) found.push({ path, check, problem });
  }
  return found;
}

/** Files of the case's own module, which alone have documents. */
function isEditable({ documents }: GoFileCheck): (file: GoFile) => boolean {
  return (file) => documents.has(file);
}

export function fixesOf({ check, problem }: FoundProblem): GoFix[] {
  return fixesFor(check, problem, { isEditable: isEditable(check) });
}

/** The case with a fix in its files. */
export function withFix(corpusCase: CorpusCase, fix: GoFix): CorpusCase {
  const files = { ...corpusCase.files };
  for (const [file, changes] of fix.changes) files[file.path] = applyChanges(file.text, changes);
  for (const { path, text } of fix.created) files[path] = text;
  return { ...corpusCase, files };
}

/** What is left when preferred fixes (else first ones) are applied until there are none; the problems without any are returned. */
export function repaired(corpusCase: CorpusCase): { readonly result: CorpusCase; readonly left: readonly FoundProblem[] } {
  let current = corpusCase;
  for (let round = 0; round < 200; round++) {
    const problems = problemsIn(current);
    let next: CorpusCase | undefined;
    for (const found of problems) {
      const fixes = fixesOf(found);
      const fix = fixes.find((candidate) => candidate.preferred) ?? fixes[0];
      if (fix === undefined) continue;
      next = withFix(current, fix);
      break;
    }
    if (next === undefined) return { result: current, left: problems };
    current = next;
  }
  throw new Error(`the fixes of ${corpusCase.id} go in circles`);
}

/** The outcome of each fix of each problem, with what else has to be fixed in the case. */
export function outcomesOf(cases: readonly CorpusCase[]): { outcomes: CorpusCase[]; complaints: string[] } {
  const outcomes = new Map<string, CorpusCase>();
  const complaints: string[] = [];
  for (const corpusCase of cases) {
    for (const found of problemsIn(corpusCase)) {
      const fixes = fixesOf(found);
      const about = `${corpusCase.id} ${found.problem.message}`;
      if (fixes.filter(({ preferred }) => preferred).length !== 1) complaints.push(`${about}: not one preferred fix`);
      for (const fix of fixes) {
        const { result, left } = repaired(withFix(corpusCase, fix));
        if (left.length > 0) complaints.push(`${about} => ${fix.title}: left ${left.map(({ problem }) => problem.message).join(", ")}`);
        else outcomes.set(JSON.stringify(result.files), { ...result, id: `${about} => ${fix.title}` });
      }
    }
  }
  return { outcomes: [...outcomes.values()], complaints };
}
