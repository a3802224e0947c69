/** The entries of a map (internal/runtime/maps, "Swiss" tables of Go 1.24 and later). */
import type { GoType } from "#core/go/layouts/go-type.ts";
import { fieldOffset, type GoTypeTable } from "#core/go/layouts/go-type-table.ts";
import type { GoMemory } from "./go-program.ts";
import { readBytes, readWord, UnreadableError, wordAt } from "./memory-words.ts";

export interface GoMapEntry {
  /** Addresses. */
  readonly key: number;
  readonly elem: number;
}

const slotsPerGroup = 8;
/** A control byte with this bit is of a slot that is empty or was deleted. */
const unusedBit = 0x80;
/** Larger keys and elements are kept elsewhere, and their slot holds their address. */
const largestInline = 128;
/** As many groups are read at once, */
const groupsAtOnce = 64;
/** and as many are looked at before the map counts as damaged. */
const mostGroups = 1 << 20;

interface Layout {
  readonly groupSize: number;
  readonly slotSize: number;
  readonly elemOffset: number;
  readonly keyIsElsewhere: boolean;
  readonly elemIsElsewhere: boolean;
}

/** Number of entries of the map at `address`. */
export async function mapLength(types: GoTypeTable, memory: GoMemory, address: number): Promise<number> {
  return readWord(memory, address + offsetIn(types, "Map", "used"));
}

/** Up to `count` entries behind the first `skip`, in the order of the tables. `key` and `elem`: types of the map. */
export async function mapEntries(
  types: GoTypeTable,
  memory: GoMemory,
  address: number,
  { key, elem }: { readonly key: GoType; readonly elem: GoType },
  skip: number,
  count: number,
): Promise<readonly GoMapEntry[]> {
  const layout = layoutOf(key, elem);
  const entries: GoMapEntry[] = [];
  let passed = 0;
  let looked = 0;
  for await (const { start, groups } of groupRuns(types, memory, address)) {
    for (let first = 0; first < groups && entries.length < count; first += groupsAtOnce) {
      const number = Math.min(groupsAtOnce, groups - first);
      if ((looked += number) > mostGroups) throw new UnreadableError("the map is damaged: it has no end");
      const base = start + first * layout.groupSize;
      const bytes = await readBytes(memory, base, number * layout.groupSize);
      for (let slot = 0; slot < number * slotsPerGroup && entries.length < count; slot++) {
        const group = Math.floor(slot / slotsPerGroup) * layout.groupSize;
        const inGroup = slot % slotsPerGroup;
        if ((bytes[group + inGroup]! & unusedBit) !== 0 || passed++ < skip) continue;
        const at = group + slotsPerGroup + inGroup * layout.slotSize;
        entries.push({
          key: layout.keyIsElsewhere ? wordAt(bytes, at) : base + at,
          elem: layout.elemIsElsewhere ? wordAt(bytes, at + layout.elemOffset) : base + at + layout.elemOffset,
        });
      }
    }
    if (entries.length >= count) break;
  }
  return entries;
}

/** Groups that lie one behind the other: the only one of a small map, or those of each table. */
async function* groupRuns(
  types: GoTypeTable,
  memory: GoMemory,
  address: number,
): AsyncGenerator<{ readonly start: number; readonly groups: number }> {
  const directory = await readWord(memory, address + offsetIn(types, "Map", "dirPtr"));
  const length = await readWord(memory, address + offsetIn(types, "Map", "dirLen"));
  if (directory === 0) return;
  if (length === 0) {
    yield { start: directory, groups: 1 };
    return;
  }
  if (length < 0 || length > mostGroups) throw new UnreadableError("the map is damaged: its directory is too long");
  const [index, data, mask] = [
    offsetIn(types, "table", "index"),
    ...["data", "lengthMask"].map((name) => offsetIn(types, "table", "groups", name)),
  ];
  const tables = await readBytes(memory, directory, 8 * length);
  for (let at = 0; at < length; at++) {
    const table = wordAt(tables, 8 * at);
    // A table may stand at several places of the directory; it knows the first of them.
    if ((await readWord(memory, table + index!)) !== at) continue;
    yield { start: await readWord(memory, table + data!), groups: (await readWord(memory, table + mask!)) + 1 };
  }
}

function layoutOf(key: GoType, elem: GoType): Layout {
  const keyIsElsewhere = key.size > largestInline;
  const elemIsElsewhere = elem.size > largestInline;
  const [keySize, keyAlign] = keyIsElsewhere ? [8, 8] : [key.size, key.align];
  const [elemSize, elemAlign] = elemIsElsewhere ? [8, 8] : [elem.size, elem.align];
  const elemOffset = roundUp(keySize, elemAlign);
  // As of any struct of Go, the address of a last field without a size is inside.
  const end = elemSize === 0 ? elemOffset + 1 : elemOffset + elemSize;
  const slotSize = roundUp(end, Math.max(keyAlign, elemAlign));
  return { groupSize: roundUp(slotsPerGroup + slotsPerGroup * slotSize, 8), slotSize, elemOffset, keyIsElsewhere, elemIsElsewhere };
}

const roundUp = (value: number, align: number): number => Math.ceil(value / align) * align;

function offsetIn(types: GoTypeTable, struct: "Map" | "table", ...path: string[]): number {
  const offset = fieldOffset(types, types.runtimeStruct(`internal/runtime/maps.${struct}`), ...path);
  if (offset === undefined) throw new UnreadableError(`the layout of maps of this version of Go is not known (${path.join(".")})`);
  return offset;
}
