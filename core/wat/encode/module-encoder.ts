import { ByteWriter } from "#core/bytes/writer.ts";
import { moduleOffset } from "#core/wasm/offsets.ts";
import { exportKinds, type ExportKind } from "#core/wasm/sections/exports.ts";
import { compactImports } from "#core/wasm/sections/imports.ts";
import { sectionNames, type SectionName } from "#core/wasm/sections/section.ts";
import { branchHintName, customAnnotationsBefore } from "../annotations.ts";
import type { CustomAnnotation } from "../annotations.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { wordOf } from "../token.ts";
import { BranchHints } from "./branch-hints.ts";
import { writeConstant } from "./constant.ts";
import { contentsToken, readLimits, writeLimits, writeTableType } from "./external-types.ts";
import { encodeBody, functionTypeIndex, parameterSpace } from "./function.ts";
import { importedNodes, ModuleEnvironment } from "./module-environment.ts";
import { encodeNames } from "./name-section.ts";
import { RowBuilder, type EncodedFunction, type WatRows } from "./rows.ts";
import { SectionWriter, ulebLength } from "./section-writer.ts";
import { encodeData, encodeElement, encodeInlineData, encodeInlineElement } from "./segments.ts";
import { encodeTypeField, readTypeUse, readValueType, writeStorage } from "./types.ts";

/** A function whose place in the code section is known, and that of the section is not. */
interface PlacedBody {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly declarations: number;
  readonly text: FieldText;
}

/** Encodes the fields of one module, in their order, into sections, and puts these together. Bound to one use. */
export class ModuleEncoder {
  readonly environment = new ModuleEnvironment();
  readonly #imports = new SectionWriter();
  readonly #functions = new SectionWriter();
  readonly #tables = new SectionWriter();
  readonly #memories = new SectionWriter();
  readonly #tags = new SectionWriter();
  readonly #globals = new SectionWriter();
  readonly #exports = new SectionWriter();
  readonly #elements = new SectionWriter();
  readonly #code = new SectionWriter();
  readonly #data = new SectionWriter();
  readonly #rows = {
    table: new RowBuilder(),
    global: new RowBuilder(),
    element: new RowBuilder(),
    code: new RowBuilder(),
    data: new RowBuilder(),
  };
  readonly #bodies: PlacedBody[] = [];
  readonly #localNames = new Map<number, ReadonlyMap<number, string>>();
  readonly #labelNames = new Map<number, ReadonlyMap<number, string>>();
  /** Next index of each space while the fields are gone through a second time. */
  readonly #next = { type: 0, func: 0, table: 0, memory: 0, global: 0, tag: 0 };
  #start: number | undefined;
  readonly #branchHints = new BranchHints();
  readonly #customs: CustomAnnotation[] = [];

  encodeFields(fields: readonly FieldText[]): void {
    const { environment } = this;
    environment.declare(fields);
    // All types that are defined come before those that are only used, wherever they stand.
    for (const text of fields) this.#typeField(text);
    for (const text of fields) this.#field(text);
    for (const text of fields) this.customSections(text);
  }

  /** Takes over the custom sections that are written before a field, or before the end of the module. */
  customSections(text: FieldText): void {
    for (const custom of customAnnotationsBefore(text)) this.#customs.push(custom);
  }

  /** Puts the sections together. */
  finish(moduleName: string | undefined): {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly rows: WatRows;
    readonly functions: readonly EncodedFunction[];
  } {
    const writer = new ByteWriter(4096);
    const rows = new RowBuilder();
    writer.bytes(new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]));
    const types = new SectionWriter();
    for (const group of this.environment.functionTypes.groups) types.entry().bytes(group);
    const custom = (side: "before" | "after", section: string): void => {
      for (const { name, bytes } of this.#customs.filter((one) => one.side === side && one.section === section))
        writeCustomSection(writer, name, bytes);
    };
    const section = <Result>(word: string, write: () => Result): Result => {
      custom("before", word);
      const result = write();
      custom("after", word);
      return result;
    };
    custom("before", "first");
    section("type", () => writeSection(writer, "type", types));
    section("import", () => writeSection(writer, "import", this.#imports));
    section("func", () => writeSection(writer, "function", this.#functions));
    section("table", () => rows.append(this.#rows.table, writeSection(writer, "table", this.#tables)));
    section("memory", () => writeSection(writer, "memory", this.#memories));
    section("tag", () => writeSection(writer, "tag", this.#tags));
    section("global", () => rows.append(this.#rows.global, writeSection(writer, "global", this.#globals)));
    section("export", () => writeSection(writer, "export", this.#exports));
    section("start", () => this.#start === undefined || writeNumberSection(writer, "start", this.#start));
    section("elem", () => rows.append(this.#rows.element, writeSection(writer, "element", this.#elements)));
    section("datacount", () => !this.environment.usesDataIndex || writeNumberSection(writer, "data count", this.#data.count));
    if (!this.#branchHints.isEmpty) writeCustomSection(writer, branchHintName, this.#branchHints.finish());
    const codeEntries = section("code", () => writeSection(writer, "code", this.#code));
    rows.append(this.#rows.code, codeEntries);
    section("data", () => rows.append(this.#rows.data, writeSection(writer, "data", this.#data)));
    custom("after", "last");
    const inner = { module: moduleName, locals: this.#localNames, labels: this.#labelNames };
    const names = encodeNames(this.environment, inner);
    if (names.length > 0) writeCustomSection(writer, "name", names);
    const functions = this.#bodies.map(({ index, start, end, declarations, text }) => ({
      index,
      range: { start: moduleOffset(codeEntries + start), end: moduleOffset(codeEntries + end) },
      bodyStart: moduleOffset(codeEntries + start + declarations),
      span: text.nodeSpan(0),
    }));
    return { bytes: writer.finish(), rows: rows.finish(), functions };
  }

  #typeField(text: FieldText): void {
    const { kind } = text.field;
    if (kind !== Node.typeField && kind !== Node.recField) return;
    encodeTypeField(this.environment, text, this.#next.type);
    this.#next.type +=
      kind === Node.typeField ? 1 : text.field.children(0).filter((child) => text.field.kindOf(child) === Node.typeDefinition).length;
  }

  #field(text: FieldText): void {
    const { field } = text;
    switch (field.kind) {
      case Node.importField:
        return this.#importField(text);
      case Node.funcField:
        return this.#function(text);
      case Node.tableField:
        return this.#table(text);
      case Node.memoryField:
        return this.#memory(text);
      case Node.globalField:
        return this.#global(text);
      case Node.tagField:
        return this.#tag(text);
      case Node.exportField:
        return this.#exportField(text);
      case Node.startField:
        this.#start = this.environment.resolve(text, field.wordToken(0) + 1, this.environment.functions);
        return;
      case Node.elemField:
        return encodeElement(this.environment, text, this.#rows.element, this.#elements.entry());
      case Node.dataField:
        return encodeData(this.environment, text, this.#rows.data, this.#data.entry());
      default:
    }
  }

  #importField(text: FieldText): void {
    const { field } = text;
    const nodes = importedNodes(field);
    const items = field.children(0).filter((child) => field.kindOf(child) === Node.importItem);
    if (items.length > 0) return this.#compactImport(text, items, nodes);
    if (nodes[0] !== undefined) this.#importEntry(text, field.wordToken(0), nodes[0], nodes[0]);
  }

  /** `(import "module" (item "name" ...) ...)`; `nodes` describe what is imported. Source: compact import section proposal. */
  #compactImport(text: FieldText, items: readonly number[], nodes: readonly number[]): void {
    const { field } = text;
    const writer = this.#imports.entry();
    const isShared = field.children(items[0]!).length === 0;
    const names = items.map((item) => text.bytesOf(field.wordToken(item) + 1));
    writeName(writer, text.bytesOf(field.wordToken(0) + 1));
    writer.uleb(0);
    writer.u8(isShared ? compactImports.typeOfAll : compactImports.typeEach);
    if (isShared) this.#externalType(writer, text, nodes[0]!, nodes[0]);
    writer.uleb(names.length);
    for (const [at, name] of names.entries()) {
      writeName(writer, name);
      if (!isShared) this.#externalType(writer, text, nodes[at]!, nodes[at]);
      // The type is written once, and each item defines something.
      else if (at > 0) this.#externalType(new ByteWriter(), text, nodes[at]!, nodes[at]);
    }
  }

  /** `(import "module" "name")` inside a definition. Returns whether there is one. */
  #inlineImport(text: FieldText): boolean {
    const node = text.field.childOf(0, Node.inlineImport);
    if (node !== undefined) this.#importEntry(text, text.field.wordToken(node), 0, undefined);
    return node !== undefined;
  }

  /** `word`: the `import`, before the two names. `node` describes what is imported; of an import field it is `extern`. */
  #importEntry(text: FieldText, word: number, node: number, extern: number | undefined): void {
    const writer = this.#imports.entry();
    for (const token of [word + 1, word + 2]) writeName(writer, text.bytesOf(token));
    this.#externalType(writer, text, node, extern);
  }

  /** Writes what is imported. */
  #externalType(writer: ByteWriter, text: FieldText, node: number, extern: number | undefined): void {
    const { environment } = this;
    const { field } = text;
    const token = contentsToken(text, node);
    switch (field.kindOf(node)) {
      case Node.externFunc:
      case Node.funcField: {
        writer.u8(0x00);
        writer.uleb(functionTypeIndex(environment, text, node));
        const index = extern === undefined ? this.#next.func : this.#next.func++;
        this.#localNames.set(index, parameterSpace(environment, text, readTypeUse(environment, text, node)).namesByIndex());
        return;
      }
      case Node.externTable:
      case Node.tableField:
        writer.u8(0x01);
        writeTableType(environment, text, token, writer);
        if (extern !== undefined) this.#next.table++;
        return;
      case Node.externMemory:
      case Node.memoryField:
        writer.u8(0x02);
        writeLimits(writer, readLimits(environment, text, token));
        if (extern !== undefined) this.#next.memory++;
        return;
      case Node.externGlobal:
      case Node.globalField:
        writer.u8(0x03);
        writeStorage(environment, text, token, writer);
        if (extern !== undefined) this.#next.global++;
        return;
      case Node.externTag:
      case Node.tagField:
        writer.u8(0x04);
        writer.u8(0x00);
        writer.uleb(functionTypeIndex(environment, text, node));
        if (extern !== undefined) this.#next.tag++;
        return;
      default:
    }
  }

  #inlineExports(text: FieldText, kind: ExportKind, index: number): void {
    for (const child of text.field.children(0)) {
      if (text.field.kindOf(child) === Node.inlineExport) this.#export(text, text.field.wordToken(child) + 1, kind, index);
    }
  }

  #export(text: FieldText, nameToken: number, kind: ExportKind, index: number): void {
    const writer = this.#exports.entry();
    writeName(writer, text.bytesOf(nameToken));
    writer.u8(exportKinds.indexOf(kind));
    writer.uleb(index);
  }

  #exportField(text: FieldText): void {
    const { environment } = this;
    const { field } = text;
    const target = field.childOf(0, Node.exportTarget);
    if (target === undefined) return;
    const word = wordOf(field.wordTag(target));
    const kind = exportKinds.find((kind) => kind === word);
    if (!kind) return;
    const { functions: func, tables: table, memories: memory, globals: global, tags: tag } = environment;
    const space = { func, table, memory, global, tag }[kind];
    this.#export(text, field.wordToken(0) + 1, kind, environment.resolve(text, field.wordToken(target) + 1, space));
  }

  #function(text: FieldText): void {
    const { environment } = this;
    this.#inlineExports(text, "func", this.#next.func);
    const isImport = this.#inlineImport(text);
    const index = this.#next.func++;
    if (isImport) return;
    this.#functions.entry().uleb(functionTypeIndex(environment, text, 0));
    const rows = this.#rows.code;
    const firstRow = rows.count;
    const body = encodeBody(environment, text, rows);
    this.#branchHints.add(index, text, rows, firstRow);
    const writer = this.#code.entry();
    const start = writer.length + ulebLength(body.bytes.length);
    writer.uleb(body.bytes.length);
    writer.bytes(body.bytes);
    rows.move(firstRow, start);
    this.#bodies.push({ index, start, end: writer.length, declarations: body.declarations, text });
    this.#localNames.set(index, body.localNames);
    this.#labelNames.set(index, body.labelNames);
  }

  #table(text: FieldText): void {
    const { environment } = this;
    const { field } = text;
    const isImport = field.childOf(0, Node.inlineImport) !== undefined;
    const index = this.#next.table++;
    this.#inlineExports(text, "table", index);
    if (isImport) {
      this.#inlineImport(text);
      return;
    }
    const token = contentsToken(text, 0);
    const writer = this.#tables.entry();
    if (field.childOf(0, Node.inlineElem) !== undefined) {
      const limits = readLimits(environment, text, token);
      const type = readValueType(environment, text, limits.next).bytes;
      const count = encodeInlineElement(environment, text, this.#rows.element, this.#elements.entry(), { index, is64: limits.is64, type });
      writer.bytes(Uint8Array.from(type));
      writeLimits(writer, { ...limits, min: BigInt(count), max: BigInt(count) });
      return;
    }
    const firstInstruction = field.children(0).find((child) => !tableHead.has(field.kindOf(child)));
    if (firstInstruction === undefined) {
      writeTableType(environment, text, token, writer);
      return;
    }
    writer.u8(0x40);
    writer.u8(0x00);
    writeTableType(environment, text, token, writer);
    writeConstant(environment, text, this.#rows.table, writer, firstInstruction, field.nodeEnd(0));
  }

  #memory(text: FieldText): void {
    const { environment } = this;
    const index = this.#next.memory++;
    this.#inlineExports(text, "memory", index);
    if (this.#inlineImport(text)) return;
    const limits = readLimits(environment, text, contentsToken(text, 0));
    if (text.field.childOf(0, Node.inlineData) === undefined) return writeLimits(this.#memories.entry(), limits);
    const length = encodeInlineData(text, this.#data.entry(), { index, is64: limits.is64 });
    const pages = BigInt(Math.ceil(length / 2 ** (limits.pageSizeLog2 ?? 16)));
    writeLimits(this.#memories.entry(), { ...limits, min: pages, max: pages });
  }

  #global(text: FieldText): void {
    const { environment } = this;
    const { field } = text;
    this.#inlineExports(text, "global", this.#next.global++);
    if (this.#inlineImport(text)) return;
    const writer = this.#globals.entry();
    const behind = writeStorage(environment, text, contentsToken(text, 0), writer);
    const first = field.children(0).find((child) => field.firstToken(child) >= behind) ?? field.nodeEnd(0);
    writeConstant(environment, text, this.#rows.global, writer, first, field.nodeEnd(0));
  }

  #tag(text: FieldText): void {
    this.#inlineExports(text, "tag", this.#next.tag++);
    if (this.#inlineImport(text)) return;
    const writer = this.#tags.entry();
    writer.u8(0x00);
    writer.uleb(functionTypeIndex(this.environment, text, 0));
  }
}

/** Nodes of a table field before its initial value. */
const tableHead: ReadonlySet<number> = new Set([Node.inlineExport, Node.inlineImport, Node.refType, Node.pageSize]);

/** Writes a section of entries, if it has any. Returns the module offset of the first entry's first byte. */
function writeSection(writer: ByteWriter, kind: SectionName, section: SectionWriter): number {
  if (section.count === 0) return writer.length;
  const contents = section.writer.finish();
  writer.u8(sectionNames.indexOf(kind));
  writer.uleb(ulebLength(section.count) + contents.length);
  writer.uleb(section.count);
  const start = writer.length;
  writer.bytes(contents);
  return start;
}

function writeName(writer: ByteWriter, name: Uint8Array): void {
  writer.uleb(name.length);
  writer.bytes(name);
}

function writeNumberSection(writer: ByteWriter, kind: SectionName, value: number): void {
  writer.u8(sectionNames.indexOf(kind));
  writer.uleb(ulebLength(value));
  writer.uleb(value);
}

function writeCustomSection(writer: ByteWriter, name: string, contents: Uint8Array): void {
  const inside = new ByteWriter();
  inside.name(name);
  inside.bytes(contents);
  writer.u8(0);
  writer.uleb(inside.length);
  writer.bytes(inside.finish());
}
