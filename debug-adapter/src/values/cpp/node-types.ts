import { sizeOf, withoutAliases, type DataType } from "#core/dwarf/data-type.ts";

/** Templates, members and their arguments are looked through this far. */
const depthLimit = 8;
const known = new WeakMap<DataType, Map<string, DataType | undefined>>();

/** The complete type of a container's nodes, by the begin of its name: containers have it as an argument of their allocator only. */
export function nodeTypeIn(container: DataType, name: string): DataType | undefined {
  const types = known.get(container) ?? new Map<string, DataType | undefined>();
  known.set(container, types);
  if (!types.has(name)) types.set(name, searched(container, `std::${name}`));
  return types.get(name);
}

function searched(container: DataType, name: string): DataType | undefined {
  const seen = new Set<DataType>();
  let level: readonly DataType[] = [container];
  for (let depth = 0; depth < depthLimit; depth++) {
    const inner: DataType[] = [];
    for (const type of level) {
      const plain = withoutAliases(type);
      if (seen.has(plain) || seen.size > 1_000) continue;
      seen.add(plain);
      if (plain.kind === "pointer") {
        const target = plain.target();
        if (target) inner.push(target);
      }
      if (plain.kind !== "struct") continue;
      if (plain.name.startsWith(name) && sizeOf(plain) !== undefined) return plain;
      inner.push(...(plain.typeArguments?.() ?? []), ...plain.members().map((member) => member.type));
    }
    level = inner;
  }
  return undefined;
}
