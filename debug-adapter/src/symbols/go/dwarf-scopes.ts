/** Variables of Go frames by the DWARF in the module. */
import { variableAddress } from "../../values/go.ts";
import type { DwarfSymbols } from "../dwarf.ts";
import type { LogicalFrame, Scope } from "../module-symbols.ts";

/** Frames of goroutines are not the engine's: what their variables count from is known by where they were called. */
export function dwarfScopes(dwarf: DwarfSymbols, frame: LogicalFrame): Promise<readonly Scope[]> | readonly Scope[] {
  const { unwound } = frame;
  if (!unwound || unwound.go.inlined) return [];
  return dwarf.scopesAt({ ...frame, inlineDepth: unwound.inlineDepth, frameBase: variableAddress(unwound.go.frame.entry, 0) });
}
