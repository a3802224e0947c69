/** Go's function table (pclntab), which every linked program carries, also with `-ldflags="-s -w"`. */
import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { readPcValues, valueAt, type PcValues } from "./pc-values.ts";
import { definedIndex, joinProgramCounter, type DefinedIndex } from "./program-counter.ts";

/** What the table says of one function (runtime `_func`). */
export interface FunctionEntry {
  readonly name: string;
  /** 1-based line of the declaration, in the file of block 0. */
  readonly startLine: number;
  /** Bytes of parameters and results; negative where unknown. */
  readonly argumentBytes: number;
  /** The stack ends here: nothing called this function. */
  readonly topFrame: boolean;
  /** This function sets the stack pointer itself; what called it cannot be found by counting. */
  readonly writesStackPointer: boolean;
  /** Made by the compiler or linker around another function; the runtime's traces leave it out. */
  readonly wrapper: boolean;
  /** The block at which the function goes on when a panic was recovered in it: it calls the deferred functions. 0 where it defers nothing. */
  readonly recoveryBlock: number;
  /** Address of the inline tree relative to the `gofunc` of the module data; `undefined` where nothing was inlined. */
  readonly inlineTree: number | undefined;
}

/** Offsets in `_func`, the same from Go 1.20 to 1.27 (runtime/runtime2.go). */
const at = {
  name: 4,
  arguments: 8,
  deferReturn: 12,
  pcsp: 16,
  pcfile: 20,
  pcln: 24,
  pcdataCount: 28,
  compilationUnit: 32,
  startLine: 36,
  id: 40,
  flag: 41,
  funcdataCount: 43,
};
const funcHeaderSize = 44;
const flagTopFrame = 1;
const flagStackPointerWrite = 2;
const pcdataInlineTreeIndex = 2;
const funcdataInlineTree = 3;

/** `f1 ff ff ff`, two zero bytes, instruction size 1, pointer size 8; the same from Go 1.20 to 1.27. */
const magic = [0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8] as const;
const headerSize = 72;
const longestName = 1 << 16;

interface TableParts {
  readonly address: number;
  readonly count: number;
  readonly names: number;
  readonly unitFiles: number;
  readonly files: number;
  readonly values: number;
  readonly functions: number;
}

/**
 * The functions of a program, by their index in the code section. Blocks are the toolchain's PC_B. Everything is read when it is first
 * asked for; damage makes `undefined` or an empty name, never an exception.
 */
export class FunctionTable {
  /** Address of the table's header in linear memory. */
  readonly address: number;
  /** Address of the names, by which the module data is found. */
  readonly namesAddress: number;
  readonly count: number;
  readonly #memory: Uint8Array;
  readonly #view: DataView;
  readonly #parts: TableParts;
  readonly #values = new Map<number, PcValues>();
  /** By function; of those that were asked for. A stack asks for the same ones as the next. */
  readonly #names: string[] = [];
  readonly #entries = new Map<DefinedIndex, FunctionEntry>();
  readonly #paths = new Map<number, string>();
  #byName: Map<string, DefinedIndex[]> | undefined;
  #byFile: Map<string, DefinedIndex[]> | undefined;
  #wrapper: { readonly id: number | undefined } | undefined;

  /** Use {@link readFunctionTable}. */
  constructor(memory: Uint8Array, parts: TableParts) {
    this.#memory = memory;
    this.#view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
    this.#parts = parts;
    this.address = parts.address;
    this.namesAddress = parts.names;
    this.count = parts.count;
  }

  /** As the linker spells it, with package path and type arguments; empty where the table is damaged or has no such function. */
  name(index: DefinedIndex): string {
    let name = this.#names[index];
    if (name === undefined) {
      const entry = this.#entry(index);
      name = entry === undefined ? "" : this.#string(this.#parts.names + this.#u32(entry + at.name));
      if (entry !== undefined) this.#names[index] = name;
    }
    return name;
  }

  /** Functions of that name, in the order of their indices. */
  find(name: string): readonly DefinedIndex[] {
    this.#byName ??= this.#groupBy((index) => [this.name(index)]);
    return this.#byName.get(name) ?? [];
  }

  entry(index: DefinedIndex): FunctionEntry | undefined {
    let known = this.#entries.get(index);
    if (!known) {
      const entry = this.#entry(index);
      if (entry === undefined) return undefined;
      this.#entries.set(index, (known = this.#read(index, entry)));
    }
    return known;
  }

  #read(index: DefinedIndex, entry: number): FunctionEntry {
    const flag = this.#memory[entry + at.flag]!;
    return {
      name: this.name(index),
      startLine: this.#u32(entry + at.startLine),
      argumentBytes: this.#u32(entry + at.arguments) | 0,
      topFrame: (flag & flagTopFrame) !== 0,
      writesStackPointer: (flag & flagStackPointerWrite) !== 0,
      wrapper: this.#memory[entry + at.id] === this.#wrapperId(),
      recoveryBlock: this.#u32(entry + at.deferReturn),
      inlineTree: this.#funcdata(entry, funcdataInlineTree),
    };
  }

  /** Every source file of the program, as the compiler recorded it. */
  files(): readonly string[] {
    this.#byFile ??= this.#groupBy((index) => this.#filesOf(index));
    return [...this.#byFile.keys()];
  }

  /** Functions with code from `file`, their own or inlined. */
  functionsOf(file: string): readonly DefinedIndex[] {
    this.#byFile ??= this.#groupBy((index) => this.#filesOf(index));
    return this.#byFile.get(file) ?? [];
  }

  /** File of `block`; of the inlined function where one was inlined. */
  file(index: DefinedIndex, block: number): string | undefined {
    const entry = this.#entry(index);
    const value = this.#value(entry, at.pcfile, block);
    return entry === undefined || value === undefined ? undefined : this.#unitFile(entry, value);
  }

  /** 1-based. Exact at calls; between them the line of a neighbour, because many instructions share a block. */
  line(index: DefinedIndex, block: number): number | undefined {
    const line = this.#value(this.#entry(index), at.pcln, block);
    return line === undefined || line <= 0 ? undefined : line;
  }

  /** How many bytes the stack pointer lies below its value at the function's entry, while `block` calls something. */
  stackDelta(index: DefinedIndex, block: number): number | undefined {
    const entry = this.#entry(index);
    if (entry === undefined) return undefined;
    if (this.#u32(entry + at.pcsp) === 0) return 0;
    const delta = this.#value(entry, at.pcsp, block);
    return delta === undefined || delta < 0 ? undefined : delta;
  }

  /** Bytes of the frame, without the return address: the delta behind the prologue. */
  frameSize(index: DefinedIndex): number {
    return Math.max(this.stackDelta(index, 1) ?? 0, this.stackDelta(index, 2) ?? 0);
  }

  /** Index into the inline tree of the code of `block`; `undefined` where it is the function's own. */
  inlineIndex(index: DefinedIndex, block: number): number | undefined {
    const entry = this.#entry(index);
    if (entry === undefined || this.#u32(entry + at.pcdataCount) <= pcdataInlineTreeIndex) return undefined;
    const value = this.#value(entry, funcHeaderSize + 4 * pcdataInlineTreeIndex, block);
    return value === undefined || value < 0 ? undefined : value;
  }

  /** A name by its offset in the table of names, as inline trees hold it. */
  nameAtOffset(offset: number): string {
    return this.#string(this.#parts.names + offset);
  }

  /** Address of the function's entry; `undefined` for a missing function or one outside of the memory. */
  #entry(index: DefinedIndex): number | undefined {
    if (!(index >= 0 && index < this.count)) return undefined;
    const entry = this.#parts.functions + this.#u32(this.#parts.functions + 8 * index + 4);
    return entry + funcHeaderSize <= this.#memory.length ? entry : undefined;
  }

  /** Through the table whose offset stands at `field` of the entry; 0 there means that there is none. */
  #value(entry: number | undefined, field: number, block: number): number | undefined {
    const values = entry === undefined ? undefined : this.#valuesOf(entry, field);
    return values && valueAt(values, block);
  }

  #valuesOf(entry: number, field: number): PcValues | undefined {
    const offset = this.#u32(entry + field);
    if (offset === 0) return undefined;
    let values = this.#values.get(offset);
    if (!values) this.#values.set(offset, (values = readPcValues(this.#memory, this.#parts.values + offset)));
    return values;
  }

  /** The number differs between versions of Go; `runtime.deferreturn` has always had it, and every program has that function (abi `GetFuncID`). */
  #wrapperId(): number | undefined {
    if (!this.#wrapper) {
      const known = this.find("runtime.deferreturn")[0];
      const entry = known === undefined ? undefined : this.#entry(known);
      this.#wrapper = { id: entry === undefined ? undefined : this.#memory[entry + at.id] };
    }
    return this.#wrapper.id;
  }

  #filesOf(index: DefinedIndex): string[] {
    const entry = this.#entry(index);
    const values = entry === undefined ? undefined : this.#valuesOf(entry, at.pcfile);
    if (entry === undefined || !values) return [];
    const files = new Set<string>();
    for (const value of new Set(values.values)) {
      const file = this.#unitFile(entry, value);
      if (file !== undefined) files.add(file);
    }
    return [...files];
  }

  #unitFile(entry: number, value: number): string | undefined {
    if (value < 0) return undefined;
    const offset = this.#u32(this.#parts.unitFiles + 4 * (this.#u32(entry + at.compilationUnit) + value));
    // ^0 stands for a file that the linker has dropped.
    if (offset === 0xffffffff) return undefined;
    // Thousands of functions share some hundred files.
    let path = this.#paths.get(offset);
    if (path === undefined) this.#paths.set(offset, (path = this.#string(this.#parts.files + offset)));
    return path || undefined;
  }

  #funcdata(entry: number, which: number): number | undefined {
    if (this.#memory[entry + at.funcdataCount]! <= which) return undefined;
    const offset = this.#u32(entry + funcHeaderSize + 4 * (this.#u32(entry + at.pcdataCount) + which));
    return offset === 0xffffffff ? undefined : offset;
  }

  #groupBy(keys: (index: DefinedIndex) => readonly string[]): Map<string, DefinedIndex[]> {
    const groups = new Map<string, DefinedIndex[]>();
    for (let index = 0; index < this.count; index++) {
      for (const key of keys(definedIndex(index))) {
        const group = groups.get(key);
        if (group) group.push(definedIndex(index));
        else groups.set(key, [definedIndex(index)]);
      }
    }
    return groups;
  }

  /** 0 outside of the memory. */
  #u32(address: number): number {
    return address >= 0 && address + 4 <= this.#memory.length ? this.#view.getUint32(address, true) : 0;
  }

  #string(address: number): string {
    if (address < 0 || address >= this.#memory.length) return "";
    try {
      return new ByteReader(this.#memory, address, address + longestName).cstring();
    } catch (error) {
      if (!(error instanceof ByteError)) throw error;
      return "";
    }
  }
}

/**
 * Finds and opens the function table in the initial memory of a Go program with `functionCount` functions of its own.
 * No table and `problems` where there is none, or where it does not belong to these functions.
 */
export function readFunctionTable(
  memory: Uint8Array,
  functionCount: number,
): { readonly table: FunctionTable | undefined; readonly problems: readonly string[] } {
  let reason = "there is no function table in the data of the module; was it built by another compiler than Go's?";
  for (let address = findMagic(memory, 0); address >= 0; address = findMagic(memory, address + 1)) {
    const parts = readParts(memory, address);
    if (!parts) {
      reason = "the function table of the module is damaged; build the module again";
    } else if (parts.count !== functionCount || !countsFromFirst(memory, parts)) {
      reason = `the function table knows ${parts.count} functions but the module has ${functionCount}; was it changed after Go had linked it?`;
    } else {
      return { table: new FunctionTable(memory, parts), problems: [] };
    }
  }
  return { table: undefined, problems: [reason] };
}

function findMagic(memory: Uint8Array, from: number): number {
  for (let found = memory.indexOf(magic[0], from); found >= 0; found = memory.indexOf(magic[0], found + 1)) {
    if (magic.every((byte, i) => memory[found + i] === byte)) return found;
  }
  return -1;
}

/** Words of the header: functions, files, start of the text (unused), then the offsets of its parts (runtime/symtab.go `pcHeader`). */
function readParts(memory: Uint8Array, address: number): TableParts | undefined {
  if (address + headerSize > memory.length) return undefined;
  const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  const word = (position: number): number => Number(view.getBigUint64(address + 8 + 8 * position, true));
  const part = (position: number): number => address + word(position);
  const parts = {
    address,
    count: word(0),
    names: part(3),
    unitFiles: part(4),
    files: part(5),
    values: part(6),
    functions: part(7),
  };
  const fits = [parts.names, parts.unitFiles, parts.files, parts.values].every((start) => start < memory.length);
  return fits && parts.functions + 8 * parts.count <= memory.length ? parts : undefined;
}

/** Up to Go 1.24 entries are whole program counters, from 1.25 on their function part; either way the n-th function is the n-th entry. */
function countsFromFirst(memory: Uint8Array, { functions, count }: TableParts): boolean {
  if (count === 0) return true;
  const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  const entry = (index: number): number => view.getUint32(functions + 8 * index, true);
  const first = joinProgramCounter(definedIndex(0), 0);
  const scale = entry(0) >= first ? 1 : 0x10000;
  return entry(0) * scale === first && entry(count - 1) * scale === joinProgramCounter(definedIndex(count - 1), 0);
}
