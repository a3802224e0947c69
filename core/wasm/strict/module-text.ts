/** A binary module as text, every byte of it checked, so that what checks text can say whether the module is valid. */
import { ByteError } from "#core/bytes/reader.ts";
import { exportKinds } from "../sections/exports.ts";
import { compactImports } from "../sections/imports.ts";
import { readSections } from "../sections/read-sections.ts";
import { sectionNames, type SectionName } from "../sections/section.ts";
import { readHeapType, readValueType } from "../value-types.ts";
import { addExpression, type CodeNeeds } from "./code-text.ts";
import { BinaryError, StrictReader, type BinaryFault } from "./reader.ts";
import { TextBuilder, type MappedText } from "./text-builder.ts";

/** Why bytes are no module. */
export interface Malformed {
  readonly fault: BinaryFault;
  readonly message: string;
  /** Offset of the byte, counted from the start of the module; that behind the last byte where something is missing. */
  readonly offset: number;
}

/** Order of the sections that are not custom. Source: WebAssembly 3.0, 5.5.16 "Modules". */
const order: readonly SectionName[] = [
  "type", "import", "function", "table", "memory", "tag", "global", "export", "start", "element", "data count", "code", "data",
]; // prettier-ignore

/** Engines refuse functions with more locals. Source: WebAssembly JavaScript interface, 9 "Implementation-defined limits". */
const mostWrittenLocals = 50_000;

/** Without names; all indices are those of the binary module. */
export function moduleText(bytes: Uint8Array): MappedText | Malformed {
  const reader = new StrictReader(bytes);
  const decoder = new ModuleDecoder(reader);
  try {
    decoder.module();
    return decoder.text.finish();
  } catch (error) {
    if (error instanceof BinaryError) return { fault: error.fault, message: error.message, offset: error.at };
    if (!(error instanceof ByteError)) throw error;
    if (error.message !== "unexpected end of data") return { fault: "encoding", message: `This is ${error.message}.`, offset: error.at };
    return { fault: "size", message: "The bytes end before what is begun here is complete.", offset: error.at };
  }
}

/** The types of a valid module as text fields, in the order of their indices. */
export function typesText(bytes: Uint8Array): string {
  const section = readSections(bytes, []).find(({ kind }) => kind === "type");
  if (section === undefined) return "";
  const decoder = new ModuleDecoder(new StrictReader(bytes, section.start, section.end));
  decoder.types();
  return decoder.text.finish().text;
}

class ModuleDecoder {
  readonly text = new TextBuilder();
  readonly #reader: StrictReader;
  readonly #needs: CodeNeeds = { dataCount: undefined };
  #functionTypes: readonly number[] = [];
  #bodies = 0;
  #dataCount: number | undefined;
  #segments = 0;

  constructor(reader: StrictReader) {
    this.#reader = reader;
  }

  /** Reads a type section from where the reader stands. */
  types(): void {
    this.#section("type", this.#reader);
  }

  module(): void {
    const reader = this.#reader;
    preamble(reader);
    let last = -1;
    while (!reader.atEnd) {
      const header = reader.position;
      const kind = sectionNames[reader.u8()];
      if (kind === undefined) throw new BinaryError("section-id", "A section must begin here, and this is the id of none.", header);
      const size = reader.uleb();
      const start = reader.position;
      reader.skip(size);
      const end = reader.position;
      const place = order.indexOf(kind);
      if (kind !== "custom" && place <= last)
        throw new BinaryError("section-order", `The ${kind} section stands too late, or twice.`, header);
      if (kind !== "custom") last = place;
      // A section is read as far as its contents go; whether that is its size is seen then, as a number that is cut off by the size is one
      // that is too long.
      const inside = new StrictReader(reader.bytes, start, kind === "custom" ? end : reader.end);
      this.#section(kind, inside);
      checkSize(`The ${kind} section`, inside.position, end);
    }
    const end = reader.end;
    if (this.#bodies !== this.#functionTypes.length)
      throw new BinaryError("counts", `${this.#functionTypes.length} functions are declared, but there are ${this.#bodies} bodies.`, end);
    if (this.#dataCount !== undefined && this.#dataCount !== this.#segments)
      throw new BinaryError("counts", `The data count is ${this.#dataCount}, but there are ${this.#segments} segments.`, end);
    if (this.#dataCount === undefined && this.#needs.dataCount !== undefined)
      throw new BinaryError("counts", "This instruction needs a data count section before the code.", this.#needs.dataCount);
  }

  #section(kind: SectionName, reader: StrictReader): void {
    switch (kind) {
      case "custom":
        reader.name();
        return reader.skip(reader.remaining);
      case "type":
        return each(reader, () => this.#recursionGroup(reader));
      case "import":
        return each(reader, () => this.#import(reader));
      case "function":
        this.#functionTypes = list(reader, () => reader.uleb());
        return;
      case "table":
        return each(reader, () => this.#table(reader));
      case "memory":
        return each(reader, () => this.#entry(reader, () => this.text.add(`(memory ${limits(reader)})\n`)));
      case "tag":
        return each(reader, () => this.#entry(reader, () => this.text.add(`(tag ${tagType(reader)})\n`)));
      case "global":
        return each(reader, () => this.#entry(reader, () => this.#global(reader)));
      case "export":
        return each(reader, () => this.#entry(reader, () => this.#export(reader)));
      case "start":
        return this.#entry(reader, () => this.text.add(`(start ${reader.uleb()})\n`));
      case "element":
        return each(reader, () => this.#entry(reader, () => this.#element(reader)));
      case "data count":
        this.#dataCount = reader.uleb();
        return;
      case "code":
        return each(reader, () => this.#entry(reader, () => this.#body(reader)));
      case "data":
        return each(reader, () => this.#entry(reader, () => this.#data(reader)));
    }
  }

  #entry(reader: StrictReader, add: () => void): void {
    this.text.mark(reader.position);
    add();
  }

  #recursionGroup(reader: StrictReader): void {
    this.text.mark(reader.position);
    if (reader.bytes[reader.position] !== 0x4e) return this.#type(reader);
    reader.skip(1);
    this.text.add("(rec\n");
    each(reader, () => this.#type(reader));
    this.text.add(")\n");
  }

  #type(reader: StrictReader): void {
    this.text.mark(reader.position);
    this.text.add(`(type ${subType(reader)})\n`);
  }

  #import(reader: StrictReader): void {
    this.text.mark(reader.position);
    const module = nameBytes(reader);
    const name = nameBytes(reader);
    this.text.add(`(import ${stringText(module)} `);
    const kinds = name.length === 0 ? [0, 1, 2, 3, 4, compactImports.typeEach, compactImports.typeOfAll] : [0, 1, 2, 3, 4];
    const kind = reader.oneOf(kinds, "kind of import");
    if (kind === compactImports.typeEach || kind === compactImports.typeOfAll) this.#compactImports(reader, kind);
    else {
      this.text.add(`${stringText(name)} (`);
      this.text.mark(reader.position);
      this.text.add(`${externalType(reader, kind)})`);
    }
    this.text.add(")\n");
  }

  /** Several imports of one module, each with a type or all with one. */
  #compactImports(reader: StrictReader, form: number): void {
    const type = (): string => `(${externalType(reader, reader.oneOf([0, 1, 2, 3, 4], "kind of import"))})`;
    const shared = form === compactImports.typeOfAll ? type() : undefined;
    each(reader, () => {
      this.text.mark(reader.position);
      this.text.add(`(item ${stringText(nameBytes(reader))}`);
      if (shared === undefined) this.text.add(` ${type()}`);
      this.text.add(") ");
    });
    if (shared !== undefined) this.text.add(shared);
  }

  /** Source: WebAssembly 3.0, 5.5.7 "Table Section". */
  #table(reader: StrictReader): void {
    this.text.mark(reader.position);
    const hasValue = reader.bytes[reader.position] === 0x40;
    if (hasValue) {
      reader.skip(1);
      reader.oneOf([0], "form of table");
    }
    this.text.add(`(table ${tableType(reader)}\n`);
    if (hasValue) addExpression(reader, this.text, this.#needs);
    this.text.add(")\n");
  }

  #global(reader: StrictReader): void {
    this.text.add(`(global ${globalType(reader)}\n`);
    addExpression(reader, this.text, this.#needs);
    this.text.add(")\n");
  }

  #export(reader: StrictReader): void {
    const name = stringText(nameBytes(reader));
    const kind = exportKinds[reader.oneOf([0, 1, 2, 3, 4], "kind of export")]!;
    this.text.add(`(export ${name} (${kind} ${reader.uleb()}))\n`);
  }

  /** Source: WebAssembly 3.0, 5.5.12 "Element Section": bit 0 passive or declarative, bit 1 table or declarative, bit 2 expressions. */
  #element(reader: StrictReader): void {
    const start = reader.position;
    const flags = reader.uleb();
    if (flags > 7) throw new BinaryError("encoding", `${flags} is no form of element segment.`, start);
    this.text.add("(elem ");
    if ((flags & 1) === 0) {
      if (flags & 2) this.text.add(`(table ${reader.uleb()}) `);
      this.#offset(reader);
    } else if (flags & 2) this.text.add("declare ");
    const isExpressions = (flags & 4) !== 0;
    if (isExpressions) this.text.add((flags & 3) === 0 ? "funcref" : readValueType(reader));
    else {
      if ((flags & 3) !== 0) reader.oneOf([0], "kind of elements");
      this.text.add("func");
    }
    each(reader, () => {
      this.text.mark(reader.position);
      if (!isExpressions) return this.text.add(` ${reader.uleb()}`);
      this.text.add(" (item ");
      addExpression(reader, this.text, this.#needs);
      this.text.add(")");
    });
    this.text.add(")\n");
  }

  #offset(reader: StrictReader): void {
    this.text.add("(offset\n");
    addExpression(reader, this.text, this.#needs);
    this.text.add(")\n");
  }

  #body(reader: StrictReader): void {
    const size = reader.uleb();
    const start = reader.position;
    reader.skip(size);
    const end = reader.position;
    reader.position = start;
    const type = this.#functionTypes[this.#bodies++];
    if (type === undefined) throw new BinaryError("counts", "There are more bodies than functions are declared.", start);
    this.text.add(`(func (type ${type}) ${locals(reader)}\n`);
    addExpression(reader, this.text, this.#needs);
    this.text.add(")\n");
    checkSize("The function", reader.position, end);
  }

  /** The bytes of the segment are left out: nothing depends on them. */
  #data(reader: StrictReader): void {
    const start = reader.position;
    const flags = reader.uleb();
    if (flags > 2) throw new BinaryError("encoding", `${flags} is no form of data segment.`, start);
    this.#segments++;
    this.text.add("(data ");
    if (flags === 2) this.text.add(`(memory ${reader.uleb()}) `);
    if (flags !== 1) this.#offset(reader);
    this.text.add(")\n");
    reader.skip(reader.uleb());
  }
}

function preamble(reader: StrictReader): void {
  const expected = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  for (const [at, byte] of expected.entries()) {
    if (reader.bytes[at] === byte) continue;
    const message = at < 4 ? 'A module starts with "\\00asm".' : 'The version of the format is 1: "\\01\\00\\00\\00".';
    throw new BinaryError("preamble", message, Math.min(at, reader.end));
  }
  reader.skip(8);
}

function checkSize(what: string, position: number, end: number): void {
  if (position < end) throw new BinaryError("size", `${what} is complete here, but its size says that it goes on.`, position);
  if (position > end) throw new BinaryError("size", `${what} goes on here, but its size says that it has ended.`, end);
}

function each(reader: StrictReader, read: () => void): void {
  for (let rest = reader.uleb(); rest > 0; rest--) read();
}

function list<Entry>(reader: StrictReader, read: () => Entry): Entry[] {
  const found: Entry[] = [];
  each(reader, () => found.push(read()));
  return found;
}

/** Source: WebAssembly 3.0, 5.3.11 and 5.3.12. */
function subType(reader: StrictReader): string {
  const first = reader.bytes[reader.position];
  if (first !== 0x50 && first !== 0x4f) return compositeType(reader);
  reader.skip(1);
  const parents = list(reader, () => reader.uleb());
  return `(sub ${first === 0x4f ? "final " : ""}${parents.join(" ")} ${compositeType(reader)})`;
}

function compositeType(reader: StrictReader): string {
  const at = reader.position;
  // The form is a negative number of seven bits.
  if ((reader.bytes[at] ?? 0) >= 0x80) throw new BinaryError("number", "The form of a type takes one byte.", at);
  switch (reader.oneOf([0x60, 0x5f, 0x5e, 0x5d], "form of type")) {
    case 0x60:
      return `(func (param ${types(reader)}) (result ${types(reader)}))`;
    case 0x5f:
      return `(struct ${list(reader, () => `(field ${fieldType(reader)})`).join(" ")})`;
    case 0x5e:
      return `(array ${fieldType(reader)})`;
    default:
      return `(cont ${readHeapType(reader)})`;
  }
}

function types(reader: StrictReader): string {
  return list(reader, () => readValueType(reader)).join(" ");
}

function fieldType(reader: StrictReader): string {
  const type = readValueType(reader);
  return reader.oneOf([0, 1], "mutability") === 1 ? `(mut ${type})` : type;
}

const globalType = fieldType;

function externalType(reader: StrictReader, kind: number): string {
  switch (kind) {
    case 0:
      return `func (type ${reader.uleb()})`;
    case 1:
      return `table ${tableType(reader)}`;
    case 2:
      return `memory ${limits(reader)}`;
    case 3:
      return `global ${globalType(reader)}`;
    default:
      return `tag ${tagType(reader)}`;
  }
}

function tableType(reader: StrictReader): string {
  const at = reader.position;
  const type = readValueType(reader);
  if (!/ref|\(/.test(type)) throw new BinaryError("encoding", `A table holds references, and ${type} is none.`, at);
  return `${limits(reader, 0x07)} ${type}`;
}

function tagType(reader: StrictReader): string {
  reader.oneOf([0], "attribute of a tag");
  return `(type ${reader.uleb()})`;
}

/** Source: WebAssembly 3.0, 5.3.13; bit 1 (shared): threads proposal; bit 3 (page size): custom page sizes proposal. */
function limits(reader: StrictReader, allowed = 0x0f): string {
  const at = reader.position;
  const flags = reader.u8();
  if (flags > allowed) throw new BinaryError("encoding", `0x${flags.toString(16)} are no flags of limits.`, at);
  const words = flags & 4 ? ["i64"] : [];
  words.push(String(reader.uleb64()));
  if (flags & 1) words.push(String(reader.uleb64()));
  if (flags & 2) words.push("shared");
  if (flags & 8) words.push(`(pagesize ${1n << BigInt(Math.min(reader.uleb(), 64))})`);
  return words.join(" ");
}

/** Source: WebAssembly 3.0, 5.5.13 "Code Section". */
function locals(reader: StrictReader): string {
  const words: string[] = [];
  let total = 0;
  each(reader, () => {
    const at = reader.position;
    const count = reader.uleb();
    total += count;
    if (total >= 2 ** 32) throw new BinaryError("locals", `A function cannot have ${total} locals.`, at);
    const type = readValueType(reader);
    const written = Math.max(0, Math.min(count, mostWrittenLocals - words.length));
    for (let rest = written; rest > 0; rest--) words.push(type);
  });
  return `(local ${words.join(" ")})`;
}

function nameBytes(reader: StrictReader): Uint8Array {
  const start = reader.position;
  reader.name();
  const again = new StrictReader(reader.bytes, start, reader.position);
  return again.take(again.uleb());
}

/** Bytes as a string literal. */
function stringText(bytes: Uint8Array): string {
  return `"${Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("")}"`;
}
