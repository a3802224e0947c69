/** Whether Go's own compiler made a module, and which one. */
import { ByteReader } from "#core/bytes/reader.ts";
import type { WasmModule } from "#core/wasm/module.ts";

/**
 * Whether the module was linked by cmd/link. Producers are asked first; tools that strip custom sections leave the imports of the
 * `gojs` host, or nothing, in which case only the function table tells.
 */
export function isGoModule(module: WasmModule): boolean {
  if (goVersion(module) !== undefined || module.customSections("go:buildid").length > 0) return true;
  return module.imports.some((entry) => entry.module === "gojs");
}

/** Such as `go1.26.8`, as the linker writes it into the producers section. */
export function goVersion(module: WasmModule): string | undefined {
  return module
    .producers()
    .get("processed-by")
    ?.find((tool) => tool.name === "Go cmd/compile")?.version;
}

/** The linker's build id: four hashes with `/` between them; `undefined` without one (`-ldflags=-buildid=`). */
export function goBuildId(module: WasmModule): string | undefined {
  const section = module.customSections("go:buildid")[0];
  if (!section) return undefined;
  const text = new ByteReader(module.bytes, section.start, section.end).utf8(section.end - section.start);
  return /Go build ID: "([^"\n]*)"/.exec(text)?.[1];
}
