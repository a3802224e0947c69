import { expect, test } from "vitest";
import { readModule } from "#core/wasm/module.ts";
import { dwarfdump } from "../../../support/llvm-dwarfdump.ts";
import { built, codeRows, program } from "./program.ts";

const bytes = built.bytes!;

test("LLVM verifies it", () => {
  expect(dwarfdump(bytes, "--verify")).toMatchObject({ ok: true, output: expect.stringContaining("No errors.") });
});

test("LLVM reads the place of every instruction, with columns in bytes", () => {
  const { codeStart } = readModule(bytes).module;
  const lines = program.split("\n");
  const stoppable = codeRows().filter(({ text }) => !/^(block|loop)/.test(text));
  const expected = stoppable.map(({ offset, line, character }) => {
    const column = Buffer.byteLength(lines[line]!.slice(0, character)) + 1;
    return `${offset - codeStart!} ${line + 1}:${column} is_stmt`;
  });
  const { output } = dwarfdump(bytes, "--debug-line");
  const rows = [...output.matchAll(/^0x0*([0-9a-f]+) +(\d+) +(\d+) +0 +\d+ +\d+ *(.*)$/gm)]
    .filter(([, , , , flags]) => !flags!.includes("end_sequence"))
    .map(([, address, line, column, flags]) =>
      `${parseInt(address!, 16)} ${line}:${column} ${flags!.replace("prologue_end", "").trim()}`.trim(),
    );
  // Each function has one row more: that of its head, where nothing stops.
  expect(rows.filter((row) => expected.includes(row))).toEqual(expected);
  expect(rows.filter((row) => !expected.includes(row)).map((row) => row.replace(/^\d+ /, ""))).toEqual(["4:3", "22:3", "22:34", "23:3"]);
  expect(output).toContain('include_directories[  1] = "src"');
});

test("LLVM reads functions, parameters, named locals and globals", () => {
  const { output } = dwarfdump(bytes, "--debug-info");
  const entries = [...output.matchAll(/DW_TAG_(subprogram|formal_parameter|variable)\n((?:[ ]+DW_AT_.*\n)+)/g)].map(
    ([, kind, attributes]) => {
      const of = (name: string) => new RegExp(`DW_AT_${name}\\s+\\((.*)\\)`).exec(attributes!)?.[1]?.replace(/^0x[0-9a-f]+ /, "");
      return [kind, of("name"), of("type"), of("location"), of("decl_line")].filter((part) => part !== undefined).join(" ");
    },
  );
  expect(entries).toEqual([
    'subprogram "fac" "i32" 4',
    'formal_parameter "n" "i32" DW_OP_WASM_location 0x0 0x0, DW_OP_stack_value',
    'formal_parameter "param1" "i64" DW_OP_WASM_location 0x0 0x1, DW_OP_stack_value',
    'variable "acc" "i32" DW_OP_WASM_location 0x0 0x2, DW_OP_stack_value',
    'variable "any" "externref"',
    'subprogram "a" 22',
    'subprogram "b" 22',
    'subprogram "boom" "f32" 23',
    'formal_parameter "v" "v128" DW_OP_WASM_location 0x0 0x0, DW_OP_stack_value',
    'variable "calls" "i32" DW_OP_WASM_location 0x1 0x0, DW_OP_stack_value',
  ]);
});
