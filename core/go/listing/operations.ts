/** The assembler's operations by Go's names, and the WebAssembly instructions they become (cmd/internal/obj/wasm/a.out.go, wasmobj.go `assemble`). */
import { lookupInstruction } from "#core/wasm/instructions.ts";

/** Operations that are for the assembler only and leave no instruction. */
const silent = new Set(["TEXT", "FUNCDATA", "PCDATA", "NOP"]);

export const isSilent = (operation: string): boolean => silent.has(operation);

/** Registers that are wasm globals, in the order of their indices from 0; all others are locals. */
const globals = ["SP", "CTXT", "g", "RET0", "RET1", "RET2", "RET3", "PAUSE"];

export const isGlobalRegister = (name: string): boolean => globals.includes(name);

/** Name of the register that is global `index` of the module. */
export const globalRegister = (index: number): string => globals[index] ?? `G${index}`;

/** Name of the register that is local `index` of a function with a Go frame: the block to go on in, the copy of the stack pointer, then values. */
export const localRegister = (index: number): string => (index === 0 ? "PC_B" : index === 1 ? "SP" : `R${index - 2}`);

/** Names that do not follow from the rule of {@link instructionName}. */
const irregular: Readonly<Record<string, string>> = {
  Not: "i32.eqz",
  UNDEF: "unreachable",
  CurrentMemory: "memory.size",
  GrowMemory: "memory.grow",
  MemoryInit: "memory.init",
  MemoryCopy: "memory.copy",
  MemoryFill: "memory.fill",
  DataDrop: "data.drop",
};

const known = new Map<string, string | undefined>();

/**
 * The instruction of an operation that makes just one, such as `i64.load32_u` for `I64Load32U`; `undefined` where WebAssembly has none of
 * that name, as for `Get` and `Set`, and for operations that are newer than this file.
 */
export function instructionName(operation: string): string | undefined {
  if (!known.has(operation)) known.set(operation, irregular[operation] ?? regularName(operation));
  return known.get(operation);
}

function regularName(operation: string): string | undefined {
  const match = /^(?:([IFV]\d+(?:x\d+)?)(?=[A-Z]))?(.+)$/.exec(operation);
  if (!match) return undefined;
  const snake = match[2]!.replace(/(?<!^)[A-Z]/g, "_$&").toLowerCase();
  const name = match[1] === undefined ? snake : `${match[1].toLowerCase()}.${snake}`;
  return lookupInstruction(name) ? name : undefined;
}

/**
 * Functions that the assembler treats apart: their stack pointer is global 0 itself, without a copy in local 1, and nothing is added
 * behind their calls. Wrappers of exports are treated so too, and are known by their first bytes.
 */
const special = new Set([
  "_rt0_wasm_js",
  "_rt0_wasm_wasip1",
  "_rt0_wasm_wasip1_lib",
  "wasm_export_run",
  "wasm_export_resume",
  "wasm_export_getsp",
  "wasm_pc_f_loop",
  "wasm_pc_f_loop_export",
  "runtime.wasmDiv",
  "runtime.wasmTruncS",
  "runtime.wasmTruncU",
  "runtime.notInitialized",
  "memeqbody",
  "memchr",
  "memcmp",
  "cmpbody",
  "gcWriteBarrier",
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((words) => `runtime.gcWriteBarrier${words}`),
]);

export const isSpecialFunction = (plainName: string): boolean => special.has(plainName);
