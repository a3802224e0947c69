import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { formRule, isTombstone, readAddress, readForm, readOffset, skipForm, type FormRule, type UnitEncoding } from "./forms.ts";
import type { Notes } from "./notes.ts";
import type { DwarfSections } from "./sections.ts";
import { unitExtent, type Unit } from "./units.ts";

/** Header of a line program (section 6.2.4); its rows are read when they are asked for. */
export interface LineProgram {
  /** Offset of the program in .debug_line: DW_AT_stmt_list says it. */
  readonly offset: number;
  readonly version: number;
  /** Directory names as written; those that are relative are so to the compilation directory. */
  readonly directories: readonly string[];
  /** By file number as rows and DW_AT_decl_file use it; before version 5 number 0 names nothing. */
  readonly files: readonly (LineFile | undefined)[];
  readonly compilationDirectory: string | undefined;
  readonly encoding: UnitEncoding;
  readonly minimumInstructionLength: number;
  readonly defaultIsStatement: boolean;
  readonly lineBase: number;
  readonly lineRange: number;
  readonly opcodeBase: number;
  /** Operand counts of opcodes 1, 2, ... */
  readonly operandCounts: Uint8Array;
  readonly start: number;
  readonly end: number;
}

export interface LineFile {
  readonly name: string;
  /** Index into `directories`. */
  readonly directory: number;
  /** Text of the source, where the producer embedded it (DW_LNCT_LLVM_source). */
  readonly source: string | undefined;
  /** MD5 of the source's bytes in hexadecimal, where the producer says it (DW_LNCT_MD5). */
  readonly md5: string | undefined;
}

/** Rows of one line program, sequences sorted by address and rows sorted within. Index `i` of each array is one row. */
export interface LineRows {
  readonly count: number;
  readonly addresses: Uint32Array;
  /** 1-based; 0: made by the compiler, belongs to no line. */
  readonly lines: Uint32Array;
  /** 1-based; 0: unknown. Columns beyond 65535 are held as 65535. */
  readonly columns: Uint16Array;
  readonly files: Uint16Array;
  /** Bits of {@link rowFlag}. */
  readonly flags: Uint8Array;
}

export const rowFlag = { statement: 1, prologueEnd: 2, endSequence: 4 } as const;

const contentType = { path: 1, directory: 2, md5: 5, source: 0x2001 } as const;
const knownContent: ReadonlySet<number> = new Set(Object.values(contentType));

/** Reads the header of every line program. A damaged one is left out with a note. */
export function readLinePrograms(sections: DwarfSections, units: readonly Unit[], notes: Notes): readonly LineProgram[] {
  const unitOf = new Map<number, Unit>();
  for (const unit of units) if (unit.lineProgram !== undefined && !unitOf.has(unit.lineProgram)) unitOf.set(unit.lineProgram, unit);
  const programs: LineProgram[] = [];
  const reader = new ByteReader(sections.line);
  while (!reader.atEnd) {
    const offset = reader.position;
    let end = sections.line.length;
    try {
      const extent = unitExtent(reader);
      if (extent.length === 0) continue;
      if (extent.end > end) notes.add(".debug_line ends within a line program: the module was cut off; build it again.");
      end = Math.min(extent.end, end);
      programs.push(
        readHeader(sections, offset, extent.offsetSize, new ByteReader(sections.line, reader.position, end), unitOf.get(offset)),
      );
    } catch (error) {
      if (!(error instanceof ByteError)) throw error;
      notes.add(
        `.debug_line: the line program at 0x${offset.toString(16)} is skipped (${error.message}); its sources have no breakpoints. Build the module again without post-processing.`,
      );
    }
    reader.position = end;
  }
  return programs;
}

function readHeader(sections: DwarfSections, offset: number, offsetSize: 4 | 8, reader: ByteReader, unit: Unit | undefined): LineProgram {
  const version = reader.u16();
  if (version < 2 || version > 5) throw new ByteError(`version ${version} is unknown`, offset);
  let addressSize = unit?.addressSize ?? 4;
  if (version >= 5) {
    addressSize = reader.u8();
    reader.skip(1);
  }
  const headerLength = readOffset(reader, offsetSize);
  const start = reader.position + headerLength;
  if (start > reader.end) throw new ByteError("its header is longer than the program", offset);
  const minimumInstructionLength = reader.u8();
  if (version >= 4) reader.skip(1);
  const defaultIsStatement = reader.u8() !== 0;
  const lineBase = (reader.u8() << 24) >> 24;
  const lineRange = reader.u8();
  const opcodeBase = reader.u8();
  if (lineRange === 0 || opcodeBase === 0) throw new ByteError("its header holds a zero that it must not", offset);
  const operandCounts = reader.take(opcodeBase - 1);
  const encoding: UnitEncoding = {
    sections,
    version,
    addressSize,
    offsetSize,
    offset,
    stringOffsetsBase: unit?.stringOffsetsBase,
    addressBase: unit?.addressBase,
  };
  const tables = new ByteReader(reader.bytes, reader.position, start);
  const { directories, files } = version >= 5 ? readTables5(tables, encoding) : readTables2(tables, unit?.compilationDirectory);
  return {
    offset,
    version,
    directories,
    files,
    compilationDirectory: unit?.compilationDirectory ?? (version >= 5 ? directories[0] : undefined),
    encoding,
    minimumInstructionLength,
    defaultIsStatement,
    lineBase,
    lineRange,
    opcodeBase,
    operandCounts,
    start,
    end: reader.end,
  };
}

type Tables = Pick<LineProgram, "directories" | "files">;

function readTables2(reader: ByteReader, compilationDirectory: string | undefined): Tables {
  const directories = [compilationDirectory ?? ""];
  for (;;) {
    const name = reader.cstring();
    if (name === "") break;
    directories.push(name);
  }
  const files: (LineFile | undefined)[] = [undefined];
  for (;;) {
    const name = reader.cstring();
    if (name === "") break;
    const directory = reader.uleb();
    reader.uleb64();
    reader.uleb64();
    files.push({ name, directory, source: undefined, md5: undefined });
  }
  return { directories, files };
}

function readTables5(reader: ByteReader, encoding: UnitEncoding): Tables {
  const directories = readEntries(reader, encoding).map((entry) => entry.name);
  return { directories, files: readEntries(reader, encoding) };
}

/** An entry list with its format before it (sections 6.2.4.1 and 6.2.4.2). */
function readEntries(reader: ByteReader, encoding: UnitEncoding): LineFile[] {
  const format: { readonly content: number; readonly rule: FormRule }[] = [];
  for (let rest = reader.u8(); rest > 0; rest--) {
    const content = reader.uleb();
    format.push({ content, rule: formRule(reader.uleb(), reader.position) });
  }
  const count = reader.uleb();
  // An entry takes at least a byte: a count that the header cannot hold is damage, and must not cost memory.
  if (count > reader.remaining) throw new ByteError("its header counts more names than it holds", reader.position);
  const entries: LineFile[] = [];
  for (let i = 0; i < count; i++) entries.push(readEntry(reader, format, encoding));
  return entries;
}

function readEntry(reader: ByteReader, format: readonly { content: number; rule: FormRule }[], encoding: UnitEncoding): LineFile {
  let name = "";
  let directory = 0;
  let source: string | undefined;
  let md5: string | undefined;
  for (const { content, rule } of format) {
    if (!knownContent.has(content)) {
      skipForm(reader, rule, encoding);
      continue;
    }
    const value = readForm(reader, rule, encoding, 0n);
    if (value.kind === "string" && content === contentType.path) name = value.text;
    if (value.kind === "string" && content === contentType.source) source = value.text;
    if (value.kind === "block" && content === contentType.md5) md5 = hexadecimal(value.bytes);
    if (value.kind === "constant" && content === contentType.directory) directory = Number(value.value);
  }
  // LLVM writes an empty string for "no source embedded".
  return { name, directory, source: source || undefined, md5 };
}

/** Rows that grow; typed arrays, as a large module has millions of rows. */
class RowBuffer {
  count = 0;
  addresses = new Uint32Array(1024);
  lines = new Uint32Array(1024);
  columns = new Uint16Array(1024);
  files = new Uint16Array(1024);
  flags = new Uint8Array(1024);

  push(address: number, line: number, column: number, file: number, flags: number): void {
    if (this.count === this.addresses.length) this.#grow();
    const row = this.count++;
    this.addresses[row] = Math.min(address, 0xffffffff);
    this.lines[row] = line;
    this.columns[row] = Math.min(column, 0xffff);
    this.files[row] = Math.min(file, 0xffff);
    this.flags[row] = flags;
  }

  #grow(): void {
    const size = this.count * 2;
    this.addresses = enlarged(this.addresses, new Uint32Array(size));
    this.lines = enlarged(this.lines, new Uint32Array(size));
    this.columns = enlarged(this.columns, new Uint16Array(size));
    this.files = enlarged(this.files, new Uint16Array(size));
    this.flags = enlarged(this.flags, new Uint8Array(size));
  }
}

function enlarged<T extends Uint8Array | Uint16Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

interface Sequence {
  readonly start: number;
  readonly end: number;
  readonly low: number;
}

/** Runs a line program (section 6.2.5). A program that is damaged gives the rows before the damage. */
export function readRows(section: Uint8Array, program: LineProgram, notes: Notes): LineRows {
  const rows = new RowBuffer();
  const sequences: Sequence[] = [];
  try {
    runProgram(new ByteReader(section, program.start, program.end), program, rows, sequences);
  } catch (error) {
    if (!(error instanceof ByteError)) throw error;
    notes.add(
      `.debug_line: the line program at 0x${program.offset.toString(16)} breaks off (${error.message}); lines behind that have no breakpoints. Build the module again without post-processing.`,
    );
  }
  return arranged(rows, sequences);
}

function runProgram(reader: ByteReader, program: LineProgram, rows: RowBuffer, sequences: Sequence[]): void {
  const { lineBase, lineRange, opcodeBase, operandCounts, minimumInstructionLength, defaultIsStatement } = program;
  const initial = defaultIsStatement ? rowFlag.statement : 0;
  let address = 0;
  let file = 1;
  let line = 1;
  let column = 0;
  let flags: number = initial;
  let first = rows.count;

  const emit = () => {
    rows.push(address, line, column, file, flags);
    flags &= ~rowFlag.prologueEnd;
  };
  const endSequence = () => {
    flags |= rowFlag.endSequence;
    emit();
    finishSequence(rows, sequences, first);
    address = 0;
    file = 1;
    line = 1;
    column = 0;
    flags = initial;
    first = rows.count;
  };

  while (!reader.atEnd) {
    const opcode = reader.u8();
    if (opcode >= opcodeBase) {
      const adjusted = opcode - opcodeBase;
      address += Math.trunc(adjusted / lineRange) * minimumInstructionLength;
      line = moved(line, lineBase + (adjusted % lineRange));
      emit();
      continue;
    }
    switch (opcode) {
      case 0: {
        const length = reader.uleb();
        const next = reader.position + length;
        if (next > reader.end) throw new ByteError("an opcode is longer than the program", reader.position);
        if (length === 0) break;
        const extended = reader.u8();
        if (extended === 1) endSequence();
        else if (extended === 2) address = readAddress(reader, length - 1);
        reader.position = next;
        break;
      }
      case 1:
        emit();
        break;
      case 2:
        address += reader.uleb() * minimumInstructionLength;
        break;
      case 3:
        line = moved(line, reader.sleb());
        break;
      case 4:
        file = reader.uleb();
        break;
      case 5:
        column = reader.uleb();
        break;
      case 6:
        flags ^= rowFlag.statement;
        break;
      case 8:
        address += Math.trunc((255 - opcodeBase) / lineRange) * minimumInstructionLength;
        break;
      case 9:
        address += reader.u16();
        break;
      case 10:
        flags |= rowFlag.prologueEnd;
        break;
      default:
        // Basic block, epilogue, ISA, and opcodes that a later version may add: only their operands matter here.
        for (let rest = operandCounts[opcode - 1] ?? 0; rest > 0; rest--) reader.uleb64();
    }
  }
}

function moved(line: number, by: number): number {
  const to = line + by;
  if (to < 0 || to > 0xffffffff) throw new ByteError("a line number is below 0 or too large", 0);
  return to;
}

/** Keeps the rows from `first` on as a sequence, or takes them back where the linker dropped its code or its addresses go backwards. */
function finishSequence(rows: RowBuffer, sequences: Sequence[], first: number): void {
  const low = rows.addresses[first]!;
  const last = rows.addresses[rows.count - 1]!;
  let isSorted = !isTombstone(low, 4) && low < last;
  for (let row = first + 1; isSorted && row < rows.count; row++) isSorted = rows.addresses[row]! >= rows.addresses[row - 1]!;
  if (isSorted) sequences.push({ start: first, end: rows.count, low });
  else rows.count = first;
}

/** The rows of all sequences, sorted by address. Rows behind the last end of sequence are dropped. */
function arranged(rows: RowBuffer, sequences: Sequence[]): LineRows {
  const count = sequences.reduce((sum, sequence) => sum + sequence.end - sequence.start, 0);
  const result = {
    count,
    addresses: new Uint32Array(count),
    lines: new Uint32Array(count),
    columns: new Uint16Array(count),
    files: new Uint16Array(count),
    flags: new Uint8Array(count),
  };
  sequences.sort((a, b) => a.low - b.low);
  let at = 0;
  for (const { start, end } of sequences) {
    result.addresses.set(rows.addresses.subarray(start, end), at);
    result.lines.set(rows.lines.subarray(start, end), at);
    result.columns.set(rows.columns.subarray(start, end), at);
    result.files.set(rows.files.subarray(start, end), at);
    result.flags.set(rows.flags.subarray(start, end), at);
    at += end - start;
  }
  return result;
}

/** Index of the row that says where `address` comes from: the last one at or before it, in a sequence that holds it. `undefined`: none. */
export function rowAt(rows: LineRows, address: number): number | undefined {
  let low = 0;
  let high = rows.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows.addresses[middle]! <= address) low = middle + 1;
    else high = middle;
  }
  const row = low - 1;
  if (row < 0 || rows.flags[row]! & rowFlag.endSequence) return undefined;
  return row;
}

/** Directory of a file of `program` as written; empty where it has none. */
export function directoryOf(program: LineProgram, file: LineFile): string {
  return program.directories[file.directory] ?? "";
}

/** `undefined` for what is no MD5: zeros stand for a checksum that is not known. */
function hexadecimal(bytes: Uint8Array): string | undefined {
  if (bytes.length !== 16 || bytes.every((byte) => byte === 0)) return undefined;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
