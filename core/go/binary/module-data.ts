/** Where the runtime's description of the linked program (`runtime.firstmoduledata`) lies. */
import type { FunctionTable } from "./function-table.ts";

/**
 * Address of the module data in the initial memory: the first two words point to the function table's header and to its names
 * (runtime/symtab.go `moduledata`). Offsets of further fields depend on Go's version and come from the toolchain.
 */
export function findModuleData(memory: Uint8Array, table: FunctionTable): number | undefined {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  for (let address = 0; address + 16 <= memory.length; address += 8) {
    if (view.getUint32(address, true) !== table.address || view.getUint32(address + 4, true) !== 0) continue;
    if (view.getUint32(address + 8, true) === table.namesAddress && view.getUint32(address + 12, true) === 0) return address;
  }
  return undefined;
}
