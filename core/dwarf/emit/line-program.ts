/** The line program of one unit (section 6.2): files as they come, one sequence a function. */
import { ByteWriter } from "#core/bytes/writer.ts";
import { rowFlag } from "../line-table.ts";
import type { AddressRange } from "../ranges.ts";
import type { EmittedRows } from "./description.ts";
import { addressSize, dwarfVersion } from "./entry-writer.ts";
import type { StringTable } from "./string-table.ts";

const lineBase = -5;
const lineRange = 14;
/** Operands of the standard opcodes 1 to 12. */
const operandCounts = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1];
const opcodeBase = operandCounts.length + 1;
const opcode = {
  extended: 0,
  copy: 1,
  advancePc: 2,
  advanceLine: 3,
  setFile: 4,
  setColumn: 5,
  negateStatement: 6,
  prologueEnd: 10,
} as const;
const extendedOpcode = { endSequence: 1, setAddress: 2 } as const;
const contentType = { path: 1, directory: 2 } as const;
const lineStringForm = 0x1f;
const udataForm = 0x0f;

interface ProgramFile {
  readonly name: string;
  /** Index into the directories. */
  readonly directory: number;
}

export class LineProgramWriter {
  readonly #strings: StringTable;
  readonly #writer = new ByteWriter(4096);
  readonly #directories = new Map<string, number>();
  readonly #files: ProgramFile[] = [];
  readonly #numbers = new Map<string, number>();

  /** File 0 is `mainFile`, as the standard has it. Names use `/`. */
  constructor(lineStrings: StringTable, directory: string, mainFile: string) {
    this.#strings = lineStrings;
    this.#directories.set(directory, 0);
    this.fileNumber(mainFile);
  }

  /** Number of a file, which is new or known; an absolute path, or one that counts from the compilation directory. */
  fileNumber(path: string): number {
    const known = this.#numbers.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf("/");
    const directory = slash < 0 ? 0 : this.#directoryNumber(path.slice(0, Math.max(slash, 1)));
    const number = this.#files.push({ name: path.slice(slash + 1), directory }) - 1;
    this.#numbers.set(path, number);
    return number;
  }

  #directoryNumber(directory: string): number {
    const known = this.#directories.get(directory);
    if (known !== undefined) return known;
    this.#directories.set(directory, this.#directories.size);
    return this.#directories.size - 1;
  }

  /** Adds the rows of one function as a sequence of their own. */
  addSequence(rows: EmittedRows, { low, high }: AddressRange): void {
    const writer = this.#writer;
    let state = { address: low, file: 1, line: 1, column: 0, statement: true };
    this.#setAddress(low);
    for (let row = 0; row < rows.count; row++) {
      const flags = rows.flags[row]!;
      if (flags & rowFlag.endSequence) continue;
      const next = {
        address: rows.addresses[row]!,
        file: rows.files[row]!,
        line: rows.lines[row]!,
        column: rows.columns[row]!,
        statement: (flags & rowFlag.statement) !== 0,
      };
      if (next.file !== state.file) this.#operation(opcode.setFile, next.file);
      if (next.column !== state.column) this.#operation(opcode.setColumn, next.column);
      if (next.statement !== state.statement) writer.u8(opcode.negateStatement);
      if (flags & rowFlag.prologueEnd) writer.u8(opcode.prologueEnd);
      this.#emitRow(next.address - state.address, next.line - state.line);
      state = next;
    }
    this.#operation(opcode.advancePc, high - state.address);
    this.#extended(extendedOpcode.endSequence, 0);
  }

  /** Appends the program with its header to .debug_line. */
  finish(section: ByteWriter): void {
    const header = this.#header();
    section.u32(2 + 1 + 1 + 4 + header.length + this.#writer.length);
    section.u16(dwarfVersion);
    section.u8(addressSize);
    section.u8(0);
    section.u32(header.length);
    section.bytes(header);
    section.bytes(this.#writer.finish());
  }

  /** A special opcode does both steps and adds the row, where they are small (section 6.2.5.1). */
  #emitRow(addressBy: number, lineBy: number): void {
    const writer = this.#writer;
    const isSmall = lineBy >= lineBase && lineBy < lineBase + lineRange;
    const special = lineBy - lineBase + lineRange * addressBy + opcodeBase;
    if (isSmall && special <= 255) return writer.u8(special);
    if (addressBy !== 0) this.#operation(opcode.advancePc, addressBy);
    if (isSmall) return writer.u8(lineBy - lineBase + opcodeBase);
    writer.u8(opcode.advanceLine);
    writer.sleb(lineBy);
    writer.u8(opcode.copy);
  }

  #operation(code: number, operand: number): void {
    this.#writer.u8(code);
    this.#writer.uleb(operand);
  }

  #setAddress(address: number): void {
    this.#extended(extendedOpcode.setAddress, addressSize);
    this.#writer.u32(address);
  }

  #extended(code: number, operandLength: number): void {
    this.#operation(opcode.extended, operandLength + 1);
    this.#writer.u8(code);
  }

  /** The part of the header behind its own length. */
  #header(): Uint8Array {
    const writer = new ByteWriter(1024);
    writer.u8(1);
    writer.u8(1);
    writer.u8(1);
    writer.u8(lineBase & 0xff);
    writer.u8(lineRange);
    writer.u8(opcodeBase);
    for (const count of operandCounts) writer.u8(count);
    writer.u8(1);
    writer.uleb(contentType.path);
    writer.uleb(lineStringForm);
    writer.uleb(this.#directories.size);
    for (const directory of this.#directories.keys()) writer.u32(this.#strings.offsetOf(directory));
    writer.u8(2);
    writer.uleb(contentType.path);
    writer.uleb(lineStringForm);
    writer.uleb(contentType.directory);
    writer.uleb(udataForm);
    writer.uleb(this.#files.length);
    for (const { name, directory } of this.#files) {
      writer.u32(this.#strings.offsetOf(name));
      writer.uleb(directory);
    }
    return writer.finish();
  }
}
