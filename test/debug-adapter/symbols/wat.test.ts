import { Session } from "node:inspector";
import { describe, expect, test } from "vitest";
import { moduleOffset } from "#core/wasm/offsets.ts";
import { WatDocument } from "#core/wat/document.ts";
import { encodeWat } from "#core/wat/encode.ts";
import { watSymbols } from "../../../debug-adapter/src/symbols/wat.ts";
import { frameAt, plain } from "./frames.ts";

/** The marks are comments, so that they do not change the code. */
const program = `(module
  (import "host" "log" (func $log (param i32)))
  (global $calls (mut i32) (i32.const 0)) ;; GLOBAL
  ;; ABOVE
  (func $fac (export "fac") (param $n i32) (param i64) (result i32) ;; HEAD
    (local $acc i32) ;; LOCALS
    i32.const 1 local.set $acc ;; FIRST
    block $done
      loop $again ;; LOOP
        local.get $n ;; CONDITION
        i32.eqz
        br_if $done
        (local.set $acc
          (i32.mul ;; FOLDED
            (local.get $acc) ;; INNER
            (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1))) ;; ONE
        br $again
      end
    end

    local.get $acc ;; LAST
  ) ;; CLOSE
  (func $a (drop (i32.const 1))) (func $b (drop (i32.const 2))) ;; TWO
  (memory 1) ;; MEMORY
)`;

const lineOf = (mark: string): number => program.slice(0, program.indexOf(`;; ${mark}`)).split("\n").length;
const encoded = encodeWat(WatDocument.open(program, "wat"));
const bytes = encoded.bytes!;
const symbols = watSymbols({ path: "/project/case.wat", text: program, bytes })!;
const [source] = await symbols.sources();

/** Text of the instructions that a range holds. */
function textOf({ start, end }: { readonly start: number; readonly end: number }): string {
  const { rows } = encoded;
  return Array.from(rows.offsets, (offset, row) => (offset >= start && offset < end ? program.slice(rows.starts[row], rows.ends[row]) : ""))
    .filter((text) => text !== "")
    .join(" | ");
}

async function boundAt(line: number, column?: number): Promise<string> {
  const match = await symbols.offsetsOf(source!, line, column);
  return match ? `${match.line}: ${match.ranges.map(textOf).join(" & ")}` : "nowhere";
}

async function stepAt(line: number): Promise<string[]> {
  const start = (await symbols.offsetsOf(source!, line))!.ranges[0]!.start;
  return (await symbols.stepRanges(start)).map(textOf);
}

function columnOf(line: number, word: string): number {
  return program.split("\n")[line - 1]!.indexOf(word) + 1;
}

describe("breakpoints", () => {
  test.each([
    ["FIRST", "FIRST", "i32.const 1"],
    ["HEAD", "FIRST", "i32.const 1"],
    ["LOCALS", "FIRST", "i32.const 1"],
    ["ABOVE", "FIRST", "i32.const 1"],
    ["GLOBAL", "FIRST", "i32.const 1"],
    ["LOOP", "CONDITION", "local.get $n"],
    ["FOLDED", "FOLDED", "i32.mul"],
    ["INNER", "INNER", "local.get $acc"],
    ["ONE", "ONE", "local.get $n"],
    ["CLOSE", "CLOSE", ")"],
    ["TWO", "TWO", "i32.const 1 & i32.const 2"],
  ])("on the line of %s", async (asked, found, text) => {
    expect(await boundAt(lineOf(asked))).toBe(`${lineOf(found)}: ${text}`);
  });

  test("an empty line moves on inside of its function, the end of the file goes nowhere", async () => {
    expect(await boundAt(lineOf("LAST") - 1)).toBe(`${lineOf("LAST")}: local.get $acc`);
    expect(await boundAt(lineOf("MEMORY"))).toBe("nowhere");
  });

  test("a column chooses an instruction of the line", async () => {
    const one = lineOf("ONE");
    expect(await boundAt(one, columnOf(one, "i32.sub"))).toBe(`${one}: i32.sub`);
    expect(await boundAt(one, columnOf(one, "local.set"))).toBe(`${one}: local.set $n`);
    const two = lineOf("TWO");
    expect(await boundAt(two, columnOf(two, "i32.const 2"))).toBe(`${two}: i32.const 2`);
  });

  test("lines with code", async () => {
    const lines = await symbols.linesWithCode(source!, lineOf("HEAD"), lineOf("CONDITION"));
    expect(lines).toEqual([lineOf("FIRST"), lineOf("CONDITION")]);
  });

  test("V8 takes a breakpoint at each place", async () => {
    const session = new Session();
    session.connect();
    try {
      let scriptId = "";
      session.on("Debugger.scriptParsed", ({ params }) => {
        if (params.url.startsWith("wasm:")) scriptId = params.scriptId;
      });
      session.post("Debugger.enable");
      const compiled = new WebAssembly.Module(bytes);
      expect(WebAssembly.Module.exports(compiled)).toHaveLength(1);
      for (const line of await symbols.linesWithCode(source!, 1, 99)) {
        for (const { start } of (await symbols.offsetsOf(source!, line))!.ranges) {
          session.post("Debugger.setBreakpoint", { location: { scriptId, lineNumber: 0, columnNumber: start } }, (error, answer) => {
            expect(error).toBeNull();
            expect(answer.actualLocation.columnNumber).toBe(start);
          });
        }
      }
    } finally {
      session.disconnect();
    }
  });
});

describe("positions", () => {
  test("each instruction is found at its own line and column", async () => {
    for (const [row, offset] of Array.from(encoded.rows.offsets).entries()) {
      const position = await symbols.positionOf(moduleOffset(offset));
      const before = program.slice(0, encoded.rows.starts[row]);
      if (before.split("\n").length === lineOf("GLOBAL")) expect(position).toBeUndefined();
      else expect(position).toMatchObject({ source, line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") });
    }
  });

  test("a step takes the whole line of the function, in pieces where the line is not in one", async () => {
    expect(await stepAt(lineOf("FIRST"))).toEqual(["i32.const 1 | local.set $acc"]);
    expect(await stepAt(lineOf("ONE"))).toEqual(["local.get $n | i32.const 1 | i32.sub | local.set $n"]);
    expect(await stepAt(lineOf("TWO"))).toEqual(["i32.const 1 | drop | )"]);
    expect(await stepAt(lineOf("FOLDED"))).toEqual(["i32.mul"]);
  });

  test("functions have the names of the text and start behind their locals", async () => {
    const first = (await symbols.offsetsOf(source!, lineOf("FIRST")))!.ranges[0]!.start;
    expect(await symbols.functionAt(first)).toMatchObject({ index: 1, name: "$fac", bodyStart: first });
  });
});

test("scopes", async () => {
  const offset = (await symbols.offsetsOf(source!, lineOf("LAST")))!.ranges[0]!.start;
  const state = {
    locals: [
      { type: "i32", value: 0 },
      { type: "i64", value: -1n },
      { type: "i32", value: 120 },
    ],
    globals: [{ type: "i32", value: 3 }],
    stack: [],
  } as const;
  expect(plain(await symbols.scopesAt(frameAt(offset, state)))).toEqual({
    Parameters: { $n: "i32 0", $var1: "i64 -1" },
    Locals: { $acc: "i32 120" },
    Globals: { $calls: "i32 3" },
    "Operand Stack": {},
  });
});

test("bytes that did not come from the text have no symbols here", () => {
  expect(watSymbols({ path: "/project/case.wat", text: program.replace("i32.const 2", "i32.const 3"), bytes })).toBeUndefined();
  expect(watSymbols({ path: "/project/case.wat", text: "(module (func", bytes })).toBeUndefined();
});
