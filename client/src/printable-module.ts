import { readModule } from "#core/wasm/module.ts";

/** A copy of a module without what its text does not show: custom sections but the names, which debug information makes large. */
export function printableModule(bytes: Uint8Array): Uint8Array {
  const { sections } = readModule(bytes).module;
  // What is no module, or a damaged one, is left for the printer to complain of.
  if (sections.length === 0) return bytes;
  const kept = sections.filter((section) => section.kind !== "custom" || section.customName === "name");
  const parts = [bytes.subarray(0, 8), ...kept.map((section) => bytes.subarray(section.header, section.end))];
  const copy = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    copy.set(part, at);
    at += part.length;
  }
  return copy;
}
