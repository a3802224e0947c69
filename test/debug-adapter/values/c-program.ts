import { WASI } from "node:wasi";
import { readModule } from "#core/wasm/module.ts";
import { moduleOffset } from "#core/wasm/offsets.ts";
import { dwarfSymbols } from "../../../debug-adapter/src/symbols/dwarf.ts";
import type { Variable } from "../../../debug-adapter/src/symbols/module-symbols.ts";
import { StopMemory } from "../../../debug-adapter/src/values/memory.ts";
import { tableFunctionNamer } from "./table-functions.ts";
import type { ValueContext } from "../../../debug-adapter/src/values/value.ts";
import { moduleBytes } from "../../support/debug-modules.ts";
import { dwarfFrame, machineState, memoryStop } from "../symbols/dwarf-frames.ts";

/** Linear memory of the C program when it prints: it is still in `main`, at the line of `printf`. */
async function memoryAtPrint(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const wasi = new WASI({ version: "preview1", args: ["prog"], returnOnExit: true });
  let memory: WebAssembly.Memory | undefined;
  let snapshot: Uint8Array | undefined;
  const fdWrite = (_fd: number, vectors: number, count: number, written: number): number => {
    const view = new DataView(memory!.buffer);
    snapshot ??= new Uint8Array(memory!.buffer.slice(0));
    let total = 0;
    for (let at = 0; at < count; at++) total += view.getUint32(vectors + at * 8 + 4, true);
    view.setUint32(written, total, true);
    return 0;
  };
  const imports = { wasi_snapshot_preview1: { ...wasi.wasiImport, fd_write: fdWrite } };
  const { instance } = await WebAssembly.instantiate(bytes, imports as WebAssembly.Imports);
  memory = instance.exports.memory as WebAssembly.Memory;
  wasi.start(instance);
  if (!snapshot) throw new Error("the program printed nothing");
  return snapshot;
}

/** Address of `struct rec r`, the only place where its name is followed by the point that `fill` wrote. */
function addressOfRecord(memory: Uint8Array): number {
  const view = new DataView(memory.buffer);
  for (let at = memory.indexOf(0x72); at >= 0; at = memory.indexOf(0x72, at + 1)) {
    const isName = new TextDecoder().decode(memory.subarray(at, at + 8)) === "rec-one\0";
    if (isName && view.getInt32(at + 16, true) === 3 && view.getInt32(at + 20, true) === -4) return at;
  }
  throw new Error("the record is not in memory");
}

/** The variables of `main` at a line, out of a real run: the frame's base is found by where the record is. */
export async function variablesOfMain(
  name: string,
  line: number,
): Promise<{ variables: readonly Variable[]; context: ValueContext; memory: Uint8Array }> {
  const bytes = moduleBytes(name);
  const memory = await memoryAtPrint(bytes);
  const symbols = await dwarfSymbols({ bytes, name });
  const source = symbols!.sources().find((candidate) => candidate.name === "prog.c")!;
  const offset = moduleOffset(symbols!.offsetsOf(source, line)!.ranges[0]!.start);
  const variablesWith = async (base: number) =>
    (await symbols!.scopesAt(dwarfFrame(offset, machineState(base), 0, memory))).flatMap((scope) => scope.variables);

  const guess = 65_536;
  const record = (await variablesWith(guess)).find((variable) => variable.name === "r")!.value;
  if (record.kind !== "memory") throw new Error("the record is not in memory");
  const base = guess + addressOfRecord(memory) - record.address;
  const stop = memoryStop(memory);
  const context: ValueContext = {
    memory: new StopMemory(stop, {} as ConstructorParameters<typeof StopMemory>[1]),
    limits: { maxStringLen: 256, maxArrayValues: 64 },
    functionName: tableFunctionNamer(readModule(bytes).module, symbols!),
  };
  return { variables: await variablesWith(base), context, memory };
}
