import { describe, expect, test } from "vitest";
import { readLocals } from "#core/wasm/locals.ts";
import { readModule } from "#core/wasm/module.ts";
import { moduleOffset } from "#core/wasm/offsets.ts";
import { InstructionList, type ListedInstruction } from "../../../debug-adapter/src/disassembly/instruction-list.ts";
import { moduleBytes } from "../../support/debug-modules.ts";

describe.each(["c/prog.O2.wasm", "zig/main.debug.wasm", "as/main.debug.wasm"])("%s", (name) => {
  const { module } = readModule(moduleBytes(name));
  const defined = module.functions.filter(({ body }) => body);
  const start = defined[0]!.body!.start;
  const all = new InstructionList(module)
    .slice(start, 0, module.bytes.length)
    .filter((entry): entry is ListedInstruction => entry !== undefined);

  test("the list holds every byte of every function's code, once", () => {
    let next = 0;
    for (const { range, isFirst, fn } of all) {
      expect(range.start).toBe(isFirst ? readLocals(module, fn)!.bodyStart : next);
      next = range.end;
      if (range.end === fn.body!.end) expect(module.bytes[range.start]).toBe(0x0b);
    }
    expect(all.filter(({ isFirst }) => isFirst).map(({ fn }) => fn)).toEqual(defined);
  });

  test.each([0, 1, 7, 400, all.length - 5, all.length - 1])("a piece around instruction %i is a piece of the list", (at) => {
    const list = new InstructionList(module);
    for (const [skip, count] of [
      [0, 1],
      [-3, 10],
      [-200, 400],
      [50, 60],
    ] as const) {
      const expected = Array.from({ length: count }, (_, index) => all[at + skip + index]?.range.start);
      expect(list.slice(all[at]!.range.start, skip, count).map((entry) => entry?.range.start)).toEqual(expected);
    }
  });

  test("a place within an instruction, or between functions, is the next one or the one that holds it", () => {
    const list = new InstructionList(module);
    const long = all.find(({ range }) => range.end - range.start > 2)!;
    expect(list.slice(moduleOffset(long.range.start + 1), 0, 1)[0]?.range).toEqual(long.range);
    expect(list.slice(moduleOffset(0), 0, 1)[0]?.range).toEqual(all[0]!.range);
    expect(list.slice(moduleOffset(module.bytes.length), 0, 2)).toEqual([undefined, undefined]);
    expect(list.slice(moduleOffset(module.bytes.length), -1, 1)[0]?.range).toEqual(all.at(-1)!.range);
  });
});
