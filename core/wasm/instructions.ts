import type { Feature } from "./features.ts";
import { atomicInstructions } from "./instructions/atomic.ts";
import { controlInstructions } from "./instructions/control.ts";
import { memoryInstructions } from "./instructions/memory.ts";
import { numericInstructions } from "./instructions/numeric.ts";
import { referenceInstructions } from "./instructions/reference.ts";
import type { Immediate, InstructionGroup, InstructionRow, OperandType } from "./instructions/row.ts";
import { tableInstructions } from "./instructions/table.ts";
import { variableInstructions } from "./instructions/variable.ts";
import { vectorInstructions } from "./instructions/vector.ts";

export type { Immediate, OperandType };

/** What follows an opcode in the binary format. `zero` is a byte that must be 0; `cast-flags` holds the nullability of two types. */
export type BinaryImmediate = Exclude<Immediate, "type-use" | "ref-type"> | "zero" | "cast-flags";

/** One instruction of WebAssembly. */
export interface Instruction {
  /** As the text format spells it. `select`, `ref.test` and `ref.cast` have two rows each. */
  readonly name: string;
  /** One byte, or a prefix byte and the number that follows it as unsigned LEB128. */
  readonly opcode: readonly [byte: number] | readonly [prefix: number, code: number];
  /** In the order of the text format. `end`, `else`, `catch` and `catch_all` may repeat a label name, which is not in the list. */
  readonly immediates: readonly Immediate[];
  /** In the order of the binary format. */
  readonly binary: readonly BinaryImmediate[];
  /** Operands, the deepest first; `undefined` where they depend on immediates or context. */
  readonly in: readonly OperandType[] | undefined;
  readonly out: readonly OperandType[] | undefined;
  /** Bytes that an access to memory touches; 0 where there is no memory argument. */
  readonly accessBytes: number;
  /** What it came with. */
  readonly feature: Feature;
}

/**
 * Instructions whose binary immediates are not their text immediates, by name, or by name and code where only one of two rows is meant.
 * Source: WebAssembly 3.0, 5.4 "Instructions".
 */
const binaryOrder: Readonly<Record<string, readonly BinaryImmediate[]>> = {
  "select 27": [],
  call_indirect: ["type", "table"],
  return_call_indirect: ["type", "table"],
  "memory.init": ["data", "memory"],
  "table.init": ["elem", "table"],
  "ref.test": ["heap-type"],
  "ref.cast": ["heap-type"],
  br_on_cast: ["cast-flags", "label", "heap-type", "heap-type"],
  br_on_cast_fail: ["cast-flags", "label", "heap-type", "heap-type"],
  "atomic.fence": ["zero"],
};

/** Every instruction, grouped by subject. */
export const instructions: readonly Instruction[] = [
  controlInstructions,
  variableInstructions,
  tableInstructions,
  memoryInstructions,
  numericInstructions,
  referenceInstructions,
  vectorInstructions,
  atomicInstructions,
].flatMap((groups) => groups.flatMap((group) => group.rows.map((row) => instructionOf(group, row))));

const byName = new Map<string, Instruction>();
const byOpcode = new Map<number, Instruction>();
for (const instruction of instructions) {
  // The first of two rows is the one without a type list, which is what a bare name means.
  if (!byName.has(instruction.name)) byName.set(instruction.name, instruction);
  byOpcode.set(opcodeKey(instruction.opcode[0], instruction.opcode[1]), instruction);
}

/** The instruction that the text format calls `name`. Of `select`, `ref.test` and `ref.cast`: the row without result types or `null`. */
export function lookupInstruction(name: string): Instruction | undefined {
  return byName.get(name);
}

/** `code` is the number behind a prefix byte; leave it out for instructions of one byte. */
export function lookupOpcode(first: number, code?: number): Instruction | undefined {
  return byOpcode.get(opcodeKey(first, code));
}

/** Whether `byte` starts an opcode of two parts. */
export function isOpcodePrefix(byte: number): boolean {
  return byte >= 0xfb && byte <= 0xfe;
}

function opcodeKey(first: number, code: number | undefined): number {
  return code === undefined ? first : (code + 1) * 256 + first;
}

function instructionOf(group: InstructionGroup, [name, code, signature, ...operands]: InstructionRow): Instruction {
  let accessBytes = 0;
  const immediates = operands.map((operand): Immediate => {
    if (!operand.startsWith("memarg:")) return operand as Immediate;
    accessBytes = Number(operand.slice("memarg:".length));
    return "memarg";
  });
  const [before, after] = signature === "" ? [undefined, undefined] : signature.split("->").map(operandTypes);
  return {
    name,
    opcode: group.prefix === undefined ? [code] : [group.prefix, code],
    immediates,
    binary: binaryOrder[name] ?? binaryOrder[`${name} ${code}`] ?? (immediates as readonly BinaryImmediate[]),
    in: before,
    out: after,
    accessBytes,
    feature: group.feature,
  };
}

function operandTypes(list: string): readonly OperandType[] {
  return list.split(" ").filter((word) => word !== "") as OperandType[];
}
