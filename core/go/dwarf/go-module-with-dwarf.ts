import type { EmittedSection } from "#core/dwarf/emit/description.ts";
import { withCustomSections, type CustomSection } from "#core/wasm/custom-sections.ts";
import type { WasmModule } from "#core/wasm/module.ts";

/**
 * The module with these debug sections in place of those that it has. Go's linker writes `producers` before `name`, and LLVM reads nothing of a
 * module in which it does not stand behind (llvm/lib/Object/WasmObjectFile.cpp, `WasmSectionOrderChecker`), so it goes to the end.
 */
export function goModuleWithDwarf(module: WasmModule, sections: readonly EmittedSection[]): Uint8Array<ArrayBuffer> {
  const producers = module.customSections("producers").map(({ start, end }): CustomSection => {
    return { name: "producers", contents: module.bytes.subarray(start, end) };
  });
  return withCustomSections(module, [...sections, ...producers], (name) => name === "producers" || name.startsWith(".debug_"));
}
