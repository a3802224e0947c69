/** Carries an offer out on the texts, and looks what the checker says then: only what truly helps is shown. */
import { ruleContext, type FileCheck } from "../check.ts";
import type { RuleContext } from "../rules/rule.ts";
import { parseGoFile } from "../source/parser.ts";
import type { GoFile } from "../source/syntax.ts";
import { MemoryRule } from "../types/memory.ts";
import { makePackage, type GoPackage, type PackageSource } from "../types/package.ts";
import { belongsToTarget } from "../source/build-constraints.ts";
import type { CreatedFile, Draft } from "./draft.ts";
import type { FixableProblem, FixRequest, Offer } from "./fix.ts";

/** The texts of some files of a check, replaced one after the other. */
export interface Outcome {
  /** By the file as it was at first. */
  readonly texts: ReadonlyMap<GoFile, string>;
  readonly created: readonly CreatedFile[];
}

export interface Trial {
  readonly check: FileCheck;
  readonly context: RuleContext;
  /** The file of the first check that a file of this one came from. */
  readonly origins: ReadonlyMap<GoFile, GoFile>;
  readonly created: readonly CreatedFile[];
}

/** All that is to be said about the checked file; `isGrave` for what keeps the program from being built or loaded. */
export type Judge = (context: RuleContext, check: FileCheck) => readonly { readonly problem: FixableProblem; readonly isGrave: boolean }[];

/** The recipes to call for what a fix brings to light. */
type Offers = (request: FixRequest) => readonly Offer[];

/** A fix may bring to light what the compiler would have said next about the same function; that is mended as well, so often. */
const maximalRounds = 6;

/** Structs that a type reaches and that a fix changes at once. */
const maximalStructs = 500;

export function firstTrial(check: FileCheck): Trial {
  return { check, context: fixContext(check), origins: new Map(), created: [] };
}

/** Where fixes are tried, and by whose judgement. */
export interface Trials {
  readonly trial: Trial;
  /** What is said about the file as it is. */
  readonly before: ReturnType<Judge>;
  readonly judge: Judge;
  readonly offersFor: Offers;
}

/** Undefined where the problem stays, or where others appear that cannot be mended. */
export function carryOut({ trial, before: said, judge, offersFor }: Trials, request: FixRequest, offer: Offer): Outcome | undefined {
  const before = counted(said);
  let current = withDraft(trial, offer.draft);
  for (let round = 0; round < maximalRounds; round++) {
    const problems = judge(current.context, current.check);
    const after = counted(problems);
    const key = keyOf(request.problem);
    const fresh = problems.find(
      ({ problem, isGrave }) => isGrave && (after.get(keyOf(problem)) ?? 0) > (before.get(keyOf(problem)) ?? 0),
    )?.problem;
    if (fresh === undefined) return (after.get(key) ?? 0) < (before.get(key) ?? 0) ? outcomeOf(current) : undefined;
    const next: FixRequest = {
      ...request,
      context: current.context,
      source: current.check.source,
      problem: fresh,
      isEditable: editableIn(current, request),
    };
    const further = offersFor(next).find((candidate) => candidate.preferred);
    if (further === undefined) return undefined;
    current = withDraft(current, further.draft);
  }
  return undefined;
}

function fixContext(check: FileCheck): RuleContext {
  return { ...ruleContext(check), memory: new MemoryRule(maximalStructs) };
}

function editableIn({ origins }: Trial, request: FixRequest): (file: GoFile) => boolean {
  return (file) => request.isEditable(origins.get(file) ?? file);
}

/** What a problem is, wherever it moves. */
function keyOf({ code, message, owner }: FixableProblem): string {
  return `${code} ${owner?.name.text ?? ""} ${message}`;
}

function counted(problems: ReturnType<Judge>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { problem } of problems) counts.set(keyOf(problem), (counts.get(keyOf(problem)) ?? 0) + 1);
  return counts;
}

export function withDraft({ check, origins, created }: Trial, draft: Draft): Trial {
  const fresh = new Map<GoFile, GoFile>();
  const nextOrigins = new Map(origins);
  for (const [file, text] of draft.finish()) {
    const parsed = parseGoFile(file.path, text);
    fresh.set(file, parsed);
    nextOrigins.set(parsed, origins.get(file) ?? file);
  }
  const added = draft.created.map(({ path, text }) => parseGoFile(path, text));
  const renewed = (file: GoFile): GoFile => fresh.get(file) ?? file;
  const kept = check.package.files.map(renewed).filter((file) => belongsToTarget(file.path, file.text, check.target));
  const more = added.filter((file) => belongsToTarget(file.path, file.text, check.target));
  const files = [...kept, ...more].sort((a, b) => (a.path < b.path ? -1 : 1));
  const next: FileCheck = {
    ...check,
    file: renewed(check.file),
    package: makePackage(files, check.package.identity.path),
    source: renewedSource(check.source, fresh),
  };
  const leftOut = !kept.includes(next.file);
  const context = fixContext(next);
  return {
    check: next,
    // A file that no longer belongs to the target has no problems there.
    context: leftOut ? { ...context, file: parseGoFile(next.file.path, "package p\n"), borderInFile: [] } : context,
    origins: nextOrigins,
    created: [...created, ...draft.created],
  };
}

function renewedSource(source: PackageSource, fresh: ReadonlyMap<GoFile, GoFile>): PackageSource {
  const known = new Map<GoPackage, GoPackage>();
  const origin = new Map([...fresh].map(([before, after]) => [after, before]));
  return {
    packageAt(importPath, importer) {
      const found = source.packageAt(importPath, origin.get(importer) ?? importer);
      if (found === undefined || !found.files.some((file) => fresh.has(file))) return found;
      let renewed = known.get(found);
      if (renewed === undefined) {
        renewed = makePackage(
          found.files.map((file) => fresh.get(file) ?? file),
          found.identity.path,
        );
        known.set(found, renewed);
      }
      return renewed;
    },
    nameOf: (importPath, importer) => source.nameOf(importPath, origin.get(importer) ?? importer),
  };
}

export function outcomeOf({ origins, created }: Trial): Outcome {
  const texts = new Map<GoFile, string>();
  for (const [file, origin] of origins) texts.set(origin, file.text);
  return { texts, created };
}
