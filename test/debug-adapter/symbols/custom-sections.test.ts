import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readModule } from "#core/wasm/module.ts";
import { readCustomSections } from "../../../debug-adapter/src/symbols/custom-sections.ts";
import { temporaryFolder } from "../../support/debug-corpus.ts";
import { moduleBytes, modulesFolder } from "../../support/debug-modules.ts";

const whole = moduleBytes("c/prog.O0.wasm");
const folder = temporaryFolder({ "text.map": "{}" });
afterAll(() => folder.remove());

const isDebug = (name: string): boolean => name.startsWith(".debug_");

/** A custom section that is filled with its name. */
function custom(name: string, length: number): Uint8Array {
  const contents = Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.alloc(length, name)]);
  const size = contents.length;
  return Buffer.concat([Buffer.from([0, (size & 0x7f) | 0x80, ((size >> 7) & 0x7f) | 0x80, size >> 14]), contents]);
}

async function sectionsOf(bytes: Uint8Array, wanted: (name: string) => boolean): Promise<Map<string, Uint8Array>> {
  const path = join(folder.path, "module.wasm");
  writeFileSync(path, bytes);
  const { module } = readModule(await readCustomSections(path, wanted));
  return new Map(
    module.sections.map(({ customName = "no custom section", start, end }) => [customName, module.bytes.subarray(start, end)]),
  );
}

test("the sections that are wanted, byte for byte, and no others", async () => {
  const { module } = readModule(whole);
  const expected = module.sections.filter(({ customName }) => customName !== undefined && isDebug(customName));
  expect(expected.length).toBeGreaterThan(3);
  const found = await sectionsOf(whole, isDebug);
  expect([...found.keys()]).toEqual(expected.map(({ customName }) => customName));
  for (const { customName, start, end } of expected) expect(Buffer.compare(found.get(customName!)!, whole.subarray(start, end))).toBe(0);
});

test("a module that was cut off within a section has that section as far as it goes", async () => {
  const { module } = readModule(whole);
  const line = module.sections.find(({ customName }) => customName === ".debug_line")!;
  const found = await sectionsOf(whole.subarray(0, line.start + 100), isDebug);
  expect(found.get(".debug_line")).toHaveLength(100);
});

test("sections larger than what is read at once, and many small ones", async () => {
  const small = Array.from({ length: 5000 }, (_, at) => custom(`s${at % 10}`, 20));
  const bytes = Buffer.concat([
    whole.subarray(0, 8),
    custom(".debug_a", 200_000),
    ...small,
    custom("other", 100_000),
    custom(".debug_b", 70_000),
  ]);
  const found = await sectionsOf(bytes, isDebug);
  expect([...found].map(([name, { length }]) => [name, length])).toEqual([
    [".debug_a", 200_000],
    [".debug_b", 70_000],
  ]);
});

test("a section with a damaged size ends what can be found", async () => {
  const found = await sectionsOf(Buffer.concat([whole.subarray(0, 8), Buffer.alloc(40, 0xff)]), isDebug);
  expect(found.size).toBe(0);
});

test("what is no module comes as it is", async () => {
  const bytes = await readCustomSections(join(folder.path, "text.map"), isDebug);
  expect(Buffer.from(bytes).toString()).toBe("{}");
  await expect(readCustomSections(join(modulesFolder, "nothing.wasm"), isDebug)).rejects.toThrow(/ENOENT/);
});
