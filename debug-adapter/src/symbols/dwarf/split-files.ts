import { Notes } from "#core/dwarf/notes.ts";
import { packagedUnits } from "#core/dwarf/package-index.ts";
import { dwarfSections, type DwarfSections } from "#core/dwarf/sections.ts";
import { readUnits, type Unit } from "#core/dwarf/units.ts";
import { readModule, type WasmModule } from "#core/wasm/module.ts";
import type { ReadFile } from "../read-beside.ts";

/** Finds debug sections of a file by names such as `.debug_info`. */
export function sectionFinder(module: WasmModule): (name: string) => Uint8Array | undefined {
  return (name) => {
    const section = module.customSections(name)[0];
    return section && module.bytes.subarray(section.start, section.end);
  };
}

/** Whether files beside the module are read for a custom section of that name. */
export const isDebugSection = (name: string): boolean => name.startsWith(".debug_");

export interface SplitInput {
  /** Of the module's file. */
  readonly name: string;
  readonly readFile?: ReadFile;
  readonly signal?: AbortSignal;
}

/** Files that are read at once. */
const atOnce = 16;

/** The sections of the .dwo files that `debug` names, out of the .dwp file beside the module where there is one; what is not there is left out. */
export async function splitSections(debug: WasmModule, { name, readFile, signal }: SplitInput): Promise<readonly DwarfSections[]> {
  if (!readFile) return [];
  const skeletons = readUnits(dwarfSections(sectionFinder(debug)), new Notes()).filter((unit) => unit.splitName !== undefined);
  if (skeletons.length === 0) return [];
  for (const packaged of [name.replace(/(\.wasm)?$/, ".dwp"), `${name}.dwp`]) {
    const bytes = await readFile(packaged, isDebugSection);
    const units = bytes ? packagedUnits(sectionFinder(readModule(bytes).module)) : [];
    if (units.length > 0) return units;
  }
  const found: DwarfSections[] = [];
  for (let at = 0; at < skeletons.length; at += atOnce) {
    signal?.throwIfAborted();
    const files = await Promise.all(skeletons.slice(at, at + atOnce).map((unit) => splitFile(unit, readFile)));
    found.push(...files.filter((file) => file !== undefined));
  }
  return found;
}

async function splitFile({ splitName = "", compilationDirectory = "" }: Unit, readFile: ReadFile): Promise<DwarfSections | undefined> {
  const base = splitName.replace(/^.*[\\/]/, "");
  for (const candidate of new Set([splitName, `${compilationDirectory}/${splitName}`, base])) {
    const bytes = await readFile(candidate, isDebugSection);
    if (!bytes) continue;
    const find = sectionFinder(readModule(bytes).module);
    return dwarfSections((section) => find(`${section}.dwo`));
  }
  return undefined;
}
