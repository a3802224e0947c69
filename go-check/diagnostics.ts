/** Diagnostics of one Go document: what the compiler will say about its wasm directives. */
import { DiagnosticSeverity, type Diagnostic, type DiagnosticRelatedInformation } from "vscode-languageserver-types";
import { problemsOf, ruleContext, type FileCheck } from "#core/go/check.ts";
import { lintProblemsOf } from "#core/go/lint.ts";
import type { LintContext, LintProblem, LintSeverity, ProgramKind, ProgramPart } from "#core/go/rules/lint.ts";
import type { GoProblem, RuleContext } from "#core/go/rules/rule.ts";
import { belongsToTarget, isTestFile, targetKey, type BuildTarget } from "#core/go/source/build-constraints.ts";
import type { GoFile } from "#core/go/source/syntax.ts";
import { makePackage, type GoPackage, type PackageSource } from "#core/go/types/package.ts";
import { standardPackages } from "#core/go/types/standard.ts";
import type { GoDocument } from "./go-document.ts";

export interface GoCheckOptions {
  /** "auto": wasip1 where the file belongs to it, else js, else the host. */
  readonly target: "auto" | "wasip1" | "wasip1-reactor" | "js" | "host";
  /** Such as "1.26" or "go1.26.8"; "" is the newest known. */
  readonly goVersion: string;
  /** Build tags; none where they are left out. */
  readonly tags?: readonly string[];
  /** Other known files of the folder, assembly and C included (their text does not matter); may be empty. */
  readonly siblings: readonly GoDocument[];
  /** The folder cannot be looked into, so that there may be assembly or C beside the files that are known. */
  readonly mayHaveForeignCode?: boolean;
  /** Import path of the package, where it is known: some messages name it. */
  readonly importPath?: string;
  /**
   * Go files of another package as the file at `importer` imports it, where they are known; the same array while they stay
   * the same. Files for other targets, and tests where they are not asked for, may be left out.
   */
  readonly imports?: (importPath: string, importer: string, target: BuildTarget, withTests: boolean) => readonly GoDocument[] | undefined;
  /** The name in another package's clauses, without reading all of it. */
  readonly packageName?: (importPath: string, importer: string, target: BuildTarget) => string | undefined;
  /** The other packages of the programs that this one is linked into. */
  readonly program?: (target: BuildTarget) => readonly ProgramPackage[];
  /** What "host" stands for; linux on amd64 where it is not known. */
  readonly host?: { readonly goos: string; readonly goarch: string };
}

/** A package of the same program: its files for the target that have directives. */
export interface ProgramPackage {
  readonly importPath: string | undefined;
  readonly documents: readonly GoDocument[];
}

const newestMinor = 27;
const pages = "https://github.com/go-wasm/vscode-go-wasm/blob/main/docs/diagnostics";
/** Files that make the go command accept functions without a body (cmd/go/internal/work, `-complete`). */
const foreignFile = /\.(?:s|S|sx|c|cc|cpp|cxx|m|f|F|for|f90|swig|swigcxx|syso)$/u;

export function isForeignFile(path: string): boolean {
  return foreignFile.test(path);
}

/** Positions are UTF-16. A file that does not belong to the target has none. */
export function goDiagnostics(document: GoDocument, options: GoCheckOptions): Diagnostic[] {
  return goDocumentFindings(document, options).map(({ diagnostic }) => diagnostic);
}

/** As {@link goDiagnostics}, with the problems that they were made from. */
export function goDocumentFindings(document: GoDocument, options: GoCheckOptions): GoFinding[] {
  const check = goFileCheck(document, options);
  return check === undefined ? [] : goFindings(document, check, options);
}

/** What the file's package is compiled for when it is saved. Undefined where nothing says that it is meant for the target. */
export function compileTarget(document: GoDocument, options: GoCheckOptions): BuildTarget | undefined {
  const target = chooseTarget(document, options);
  if (options.target !== "auto" || target?.goarch !== "wasm") return options.target === "auto" ? undefined : target;
  const isMeant =
    !belongsToTarget(document.path, document.text, hostTarget(options)) ||
    [document, ...options.siblings].some(({ path, text }) => path.endsWith(".go") && /go:wasm|"syscall\/js"/u.test(text));
  return isMeant ? target : undefined;
}

/** What is wrong, and how it is told. */
export interface GoFinding {
  readonly problem: GoProblem | LintProblem;
  readonly diagnostic: Diagnostic;
}

export function goFindings(document: GoDocument, check: GoFileCheck, options: GoCheckOptions): GoFinding[] {
  const context = ruleContext(check);
  const lints = lintProblemsOf(lintContext(context, check, options));
  return [
    ...problemsOf(context).map((problem) => ({ problem, diagnostic: toDiagnostic(problem, document, check.documents) })),
    ...lints.map((problem) => ({ problem, diagnostic: lintDiagnostic(problem, document, check.documents) })),
  ];
}

/** `check` is what `context` was made from; its documents come to hold those of the program. */
export function lintContext(context: RuleContext, check: Pick<GoFileCheck, "source" | "documents">, options: GoCheckOptions): LintContext {
  let program: readonly ProgramPart[] | undefined;
  return {
    ...context,
    kind: programKind(options.target, context.target),
    host: hostTarget(options),
    source: check.source,
    program: () =>
      (program ??= (options.program?.(context.target) ?? []).map(({ importPath: path, documents }) => ({
        importPath: path,
        files: documents.map((document) => placed(document, check.documents)),
      }))),
  };
}

/** Parses a document of another package, so that problems can point to it. */
function placed(document: GoDocument, documents: Map<GoFile, GoDocument>): GoFile {
  const file = document.file;
  documents.set(file, document);
  return file;
}

function programKind(setting: GoCheckOptions["target"], { goos, goarch }: BuildTarget): ProgramKind {
  if (goarch !== "wasm") return "host";
  if (goos === "js") return "js";
  if (setting === "wasip1") return "command";
  return setting === "wasip1-reactor" ? "reactor" : "undecided";
}

const severities: Readonly<Record<LintSeverity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
};

function lintDiagnostic(problem: LintProblem, document: GoDocument, documents: ReadonlyMap<GoFile, GoDocument>): Diagnostic {
  const source = problem.severity === "error" ? "go-link" : "go-lint";
  return { ...baseDiagnostic(problem, document, documents), severity: severities[problem.severity], source };
}

/** What a document is checked with, and the document of each file that a problem can point to. */
export interface GoFileCheck extends FileCheck {
  readonly documents: Map<GoFile, GoDocument>;
}

/** Undefined for a file that does not belong to the target. */
export function goFileCheck(document: GoDocument, options: GoCheckOptions): GoFileCheck | undefined {
  // Without any wasm directive nothing says that the package is meant for wasm at all.
  if (options.target === "auto" && ![document, ...options.siblings].some(({ text }) => text.includes("go:wasm"))) return undefined;
  const target = chooseTarget(document, options);
  if (target === undefined) return undefined;
  const file = document.file;
  if (needsCgo(file, target)) return undefined;
  const documents = new Map<GoFile, GoDocument>([[file, document]]);
  const files = [file];
  for (const sibling of options.siblings) {
    if (sibling.uri === document.uri || !sibling.path.endsWith(".go") || !belongsToTarget(sibling.path, sibling.text, target)) continue;
    if (isTestFile(sibling.path) && !isTestFile(document.path)) continue;
    const other = sibling.file;
    if (other.packageName !== file.packageName || needsCgo(other, target)) continue;
    files.push(other);
    documents.set(other, sibling);
  }
  // The compiler gets them in this order, which decides about the second of two equal names.
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    file,
    package: makePackage(files, importPath(file, options)),
    target,
    hasForeignCode:
      options.mayHaveForeignCode === true ||
      options.siblings.some(({ path, text }) => isForeignFile(path) && belongsToTarget(path, text, target)),
    source: packageSource(document, options, target, documents),
    documents,
  };
}

/** Undefined for a file that does not belong to the target of the options. */
function chooseTarget(document: GoDocument, options: GoCheckOptions): BuildTarget | undefined {
  const { path, text } = document;
  const host = hostTarget(options);
  const wasip1 = { ...host, goos: "wasip1", goarch: "wasm" };
  const js = { ...wasip1, goos: "js" };
  const candidates = { auto: [wasip1, js, host], wasip1: [wasip1], "wasip1-reactor": [wasip1], js: [js], host: [host] }[options.target];
  const found = candidates.find((candidate) => belongsToTarget(path, text, candidate));
  if (options.target !== "auto" || found !== wasip1 || !belongsToTarget(path, text, js)) return found;
  // Where a file that would be built for WASI needs syscall/js, the package is for js alone.
  const needsJs = [document, ...options.siblings].some(
    (file) => file.path.endsWith(".go") && file.text.includes('"syscall/js"') && belongsToTarget(file.path, file.text, wasip1),
  );
  return needsJs ? js : found;
}

function hostTarget({ goVersion, host, tags = [] }: GoCheckOptions): BuildTarget {
  return { ...(host ?? { goos: "linux", goarch: "amd64" }), minor: minorVersion(goVersion), tags };
}

/** There is no cgo for wasm: the go command leaves such files out. */
function needsCgo(file: GoFile, target: BuildTarget): boolean {
  return target.goarch === "wasm" && file.imports.some((spec) => spec.path === "C");
}

/** Tests in a package of their own (`package x_test`) have a path of their own. */
function importPath(file: GoFile, options: GoCheckOptions): string | undefined {
  return options.importPath === undefined || !isExternalTest(file) ? options.importPath : `${options.importPath}_test`;
}

function isExternalTest(file: GoFile): boolean {
  return isTestFile(file.path) && file.packageName.endsWith("_test");
}

function minorVersion(version: string): number {
  const match = /^(?:go)?1\.([0-9]+)/u.exec(version);
  return match === null ? newestMinor : Number(match[1]);
}

/** A package, and the document that each of its files was made of. */
interface MadePackage {
  readonly package: GoPackage;
  readonly documents: ReadonlyMap<GoFile, GoDocument>;
}

/** Packages made of handed over files, for each target: they are used again while the files stay the same. */
const madePackages = new WeakMap<readonly GoDocument[], Map<string, MadePackage | undefined>>();

/** Packages that were handed over first, then what is known of the standard library. */
function packageSource(
  checked: GoDocument,
  options: GoCheckOptions,
  target: BuildTarget,
  documents: Map<GoFile, GoDocument>,
): PackageSource {
  const tested = isExternalTest(checked.file) ? options.importPath : undefined;
  const placed = new Set<MadePackage>();
  /** Every type of another package asks for it, and nothing changes while one check is made. */
  const found = new Map<GoFile, Map<string, GoPackage | undefined>>();
  return {
    packageAt: (importPath, importer) => {
      let known = found.get(importer);
      if (known === undefined) found.set(importer, (known = new Map<string, GoPackage | undefined>()));
      if (!known.has(importPath))
        known.set(importPath, handedOver(importPath, importer) ?? standardPackages.packageAt(importPath, importer));
      return known.get(importPath);
    },
    nameOf: (importPath, importer) =>
      options.packageName?.(importPath, importer.path, target) ??
      (options.packageName === undefined ? handedOver(importPath, importer)?.identity.name : undefined) ??
      standardPackages.nameOf(importPath, importer),
  };

  function handedOver(importPath: string, importer: GoFile): GoPackage | undefined {
    // A test from outside sees what the tests inside of the package declare.
    const withTests = importPath === tested;
    const list = options.imports?.(importPath, importer.path, target, withTests);
    if (list === undefined) return undefined;
    const key = `${targetKey(target)} ${importPath} ${withTests}`;
    let made = madePackages.get(list);
    if (made === undefined) madePackages.set(list, (made = new Map<string, MadePackage | undefined>()));
    if (!made.has(key)) made.set(key, packageOf(list, importPath, target, withTests));
    const handed = made.get(key);
    if (handed !== undefined && !placed.has(handed)) {
      placed.add(handed);
      for (const [file, document] of handed.documents) documents.set(file, document);
    }
    return handed?.package;
  }
}

/** The files that the go command would take for the target, those of the package of the first of them. */
function packageOf(list: readonly GoDocument[], importPath: string, target: BuildTarget, withTests: boolean): MadePackage | undefined {
  const files: GoFile[] = [];
  const documents = new Map<GoFile, GoDocument>();
  for (const document of list) {
    if ((isTestFile(document.path) && !withTests) || !belongsToTarget(document.path, document.text, target)) continue;
    const file = document.file;
    if (needsCgo(file, target) || isExternalTest(file)) continue;
    files.push(file);
    documents.set(file, document);
  }
  const name = files.find((file) => !isTestFile(file.path))?.packageName;
  const own = files.filter((file) => file.packageName === name);
  return own.length === 0 ? undefined : { package: makePackage(own, importPath), documents };
}

/** `documents` gives the place of what is related. */
function toDiagnostic(problem: GoProblem, document: GoDocument, documents: ReadonlyMap<GoFile, GoDocument>): Diagnostic {
  const { line, column } = problem.compiler;
  return {
    ...baseDiagnostic(problem, document, documents),
    severity: DiagnosticSeverity.Error,
    source: "go-wasm",
    data: { compiler: { line, column, message: problem.message } },
  };
}

/** A code with the address of its page. */
export function pageOf(code: string): { readonly code: string; readonly codeDescription: { readonly href: string } } {
  return { code, codeDescription: { href: `${pages}/${code}.md` } };
}

function baseDiagnostic(problem: LintProblem | GoProblem, document: GoDocument, documents: ReadonlyMap<GoFile, GoDocument>): Diagnostic {
  const related: DiagnosticRelatedInformation[] = [];
  for (const { file, span, message } of problem.related ?? []) {
    const place = documents.get(file);
    if (place !== undefined) related.push({ location: { uri: place.uri, range: place.lines.rangeOf(span) }, message });
  }
  return {
    range: document.lines.rangeOf(problem.span),
    ...pageOf(problem.code),
    message: [problem.message, ...problem.advice].join("\n"),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
  };
}
