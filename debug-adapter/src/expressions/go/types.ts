/** Types by the names that users write: with the package's name instead of its import path, or whole in quotes. */
import { basicKinds, commonOf, type GoType, type GoTypeId } from "#core/go/layouts/go-type.ts";
import type { GoTypeTable } from "#core/go/layouts/go-type-table.ts";
import { packageNameOf, withPackageNames } from "./package-names.ts";

/** Types inside of types. */
const deepest = 50;
const aliases: ReadonlyMap<string, string> = new Map([
  ["byte", "uint8"],
  ["rune", "int32"],
  ["any", "interface {}"],
]);
const basicSizes: Readonly<Record<string, number>> = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  complex128: 16,
  string: 16,
};

interface ShortNames {
  /** How many ids have been looked at. */
  size: number;
  /** Those of them that were reserved only. */
  unknown: GoTypeId[];
  readonly ids: Map<string, GoTypeId>;
}

const shortNames = new WeakMap<GoTypeTable, ShortNames>();

/** The type that a name means, which is made where the program has none such: `*T`, `[]T`, `[4]T`. `undefined` where a part of it is not known. */
export function findType(types: GoTypeTable, name: string, depth = 0): GoTypeId | undefined {
  if (depth > deepest) return undefined;
  const spelled = aliases.get(name) ?? name;
  const known = types.find(spelled) ?? types.findPlain(spelled) ?? shortNamesOf(types).get(withPackageNames(spelled));
  if (known !== undefined && types.get(known)) return known;
  return basicType(types, spelled) ?? emptyType(types, spelled) ?? composedType(types, spelled, depth);
}

/** Names without import paths; the table grows while the program is looked at. */
function shortNamesOf(types: GoTypeTable): ReadonlyMap<string, GoTypeId> {
  let known = shortNames.get(types);
  if (!known) shortNames.set(types, (known = { size: 0, unknown: [], ids: new Map() }));
  const ids = known.unknown;
  known.unknown = [];
  for (; known.size < types.size; known.size++) ids.push(known.size as GoTypeId);
  for (const id of ids) {
    const type = types.get(id);
    if (!type) {
      known.unknown.push(id);
      continue;
    }
    const short = withPackageNames(type.name.replaceAll(/\u00b7\d+/g, ""));
    if (!known.ids.has(short)) known.ids.set(short, id);
  }
  return known.ids;
}

function basicType(types: GoTypeTable, name: string): GoTypeId | undefined {
  const kind = basicKinds.find((candidate) => candidate === name);
  if (!kind) return undefined;
  const size = basicSizes[kind] ?? 8;
  return types.derived(kind, () => ({ ...commonOf(kind, size, Math.min(size, 8)), kind }));
}

function emptyType(types: GoTypeTable, name: string): GoTypeId | undefined {
  if (name === "struct {}") return types.derived(name, () => ({ ...commonOf(name, 0, 1), kind: "struct", fields: [] }));
  if (name === "interface {}") return types.derived(name, () => ({ ...commonOf(name, 16, 8), kind: "interface" }));
  return undefined;
}

function composedType(types: GoTypeTable, name: string, depth: number): GoTypeId | undefined {
  if (name.startsWith("*")) {
    const elem = findType(types, name.slice(1), depth + 1);
    return elem === undefined ? undefined : pointerTo(types, elem);
  }
  const [, length, rest] = /^\[(\d*)\](.+)$/.exec(name) ?? [];
  if (rest === undefined) return undefined;
  const elem = findType(types, rest, depth + 1);
  if (elem === undefined) return undefined;
  return length === "" ? sliceOf(types, elem) : arrayOf(types, elem, Number(length));
}

export function pointerTo(types: GoTypeTable, elem: GoTypeId): GoTypeId {
  const name = `*${nameOf(types, elem)}`;
  return types.find(name) ?? types.derived(`*${elem}`, () => ({ ...commonOf(name, 8, 8), kind: "pointer", elem }));
}

/** A pointer to a type that may not be in the table, as what was read of the program's memory. */
export function pointerToType(types: GoTypeTable, type: GoType): GoType {
  const known = types.find(type.name);
  const elem = known ?? types.derived(`type ${type.name}`, () => type);
  return types.get(pointerTo(types, elem))!;
}

export function sliceOf(types: GoTypeTable, elem: GoTypeId): GoTypeId {
  const name = `[]${nameOf(types, elem)}`;
  return types.find(name) ?? types.derived(`[]${elem}`, () => ({ ...commonOf(name, 24, 8), kind: "slice", elem }));
}

function arrayOf(types: GoTypeTable, elem: GoTypeId, length: number): GoTypeId | undefined {
  const elemType = types.get(elem);
  const size = length * (elemType?.size ?? 0);
  if (!elemType || size > 2 ** 32) return undefined;
  const { align } = elemType;
  return types.derived(`[${length}]${elem}`, () => ({
    ...commonOf(`[${length}]${elemType.name}`, size, align),
    kind: "array",
    elem,
    length,
  }));
}

const nameOf = (types: GoTypeTable, id: GoTypeId): string => types.get(id)?.name ?? "?";

/** Whether a package whose import path is `path` is meant by `name`: its own name, the path, or the end of the path. */
export function isPackage(path: string, name: string): boolean {
  return path === name || path.endsWith(`/${name}`) || packageNameOf(path) === name;
}
