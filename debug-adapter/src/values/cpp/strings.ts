import { sizeOf, type DataType, type StructType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { field, fieldAt, inMemory, numberIn, numberOf, offsetOfField, targetOf, typedValue } from "../fields.ts";
import type { TypedValue } from "../parts.ts";
import type { ValueContext } from "../value.ts";
import type { View, ViewMaker } from "../view.ts";

/**
 * `std::string` and its sisters. A short one is in the object itself: `__s`, a long one is elsewhere: `__l`.
 * A bit of the first or the last byte tells which; versions before 15 have it in the short one's size. Source: libc++, <string>.
 */
export const text: ViewMaker = async (variable, value, type, context) => {
  const short = field(variable, value, "__s");
  const shortValue = short && typedValue(short);
  if (!short || !shortValue) return undefined;
  const isLong = await longAndSize(short, shortValue, context);
  if (!isLong) return undefined;
  if (!isLong.long) {
    const data = field(short, shortValue, "__data_");
    const first = data && typedValue(data);
    const character = characterOf(type);
    return first && character && viewOf({ ...data, value: { ...first, type: character } }, isLong.size, character);
  }
  const units = await numberOf(fieldAt(variable, value, ["__l", "__size_"]), context);
  return behind(variable, fieldAt(variable, value, ["__l", "__data_"]), units, context);
};

async function longAndSize(
  short: Variable,
  value: TypedValue,
  context: ValueContext,
): Promise<{ readonly long: boolean; readonly size: number } | undefined> {
  const size = await numberIn(short, value, "__size_", context);
  if (size === undefined) return undefined;
  const flag = await numberIn(short, value, "__is_long_", context);
  if (flag !== undefined) return { long: flag !== 0, size };
  const isLast = (offsetOfField(value.type, "__size_") ?? 0) > 0;
  return isLast ? { long: (size & 0x80) !== 0, size: size & 0x7f } : { long: (size & 1) !== 0, size: size >> 1 };
}

/** `std::string_view` and its sisters. */
export const textView: ViewMaker = async (variable, value, _type, context) => {
  const pointer = field(variable, value, "__data_") ?? field(variable, value, "__data");
  const units = (await numberIn(variable, value, "__size_", context)) ?? (await numberIn(variable, value, "__size", context));
  return behind(variable, pointer, units, context);
};

async function behind(
  parent: Variable,
  pointer: Variable | undefined,
  units: number | undefined,
  context: ValueContext,
): Promise<View | undefined> {
  const address = await numberOf(pointer, context);
  const character = targetOf(pointer);
  if (address === undefined || units === undefined || !character) return undefined;
  return viewOf(inMemory(parent, parent.name, address, character), units, character);
}

function viewOf(first: Variable, units: number, character: DataType): View | undefined {
  const unitSize = sizeOf(character);
  if (unitSize === undefined || ![1, 2, 4].includes(unitSize)) return undefined;
  return {
    kind: "text",
    first,
    units,
    unitSize,
    prefix: unitSize === 1 ? "" : unitSize === 2 ? "u" : /wchar/.test(character.name) ? "L" : "U",
  };
}

const characterOf = (type: DataType): DataType | undefined => (type as StructType).typeArguments?.()[0];
