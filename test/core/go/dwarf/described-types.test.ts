import { expect, test } from "vitest";
import type { DataType } from "#core/dwarf/data-type.ts";
import { GoDataTypes } from "#core/go/dwarf/data-types.ts";
import { DescribedTypes } from "#core/go/dwarf/described-types.ts";
import { commonOf, type GoType, type GoTypeId } from "#core/go/layouts/go-type.ts";
import { GoTypeTable } from "#core/go/layouts/go-type-table.ts";

const id = (value: number): GoTypeId => value as GoTypeId;
const named = { named: true };
const field = (name: string, type: number, offset: number) => ({ name, type: id(type), offset, embedded: false });

/** The runtime's structs as far as maps and channels are found by them, and types with all that is told apart. */
const types: readonly GoType[] = [
  { ...commonOf("int", 8, 8), kind: "int" },
  { ...commonOf("string", 16, 8), kind: "string" },
  { ...commonOf("[40]int", 320, 8), kind: "array", elem: id(0), length: 40 },
  { ...commonOf("map[string]int", 8, 8), kind: "map", key: id(1), elem: id(0) },
  { ...commonOf("map[[40]int]*[40]int", 8, 8), kind: "map", key: id(2), elem: id(5) },
  { ...commonOf("*[40]int", 8, 8), kind: "pointer", elem: id(2) },
  { ...commonOf("main.Table", 8, 8), ...named, kind: "map", key: id(1), elem: id(2) },
  { ...commonOf("<-chan string", 8, 8), kind: "chan", elem: id(1), direction: "receive" },
  { ...commonOf("[]string", 24, 8), kind: "slice", elem: id(1) },
  { ...commonOf("main.List", 24, 8), ...named, kind: "slice", elem: id(1) },
  { ...commonOf("main.Name", 16, 8), ...named, kind: "string" },
  { ...commonOf("error", 16, 8), ...named, kind: "interface", methods: ["Error"] },
  { ...commonOf("interface {}", 16, 8), kind: "interface" },
  { ...commonOf("func(int) string", 8, 8), kind: "func", params: [id(0)], results: [id(1)], variadic: false },
  { ...commonOf("main.Celsius", 4, 4), ...named, kind: "float32" },
  { ...commonOf("unsafe.Pointer", 8, 8), kind: "unsafe.Pointer" },
  { ...commonOf("main.node", 24, 8), ...named, kind: "struct", fields: [field("text", 1, 0), field("next", 17, 16)] },
  { ...commonOf("*main.node", 8, 8), kind: "pointer", elem: id(16) },
  // As a user may write it: what it looks like is not what it is.
  { ...commonOf("main.fake", 16, 8), ...named, kind: "struct", fields: [field("str", 19, 0), field("len", 0, 8)] },
  { ...commonOf("*uint8", 8, 8), kind: "pointer", elem: id(20) },
  { ...commonOf("uint8", 1, 1), kind: "uint8" },
  { ...commonOf("struct { a uint8; b complex64 }", 12, 4), kind: "struct", fields: [field("a", 20, 0), field("b", 22, 4)] },
  { ...commonOf("complex64", 8, 4), kind: "complex64" },
];
const tested = types.length;
const runtime: readonly GoType[] = [
  { ...commonOf("runtime.hchan", 96, 8), kind: "struct", fields: [field("buf", 15, 16)] },
  { ...commonOf("internal/runtime/maps.Map", 48, 8), kind: "struct", fields: [field("used", 0, 0), field("dirPtr", 15, 16)] },
  { ...commonOf("internal/runtime/maps.table", 32, 8), kind: "struct", fields: [field("groups", tested + 3, 16)] },
  { ...commonOf("internal/runtime/maps.groupsReference", 16, 8), kind: "struct", fields: [field("data", 15, 0)] },
];

/** A type as far as DWARF tells of it: parameters of functions and names of methods are not in it. */
function told(table: GoTypeTable, type: GoType, depth = 3): unknown {
  const { name, kind, size, align, named: isNamed } = type;
  const inner = (of: GoTypeId): unknown => (depth === 0 ? table.get(of)?.name : told(table, table.get(of)!, depth - 1));
  const own =
    type.kind === "map"
      ? { key: inner(type.key), elem: inner(type.elem) }
      : type.kind === "struct"
        ? { fields: type.fields.map((of) => ({ name: of.name, offset: of.offset, type: inner(of.type) })) }
        : "elem" in type
          ? {
              elem: inner(type.elem),
              ...("length" in type ? { length: type.length } : {}),
              ...("direction" in type ? { direction: type.direction } : {}),
            }
          : type.kind === "interface"
            ? { hasMethods: type.methods.length > 0 }
            : {};
  return { name, kind, size, align, isNamed, ...own };
}

test("types that were written as DWARF are the same when they are read", () => {
  const structs = new Map(runtime.map(({ name }, at) => [name, id(tested + at)]));
  const table = new GoTypeTable([...types, ...runtime], new Map(), structs, new Map());
  const written = new GoDataTypes(table);
  const read = new GoTypeTable([], new Map(), new Map(), new Map());
  const described = new DescribedTypes(read);
  for (const [at, type] of types.entries())
    expect(told(read, read.get(described.of(written.of(id(at))))!), type.name).toEqual(told(table, type));
});

const byte: DataType = { kind: "base", name: "uint8", size: 1, encoding: "unsigned" };

test("deep, wide and endless types end", () => {
  const table = new GoTypeTable([], new Map(), new Map(), new Map());
  const described = new DescribedTypes(table);
  let deep: DataType = byte;
  for (let depth = 0; depth < 50_000; depth++) deep = { kind: "array", name: "", size: 1, count: 1, element: deep };
  expect(table.get(described.of(deep))?.kind).toBe("array");
  let shared: DataType = byte;
  for (let depth = 0; depth < 40; depth++) {
    const type: DataType = shared;
    const members = Array.from({ length: 100 }, (_, at) => ({ name: `m${at}`, type, offset: 0, inherited: false }));
    shared = { kind: "struct", name: `s${depth}`, size: 1, flavour: "struct", members: () => members };
  }
  expect(table.get(described.of(shared))).toMatchObject({ kind: "struct", align: 1 });
  const members = Array.from({ length: 500_000 }, (_, at) => ({ name: `m${at}`, type: byte, offset: at, inherited: false }));
  expect(table.get(described.of({ kind: "struct", name: "wide", size: 1, flavour: "struct", members: () => members }))?.kind).toBe(
    "struct",
  );
  const endless = (): DataType => ({ kind: "pointer", name: "*", size: 8, flavour: "pointer", target: endless });
  expect(table.get(described.of(endless()))?.kind).toBe("pointer");
});
