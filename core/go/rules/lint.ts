/** What a lint gets and what it gives: a check of things that the compiler does not report, or that end in its crash. */
import type { Span } from "#core/text/positions.ts";
import type { BuildTarget } from "../source/build-constraints.ts";
import type { FuncDeclaration, GoFile } from "../source/syntax.ts";
import type { PackageSource } from "../types/package.ts";
import { borderFunctions, genericName } from "./border.ts";
import type { BorderFunction, RelatedPlace, RuleContext } from "./rule.ts";

/** How the program is built; "undecided" is for WASI, as a command or as a reactor. */
export type ProgramKind = "command" | "reactor" | "undecided" | "js" | "host";

/** "error" is for what the linker or the engine refuses; everything else is advice of our own. */
export type LintSeverity = "error" | "warning" | "hint";

export interface GoLint {
  readonly code: string;
  check(context: LintContext, report: (finding: LintFinding) => void): void;
}

export interface LintFinding {
  /** UTF-16 offsets into the checked file's text. */
  readonly span: Span;
  readonly severity: LintSeverity;
  readonly message: string;
  /** Lines that say why and what to do. */
  readonly advice: readonly string[];
  readonly related?: readonly RelatedPlace[];
}

/** A finding with its lint. */
export interface LintProblem extends LintFinding {
  readonly code: string;
}

/** A package of the same program; its files that have directives. */
export interface ProgramPart {
  readonly importPath: string | undefined;
  readonly files: readonly GoFile[];
}

export interface LintContext extends RuleContext {
  readonly kind: ProgramKind;
  /** The machine's own platform. */
  readonly host: BuildTarget;
  readonly source: PackageSource;
  /** The other packages of the programs that the checked one is linked into. */
  program(): readonly ProgramPart[];
}

/** The first Go whose compiler knows `//go:wasmexport`. */
export const exportsSince = 24;

/** Functions of the checked file that the host can call. */
export function exportedInFile(context: LintContext): BorderFunction[] {
  return context.borderInFile.filter((border) => isExported(border) && genericName(border.declaration) === undefined);
}

export function isExported({ declaration, importing, exporting }: BorderFunction): boolean {
  return exporting !== undefined && importing === undefined && declaration.body !== undefined && declaration.receiver === undefined;
}

/** The word of a directive that names the export. */
export function exportName({ exporting }: BorderFunction): { readonly text: string; readonly span: Span } {
  return exporting!.words[0]!;
}

/** Whether any package of the program has exports. */
export function hasExports(context: LintContext): boolean {
  return allBorders(context).some(isExported);
}

/** Whether the program can call out to its host, which can then call in. */
export function callsHost(context: LintContext): boolean {
  return allBorders(context).some(({ importing }) => importing !== undefined);
}

function allBorders(context: LintContext): BorderFunction[] {
  return [...context.border, ...context.program().flatMap(({ files }) => files.flatMap(borderFunctions))];
}

/** `func main` of a main package. */
export function mainFunction({ package: { identity, members } }: RuleContext): { file: GoFile; declaration: FuncDeclaration } | undefined {
  const main = identity.name === "main" ? members.get("main") : undefined;
  return main?.kind === "func" ? main : undefined;
}

/** A body with nothing between its braces. */
export function isEmpty({ body }: FuncDeclaration): boolean {
  return body !== undefined && body.to - body.from <= 2;
}
