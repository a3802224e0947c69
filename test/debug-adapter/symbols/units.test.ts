import { describe, expect, test } from "vitest";
import { readModule } from "#core/wasm/module.ts";
import { moduleOffset } from "#core/wasm/offsets.ts";
import { formatValue } from "../../../debug-adapter/src/values/format.ts";
import { StopMemory } from "../../../debug-adapter/src/values/memory.ts";
import { moduleBytes } from "../../support/debug-modules.ts";
import { dwarfFrame, machineState, memoryStop } from "./dwarf-frames.ts";
import { code, everyPlace, symbolsOf } from "./unit-modules.ts";

describe.each([4, 5])("DWARF %i that is split", (version) => {
  const split = `lists.split${version}`;

  test.each([`${split}.dwo`, `${split}.dwp`])("tells the places of variables as the whole does: %s", async (file) => {
    const [whole, parts] = [moduleBytes(`units/lists${version}.wasm`), moduleBytes(`units/${split}.wasm`)];
    expect(code(parts)).toEqual(code(whole));
    const expected = await everyPlace(await symbolsOf(`lists${version}.wasm`), `lists${version}.wasm`);
    // Some are in lists, and some are gone at some places.
    expect(new Set(expected.filter((line) => line.includes(" sum ")).map((line) => line.replace(/^\d+ /, ""))).size).toBeGreaterThan(1);
    expect(await everyPlace(await symbolsOf(`${split}.wasm`, file), `${split}.wasm`)).toEqual(expected);
  });

  test("finds globals by their names", async () => {
    const symbols = await symbolsOf(`${split}.wasm`, `${split}.dwo`);
    const [, total] = readModule(moduleBytes(`units/${split}.wasm`)).module.functions;
    const frame = dwarfFrame(total!.body!.end, machineState(9));
    expect(await symbols.names!.variableNamed("table", { ...frame, offset: moduleOffset(total!.body!.end - 1) })).toMatchObject({
      typeName: "int[4]",
    });
  });
});

describe("types that one file declares and another defines", () => {
  const address = 64;
  const memory = new Uint8Array(256);
  new DataView(memory.buffer).setInt32(address, 7, true);
  memory.set([1, 0, 2, 0, 3, 0], address + 4);

  async function members(): Promise<Record<string, string>> {
    const symbols = await symbolsOf("incomplete.wasm");
    const source = (await symbols.sources()).find(({ name }) => name.endsWith("holder.cpp"))!;
    const { ranges } = (await symbols.offsetsOf(source, 19))!;
    const frame = dwarfFrame(ranges[0]!.start, machineState(address), 0, memory);
    const context = { memory: new StopMemory(memoryStop(memory), frame.module), limits: { maxStringLen: 64, maxArrayValues: 16 } };
    const type = symbols.names!.typeNamed("Holder", frame.offset)!;
    const inside = type.kind === "struct" ? type.members() : [];
    const shown = inside.map(async (member) => {
      const target = member.type.kind === "pointer" ? member.type.target() : undefined;
      const value = { kind: "memory", memoryIndex: 0, address, type: target! } as const;
      return [
        member.name,
        (await formatValue({ name: member.name, typeName: target?.name, language: "c++", value }, context)).value,
      ] as const;
    });
    return Object.fromEntries(await Promise.all(shown));
  }

  test("are whole, also templates", async () => {
    expect(await members()).toMatchObject({ hidden: "{seed: 7, tags: [1, 2, 3]}", cell: "{value: 7}" });
  });

  test("stay incomplete where files define different ones", async () => {
    expect((await members())["twice"]).toMatch(/incomplete|size/);
  });
});
