import { sizeOf, withoutAliases, type DataType } from "#core/dwarf/data-type.ts";
import type { Variable } from "../../symbols/module-symbols.ts";
import { unpagedLimit, within } from "../child-range.ts";
import { inMemory } from "../fields.ts";
import { addressIn } from "../parts.ts";
import type { ValueContext } from "../value.ts";
import type { MapEntry, View, ViewMaker } from "../view.ts";

/** Bytes of an object stand before it. Source: AssemblyScript, std/assembly/rt/common.ts, `OBJECT`. */
const sizeBefore = 4;
const unit: DataType = { kind: "base", name: "u16", size: 2, encoding: "unsigned" };

/** Strings, arrays, maps and sets of AssemblyScript's library. */
export const assemblyScriptView: ViewMaker = async (variable, value, type, context) => {
  const plain = withoutAliases(type);
  const target = plain.kind === "pointer" ? plain.target() : undefined;
  if (plain.kind !== "pointer" || target?.kind !== "struct") return undefined;
  const address = await addressIn(value, plain, context);
  if (!address) return undefined;
  const [first, second] = target.typeArguments?.() ?? [];
  switch (target.name) {
    case "String":
      return text(variable, address, context);
    case "Array":
      return first && list(variable, first, await wordAt(address + 4, context), await wordAt(address + 12, context));
    case "TypedArray":
      return first && list(variable, first, await wordAt(address + 4, context), inUnits(await wordAt(address + 8, context), first));
    case "StaticArray":
      return first && list(variable, first, address, inUnits(await wordAt(address - sizeBefore, context), first));
    case "Map":
      return first && second && entries(variable, address, first, second, context);
    case "Set":
      return first && elements(variable, address, first, context);
    default:
      return undefined;
  }
};

async function text(variable: Variable, address: number, context: ValueContext): Promise<View | undefined> {
  const bytes = await wordAt(address - sizeBefore, context);
  return bytes === undefined
    ? undefined
    : { kind: "text", first: inMemory(variable, variable.name, address, unit), units: bytes >>> 1, unitSize: 2, prefix: "" };
}

function list(variable: Variable, element: DataType, address: number | undefined, count: number | undefined): View | undefined {
  const size = sizeOf(element);
  if (address === undefined || count === undefined || !size) return undefined;
  return {
    kind: "sequence",
    count,
    at: (range) => Promise.resolve(within(range, count).map((index) => inMemory(variable, `[${index}]`, address + index * size, element))),
  };
}

const inUnits = (bytes: number | undefined, element: DataType): number | undefined => bytes && Math.floor(bytes / (sizeOf(element) ?? 1));

/** Source: AssemblyScript, std/assembly/map.ts: entries in the order of insertion; the lowest bit of the last word marks one that was deleted. */
async function entries(
  variable: Variable,
  address: number,
  key: DataType,
  value: DataType,
  context: ValueContext,
): Promise<View | undefined> {
  const count = await wordAt(address + 20, context);
  if (count === undefined) return undefined;
  const valueAt = aligned(sizeOf(key) ?? 4, sizeOf(value) ?? 4);
  const places = () => live(address, valueAt + (sizeOf(value) ?? 4), Math.max(sizeOf(key) ?? 4, sizeOf(value) ?? 4), context);
  return {
    kind: "map",
    count,
    at: async (range) => {
      const found = await places();
      return within(range, found.length).map((index): MapEntry => ({
        key: inMemory(variable, `[${index}]`, found[index]!, key),
        value: inMemory(variable, `[${index}]`, found[index]! + valueAt, value),
      }));
    },
  };
}

/** Source: AssemblyScript, std/assembly/set.ts. */
async function elements(variable: Variable, address: number, element: DataType, context: ValueContext): Promise<View | undefined> {
  const count = await wordAt(address + 20, context);
  if (count === undefined) return undefined;
  const places = () => live(address, sizeOf(element) ?? 4, sizeOf(element) ?? 4, context);
  return {
    kind: "set",
    count,
    at: async (range) => {
      const found = await places();
      return within(range, found.length).map((index) => inMemory(variable, `[${index}]`, found[index]!, element));
    },
  };
}

const aligned = (offset: number, size: number): number => Math.ceil(offset / size) * size;

/** Addresses of the entries that were not deleted: `contents` bytes each, and behind them the link. */
async function live(address: number, contents: number, alignment: number, context: ValueContext): Promise<readonly number[]> {
  const [start, used] = await Promise.all([wordAt(address + 8, context), wordAt(address + 16, context)]);
  if (start === undefined || used === undefined) return [];
  const linkAt = aligned(contents, 4);
  const size = aligned(linkAt + 4, Math.max(alignment, 4));
  const found: number[] = [];
  for (let index = 0; index < Math.min(used, unpagedLimit); index++) {
    const link = await wordAt(start + index * size + linkAt, context);
    if (link === undefined) break;
    if ((link & 1) === 0) found.push(start + index * size);
  }
  return found;
}

async function wordAt(address: number, context: ValueContext): Promise<number | undefined> {
  const bytes = await context.memory.read(0, address, 4);
  return bytes.length < 4 ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}
