import { languageNames } from "#core/dwarf/constants.ts";
import type { Unit } from "#core/dwarf/units.ts";
import type { Language } from "../module-symbols.ts";

/** Language of a unit. Zig and TinyGo write the number of C; who produced the unit tells them apart. */
export function languageOf(unit: Unit): Language {
  const producer = unit.producer ?? "";
  if (/^tinygo/i.test(producer)) return "tinygo";
  if (/^zig/i.test(producer)) return "zig";
  return languageNames.get(unit.language ?? 0) ?? "other";
}
