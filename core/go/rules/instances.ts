/**
 * Which generic functions and types a package instantiates: only then does the compiler look at directives on generic
 * code. What is named in compiled code counts; generic code itself counts once it is instantiated. Where names alone do
 * not decide (a local variable of the same name, code that is never reached), nothing counts.
 */
import type { FuncDeclaration, GoFile, TokenRange } from "../source/syntax.ts";
import { tokenKind as kind } from "../source/tokens.ts";
import type { GoPackage } from "../types/package.ts";
import { genericName } from "./border.ts";
import type { Instances } from "./rule.ts";

export function findInstances({ files, members }: GoPackage): Instances {
  const generic = new Set<string>();
  for (const [name, member] of members) {
    if (member.kind === "type" && member.spec.parameters.length > 0) generic.add(name);
    if (member.kind === "func" && member.declaration.parameters.length > 0) generic.add(name);
  }
  const direct = new Set<string>();
  const inside = new Map<string, Set<string>>();
  const namesOf = (owner: string | undefined): Set<string> => {
    if (owner === undefined) return direct;
    const names = inside.get(owner) ?? new Set<string>();
    inside.set(owner, names);
    return names;
  };
  for (const file of generic.size === 0 ? [] : files) {
    const collect = (range: TokenRange, owner: string | undefined): void => collectNames(file, range, generic, members, namesOf(owner));
    for (const declaration of file.functions)
      if (declaration.name.text !== "_") collect(signatureAndBody(file, declaration), genericName(declaration));
    for (const spec of file.types) {
      // `type A B[int]` takes over what is behind B, which does not bring B itself into being.
      if (!spec.alias && spec.type.kind === "instance") continue;
      collect({ from: spec.tokens.from + 1, to: spec.tokens.to }, spec.parameters.length > 0 ? spec.name.text : undefined);
    }
    for (const spec of file.variables) collect(spec.tokens, undefined);
  }
  const all = new Set(direct);
  const queue = [...direct];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    for (const next of inside.get(name) ?? []) {
      if (all.has(next)) continue;
      all.add(next);
      queue.push(next);
    }
  }
  return { all, direct };
}

/** Everything behind the function's name and type parameters. */
function signatureAndBody({ tokens }: GoFile, declaration: FuncDeclaration): TokenRange {
  let from = declaration.tokens.from;
  while (from < declaration.tokens.to && tokens.starts[from]! <= declaration.name.span.start) from++;
  if (tokens.kinds[from] === kind.openBracket && tokens.matches[from]! > 0) from = tokens.matches[from]!;
  return { from, to: declaration.tokens.to };
}

/** Adds the wanted names that `range` uses, each time it names them, in the way that only generic code is used. */
function collectNames(
  file: GoFile,
  { from, to }: TokenRange,
  wanted: ReadonlySet<string>,
  members: GoPackage["members"],
  into: Set<string>,
): void {
  const { kinds, starts, ends, matches, text } = file.tokens;
  const textAt = (index: number): string => text.slice(starts[index], ends[index]);
  const found = new Set<string>();
  const doubtful = new Set<string>();
  for (let index = from; index < to; index++) {
    if (kinds[index] === kind.keywordHeader && isNeverTrue(index)) index = Math.max(index, matches[index + 2]!);
    else if (isLocalDeclarationWithoutUse(index)) index = endOfSpecification(index);
    if (kinds[index] !== kind.name) continue;
    const name = textAt(index);
    if (name === "Sizeof" && kinds[index + 1] === kind.openParen) index = Math.max(index, matches[index + 1]!);
    else if (kinds[index - 1] !== kind.dot && wanted.has(name))
      (isGenericUse(index, members.get(name)?.kind === "func") ? found : doubtful).add(name);
  }
  for (const name of found) if (!doubtful.has(name)) into.add(name);

  /** `if false {`, or a constant of the package as the condition. */
  function isNeverTrue(index: number): boolean {
    if (kinds[index + 1] !== kind.name || kinds[index + 2] !== kind.openBrace) return false;
    const condition = textAt(index + 1);
    return condition === "false" || members.get(condition)?.kind === "const";
  }

  /** A local type, a constant, or `var _ T`: these leave no trace in the compiled function. */
  function isLocalDeclarationWithoutUse(index: number): boolean {
    if (kinds[index] === kind.keywordType || kinds[index] === kind.keywordConst) return kinds[index - 1] !== kind.openParen;
    return kinds[index] === kind.keywordVar && kinds[index + 1] === kind.name && textAt(index + 1) === "_";
  }

  function endOfSpecification(start: number): number {
    let index = start;
    while (index < to && kinds[index] !== kind.semicolon) index = Math.max(index, matches[index]!) + 1;
    return index;
  }

  /** `f(…)` for functions, `F[T]` for both: brackets that are not empty and before no type, as an array's would be. */
  function isGenericUse(index: number, isFunction: boolean): boolean {
    const next = kinds[index + 1];
    if (isFunction && next === kind.openParen) return true;
    const close = matches[index + 1]!;
    if (next !== kind.openBracket || close <= index + 2) return false;
    switch (kinds[close + 1]) {
      case kind.name:
      case kind.star:
      case kind.openBracket:
      case kind.keywordFunc:
      case kind.keywordStruct:
      case kind.keywordInterface:
      case kind.keywordMap:
      case kind.keywordChan:
        return false;
      default:
        return true;
    }
  }
}
