/**
 * Which generic functions and types a package instantiates. The compiler looks at directives on generic code only then.
 * What is named in code that is compiled counts; generic code itself counts once it is instantiated.
 */
import type { GoFile, TokenRange } from "../source/syntax.ts";
import { tokenKind as kind } from "../source/tokens.ts";
import type { GoPackage } from "../types/package.ts";
import { genericName } from "./border.ts";

/** Names of the package's generic functions and types that something instantiates. */
export function instantiatedNames({ files, members }: GoPackage): ReadonlySet<string> {
  const generic = new Set<string>();
  for (const [name, member] of members) {
    if (member.kind === "type" && member.spec.parameters.length > 0) generic.add(name);
    if (member.kind === "func" && member.declaration.parameters.length > 0) generic.add(name);
  }
  if (generic.size === 0) return generic;
  const reached = new Set<string>();
  const inside = new Map<string, Set<string>>();
  for (const file of files) {
    const note = (owner: string | undefined, range: TokenRange): void => {
      const names = owner === undefined ? reached : (inside.get(owner) ?? new Set<string>());
      if (owner !== undefined) inside.set(owner, names);
      collectNames(file, range, generic, names);
    };
    for (const declaration of file.functions) if (declaration.name.text !== "_") note(genericName(declaration), declaration.tokens);
    for (const spec of file.types) note(spec.parameters.length > 0 ? spec.name.text : undefined, spec.tokens);
    for (const spec of file.variables) note(undefined, spec.tokens);
  }
  const queue = [...reached];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    for (const next of inside.get(name) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      queue.push(next);
    }
  }
  return reached;
}

/** Names behind a dot are fields or other packages' names. */
function collectNames(file: GoFile, { from, to }: TokenRange, wanted: ReadonlySet<string>, into: Set<string>): void {
  const { kinds, starts, ends, text } = file.tokens;
  for (let index = from; index < to; index++) {
    if (kinds[index] !== kind.name || (index > 0 && kinds[index - 1] === kind.dot)) continue;
    const name = text.slice(starts[index], ends[index]);
    if (wanted.has(name)) into.add(name);
  }
}
