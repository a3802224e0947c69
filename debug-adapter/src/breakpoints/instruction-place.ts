import { InstructionCursor } from "#core/wasm/instruction-cursor.ts";
import { readLocals } from "#core/wasm/locals.ts";
import type { WasmModule } from "#core/wasm/module.ts";
import { ByteError } from "#core/bytes/reader.ts";
import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { LoadedModule } from "../program/loaded-module.ts";
import type { FunctionPlaces } from "./function-places.ts";
import type { BreakpointRequest } from "./user-breakpoint.ts";

/** The place of a breakpoint on an instruction. The engine takes it to the next one where none can be on it. */
export function instructionPlace({ instruction }: BreakpointRequest, modules: readonly LoadedModule[]): FunctionPlaces {
  const place = instruction?.place;
  const module = place && modules.find(({ engine }) => engine === place.module);
  if (!place || !module) return { wanted: [], problem: "no module has code at this address" };
  if (!isInstruction(module.wasm, place.offset)) return { wanted: [], problem: "no instruction begins at this address" };
  return { wanted: [{ module, symbols: module.symbols, offset: place.offset }], problem: undefined };
}

function isInstruction(module: WasmModule, offset: ModuleOffset): boolean {
  const func = module.functionAt(offset);
  const start = func && readLocals(module, func)?.bodyStart;
  if (!func?.body || start === undefined) return false;
  const cursor = new InstructionCursor(module.bytes, { start, end: func.body.end });
  try {
    while (cursor.next() && cursor.offset < offset);
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
  }
  return cursor.offset === offset && cursor.instruction !== undefined;
}
