import { expect, test } from "vitest";
import { encodeUtf8 } from "#core/bytes/utf8.ts";
import { moduleOffset } from "#core/wasm/offsets.ts";
import { dwarfSymbols } from "../../../debug-adapter/src/symbols/dwarf.ts";
import type { ModuleSymbols } from "../../../debug-adapter/src/symbols/module-symbols.ts";
import { sourceMapSymbols } from "../../../debug-adapter/src/symbols/source-map.ts";
import { watSymbols } from "../../../debug-adapter/src/symbols/wat.ts";
import { built, codeRows, encoded, program } from "../../core/wat/debug-info/program.ts";
import { dwarfFrame } from "./dwarf-frames.ts";

// Whoever debugs the module with the debug information in it is to stop where we stop with the text beside it.

const bytes = built.bytes!;
const fromText = watSymbols({ path: "/project/src/demo.wat", text: program, bytes: encoded.bytes! })!;
const fromDwarf = (await dwarfSymbols({ bytes, name: "demo.wasm" }))!;
const readFile = (name: string) => Promise.resolve(name === "demo.wasm.map" ? encodeUtf8(built.sourceMap!) : undefined);
const fromMap = (await sourceMapSymbols({ bytes, path: "/project/demo.wasm", name: "demo.wasm", readFile }))!;

const lastLine = program.split("\n").length;

/** Line and offsets of a breakpoint on each line. */
async function stops(symbols: ModuleSymbols): Promise<unknown[]> {
  const [source] = await symbols.sources();
  const found: unknown[] = [];
  for (let line = 1; line <= lastLine; line++) {
    const match = await symbols.offsetsOf(source!, line);
    found.push(match && [line, match.line, ...match.ranges.map(({ start }) => start)]);
  }
  return found;
}

test("breakpoints by DWARF are where they are by the text", async () => {
  expect(await stops(fromDwarf)).toEqual(await stops(fromText));
});

test("every instruction has the same line by DWARF, by the source map and by the text", async () => {
  for (const { offset, line, text } of codeRows()) {
    // What opens a block has no row in DWARF, as nothing can stop there.
    const all = /^(block|loop)/.test(text) ? [fromText, fromMap] : [fromText, fromMap, fromDwarf];
    for (const symbols of all) {
      expect((await symbols.positionOf(moduleOffset(offset)))?.line, `${symbols.kind} at ${offset}`).toBe(line + 1);
    }
  }
});

test("variables by DWARF have the values that the machine has", async () => {
  const inside = codeRows().find(({ text }) => text === "i32.mul")!.offset;
  const state = {
    locals: [
      { type: "i32" as const, value: -4 },
      { type: "i64" as const, value: 7n },
      { type: "i32" as const, value: 24 },
    ],
    globals: [{ type: "i32" as const, value: 3 }],
    stack: [],
  };
  const scopes = await fromDwarf.scopesAt(dwarfFrame(moduleOffset(inside), state));
  const values = scopes.flatMap(({ name, variables }) =>
    variables.map(({ name: variable, typeName, value }) => [
      name,
      variable,
      typeName,
      value.kind === "bytes" ? Buffer.from(value.bytes).toString("hex") : value.kind,
    ]),
  );
  expect(values).toEqual([
    ["Locals", "acc", "i32", "18000000"],
    ["Locals", "any", "externref", "unavailable"],
    ["Arguments", "n", "i32", "fcffffff"],
    ["Arguments", "param1", "i64", "0700000000000000"],
    ["Globals", "calls", "i32", "03000000"],
  ]);
});
