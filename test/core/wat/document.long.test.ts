import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WatDocument } from "#core/wat/document.ts";
import type { WatEdit } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { specSuite } from "../../support/spec-suite.ts";

const codes = (text: string, kind: "wat" | "wast" = "wat"): string[] =>
  WatDocument.open(text, kind)
    .problems()
    .map(({ code }) => code);

/** All that a document says, to compare two of them. */
function state(document: WatDocument): unknown {
  return {
    text: document.text,
    starts: Array.from(document.starts),
    fields: document.fields.map(({ tags, spans, text, nodes, trivia, references, scope, length }) =>
      [tags, spans, text, nodes, trivia, references, scope, length].join(";"),
    ),
    problems: document.problems(),
    modules: document.modules.map(({ first, end, opening, isRejected }) => ({ first, end, opening, isRejected })),
    lines: Array.from({ length: document.lines.lineCount }, (_, line) => document.lines.lineStart(line)),
  };
}

/** Pieces that break and mend the structure of a text. */
const snippets = ["(", ")", '"', "(;", ";)", ";;", "(@a ", "\n", "\r", "\r\n", " ", "$x", "0", "end", "block", "(func)", "(func $f", "(module", "(import \"m\" \"n\" (func))", "", "\\", "é", "(assert_invalid (module", ")(type $t (func))"]; // prettier-ignore

const small = specSuite().filter(({ text }) => text.length < 20_000);

interface Step {
  readonly place: number;
  readonly removed: number;
  readonly text: string;
}

/** Edits a script of the suite step by step and compares with what opening the outcome gives. */
function checkEdits(script: number, kind: "wat" | "wast", steps: readonly (readonly Step[])[]): void {
  let document = WatDocument.open(small[script % small.length]!.text, kind);
  for (const step of steps) {
    let { length } = document.text;
    const changes = step.map(({ place, removed, text }): WatEdit => {
      const start = length === 0 ? 0 : place % (length + 1);
      const end = Math.min(length, start + removed);
      length += text.length - (end - start);
      return { span: { start, end }, text };
    });
    document = document.edit(changes);
    expect(state(document)).toEqual(state(WatDocument.open(document.text, kind)));
  }
}

describe("an edit", () => {
  const edits = fc.array(fc.record({ place: fc.nat(), removed: fc.nat(30), text: fc.constantFrom(...snippets) }), {
    minLength: 1,
    maxLength: 4,
  });

  test.each([7, 11, 13])(
    "equals a full parse, in random edits of the test suite (seed %i)",
    (seed) => {
      const property = fc.property(fc.nat(), fc.constantFrom("wat", "wast"), fc.array(edits, { minLength: 1, maxLength: 4 }), checkEdits);
      fc.assert(property, { seed, numRuns: 60 });
    },
    120_000,
  );

  test("keeps the fields that it does not touch", () => {
    const text = "(module\n  (func $a)\n  (func $b nop)\n  (func $c)\n)";
    const before = WatDocument.open(text, "wat");
    const at = text.indexOf("nop");
    const after = before.edit([{ span: { start: at, end: at + 3 }, text: "unreachable" }]);
    const shared = after.fields.map((field) => before.fields.includes(field));
    expect(shared).toEqual([true, true, false, true, true, true]);
    expect(after.modules[0]!.names).toBe(before.modules[0]!.names);
  });
});

test("edits do not keep the texts before them in memory", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const heap = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 1e6;
  };
  const body = `(param i32) (result i32) (local $a_local_with_a_long_name i32)
local.get 0
${"nop\n".repeat(250)}`;
  const functions = Array.from(
    { length: 2_000 },
    (_, at) => `(func $a_function_with_a_long_name_${at} (export "an_export_with_a_long_name_${at}") ${body})\n`,
  );
  let document = WatDocument.open(`(module ${functions.join("")})`, "wat");
  expect(document.problems()).toEqual([]);
  const before = heap();
  for (let edit = 0; edit < 100; edit++) {
    const place = document.text.indexOf("(param", Math.floor((document.text.length * edit) / 101));
    document = document.edit([{ span: { start: place, end: place }, text: " " }]);
    document.problems();
  }
  // Each text has 2 MB.
  expect(heap() - before).toBeLessThan(40);
});

describe("one mistake", () => {
  const body =
    "(func $f (param $p i32) (result i32) block $l local.get $p br_if $l end (if (local.get $p) (then nop)) (i32.add (i32.const 1) (i32.const 2)))\n";
  const text = `(module\n${body}${body.replace("$f", "$g").replaceAll(" ", "\n ")}(func $h (drop (call $f (i32.const 0)))))\n`;
  const places = Array.from({ length: text.length }, (_, place) => place);

  test.each(["(", ")", '"', "(;", "(@"])("%s typed anywhere gives at most 3 problems", (typed) => {
    const document = WatDocument.open(text, "wat");
    expect(document.problems()).toEqual([]);
    const most = places.map((place) => {
      const { length } = document.edit([{ span: { start: place, end: place }, text: typed }]).problems();
      return { place: text.slice(Math.max(0, place - 20), place), length };
    });
    expect(most.filter(({ length }) => length > 3)).toEqual([]);
  });

  test("in each of many fields is told in each", () => {
    expect(codes("(func foo) (func $a (call $b)) (func (param i33))")).toEqual(["unknown-instruction", "unknown-func", "unexpected-token"]);
  });

  test("of very many is told 1 000 times", () => {
    expect(codes(`(@a ${'"\\q" '.repeat(300_000)})(func)`)).toHaveLength(1_000);
    expect(codes("(func foo)".repeat(3_000))).toHaveLength(1_000);
    expect(codes(`(func ${"foo ".repeat(3_000)})`)).toHaveLength(1_000);
  });
});

test.each([
  "(type (func (param TYPES)))",
  "(func (param TYPES))",
  "(type (func (result TYPES))) (func (type 0) unreachable) (func (result TYPES) call 0)",
  "(func (block (param TYPES) (result TYPES) unreachable) unreachable)",
  "(type (struct (field TYPES)))",
  "(func (local TYPES))",
])("300 000 types: %s", (pattern) => {
  const document = WatDocument.open(pattern.replaceAll("TYPES", "i32 ".repeat(300_000)), "wat");
  expect(document.problems().length).toBeLessThanOrEqual(1);
  expect(encodeWat(document).bytes?.length).toBeGreaterThan(0);
});

describe("nesting of 100 000", () => {
  const depth = 100_000;
  const texts: Readonly<Record<string, string>> = {
    "flat blocks": `(func ${"block\n".repeat(depth)}${"end\n".repeat(depth)})`,
    "folded blocks": `(func ${"(block\n".repeat(depth)}${")".repeat(depth)})`,
    "folded ifs": `(func ${"(if (i32.const 0) (then\n".repeat(depth)}${"))".repeat(depth)})`,
    operands: `(func (drop ${"(i32.eqz ".repeat(depth)}(i32.const 0)${")".repeat(depth)}))`,
    comments: `(func ${"(;".repeat(depth)}${";)".repeat(depth)})`,
    annotations: `(func (@a ${"(".repeat(depth)}${")".repeat(depth)}))`,
    "labels that are looked up": `(func ${"block $l br $l\n".repeat(depth)}${"end $l\n".repeat(depth)})`,
  };

  test.each(Object.keys(texts))("%s: opens and edits", (name) => {
    const text = texts[name]!;
    const document = WatDocument.open(text, "wat");
    expect(document.problems()).toEqual([]);
    const middle = Math.max(text.indexOf("\n", text.length >> 1), "(func ".length);
    expect(document.edit([{ span: { start: middle, end: middle }, text: "\n" }]).problems()).toEqual([]);
    expect(document.edit([{ span: { start: middle, end: middle }, text: "(" }]).problems().length).toBeLessThanOrEqual(3);
  });

  test.each(["(", ")", "(func ", "(block ", "block ", "(i32.eqz ", "(;", "(@a ", "(if (then ", "(module ", '"'])(
    "%s without its end: a few problems, no hang",
    (unit) => {
      const problems = WatDocument.open(unit.repeat(depth), "wat").problems();
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.length).toBeLessThanOrEqual(1_000);
    },
  );
});
