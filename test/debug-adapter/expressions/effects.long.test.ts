// What the debug console changes and calls: what the program reads and gives afterwards says whether it has.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { sharedAdapterTests } from "../../support/adapter-test.ts";
import { type DapClient, markedLine } from "../../support/dap-client.ts";
import { corpusFile, temporaryFolder, unpacked } from "../../support/debug-corpus.ts";

const { connect } = sharedAdapterTests();
const folder = temporaryFolder({});
afterAll(() => folder.remove());

const modules = {
  c: { program: corpusFile("expressions/expressions.wasm"), source: corpusFile("expressions/expressions.c"), args: [3] },
  "c++": { program: corpusFile("expressions/members.wasm"), source: corpusFile("expressions/members.cpp"), args: [] },
  rust: { program: inFolder("numbers.wasm", unpacked("expressions/numbers.wasm.gz")), source: copied("expressions/numbers.rs"), args: [3] },
  assemblyscript: { program: corpusFile("as/main.debug.wasm"), source: corpusFile("as/main.ts"), args: [3] },
  zig: { program: corpusFile("zig/main.debug.wasm"), source: corpusFile("zig/main.zig"), args: [3] },
};

function inFolder(name: string, bytes: Uint8Array | string): string {
  const path = join(folder.path, name);
  writeFileSync(path, bytes);
  return path;
}

function copied(name: string): string {
  return inFolder(name.slice(name.lastIndexOf("/") + 1), readFileSync(corpusFile(name)));
}

interface Stopped {
  readonly client: DapClient;
  readonly frameId: number;
  /** What the console answers; an error as its text. */
  readonly console: (text: string) => Promise<string>;
  readonly set: (expression: string, value: string) => Promise<string>;
  readonly complete: (text: string) => Promise<string[]>;
}

/** A member of a response; of a refusal its message. */
const answer = (asked: Promise<Record<string, unknown>>, name: string): Promise<string> =>
  asked.then(
    (body) => String(body[name]),
    (error: unknown) => (error as Error).message,
  );

async function stopAt(language: keyof typeof modules, mark: string): Promise<Stopped> {
  const { program, source, args } = modules[language];
  const client = connect();
  await client.launch({ program, invoke: { export: "run", args } }, { breakpoints: { [source]: [markedLine(source, mark)] } });
  await client.stopped();
  const { id: frameId } = await client.top();
  return {
    client,
    frameId,
    console: (expression) => answer(client.request("evaluate", { expression, context: "repl", frameId }), "result"),
    set: (expression, value) => answer(client.request("setExpression", { expression, value, frameId }), "value"),
    complete: async (text) => {
      const { targets } = await client.request<{ targets: { label: string }[] }>("completions", { text, column: text.length + 1, frameId });
      return targets.map(({ label }) => label);
    },
  };
}

/** An expression in C, and one in JavaScript that computes the same number. */
interface Decision {
  readonly c: string;
  readonly js: string;
}

const same = (text: string): Decision => ({ c: text, js: text });
const decisions: fc.Arbitrary<Decision> = fc.letrec<{ tree: Decision }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom("0", "1", "counter", "(counter += 2)", "(counter -= 3)", "counter++", "--counter").map(same),
    fc
      .tuple(tie("tree"), fc.constantFrom("&&", "||"), tie("tree"), fc.constantFrom("&&", "||"), tie("tree"))
      .map(([one, first, two, second, three]) => ({
        c: `(${one.c} ${first} ${two.c} ${second} ${three.c})`,
        // There the result is one of the operands.
        js: `Number(Boolean(${one.js} ${first} ${two.js} ${second} ${three.js}))`,
      })),
    // Two operands that change the same variable have no order in C.
    fc.tuple(tie("tree"), fc.nat(2)).map(([one, two]) => ({ c: `(${one.c} == ${two})`, js: `Number(${one.js} == ${two})` })),
    fc.tuple(tie("tree"), tie("tree"), tie("tree")).map(([condition, one, two]) => ({
      c: `(${condition.c} ? ${one.c} : ${two.c})`,
      js: `(${condition.js} ? ${one.js} : ${two.js})`,
    })),
  ),
})).tree;

describe("C", () => {
  test("assignments in the console, and their values", async () => {
    const { client, frameId, console } = await stopAt("c", "set");
    for (const [text, shown] of [
      ["byte = 7", "7"],
      ["byte += 250", "1"],
      ["--byte", "0 '\\0'"],
      ["points[1].y *= -2", "-44"],
      ["item.at.x = points[0].x++", "11"],
      ["points[0].x", "12"],
      ["item.flag = 9 - 3", "6"],
      ["item.mode |= 8", "25"],
      ["item.balance -= 1", "-21"],
      ["item.color = GREEN", "GREEN (5)"],
      ["narrow = broad = 0.75", "0.75"],
      ["label = text", '"text"'],
      ['text = "longer"', '"longer"'],
      ["item.next = 0", "0x0"],
      ["points[1] = points[0]", "{x: 12, y: 12}"],
      ["yes = 0", "false"],
    ]) {
      const answer = await console(text!);
      expect(`${text}: ${answer}`).toMatch(new RegExp(`: ${shown!.replaceAll(/[\\[\]{}().*+?^$|]/g, "\\$&").split(" '")[0]}`));
    }
    expect(await client.evaluate("byte", frameId)).toMatch(/^0\b/);
    for (const [text, message] of [
      ["byte = 300", /300 does not fit into byte, which has 8 bits/],
      ["item.flag = 9", /9 does not fit into flag, which has 3 bits/],
      ["byte + 1 = 3", /only a variable/],
      ["points = 3", /set what is inside/],
      ["nowhere = 3", /there is no variable "nowhere" here/],
      ['text = "much too long"', /room for 8/],
    ] as const)
      expect(await console(text)).toMatch(message);
  });

  test("what && and || and ?: leave out does not happen, as in JavaScript", async () => {
    const { console } = await stopAt("c", "set");
    await fc.assert(
      fc.asyncProperty(decisions, async ({ c, js }) => {
        const [result, counter] = runInNewContext(`let counter = 0; const result = ${js}; [result, counter]`) as [number, number];
        await console("counter = 0");
        const shown = await console(c);
        expect([c, Number.parseInt(shown, 10), await console("counter")]).toEqual([c, result, String(counter)]);
      }),
      { numRuns: Math.min(fc.readConfigureGlobal()?.numRuns ?? 100, 300) },
    );
  });

  test("a call that is left out is not made, and nothing happens behind a failure", async () => {
    const { console } = await stopAt("c", "set");
    await console("counter = 5");
    expect(await console("counter == 5 || square(counter++)")).toBe("1");
    expect(await console("counter != 5 && square(counter++)")).toBe("0");
    expect(await console("counter == 5 ? square(7) : square(counter++)")).toBe("49");
    expect(await console("missing && counter++")).toMatch(/no variable "missing"/);
    expect(await console("1 / 0 + counter++")).toMatch(/division by zero/);
    expect(await console("counter")).toBe("5");
    expect(await console("counter == 5 && square(counter++) == 25")).toBe("1");
    expect(await console("counter")).toBe("6");
  });

  test("only the console changes anything", async () => {
    const { client, frameId, console } = await stopAt("c", "set");
    for (const context of ["watch", "hover", "clipboard", "variables", undefined])
      for (const expression of ["byte = 9", "byte++", "byte += 1", "bump(4)", "square(2)"]) {
        const asked = client.request("evaluate", { expression, frameId, ...(context === undefined ? {} : { context }) });
        await expect(asked).rejects.toThrow("for the debug console, not for watches");
      }
    await expect(client.request("setExpression", { expression: "byte", value: "square(2)", frameId })).rejects.toThrow(
      "assignments and calls",
    );
    expect(await console("byte == 250 && counter == 7 + 17")).toMatch(/^[01]$/);
    expect(await client.evaluate("byte", frameId)).toMatch(/^250/);
    const source = modules.c.source;
    const [refused] = await client.setBreakpoints(source, [{ line: markedLine(source, "after"), condition: "byte = 3" }]);
    expect(refused).toMatchObject({ verified: false, message: expect.stringContaining("must not change the program") as string });
  });

  test("functions are called with numbers and pointers, whatever breakpoints are in them", async () => {
    const { client, frameId, console } = await stopAt("c", "set");
    const { source } = modules.c;
    await client.setBreakpoints(source, [markedLine(source, "sum"), { line: markedLine(source, "leaf"), hitCondition: "== 1" }]);
    expect(await console("square(7)")).toBe("49");
    expect(await console("square(square(2) + 1)")).toBe("25");
    expect(await console("half(0.5)")).toBe("0.25");
    expect(await console("wide(0xfffffffffffffff0, 300)")).toBe(String((0xfffffffffffffff0n + 44n) & 0xffffffffffffffffn));
    expect(await console("sum(xs, 3)")).toBe("9");
    expect(await console("sum(&xs[1], 2) * 2")).toBe("14");
    expect(await console("leaf(4)")).toBe("10");
    expect(await console("byte = square(3)")).toMatch(/^9\b/);
    const before = Number(await client.evaluate("counter", frameId));
    expect(await console("bump(5)")).toBe("");
    expect(await client.evaluate("counter", frameId)).toBe(String(before + 5));
    expect(await console("broken(1)")).toMatch(/broken has ended with an error: unreachable/);
    expect(await console("whole(points[0])")).toMatch(/cannot be called|cannot be passed/);
    expect(await console("square(1, 2)")).toBe("square takes 1 arguments, not 2");
    expect(await console("byte(1)")).toMatch(/only functions are called/);
    expect(await console("nosuch(1)")).toMatch(/no function "nosuch"/);
    // What is stopped is as it was, and hits are those of the program alone.
    expect(await client.evaluate("byte", frameId)).toMatch(/^9\b/);
    await client.continue();
    await client.stopped();
    expect((await client.top()).name).toBe("sum");
    await client.continue();
    await client.stopped();
    expect((await client.top()).name).toBe("leaf");
  });

  test("a function that does not return is ended", async () => {
    const { client, frameId, console } = await stopAt("c", "set");
    expect(await console("forever(1)")).toBe("forever was ended as it took longer than 5 seconds; what it changed before stays");
    expect(await client.evaluate("byte", frameId)).toMatch(/^250/);
    await client.continue();
    await client.ended();
  });

  test("a function that calls nothing keeps its variables when another one is called in it", async () => {
    const { client, frameId, console } = await stopAt("c", "leaf");
    expect(await client.evaluate("own", frameId)).toBe("4");
    expect(await console("sum(0, 0) + square(v)")).toBe("9");
    expect(await client.evaluate("own", frameId)).toBe("4");
    expect(await console("sum(&own, 1)")).toMatch(/below the stack pointer/);
  });

  test("completions: variables, members, names of the module", async () => {
    const { complete } = await stopAt("c", "set");
    expect(await complete("poi")).toEqual(["points"]);
    expect(await complete("item.ba")).toEqual(["balance"]);
    expect(await complete("1 + item.next->a")).toEqual(["at"]);
    expect(await complete("(&points[1])->")).toEqual(["x", "y"]);
    expect(await complete("squ")).toEqual(["square"]);
    expect(await complete("hid")).toEqual(["hidden"]);
    expect(await complete("GRE")).toEqual(["GREEN"]);
    expect(await complete("square(1).")).toEqual([]);
  });
});

describe("C++", () => {
  test("members without this, references, enums, globals of namespaces", async () => {
    const { client, frameId, console, set, complete } = await stopAt("c++", "method");
    expect(await console("w = 30")).toBe("30");
    expect(await console("this->h += 1")).toBe("5");
    expect(await set("unit.y", "-8")).toBe("-8");
    expect(await set("id", "41")).toBe("41");
    expect(await set("ready", "false")).toBe("false");
    expect(await console("geo::detail::scale = 6")).toBe("6");
    expect(await console("flags = 7")).toBe("7");
    expect(await set("level", "Low")).toContain("Low");
    expect(await client.evaluate("this->w * 100 + h * 10 + (level == Level::Low)", frameId)).toBe("3051");
    expect(await complete("this->un")).toEqual(["unit"]);
    expect(await complete("corn")).toEqual(["corner"]);
    expect(await complete("this->dep")).toEqual(["depth"]);
    expect(await complete("geo::detail::sc")).toEqual(["scale"]);
    expect(await console("area()")).toMatch(/no function|takes 1 arguments/);
    expect(await console("this->area()")).toBe("150");
  });

  test("locals by reference, fractions, characters, pointers, methods", async () => {
    const { console, set } = await stopAt("c++", "values");
    expect(await set("ref", "77")).toBe("77");
    expect(await console("value")).toBe("77");
    expect(await set("narrow", "0.25")).toBe("0.25");
    expect(await set("letter", "'x'")).toBe("120 'x'");
    expect(await set("flag", "0")).toBe("false");
    expect(await set("direction", "NORTH")).toBe("NORTH (0)");
    expect(await set("level", "Level::Low")).toContain("Low");
    expect(await set("point", "nullptr")).toBe("0x0");
    expect(await set("pair.second", "nan")).toBe("nan");
    expect(await set("box", "3")).toContain("set what is inside of it");
    expect(await console("box.grow(5)")).toBe("");
    // By six more, as the method adds one of its own.
    expect(await console("box.w")).toBe("11");
    // `shape` is the box, 11 by 4: the method that is called is the one of its class.
    expect(await console("shape.area()")).toBe("44");
    expect(await console("(&shape)->area()")).toBe("44");
    expect(await console("shape.id = 3, 4")).toContain('"," is not understood');
  });
});

describe("Rust", () => {
  test("assignments and what they refuse", async () => {
    const { client, frameId, console, set, complete } = await stopAt("rust", "values");
    expect(await set("small", "7")).toBe("7");
    expect(await console("small += 250")).toBe("257 does not fit into u8");
    expect(await console("small -= 2")).toBe("5");
    expect(await set("yes", "false")).toBe("false");
    expect(await set("letter", "'ä'")).toContain("ä");
    expect(await set("d", "-1e300")).toBe("-1e+300");
    expect(await set("huge", "1 << 100")).toBe(String(1n << 100n));
    expect(await set("level", "Level::Low")).toContain("Low");
    expect(await set("array[1]", "21")).toBe("21");
    expect(await set("*boxed", "9")).toBe("9");
    expect(await client.evaluate("changed", frameId)).toBe("9");
    expect(await set("pair.1", "-8")).toBe("-8");
    expect(await set("point", "3")).toContain("set what is inside of it");
    expect(await console("inner::HIDDEN")).toBe("77");
    expect(await console("double(21)")).toBe("42");
    expect(await console("&array[1..3]")).toBe("[21, 30]");
    expect(await console("array[..=1]")).toBe("[10, 21]");
    expect(await console("slice[1..]")).toBe("[30, 40]");
    expect(await complete("point.")).toEqual(["x", "y"]);
    expect(await complete("by_ref.")).toEqual(["x", "y"]);
    expect(await complete("pair.")).toEqual(["0", "1"]);
    expect(await complete("HID")).toEqual(["HIDDEN"]);
  });
});

describe("Zig", () => {
  test("assignments, pointers and enumerators", async () => {
    const { console, set, complete } = await stopAt("zig", "end");
    expect(await set("p.x", "100")).toBe("100");
    expect(await console("p.y -= 6")).toBe("-10");
    expect(await console("p.x * p.y")).toBe("-1000");
    expect(await console("counter = 40")).toBe("40");
    expect(await console("col == .blue and p.x == 100")).toBe("true");
    expect(await console("table[1..3]")).toBe("[2, 3]");
    expect(await console("opt.?")).toBe("9");
    expect(await complete("p.")).toEqual(["x", "y"]);
  });
});

describe("AssemblyScript", () => {
  test("fields, functions, and what lies in locals", async () => {
    const { console, set, complete } = await stopAt("assemblyscript", "end");
    expect(await console("p.x * 10 + xs[4]")).toBe("38");
    expect(await set("p.x", "-9")).toBe("-9");
    expect(await console("p.y += 1")).toBe("5");
    expect(await console("xs[1] = 0x7fffffff")).toBe("2147483647");
    expect(await console("xs[1] + 1")).toBe("-2147483648");
    expect(await console("fact(6)")).toBe("720");
    expect(await console("sum(xs)")).toBe(String((1 + 0x7fffffff + 3 + 5 + 8) | 0));
    expect(await console("f = 3")).toMatch(/local of WebAssembly/);
    expect(await console("counter = 3")).toMatch(/not exported by the module/);
    expect(await complete("p.")).toEqual(expect.arrayContaining(["x", "y", "z"]));
    expect(await complete("gree")).toEqual(["greeting"]);
  });
});

describe("plain WebAssembly", () => {
  test("functions by their names", async () => {
    const path = inFolder(
      "calls.wat",
      `(module
  (global $count (export "count") (mut i32) (i32.const 0))
  (func $twice (param $x i64) (result i64) (global.set $count (i32.const 5)) (i64.mul (local.get $x) (i64.const 2)))
  (func $half (export "half") (param f32) (result f32) (f32.div (local.get 0) (f32.const 2)))
  (func (export "run") (param $n i32) (result i32)
    (local.set $n (i32.add (local.get $n) (i32.const 1)))
    (i32.add (local.get $n) (global.get $count)))) ;;@here
`,
    );
    const client = connect();
    await client.launch({ program: path, invoke: { export: "run", args: [1] } }, { breakpoints: { [path]: [markedLine(path, "here")] } });
    await client.stopped();
    const { id: frameId } = await client.top();
    const ask = async (expression: string): Promise<string> =>
      (await client.request<{ result: string }>("evaluate", { expression, context: "repl", frameId })).result;
    expect(await ask("$twice(0x7fffffffffffffff)")).toBe("-2");
    expect(await ask("$count")).toBe("5");
    expect(await ask("half(0.3)")).toBe("0.15");
    expect(await ask("$count = $n + 8")).toBe("10");
    await expect(ask("$n = 3")).rejects.toThrow("$n is a local of WebAssembly");
    await client.continue();
    await client.ended();
    expect(client.output("stdout") + client.output("console")).toContain("12");
  });
});
