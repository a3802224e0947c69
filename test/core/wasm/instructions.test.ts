import { describe, expect, test } from "vitest";
import wabtFactory from "wabt";
import { allWabtFeatures } from "../../support/all-wabt-features.ts";
import type { Immediate, Instruction } from "#core/wasm/instructions.ts";
import { instructions, isOpcodePrefix, lookupInstruction, lookupOpcode } from "#core/wasm/instructions.ts";
import { ByteWriter } from "#core/bytes/writer.ts";
import { specSuite } from "../../support/spec-suite.ts";

/** Words with a dot that the suite's scripts use outside of modules. */
const scriptWords = new Set(["ref.host", "ref.extern", "ref.any", "ref.eq", "ref.array", "ref.struct"]);

/** Keyword-like words of a script, strings and comments left out, by a scanner of the test's own. */
function words(text: string): Set<string> {
  const bare = text.replace(/"(?:[^"\\]|\\[^])*"|;;[^\n]*|\(;[^]*?;\)/g, " ");
  return new Set(bare.match(/(?<=[\s()])[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+(?=[\s()])/g));
}

test("every dotted word of the suite is an instruction of the table", () => {
  const used = new Set(specSuite().flatMap((script) => [...words(script.text)]));
  const unknown = [...used].filter((word) => !lookupInstruction(word) && !scriptWords.has(word));
  expect(used.size).toBeGreaterThan(450);
  expect(unknown).toEqual([]);
});

test("opcodes are unique and found again", () => {
  for (const instruction of instructions) {
    expect(lookupOpcode(instruction.opcode[0], instruction.opcode[1])).toBe(instruction);
    expect(isOpcodePrefix(instruction.opcode[0])).toBe(instruction.opcode.length === 2);
  }
  const names = new Map<string, number>();
  for (const { name } of instructions) names.set(name, (names.get(name) ?? 0) + 1);
  expect([...names].filter(([, rows]) => rows > 1).map(([name]) => name)).toEqual(["select", "ref.test", "ref.cast"]);
});

const immediateText: Partial<Record<Immediate, string>> = {
  "block-type": "",
  label: "0",
  labels: "0 0",
  func: "0",
  "type-use": "(type 0)",
  local: "0",
  global: "0",
  table: "0",
  memory: "0",
  memarg: "",
  tag: "0",
  data: "0",
  elem: "0",
  i32: "1",
  i64: "1",
  f32: "1",
  f64: "1",
  v128: "i32x4 1 2 3 4",
  lane: "0",
  lanes: "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
  "result-types": "",
  "heap-type": "func",
  catches: "",
};

const closed = new Set(["block", "loop", "if", "try_table"]);
/** Not instructions on their own, or not known to wabt 1.0.39 (GC, typed function references, stack switching, wide arithmetic). */
function wabtKnows({ name, feature, opcode }: Instruction): boolean {
  if (["else", "end", "catch", "catch_all", "delegate", "try"].includes(name)) return false;
  if (feature === "stack-switching" || feature === "wide-arithmetic" || opcode[0] === 0xfb) return false;
  return !["call_ref", "return_call_ref", "br_on_null", "br_on_non_null", "ref.eq", "ref.as_non_null"].includes(name);
}

describe("wabt writes the same opcodes", async () => {
  const wabt = await wabtFactory();
  const features = allWabtFeatures(wabt);
  const known = instructions.filter((instruction) => wabtKnows(instruction) && instruction.opcode[0] !== 0x1c);

  test("for most of the table", () => expect(known.length).toBeGreaterThan(500));

  test.each(known.map((instruction) => [instruction.name, instruction] as const))("%s", (name, { opcode, immediates, accessBytes }) => {
    const operands = immediates.map((kind) => immediateText[kind]).join(" ");
    const text = `(module (type (func)) (memory 1) (table 1 funcref) (global i32 (i32.const 0)) (tag) (data "") (elem func)
      (func (local i32) ${name} ${operands} ${closed.has(name) ? "end" : ""}))`;
    const module = wabt.parseWat("row.wat", new TextEncoder().encode(text), features);
    const bytes = module.toBinary({}).buffer;
    module.destroy();
    const expected = new ByteWriter();
    expected.u8(opcode[0]);
    if (opcode[1] !== undefined) expected.uleb(opcode[1]);
    if (immediates.includes("memarg")) expected.u8(Math.log2(accessBytes));
    const body = Buffer.from([1, 1, 0x7f, ...expected.finish()]);
    expect(Buffer.from(bytes).includes(body)).toBe(true);
  });
});
