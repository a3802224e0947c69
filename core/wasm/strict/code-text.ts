/** Instructions of a binary module as text, every byte of them checked. Source: WebAssembly 3.0, 5.4 "Instructions". */
import { operandTexts, type OperandContext } from "../disassemble/operands.ts";
import { isOpcodePrefix, lookupOpcode, type Instruction } from "../instructions.ts";
import type { FunctionIndex } from "../offsets.ts";
import type { ModuleNames } from "../sections/names.ts";
import { BinaryError, StrictReader } from "./reader.ts";
import type { TextBuilder } from "./text-builder.ts";

const noMap: ReadonlyMap<never, never> = new Map<never, never>();
/** In the text everything is an index. */
const noNames: ModuleNames = {
  module: undefined,
  functions: noMap,
  locals: noMap,
  labels: noMap,
  types: noMap,
  tables: noMap,
  memories: noMap,
  globals: noMap,
  elements: noMap,
  data: noMap,
  fields: noMap,
  tags: noMap,
};
const context: OperandContext = { module: { names: () => noNames, functions: [] }, index: 0 as FunctionIndex, label: String };

/** What may stand inside of a block, by the instruction that opened it or began its present arm. */
const followers: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["if", new Set(["else"])],
  ["try", new Set(["catch", "catch_all", "delegate"])],
  ["catch", new Set(["catch", "catch_all"])],
]);
const openers = new Set(["block", "loop", "if", "try_table", "try"]);
const arms = new Set(["else", "catch", "catch_all", "delegate"]);
/** They refer to data segments, of which a module must then tell the number before its code. */
const dataUsers = new Set(["memory.init", "data.drop", "array.new_data", "array.init_data"]);

/** What the code of a module needs of the module. */
export interface CodeNeeds {
  /** Offset of the first instruction that needs the data count section. */
  dataCount: number | undefined;
}

/** Adds the instructions up to the `end` of a body or constant, which is left out, as lines of text. */
export function addExpression(reader: StrictReader, text: TextBuilder, needs: CodeNeeds): void {
  const open: string[] = [];
  for (;;) {
    const offset = reader.position;
    const instruction = readOpcode(reader);
    const { name } = instruction;
    if (name === "end" && open.length === 0) return text.mark(offset);
    if (arms.has(name) && followers.get(open.at(-1) ?? "")?.has(name) !== true)
      throw new BinaryError("opcode", `\`${name}\` has no block that it could belong to.`, offset);
    if (dataUsers.has(name)) needs.dataCount ??= offset;
    checkImmediates(reader, instruction);
    text.mark(offset);
    text.add(`${[name, ...operandTexts(reader, instruction, context)].join(" ")}\n`);
    if (openers.has(name)) open.push(name);
    else if (name === "end" || name === "delegate") open.pop();
    else if (arms.has(name)) open[open.length - 1] = name;
  }
}

function readOpcode(reader: StrictReader): Instruction {
  const offset = reader.position;
  const first = reader.u8();
  const code = isOpcodePrefix(first) ? reader.uleb() : undefined;
  const instruction = lookupOpcode(first, code);
  if (instruction !== undefined) return instruction;
  const written = `0x${first.toString(16).padStart(2, "0")}${code === undefined ? "" : ` ${code}`}`;
  throw new BinaryError("opcode", `${written} is the opcode of no instruction.`, offset);
}

/** Checks the immediates that text does not show as they are, and leaves the reader where it was. */
function checkImmediates(reader: StrictReader, { binary }: Instruction): void {
  const start = reader.position;
  switch (binary[0]) {
    case "i32":
      reader.s32();
      break;
    case "memarg": {
      const flags = reader.uleb();
      if (flags >= 0x80)
        throw new BinaryError("memory-argument", `A memory argument starts with a number below 128, not with ${flags}.`, start);
      break;
    }
    case "zero":
      reader.oneOf([0], "order of an atomic fence");
      break;
    case "cast-flags":
      reader.oneOf([0, 1, 2, 3], "pair of nullabilities");
      break;
    case "block-type":
      if (binary.includes("catches")) {
        operandTexts(reader, { ...blockInstruction }, context);
        checkClauses(reader, [0, 1, 2, 3], (kind) => (kind < 2 ? 2 : 1), "kind of catch clause");
      }
      break;
    default:
      if (binary.includes("handlers")) {
        for (const kind of binary) if (kind !== "handlers") reader.uleb();
        checkClauses(reader, [0, 1], (kind) => (kind === 0 ? 2 : 1), "kind of handler");
      }
  }
  reader.position = start;
}

const blockInstruction = lookupOpcode(0x02)!;

function checkClauses(reader: StrictReader, kinds: readonly number[], indices: (kind: number) => number, what: string): void {
  for (let rest = reader.uleb(); rest > 0; rest--) {
    for (let index = indices(reader.oneOf(kinds, what)); index > 0; index--) reader.uleb();
  }
}
