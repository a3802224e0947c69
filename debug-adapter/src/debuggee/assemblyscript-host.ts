import { writeSync } from "node:fs";
import type { Program } from "./program.ts";

/**
 * The imports that AssemblyScript's compiler makes by itself (https://www.assemblyscript.org/compiler.html#host-bindings):
 * a failed assertion or check, a seed, traces, and the console.
 */
export function assemblyScriptHost(program: Program): Record<string, Record<string, (...args: never[]) => unknown>> {
  const text = (pointer: number): string => stringAt(program.memory, pointer);
  const print = (pointer: number): void => {
    writeSync(1, `${text(pointer)}\n`);
  };
  return {
    env: {
      abort: (message: number, file: number, line: number, column: number) => {
        const place = file === 0 ? "" : ` at ${text(file)}:${line >>> 0}:${column >>> 0}`;
        throw new WebAssembly.RuntimeError(`abort: ${message === 0 ? "no message" : text(message)}${place}`);
      },
      seed: () => Date.now() * Math.random(),
      trace: (message: number, count: number, ...values: number[]) => {
        const shown = values.slice(0, Math.max(0, count)).join(", ");
        writeSync(1, `trace: ${text(message)}${shown === "" ? "" : ` ${shown}`}\n`);
      },
      "console.log": print,
    },
    console: { log: print },
  };
}

/** An AssemblyScript string: UTF-16 at `pointer`, its length in bytes in the 32-bit word before it. */
function stringAt(memory: WebAssembly.Memory | undefined, pointer: number): string {
  const address = pointer >>> 0;
  if (!memory || address < 4 || address > memory.buffer.byteLength) return `(no string at 0x${address.toString(16)})`;
  const length = new DataView(memory.buffer).getUint32(address - 4, true);
  const end = Math.min(address + length, memory.buffer.byteLength);
  return Buffer.from(memory.buffer, address, end - address).toString("utf16le");
}
