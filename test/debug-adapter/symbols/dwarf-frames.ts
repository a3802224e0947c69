import type { ModuleOffset } from "#core/wasm/offsets.ts";
import type { EngineModule, MemoryPiece, Stop, WasmState } from "../../../debug-adapter/src/engine/engine.ts";
import type { LogicalFrame } from "../../../debug-adapter/src/symbols/module-symbols.ts";

/** A stop that knows nothing but memory. */
export function memoryStop(memory: Uint8Array): Stop {
  const readMemory = (_module: EngineModule, _memory: number, pieces: readonly MemoryPiece[]) =>
    Promise.resolve(pieces.map(({ address, length }) => memory.slice(address, address + length)));
  return { readMemory } as Partial<Stop> as Stop;
}

/** Every local and global is `value`, an i32. */
export function machineState(value = 65_536): WasmState {
  const values = Array.from({ length: 64 }, () => ({ type: "i32" as const, value }));
  return { locals: values, globals: values, stack: [] };
}

export function dwarfFrame(offset: ModuleOffset, state: WasmState, inlineDepth = 0, memory: Uint8Array = new Uint8Array(0)): LogicalFrame {
  return { module: {} as EngineModule, offset, inlineDepth, state, stop: memoryStop(memory) };
}
