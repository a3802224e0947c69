/** Checks one Go file of a package for a target: what the compiler will say about its wasm directives. */
import { goRules } from "./rules/index.ts";
import { borderFunctions } from "./rules/border.ts";
import { findInstances } from "./rules/instances.ts";
import { exportsSince } from "./rules/lint.ts";
import type { BorderFunction, Finding, GoProblem, Instances, Phase, RuleContext } from "./rules/rule.ts";
import type { BuildTarget } from "./source/build-constraints.ts";
import { CompilerPositions } from "./source/compiler-position.ts";
import type { FuncDeclaration, GoFile } from "./source/syntax.ts";
import { Layouts } from "./types/layout.ts";
import { MemoryRule } from "./types/memory.ts";
import type { GoPackage, PackageSource } from "./types/package.ts";
import { printType } from "./types/print.ts";
import { TypeResolver } from "./types/resolver.ts";

export interface FileCheck {
  readonly file: GoFile;
  /** The file's package for the target, the file itself included. */
  readonly package: GoPackage;
  readonly target: BuildTarget;
  readonly hasForeignCode: boolean;
  readonly source: PackageSource;
}

/** Problems in the order of the text. A function shows those of its first phase alone, as the compiler would. */
export function checkFile(check: FileCheck): GoProblem[] {
  return problemsOf(ruleContext(check));
}

/** What the rules work on; it remembers the types that it resolved. */
export function ruleContext({ file, package: own, target, hasForeignCode, source }: FileCheck): RuleContext {
  const isWasm = target.goarch === "wasm";
  // Older compilers take an export directive for a comment.
  const knows = ({ importing }: BorderFunction): boolean => importing !== undefined || target.minor >= exportsSince;
  const border = isWasm ? own.files.flatMap(borderFunctions).filter(knows) : [];
  let instances: Instances | undefined;
  const printOptions = { local: own.identity, keepsAliasesInInterfaces: target.minor >= 27 };
  return {
    file,
    package: own,
    target,
    isWasm,
    hasForeignCode,
    border,
    borderInFile: border.filter((candidate) => candidate.file === file),
    types: new TypeResolver(own, source),
    crossings: new Map(),
    layouts: new Layouts(),
    memory: new MemoryRule(),
    print: (type) => printType(type, printOptions),
    // No getter: with one, V8 makes a hidden class for each of these objects, and those keep all that is young alive.
    instances: () => (instances ??= findInstances(own)),
  };
}

/** As {@link checkFile}, for a context that is there already. */
export function problemsOf(context: RuleContext): GoProblem[] {
  const found: { code: string; phase: Phase; finding: Finding }[] = [];
  for (const rule of goRules) rule.check(context, (finding) => found.push({ code: rule.code, phase: rule.phase, finding }));
  const firstPhases = new Map<FuncDeclaration, Phase>();
  for (const { phase, finding } of found) {
    if (finding.owner !== undefined && phase < (firstPhases.get(finding.owner) ?? 4)) firstPhases.set(finding.owner, phase);
  }
  const positions = new CompilerPositions(context.file.text);
  return found
    .filter(({ phase, finding }) => finding.owner === undefined || firstPhases.get(finding.owner) === phase)
    .map(({ code, finding }) => ({ ...finding, code, compiler: positions.at(finding.position) }))
    .sort((a, b) => a.span.start - b.span.start);
}
