import { ByteWriter } from "#core/bytes/writer.ts";
import type { WasmModule } from "./module.ts";

export interface CustomSection {
  readonly name: string;
  readonly contents: Uint8Array;
}

/**
 * The bytes of a module without the custom sections that `drop` names, and with `added` at its end: no offset within another section changes.
 * The offsets of the module's code change where a section before it is dropped.
 */
export function withCustomSections(
  module: WasmModule,
  added: readonly CustomSection[],
  drop: (name: string) => boolean,
): Uint8Array<ArrayBuffer> {
  const more = added.reduce((sum, { contents }) => sum + contents.length + 64, 0);
  const writer = new ByteWriter(module.bytes.length + more);
  writer.bytes(module.bytes.subarray(0, 8));
  for (const { header, end, customName } of module.sections) {
    if (customName === undefined || !drop(customName)) writer.bytes(module.bytes.subarray(header, end));
  }
  for (const { name, contents } of added) {
    const label = new ByteWriter(64);
    label.name(name);
    writer.u8(0);
    writer.uleb(label.length + contents.length);
    writer.bytes(label.finish());
    writer.bytes(contents);
  }
  return writer.finish();
}

/** Contents of a section that holds one name, such as `sourceMappingURL` (WebAssembly tool conventions, "Debugging"). */
export function nameContents(name: string): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writer.name(name);
  return writer.finish();
}
