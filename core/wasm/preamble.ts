import { moduleOffset } from "./offsets.ts";
import type { ModuleProblem } from "./sections/section.ts";

const magic = [0x00, 0x61, 0x73, 0x6d];

/** Why `bytes` are not a module at all, or `undefined` where they start like one. The message names what they are and the remedy. */
export function checkPreamble(bytes: Uint8Array): ModuleProblem | undefined {
  const message = preambleMessage(bytes);
  return message === undefined ? undefined : { message, offset: moduleOffset(0) };
}

function preambleMessage(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return "the file is empty, not a WebAssembly module; build it again";
  const matching = magic.findIndex((byte, at) => bytes[at] !== byte);
  if (matching >= 0 && matching < bytes.length) return `not a WebAssembly module: ${describeContents(bytes)}`;
  if (bytes.length < 8) return "the file ends within the first 8 bytes of a WebAssembly module; build or copy it again";
  const version = bytes[4]! | (bytes[5]! << 8) | (bytes[6]! << 16) | (bytes[7]! << 24);
  if (version === 1) return undefined;
  if (version === 0x0001_000d)
    return "this is a WebAssembly component, not a core module; take the core module out of it (`wasm-tools component unbundle`) or build for a core target such as wasip1";
  return `WebAssembly binary format version ${version} is not supported, only version 1`;
}

/** What other file stands here, for the mistakes that people make. */
function describeContents(bytes: Uint8Array): string {
  const starts = (...expected: number[]): boolean => expected.every((byte, at) => bytes[at] === byte);
  const printable = String.fromCharCode(...bytes.subarray(0, 64)).trimStart();
  if (printable.startsWith("(") || printable.startsWith(";;"))
    return "it looks like WebAssembly text; give the file the extension .wat, or encode it first";
  if (starts(0x1f, 0x8b)) return "it is compressed with gzip; unpack it first";
  if (starts(0x50, 0x4b)) return "it is a zip archive; unpack it first";
  if (starts(0x7f, 0x45, 0x4c, 0x46)) return "it is a native ELF executable; build for a WebAssembly target";
  if (starts(0x42, 0x43, 0xc0, 0xde)) return "it is LLVM bitcode; link it into a WebAssembly module";
  if (starts(0x21, 0x3c, 0x61, 0x72))
    return "it is an ar archive of object files, such as Go or C libraries are; link it into a WebAssembly module";
  if (starts(0x23, 0x21)) return "it is a script";
  const first = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return `it starts with the bytes ${first} where a module has 00 61 73 6d`;
}
