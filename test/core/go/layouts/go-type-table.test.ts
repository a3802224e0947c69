import { expect, test } from "vitest";
import { commonOf, type GoType, type GoTypeId } from "#core/go/layouts/go-type.ts";
import { GoTypeTable } from "#core/go/layouts/go-type-table.ts";

const id = (number: number): GoTypeId => number as GoTypeId;

const int: GoType = { ...commonOf("int", 8, 8), kind: "int" };
const pointerTo = (name: string, elem: number): GoType => ({ ...commonOf(`*${name}`, 8, 8), kind: "pointer", elem: id(elem) });

function table(types: readonly (GoType | undefined)[], asked: readonly (readonly [string, number])[] = []): GoTypeTable {
  return new GoTypeTable(types, new Map(asked.map(([name, at]) => [name, id(at)])), new Map(), new Map());
}

test("adopted types refer to those that were here already, and to each other", () => {
  const own = table([undefined, int]);
  const field = (name: string, type: number): { name: string; type: GoTypeId; offset: number; embedded: boolean } => ({
    name,
    type: id(type),
    offset: 0,
    embedded: false,
  });
  // A list that is linked with itself, and a pointer to it.
  const node: GoType = { ...commonOf("list.Node", 16, 8), named: true, kind: "struct", fields: [field("value", 3), field("next", 2)] };
  const other = table([undefined, node, pointerTo("list.Node", 1), int], [["go.shape.list.Node", 1]]);
  const here = own.adopt(other);
  expect(here(id(3))).toBe(own.find("int"));
  const added = own.get(here(id(1)));
  expect(added?.kind === "struct" && added.fields.map(({ type }) => own.get(type)?.name)).toEqual(["int", "*list.Node"]);
  const pointer = own.get(own.find("*list.Node")!);
  expect(pointer?.kind === "pointer" && pointer.elem).toBe(here(id(1)));
  expect(own.find("go.shape.list.Node")).toBe(here(id(1)));
  expect(own.findPlain("list.Node")).toBe(here(id(1)));
});

test("what is adopted twice is there once", () => {
  const own = table([undefined, int]);
  const other = table([undefined, pointerTo("int", 2), int]);
  const [first, again] = [own.adopt(other), own.adopt(other)];
  expect(again(id(1))).toBe(first(id(1)));
});

test("a type that the other table does not know stays unknown", () => {
  const own = table([undefined, ...Array.from({ length: 20 }, () => int)]);
  const here = own.adopt(table([undefined, pointerTo("?", 7)]));
  const pointer = own.get(here(id(1)));
  expect(pointer?.kind === "pointer" && own.get(pointer.elem)).toBeUndefined();
});
