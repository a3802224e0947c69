import { attribute, tag } from "./constants.ts";
import type { DebugInfo } from "./debug-info.ts";
import { Entry } from "./entries.ts";
import type { Unit } from "./units.ts";

/** Sources that the note names, and functions of a unit that are looked at. */
const named = 3;
const functionsLookedAt = 200;

/**
 * A note on units that have functions in the module but whose line programs hold no row any more, which is what a tool leaves that changed
 * the code without moving the lines with it; `undefined` where there are none. `isFunction` says whether the module has a function of that name:
 * a unit that the linker dropped has lost its lines with its code.
 */
export function lostLinesNote(info: DebugInfo, isFunction: (name: string) => boolean): string | undefined {
  const withoutRows = info.units.filter((unit) => hasNoRows(info, unit));
  const lost = withoutRows.filter((unit) => hasFunction(info, unit, isFunction)).map(({ name }) => name ?? "a source without a name");
  // Parts of a library that were built without lines are nobody's loss.
  if (lost.length === 0 || lost.length * 2 <= info.units.length - withoutRows.length + lost.length) return undefined;
  const more = lost.length > named ? ` and ${lost.length - named} more` : "";
  return `The lines of ${lost.slice(0, named).join(", ")}${more} are lost: the module was changed after it was linked, by wasm-opt for example. Build it without that step, or pass -g to it.`;
}

function hasNoRows(info: DebugInfo, unit: Unit): boolean {
  const program = info.programOf(unit);
  return program !== undefined && program.start >= program.end;
}

function hasFunction(info: DebugInfo, unit: Unit, isFunction: (name: string) => boolean): boolean {
  const tree = info.treeOf(unit);
  let looked = 0;
  for (let index = 0; index < tree.count && looked < functionsLookedAt; index++) {
    if (tree.tags[index] !== tag.subprogram) continue;
    looked++;
    const entry = new Entry(info, unit, index);
    const name = entry.text(attribute.linkageName) ?? entry.name;
    if (name !== undefined && !entry.flag(attribute.declaration) && isFunction(name)) return true;
  }
  return false;
}
