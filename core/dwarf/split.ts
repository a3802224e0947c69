import type { Notes } from "./notes.ts";
import type { DwarfSections } from "./sections.ts";
import { readUnits, type Unit } from "./units.ts";

/**
 * The units with each skeleton replaced by the unit of its .dwo file (section 7.3.2.2), where that is among `files`; type units of these files
 * are added. Addresses, ranges and lines of a unit stay those of its skeleton.
 */
export function joinedUnits(units: readonly Unit[], files: readonly DwarfSections[], notes: Notes): readonly Unit[] {
  if (files.length === 0) return units;
  const split = new Map<bigint, Unit>();
  const types: Unit[] = [];
  for (const file of files) {
    for (const unit of readUnits(file, notes)) {
      // A type unit names the file that it is in, as skeletons do.
      if (unit.type) types.push({ ...unit, splitName: undefined });
      else if (unit.splitId !== undefined) split.set(unit.splitId, unit);
    }
  }
  const joined = units.map((unit) => {
    const found = unit.splitName !== undefined && unit.splitId !== undefined ? split.get(unit.splitId) : undefined;
    return found ? joinedUnit(unit, found) : unit;
  });
  return [...joined, ...types];
}

function joinedUnit(skeleton: Unit, split: Unit): Unit {
  return {
    ...split,
    sections: { ...split.sections, addresses: skeleton.sections.addresses, ranges: skeleton.sections.ranges },
    addressBase: skeleton.addressBase,
    compilationDirectory: skeleton.compilationDirectory ?? split.compilationDirectory,
    lineProgram: skeleton.lineProgram,
    lowPc: skeleton.lowPc,
    splitName: undefined,
    skeleton,
  };
}
