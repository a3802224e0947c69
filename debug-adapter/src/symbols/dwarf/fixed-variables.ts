/** Variables outside of functions, wherever the program stops. */
import { attribute, tag } from "#core/dwarf/constants.ts";
import type { DataType } from "#core/dwarf/data-type.ts";
import type { DebugInfo } from "#core/dwarf/debug-info.ts";
import { evaluate } from "#core/dwarf/expression.ts";
import { locationAt } from "#core/dwarf/location-lists.ts";
import type { DataTypes } from "#core/dwarf/types.ts";

export interface FixedVariable {
  /** As it stands in the debug information. */
  readonly name: string;
  readonly type: DataType;
  /** In linear memory. */
  readonly address: number;
}

/** Those right in the units, whose address is a constant. Reads the entries of every unit. */
export function fixedVariables(info: DebugInfo, types: DataTypes): readonly FixedVariable[] {
  const found: FixedVariable[] = [];
  for (const unit of info.units) {
    for (const entry of info.firstEntry(unit)?.children(tag.variable) ?? []) {
      const { name } = entry;
      const location = locationAt(entry, attribute.location, 0);
      const type = types.ofValue(entry);
      if (name === undefined || location.kind !== "expression" || !type) continue;
      const place = evaluate(location.bytes, { unit, wasm: () => undefined, frameBase: () => undefined, memory: () => undefined });
      if (place.kind === "memory") found.push({ name, type, address: place.address });
    }
  }
  return found;
}
