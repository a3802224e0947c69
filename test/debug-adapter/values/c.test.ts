import { describe, expect, test } from "vitest";
import type { Variable } from "../../../debug-adapter/src/symbols/module-symbols.ts";
import { formatValue } from "../../../debug-adapter/src/values/format.ts";
import { childNamed, dereference, elementAt } from "../../../debug-adapter/src/values/navigate.ts";
import { childExpression, ValueError, type ValueContext } from "../../../debug-adapter/src/values/value.ts";
import { expectation } from "../../support/debug-modules.ts";
import { variablesOfMain } from "./c-program.ts";

const { values } = expectation("c.prog.c");

/** The variable that a path such as `r.list->next` or `grid[1][2]` means. */
async function at(variables: readonly Variable[], path: string, context: ValueContext): Promise<Variable> {
  const [name, ...steps] = path.match(/^\w+|\.\w+|->\w+|\[\d+\]/g)!;
  let current = variables.find((variable) => variable.name === name);
  if (!current) throw new Error(`there is no ${name}`);
  for (const step of steps) {
    current = step.startsWith("[")
      ? await elementAt(current, Number(step.slice(1, -1)), context)
      : await childNamed(current, step.replace(/^(\.|->)/, ""), context);
  }
  return current;
}

describe.each(["c/prog.O0.wasm", "c/prog.dwarf5.wasm"])("%s", async (name) => {
  const { variables, context } = await variablesOfMain(name, 93);
  const shown = async (path: string) => (await formatValue(await at(variables, path, context), context)).value;

  test.each(Object.entries({ ...values.stops.print!.locals, ...values.stops.print!.globals }))("%s is %s", async (path, expected) => {
    expect(await shown(path)).toBe(expected);
  });

  test("structs and nested arrays are summed up", async () => {
    expect(await shown("grid")).toBe("[[1, 2, 3], [4, 5, 6]]");
    expect(await shown("r.pos")).toBe("{x: 3, y: -4}");
    expect(await shown("u")).toBe("{i: 1069547520, f: 1.5, b: [0, 0, 192, 63]}");
    expect(await shown("r")).toMatch(
      /^\{name: "rec-one", pos: \{x: 3, y: -4\}, col: BLUE \(6\), flag: 5, mode: 17, weight: 2\.5, label: "hello wasm", list: 0x[0-9a-f]+\}$/,
    );
  });

  test("children are members with the expressions that lead to them", async () => {
    const list = await at(variables, "r.list", context);
    const formatted = await formatValue(list, context);
    const children = await formatted.children!();
    expect(children.map(({ variable, access }) => [variable.name, variable.typeName, childExpression("r.list", access)])).toEqual([
      ["val", "int", "r.list->val"],
      ["next", "struct node *", "r.list->next"],
    ]);
    expect(formatted.type).toBe("struct node *");
    expect(formatted.memoryReference).toBe(formatted.value);
  });

  test("elements are handed out by range", async () => {
    const formatted = await formatValue(await at(variables, "table", context), context);
    expect(formatted.indexedCount).toBe(5);
    const children = await formatted.children!({ start: 3, count: 10 });
    expect(children.map(({ variable, access }) => [variable.name, childExpression("table", access)])).toEqual([
      ["[3]", "table[3]"],
      ["[4]", "table[4]"],
    ]);
  });

  test("limits cut strings and arrays, and say so", async () => {
    const limited = { ...context, limits: { maxStringLen: 4, maxArrayValues: 2 } };
    const text = async (path: string) => (await formatValue(await at(variables, path, context), limited)).value;
    expect(await text("greeting")).toBe('"hell"...');
    expect(await text("r.name")).toBe('"rec-"...+12 more');
    expect(await text("table")).toBe("[1, 2, ...+3 more]");
  });

  test("what cannot be reached says why", async () => {
    await expect(at(variables, "r.list->next->next->next->val", context)).rejects.toThrow(new ValueError("next is a null pointer"));
    await expect(at(variables, "table[5]", context)).rejects.toThrow("index 5 is out of bounds: table has 5 elements");
    await expect(at(variables, "r.nothing", context)).rejects.toThrow("r (type struct rec) has no member nothing");
    await expect(at(variables, "f.x", context)).rejects.toThrow("f (type int) has no member x");
    await expect(dereference(await at(variables, "f", context), context)).rejects.toThrow("f (type int) is no pointer");
    expect(await formatValue(await dereference(await at(variables, "greeting", context), context), context)).toMatchObject({
      value: "104 'h'",
      type: "const char",
    });
  });

  test("memory that is not there is no value", async () => {
    const label = await at(variables, "r.label", context);
    if (label.value.kind !== "memory") throw new Error("the label is not in memory");
    const nowhere: Variable = { ...label, value: { ...label.value, address: 0x7fff_fff0 } };
    expect((await formatValue(nowhere, context)).value).toBe("<cannot read memory at 0x7ffffff0>");
    const wild: Variable = { ...label, value: { kind: "bytes", bytes: Uint8Array.from([0xff, 0xff, 0xff, 0x7f]), type: label.value.type } };
    expect((await formatValue(wild, context)).value).toBe("<cannot read memory at 0x7fffffff>");
  });
});

test("an inner variable hides the outer one of its name, and both are there", async () => {
  const { variables, context } = await variablesOfMain("c/prog.O0.wasm", 91);
  const shown = await Promise.all(
    variables
      .filter(({ name }) => /^s\b/.test(name))
      .map(async (variable) => [variable.name, (await formatValue(variable, context)).value]),
  );
  expect(shown).toEqual([
    ["s", "100"],
    ["s (line 87)", "19"],
  ]);
});
