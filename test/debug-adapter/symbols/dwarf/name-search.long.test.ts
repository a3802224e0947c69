import { describe, expect, test } from "vitest";
import { tag } from "#core/dwarf/constants.ts";
import { Entry } from "#core/dwarf/entries.ts";
import { NameSearch } from "../../../../debug-adapter/src/symbols/dwarf/name-search.ts";
import { debugInfoOf, dwarfModules, moduleBytes } from "../../../support/debug-modules.ts";

const tags = new Set<number>([
  tag.baseType,
  tag.structureType,
  tag.enumerationType,
  tag.typedef,
  tag.variable,
  tag.enumerator,
  tag.subprogram,
]);
/** Of a large module's names every tenth or so will do. */
const mostNames = 400;

const modules = [...dwarfModules().map(({ name }) => name), "cpp/shapes.O0.wasm.gz", "expressions/members.wasm"];

describe.each(modules)("%s", (name) => {
  const info = debugInfoOf(moduleBytes(name));

  test("a unit is taken for one that can have each of its own names", () => {
    const search = new NameSearch(tags);
    for (const unit of info.units) {
      const { count, tags: kinds } = info.treeOf(unit);
      const step = Math.max(1, Math.floor(count / mostNames));
      for (let index = 0; index < count; index += step) {
        if (!tags.has(kinds[index]!)) continue;
        const own = new Entry(info, unit, index).name;
        if (own === undefined) continue;
        expect(search.mayName(unit, own), own).toBe(true);
        expect(search.mayName(unit, lastPart(own)), own).toBe(true);
      }
    }
  });

  test("a name that nothing has is in no unit, as far as the producer names all in one way", () => {
    const search = new NameSearch(tags);
    const candidates = info.units.filter((unit) => search.mayName(unit, "no_such_name_anywhere"));
    expect(candidates).toEqual([]);
  });
});

const lastPart = (name: string): string => (name.includes("<") ? name : name.slice(name.lastIndexOf("::") + 1).replace(/^:/, ""));
