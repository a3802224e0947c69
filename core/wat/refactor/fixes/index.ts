/** The fixes of problems beside those of spelling; a new one is a file and a line here. */
import type { WatDocument, WatProblem } from "../../document.ts";
import { addMut } from "./add-mut.ts";
import { addResults } from "./add-results.ts";
import { naturalAlignment } from "./natural-alignment.ts";
import { packedAccess } from "./packed-access.ts";
import type { FixFinder, ProblemFix } from "./problem-fix.ts";

const finders: readonly FixFinder[] = [naturalAlignment, packedAccess, addMut, addResults];

/** What can be done about a problem of a document. */
export function problemFixes(document: WatDocument, problem: WatProblem): ProblemFix[] {
  return finders.flatMap((find) => find(document, problem));
}
