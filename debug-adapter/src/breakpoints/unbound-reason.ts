/** Why breakpoints of a source are not where they were asked for, and what to do about it. */
import { basename } from "node:path";
import type { LoadedModule } from "../program/loaded-module.ts";
import { commonSuffixLength, sameFileName } from "../sources/path-compare.ts";
import type { KnownSource } from "../sources/source-registry.ts";
import { debugInfoAdvice } from "../symbols/setup-advice.ts";
import type { UserBreakpoint } from "./user-breakpoint.ts";

const namesShown = 3;
const lastLine = 2 ** 27;

/** Why no module knows the client's file. */
export async function unknownSource(path: string, modules: readonly LoadedModule[]): Promise<string> {
  if (modules.length === 0) return "the program has not loaded a module yet; the breakpoint is set as soon as it does";
  const [first] = modules;
  if (modules.every(({ symbols }) => symbols.kind === "disassembly")) {
    return `the module has no debug information: ${debugInfoAdvice(first!.wasm)}`;
  }
  const names = (await Promise.all(modules.map(async ({ symbols }) => symbols.sources()))).flat().map(({ name }) => name);
  const alike = [...new Set(names.filter((name) => sameFileName(name, path)))];
  if (alike.length > 0) {
    const best = alike.sort((a, b) => commonSuffixLength(b, path) - commonSuffixLength(a, path)).slice(0, namesShown);
    return `the module was built from another ${basename(path)} (${best.join(", ")}); if it is this one, map the folders with "substitutePath"`;
  }
  const [note] = modules.flatMap(({ symbols }) => symbols.notes);
  if (note !== undefined) return note;
  const flags = first!.symbols.kind === "go" ? "" : `, or was compiled without debug information (${debugInfoAdvice(first!.wasm)})`;
  return `no debug information of the module names this file: it is not part of the program${flags}; if only its name differs, map it with "substitutePath"`;
}

/** Why a line of a known source has no place; `undefined` where the breakpoint itself knows better. */
export async function codelessLine(
  { request, found, problem }: UserBreakpoint,
  sources: readonly KnownSource[],
): Promise<string | undefined> {
  if (found || problem !== undefined || request.functionName !== undefined) return undefined;
  const missing = sources.find(({ symbols }) => symbols.missingLines)?.symbols.missingLines;
  if (missing !== undefined) return missing;
  const linesFrom = async (from: number): Promise<boolean> => {
    for (const { symbols, source } of sources) if ((await symbols.linesWithCode(source, from, lastLine)).length > 0) return true;
    return false;
  };
  if (await linesFrom(request.line)) {
    return "the module has no code for this line: its function is not used, or was inlined or optimised away; build without optimisation (-O0) to keep it";
  }
  if (await linesFrom(1)) return undefined;
  const [note] = sources.flatMap(({ symbols }) => symbols.notes);
  return note ?? "the module names this file, but has no code of it: nothing in it is used, or all of it was optimised away";
}
