import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserExtension, browserServer } from "../../tools/bundles.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-wasm-browser-"));
  const rules = { categories: { correctness: "off" }, env: { builtin: true, es2024: true, worker: true }, rules: { "no-undef": "error" } };
  writeFileSync(join(folder, "oxlint.json"), JSON.stringify(rules));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Global names that a script uses and a worker of a browser does not have; one that stands behind `typeof` alone is not used. */
function foreignNames(script: string, known: readonly string[] = []): string[] {
  const { stdout } = spawnSync(join(root, "node_modules/.bin/oxlint"), ["-c", join(folder, "oxlint.json"), "-f", "json", script], {
    encoding: "utf8",
    timeout: 60_000,
  });
  const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly { readonly message: string }[] };
  const names = diagnostics.map(({ message }) => /'(.+)' is not defined/.exec(message)?.[1] ?? message);
  return [...new Set(names)].filter((name) => !known.includes(name)).sort();
}

test("what only Node has is found", () => {
  const script = join(folder, "planted.js");
  writeFileSync(script, 'Buffer.from("x"); setImmediate(() => process.exit()); new Worker("y"); postMessage(typeof global);\n');
  expect(foreignNames(script)).toEqual(["Buffer", "process", "setImmediate"]);
});

// esbuild itself refuses modules of Node here: the platform is a browser.
describe.each([
  ["server", browserServer, [], []],
  // Asked for by minimatch with `typeof` before it is used.
  ["extension", browserExtension, ["vscode"], ["module", "exports", "require", "process"]],
] as const)("the %s of the browser", (_, options, modules, globals) => {
  test("needs nothing of Node", async () => {
    const { metafile } = await build({ ...options, outdir: folder, metafile: true });
    for (const [output, { imports }] of Object.entries(metafile.outputs)) {
      expect([...new Set(imports.map(({ path }) => path))]).toEqual(modules);
      expect(foreignNames(join(root, output), globals)).toEqual([]);
    }
    expect.assertions(2);
  });
});
