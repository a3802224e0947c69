/** What a recipe gets and what it gives. One recipe is one file; `index.ts` lists them. */
import type { Span } from "#core/text/positions.ts";
import type { RuleContext } from "../rules/rule.ts";
import type { FuncDeclaration, GoFile } from "../source/syntax.ts";
import type { PackageSource } from "../types/package.ts";
import type { Draft } from "./draft.ts";

/** What a rule or a lint has found. */
export interface FixableProblem {
  readonly code: string;
  /** UTF-16 offsets into the checked file's text. */
  readonly span: Span;
  readonly message: string;
  /** The function it is about, where it says. */
  readonly owner?: FuncDeclaration | undefined;
}

export interface FixRequest {
  readonly context: RuleContext;
  readonly source: PackageSource;
  readonly problem: FixableProblem;
  /** Files of the user's module: the standard library and the module cache are not changed. */
  readonly isEditable: (file: GoFile) => boolean;
}

export interface Offer {
  /** What it does, as the menu of the editor shows it. */
  readonly title: string;
  /** A rewrite is a choice of design rather than the obvious repair. */
  readonly kind: "quickfix" | "refactor.rewrite";
  /** The one right answer; of several offers for a problem the first such one counts. */
  readonly preferred: boolean;
  readonly draft: Draft;
}

export interface Recipe {
  /** Codes of the problems that it can mend. */
  readonly codes: readonly string[];
  readonly offer: (request: FixRequest) => readonly Offer[];
}

export function quickFix(title: string, draft: Draft, preferred = true): Offer {
  return { title, kind: "quickfix", preferred, draft };
}

/** The border function that the problem is about, by its owner or by where it stands. */
export function ownerOf({ context: { file }, problem: { owner, span } }: FixRequest): FuncDeclaration | undefined {
  if (owner !== undefined) return owner;
  const holding = file.functions.find((declaration) => declaration.span.start <= span.start && span.end <= declaration.span.end);
  if (holding !== undefined) return holding;
  const directive = file.directives.find((candidate) => candidate.span.start <= span.start && span.end <= candidate.span.end);
  return directive === undefined || typeof directive.target === "string" ? undefined : directive.target;
}
