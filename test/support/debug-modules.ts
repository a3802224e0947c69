import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { DebugInfo } from "#core/dwarf/debug-info.ts";
import { dwarfSections } from "#core/dwarf/sections.ts";
import { readModule } from "#core/wasm/module.ts";

/** The modules of test/corpus/debug/modules and what other tools say of them (`llvm-dwarfdump`, asc's own map). */
export const modulesFolder = fileURLToPath(new URL("../corpus/debug/modules/", import.meta.url));

/** `[address, column, "stmt" | "-", "prologue_end"?]`. */
export type ExpectedRow = [number, number, string, string?];

export interface ExpectedModule {
  readonly codeOffset: number;
  readonly dwarfVersion: number | null;
  readonly functions: { name: string; line: number; low: number; high: number }[];
  readonly lines: Record<string, ExpectedRow[]>;
  readonly sourceMapLines?: Record<string, [number, number][]>;
  readonly sourceMapSources?: string[];
}

export interface Expectation {
  /** Such as `c/prog.c`. */
  readonly source: string;
  readonly markers: Record<string, number>;
  readonly values: {
    readonly stops: Record<string, { locals?: Record<string, string>; globals?: Record<string, string> }>;
  };
  readonly modules: Record<string, ExpectedModule>;
}

/** `name`: of a file in `expect`, such as `c.prog.c`. */
export function expectation(name: string): Expectation {
  return JSON.parse(readFileSync(`${modulesFolder}expect/${name}.json`, "utf8")) as Expectation;
}

/** Bytes of a module, such as `c/prog.O0.wasm`; what ends in .gz is unpacked. */
export function moduleBytes(name: string): Uint8Array<ArrayBuffer> {
  const bytes = readFileSync(modulesFolder + name);
  return Uint8Array.from(name.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}

export function debugInfoOf(bytes: Uint8Array): DebugInfo {
  const { module } = readModule(bytes);
  return new DebugInfo(
    dwarfSections((name) => {
      const section = module.customSections(name)[0];
      return section && bytes.subarray(section.start, section.end);
    }),
  );
}

/** Every module of the corpus that has DWARF, with what is expected of it. */
export function dwarfModules(): { name: string; source: string; markers: Record<string, number>; expected: ExpectedModule }[] {
  return readdirSync(`${modulesFolder}expect`).flatMap((file) => {
    const { source, markers, modules } = expectation(file.replace(/\.json$/, ""));
    const folder = source.slice(0, source.indexOf("/") + 1);
    return Object.entries(modules)
      .filter(([, expected]) => expected.dwarfVersion !== null)
      .map(([name, expected]) => ({ name: folder + name, source, markers, expected }));
  });
}
