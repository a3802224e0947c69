/** What a value of a defined integer type is called. */
import type { GoType } from "#core/go/layouts/go-type.ts";
import type { GoTypeTable } from "#core/go/layouts/go-type-table.ts";

/**
 * The constant with the value, else those that make it up by bitwise or, such as `FlagA|FlagC`; `undefined` where there are none.
 * Constants of the type's own package stand without the package.
 */
export function constantName(types: GoTypeTable, type: GoType, value: bigint): string | undefined {
  if (!type.named || !type.name.includes(".")) return undefined;
  const constants = types.constantsOf(type.name);
  if (constants.length === 0) return undefined;
  const home = type.name.slice(0, type.name.lastIndexOf(".") + 1);
  const shortName = (name: string): string => (name.startsWith(home) ? name.slice(home.length) : name);
  const exact = constants.find((constant) => constant.value === value);
  if (exact) return shortName(exact.name);
  const names: string[] = [];
  let rest = BigInt.asUintN(64, value);
  for (const constant of constants.toSorted((a, b) => Number(a.value - b.value))) {
    const bit = BigInt.asUintN(64, constant.value);
    if (bit === 0n || (bit & (bit - 1n)) !== 0n || (rest & bit) === 0n) continue;
    names.push(shortName(constant.name));
    rest &= ~bit;
  }
  return rest === 0n && names.length > 0 ? names.join("|") : undefined;
}
