/** Which functions a user means by a name, by Delve's rules (pkg/locspec). */
import { definedIndex, type DefinedIndex } from "#core/go/binary/program-counter.ts";
import { frameName } from "./frame-name.ts";
import type { GoProgram } from "./go-program.ts";
import { isUserFunction } from "./go-stop.ts";

export interface NamedFunctions {
  readonly indices: readonly DefinedIndex[];
  /** Lines below that of the declaration, after a colon. */
  readonly line: number | undefined;
  readonly problem?: string;
}

/** `main.fact`, `fact`, `shapes.(*Point).Move`, `Point.Move`, or the whole import path before it. */
export function functionsNamed(program: GoProgram, spelled: string): NamedFunctions {
  const [, name, line] = /^([^/:][^:]*)(?::(\d+))?$/.exec(spelled) ?? [];
  if (name === undefined) {
    const problem = `breakpoint name ${JSON.stringify(spelled)} could not be parsed as a function. name must be in the format 'funcName', 'funcName:line' or 'fileName:line'`;
    return { indices: [], line: undefined, problem };
  }
  const wanted = bare(name);
  let found: DefinedIndex[] = [];
  for (let at = 0; at < program.table.count; at++) {
    const index = definedIndex(at);
    const full = bare(program.table.name(index));
    if (full !== wanted && !full.endsWith(`/${wanted}`) && !full.endsWith(`.${wanted}`)) continue;
    found.push(index);
  }
  const users = found.filter((index) => isUserFunction(program, index));
  if (users.length > 0) found = users;
  const names = new Set(found.map((index) => bare(frameName(program, index))));
  if (names.size > 1) {
    return { indices: [], line: undefined, problem: `Location "${spelled}" ambiguous: ${[...names].sort().join(", ")}…` };
  }
  return { indices: found, line: line === undefined ? undefined : Number(line) };
}

/** Receivers may be spelled without their parentheses and star; instances of generic functions are all meant. */
function bare(name: string): string {
  return name.replace(/\[[^\]]*\]/g, "").replace(/\(\*?([^()]*)\)/g, "$1");
}
