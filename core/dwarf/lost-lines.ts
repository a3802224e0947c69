import { attribute } from "./constants.ts";
import { readAttribute } from "./entries.ts";
import type { LineProgram } from "./line-table.ts";
import type { Unit } from "./units.ts";

/** Sources that the note names. */
const named = 3;

/**
 * A note on units that have code but whose line programs hold no row any more, which is what a tool leaves that changed the code
 * without moving the lines with it; `undefined` where there are none.
 */
export function lostLinesNote(units: readonly Unit[], programs: ReadonlyMap<number, LineProgram>): string | undefined {
  const lost = units
    .filter((unit) => hadCode(unit) && isEmpty(programs.get(unit.lineProgram ?? -1)))
    .map((unit) => unit.name ?? "a source without a name");
  if (lost.length === 0) return undefined;
  const more = lost.length > named ? ` and ${lost.length - named} more` : "";
  return `The lines of ${lost.slice(0, named).join(", ")}${more} are lost: the module was changed after it was linked, by wasm-opt for example. Build it without that step, or pass -g to it.`;
}

function hadCode(unit: Unit): boolean {
  return (readAttribute(unit, unit.start, attribute.ranges) ?? readAttribute(unit, unit.start, attribute.highPc)) !== undefined;
}

const isEmpty = (program: LineProgram | undefined): boolean => program !== undefined && program.start >= program.end;
