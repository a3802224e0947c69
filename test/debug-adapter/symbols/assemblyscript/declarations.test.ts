import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readDeclarations } from "../../../../debug-adapter/src/symbols/assemblyscript/declarations.ts";

test("fields in the order of the text, parameters of a constructor among them", () => {
  const { classes } = readDeclarations(`
    @unmanaged export class Item<T> extends Base { // a comment with { a brace
      static count: i32 = 0;
      private a: u8 = 1
      @inline get wide(): i64 { return 1; }
      b!: Map<string, i32[]>;
      constructor(public c: f64, d: i32, readonly e: Item | null = null) { super(); }
      f(): void { if (this.a > 1) { } }
      g: string = "}";
    }`);
  expect(classes.get("Item")).toEqual({
    base: "Base",
    isGeneric: true,
    fields: [
      { name: "a", type: "u8" },
      { name: "b", type: "Map<string,i32[]>" },
      { name: "c", type: "f64" },
      { name: "e", type: "Item" },
      { name: "g", type: "string" },
    ],
  });
});

test("types of parameters and variables, where they are declared or told by their first value", () => {
  const { functions, globals } = readDeclarations(`
    let title: string = "x", other = 1;
    export function run<T>(n: i32, list: Array<T>): void {
      const made = new Item<i32>(1); let text = "a" + n.toString(); let sum = a("b") + 1;
      for (let i: u8 = 0; i < 2; i++) { let n2 = "plain"; }
      { let same: i32 = 1; } { let same: f64 = 2; }
    }`);
  expect(globals.get("title")).toBe("string");
  expect(Object.fromEntries(functions.get("run")!)).toEqual({
    n: "i32",
    list: "Array<T>",
    made: "Item<i32>",
    text: "string",
    sum: "",
    i: "u8",
    n2: "string",
    same: "",
  });
});

test("any text is read to its end", () => {
  const words = fc.constantFrom(
    "class",
    "extends",
    "{",
    "}",
    "(",
    ")",
    "<",
    ">",
    ":",
    ";",
    "=",
    "let",
    "function",
    "name",
    "constructor",
    '"',
    "get",
    "@",
    "new",
    ",",
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 60 }), (tokens) => {
      expect(readDeclarations(tokens.join(" ")).classes.size).toBeLessThan(61);
    }),
  );
});
