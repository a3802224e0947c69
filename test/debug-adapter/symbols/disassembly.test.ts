import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import wabtFactory from "wabt";
import { encodeUtf8 } from "#core/bytes/utf8.ts";
import { readModule } from "#core/wasm/module.ts";
import { moduleOffset } from "#core/wasm/offsets.ts";
import { disassemblySymbols } from "../../../debug-adapter/src/symbols/disassembly.ts";
import { frameAt, plain } from "./frames.ts";

const wabt = await wabtFactory();

async function symbolsOf(text: string, names = true) {
  const parsed = wabt.parseWat("case.wat", encodeUtf8(text));
  const bytes = new Uint8Array(parsed.toBinary({ write_debug_names: names }).buffer);
  parsed.destroy();
  const { module } = readModule(bytes);
  const symbols = disassemblySymbols({ module, name: "case.wasm" });
  const source = (await symbols.sources())[0]!;
  return { module, symbols, source, text: (await source.content!())! };
}

const program = `(module
  (global $count (mut i64) (i64.const 7))
  (func $main (export "main") (param $x i32) (local f64)
    block
      loop
        local.get $x
        br_if 1
      end
    end
    i32.const 1
    drop))`;

describe("disassembly as a source", () => {
  test("each instruction has a line, found both ways", async () => {
    const { module, symbols, source, text } = await symbolsOf(program);
    expect(source.name).toBe("case.wasm/main-0.wat");
    const lines = text.split("\n");
    expect(lines.map((line) => line.trim())).toEqual([
      '(func $main (;0;) (export "main") (type 0) (param $x i32)',
      "(local f64)",
      "block (;@1;)",
      "loop (;@2;)",
      "local.get $x",
      "br_if 1 (;@1;)",
      "end",
      "end",
      "i32.const 1",
      "drop",
      ")",
    ]);
    for (const line of await symbols.linesWithCode(source, 1, 99)) {
      const match = (await symbols.offsetsOf(source, line))!;
      expect(match.line).toBe(line);
      expect(await symbols.positionOf(match.ranges[0]!.start)).toMatchObject({ source, line });
      expect(await symbols.stepRanges(match.ranges[0]!.start)).toEqual(match.ranges);
    }
    // By hand: the body is the local declarations (01 01 7c), block (02 40), loop (03 40), local.get 0 (20 00).
    const body = module.functions[0]!.body!;
    expect((await symbols.offsetsOf(source, 5))!.ranges).toEqual([{ start: body.start + 7, end: body.start + 9 }]);
  });

  test("a breakpoint on a line that only opens a block moves on", async () => {
    const { symbols, source } = await symbolsOf(program);
    expect(await symbols.linesWithCode(source, 1, 6)).toEqual([5, 6]);
    expect((await symbols.offsetsOf(source, 1))!.line).toBe(5);
    expect(await symbols.offsetsOf(source, 12)).toBeUndefined();
  });

  test("function, prologue and place between instructions", async () => {
    const { module, symbols } = await symbolsOf(program);
    const body = module.functions[0]!.body!;
    expect(await symbols.functionAt(body.start)).toMatchObject({ index: 0, name: "main", range: body, bodyStart: body.start + 3 });
    expect(await symbols.positionOf(moduleOffset(body.start + 8))).toMatchObject({ line: 5 });
    expect(await symbols.functionAt(moduleOffset(4))).toBeUndefined();
    expect(await symbols.positionOf(moduleOffset(4))).toBeUndefined();
  });

  test("scopes have the names of the name section, or those that V8 gives", async () => {
    const state = {
      locals: [
        { type: "i32", value: 5 },
        { type: "f64", value: 0.5 },
      ],
      globals: [{ type: "i64", value: 7n }],
      stack: [{ type: "i32", value: 1 }],
    } as const;
    const named = await symbolsOf(program);
    const offset = moduleOffset(named.module.functions[0]!.body!.start + 7);
    expect(plain(await named.symbols.scopesAt(frameAt(offset, state)))).toEqual({
      Parameters: { $x: "i32 5" },
      Locals: { $var1: "f64 0.5" },
      Globals: { $count: "i64 7" },
      "Operand Stack": { "stack[0]": "i32 1" },
    });
    const nameless = await symbolsOf(program, false);
    expect(plain(await nameless.symbols.scopesAt(frameAt(offset, state)))).toMatchObject({
      Parameters: { $var0: "i32 5" },
      Globals: { $global0: "i64 7" },
    });
  });
});

test("every function of a stripped C module has a listing", async () => {
  const bytes = new Uint8Array(readFileSync(new URL("../../corpus/debug/modules/c/prog.stripped.wasm", import.meta.url)));
  const { module } = readModule(bytes);
  const symbols = disassemblySymbols({ module, name: "prog.stripped.wasm" });
  const sources = await symbols.sources();
  expect(sources.length).toBe(module.functions.length - module.importedFunctionCount);
  expect(new Set(sources.map((source) => source.name)).size).toBe(sources.length);
  for (const source of sources) expect(await source.content!()).toMatch(/^\(func [^]*\n\)$/);
});
