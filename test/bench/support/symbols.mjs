// The adapter's reader of DWARF by itself, without an engine.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The symbols of a module that has DWARF, as `debug-adapter/src/symbols/module-symbols.ts` describes them. */
export async function dwarfSymbolsOf(module) {
  const folder = mkdtempSync(join(tmpdir(), "go-wasm-bench-"));
  try {
    const outfile = join(folder, "dwarf.mjs");
    await esbuild.build({
      absWorkingDir: root,
      entryPoints: ["debug-adapter/src/symbols/dwarf.ts"],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
    });
    const { dwarfSymbols } = await import(pathToFileURL(outfile).href);
    return await dwarfSymbols({ bytes: readFileSync(module), name: module });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
