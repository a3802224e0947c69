/** Location expressions (section 2.5), with DW_OP_WASM_location of the WebAssembly tool conventions, "DWARF for WebAssembly". */
import { ByteWriter } from "#core/bytes/writer.ts";

const operation = { address: 0x03, dereference: 0x06, plusConstant: 0x23, frameBase: 0x91, stackValue: 0x9f, wasmLocation: 0xed } as const;
/** What DW_OP_WASM_location speaks of. */
const part = { local: 0, global: 1 } as const;

/** The value of a local of the function. */
export function localValue(index: number): Uint8Array {
  return written((writer) => {
    writePart(writer, part.local, index);
    writer.u8(operation.stackValue);
  });
}

/** The value of a global of the module. */
export function globalValue(index: number): Uint8Array {
  return written((writer) => {
    writePart(writer, part.global, index);
    writer.u8(operation.stackValue);
  });
}

/** As {@link localValue}, with `plus` (not negative) added: a frame base whose register is a local. */
export function localPlus(index: number, plus: number): Uint8Array {
  return written((writer) => {
    writePart(writer, part.local, index);
    writer.u8(operation.plusConstant);
    writer.uleb(plus);
    writer.u8(operation.stackValue);
  });
}

/** An address in linear memory, `offset` bytes from the frame base. */
export function frameSlot(offset: number): Uint8Array {
  return written((writer) => {
    writer.u8(operation.frameBase);
    writer.sleb(offset);
  });
}

/** What the pointer in a {@link frameSlot} points to. */
export function behindFrameSlot(offset: number): Uint8Array {
  return written((writer) => {
    writer.bytes(frameSlot(offset));
    writer.u8(operation.dereference);
  });
}

/** A fixed address in linear memory. */
export function fixedAddress(address: number): Uint8Array {
  return written((writer) => {
    writer.u8(operation.address);
    writer.u32(address);
  });
}

function writePart(writer: ByteWriter, of: number, index: number): void {
  writer.u8(operation.wasmLocation);
  writer.u8(of);
  writer.uleb(index);
}

function written(write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter(16);
  write(writer);
  return writer.finish();
}
