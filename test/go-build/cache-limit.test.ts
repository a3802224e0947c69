import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { limitCache, markUsed } from "../../go-build/cache-limit.ts";

const folder = mkdtempSync(join(tmpdir(), "go-wasm-cache-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const groupOf = (name: string): string => name.split(".")[0]!;

test("what was used longest ago goes, with all that belongs to it", async () => {
  for (const [age, name] of ["a", "b", "c", "d"].entries()) {
    for (const file of [name, `${name}.built`]) {
      writeFileSync(join(folder, file), name);
      utimesSync(join(folder, file), 1000 - age, 1000 - age);
    }
  }
  await markUsed(join(folder, "d.built"));
  await limitCache(folder, 2, groupOf);
  expect(readdirSync(folder).sort()).toEqual(["a", "a.built", "d", "d.built"]);
});

test("a folder that is not there has nothing to lose", async () => {
  await expect(limitCache(join(folder, "missing"), 1, groupOf)).resolves.toBeUndefined();
  await expect(markUsed(join(folder, "missing"))).resolves.toBeUndefined();
});
