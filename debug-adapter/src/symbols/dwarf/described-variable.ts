import { attribute } from "#core/dwarf/constants.ts";
import { sizeOf, type DataType } from "#core/dwarf/data-type.ts";
import type { Entry } from "#core/dwarf/entries.ts";
import { fixedLocation, type LocationChoice } from "#core/dwarf/location-lists.ts";
import { typeName } from "#core/dwarf/type-names.ts";
import type { DataTypes } from "#core/dwarf/types.ts";
import type { Language } from "../module-symbols.ts";
import { languageOf } from "./language.ts";

/** What the debug information says of a variable, whatever frame it is in. */
export interface DescribedVariable {
  readonly entry: Entry;
  readonly name: string;
  readonly typeName: string | undefined;
  readonly language: Language;
  readonly type: DataType;
  /** In bytes; `undefined` where the type is incomplete. */
  readonly size: number | undefined;
  /** `undefined`: another one at each address of the code. */
  readonly location: LocationChoice | undefined;
}

export function describedVariable(entry: Entry, name: string, types: DataTypes): DescribedVariable {
  const typeEntry = entry.inheritedReference(attribute.type);
  const type: DataType = typeEntry ? types.of(typeEntry) : { kind: "unknown", name: "?", size: undefined };
  return {
    entry,
    name,
    typeName: typeEntry && typeName(typeEntry),
    language: languageOf(entry.unit),
    type,
    size: sizeOf(type),
    location: fixedLocation(entry, attribute.location),
  };
}
