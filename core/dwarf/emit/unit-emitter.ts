import type { ByteWriter } from "#core/bytes/writer.ts";
import { attribute, tag } from "../constants.ts";
import type { DataType } from "../data-type.ts";
import type { AddressRange } from "../ranges.ts";
import type { AbbreviationTable } from "./abbreviations.ts";
import { address, data2, data4, expression, present, reference, sectionOffset, text, unsigned, type Attribute } from "./attributes.ts";
import type {
  EmittedBlock,
  EmittedFunction,
  EmittedLocation,
  EmittedPosition,
  EmittedUnit,
  EmittedVariable,
  InlinedCall,
} from "./description.ts";
import { EntryWriter } from "./entry-writer.ts";
import { LineProgramWriter } from "./line-program.ts";
import { LocationLists, RangeLists } from "./lists.ts";
import type { StringTable } from "./string-table.ts";
import { writeType } from "./type-entry.ts";

/** Sections that grow by one unit after the other. */
export interface SharedSections {
  readonly abbreviations: AbbreviationTable;
  readonly strings: StringTable;
  readonly lineStrings: StringTable;
  readonly info: ByteWriter;
  readonly line: ByteWriter;
  readonly ranges: ByteWriter;
  readonly locations: ByteWriter;
}

/** DW_INL_inlined. */
const wasInlined = 1;

/** Writes one unit. What it is given is written at once and not kept, but for the types that it refers to. */
export class UnitEmitter {
  readonly #sections: SharedSections;
  readonly #entries: EntryWriter;
  readonly #lines: LineProgramWriter;
  readonly #ranges: RangeLists;
  readonly #locations: LocationLists;
  readonly #code: AddressRange[] = [];
  /** Where the unit's own entry says its ranges. */
  readonly #rangesAt: number;
  /** Types that have been referred to. */
  readonly #types = new Set<DataType>();
  readonly #abstract = new Map<string, InlinedCall>();

  constructor(sections: SharedSections, { name, directory, producer, language }: EmittedUnit) {
    this.#sections = sections;
    this.#entries = new EntryWriter(sections.abbreviations, sections.strings);
    this.#lines = new LineProgramWriter(sections.lineStrings, directory, name);
    this.#ranges = new RangeLists(sections.ranges.length);
    this.#locations = new LocationLists(sections.locations.length);
    const attributes = [
      text(attribute.producer, producer),
      data2(attribute.language, language),
      text(attribute.name, name),
      text(attribute.compilationDirectory, directory),
      sectionOffset(attribute.statementList, sections.line.length),
      address(attribute.lowPc, 0),
      sectionOffset(attribute.ranges, 0),
    ];
    this.#rangesAt = this.#entries.begin(tag.compileUnit, attributes, { children: true }).at(-1)!;
  }

  /** Number of a source file: an absolute path, or one that counts from the unit's directory, with `/` in it. */
  file(path: string): number {
    return this.#lines.fileNumber(path);
  }

  addFunction(func: EmittedFunction): void {
    const { range } = func;
    this.#code.push(range);
    if (func.rows.count > 0) this.#lines.addSequence(func.rows, range);
    const attributes = [
      text(attribute.name, func.name),
      ...this.#declared(func.declared),
      ...(func.external ? [present(attribute.external)] : []),
      address(attribute.lowPc, range.low),
      data4(attribute.highPc, range.high - range.low),
      ...this.#placed(attribute.frameBase, func.frameBase),
      ...this.#typed(func.result),
    ];
    const children = func.parameters.length > 0 || hasContents(func);
    this.#entries.begin(tag.subprogram, attributes, { children });
    if (!children) return;
    for (const parameter of func.parameters) this.#variable(tag.formalParameter, parameter);
    this.#contents(func);
    this.#entries.end();
  }

  /** A variable outside of functions. */
  addVariable(variable: EmittedVariable): void {
    this.#variable(tag.variable, variable, [present(attribute.external)]);
  }

  /** Writes what the functions referred to, and appends the unit to the sections. */
  finish(): void {
    for (const [, call] of this.#abstract) {
      const attributes = [text(attribute.name, call.name), ...this.#declared(call.declared), unsigned(attribute.inline, wasInlined)];
      this.#entries.begin(tag.subprogram, attributes, { children: false, key: call });
    }
    // A set goes on with what is added to it meanwhile.
    for (const type of this.#types) writeType(this.#entries, type, (to) => this.#typeReference(to));
    this.#entries.end();
    this.#entries.set(this.#rangesAt, this.#ranges.add(this.#code));
    this.#entries.finish(this.#sections.info);
    this.#lines.finish(this.#sections.line);
    this.#ranges.finish(this.#sections.ranges);
    this.#locations.finish(this.#sections.locations);
  }

  /** Variables and blocks, in a loop with a stack: how deep blocks are is up to the source. */
  #contents(outermost: Pick<EmittedBlock, "variables" | "blocks">): void {
    const open: Iterator<EmittedBlock>[] = [];
    const enter = ({ variables, blocks }: Pick<EmittedBlock, "variables" | "blocks">): void => {
      for (const variable of variables) this.#variable(tag.variable, variable);
      open.push(blocks[Symbol.iterator]());
    };
    enter(outermost);
    for (;;) {
      const next = open.at(-1)!.next();
      if (!next.done) {
        this.#beginBlock(next.value);
        if (hasContents(next.value)) enter(next.value);
        continue;
      }
      open.pop();
      if (open.length === 0) return;
      this.#entries.end();
    }
  }

  #beginBlock(block: EmittedBlock): void {
    const { ranges, inlined } = block;
    const children = hasContents(block);
    const where = this.#rangeAttributes(ranges);
    if (!inlined) {
      this.#entries.begin(tag.lexicalBlock, where, { children });
      return;
    }
    const { call } = inlined;
    const attributes = [
      reference(attribute.abstractOrigin, this.#abstractInstance(inlined)),
      ...where,
      unsigned(attribute.callFile, call.file),
      unsigned(attribute.callLine, call.line),
    ];
    this.#entries.begin(tag.inlinedSubroutine, attributes, { children });
  }

  /** What stands for the function that was put in place of calls: one in a unit, however often that happened. */
  #abstractInstance(call: InlinedCall): InlinedCall {
    const key = `${call.declared?.file}:${call.declared?.line}:${call.name}`;
    const known = this.#abstract.get(key) ?? call;
    this.#abstract.set(key, known);
    return known;
  }

  #variable(tagCode: number, { name, type, declared, location }: EmittedVariable, more: readonly Attribute[] = []): void {
    const attributes = [
      text(attribute.name, name),
      ...this.#declared(declared),
      ...this.#typed(type),
      ...this.#placed(attribute.location, location),
      ...more,
    ];
    this.#entries.begin(tagCode, attributes, { children: false });
  }

  #rangeAttributes(ranges: readonly AddressRange[]): readonly Attribute[] {
    const [only] = ranges;
    if (only && ranges.length === 1) return [address(attribute.lowPc, only.low), data4(attribute.highPc, only.high - only.low)];
    return [sectionOffset(attribute.ranges, this.#ranges.add(ranges))];
  }

  #placed(name: number, location: EmittedLocation | undefined): readonly Attribute[] {
    if (location === undefined) return [];
    if (location instanceof Uint8Array) return [expression(name, location)];
    return [sectionOffset(name, this.#locations.add(location))];
  }

  #declared(position: EmittedPosition | undefined): readonly Attribute[] {
    return position ? [unsigned(attribute.declarationFile, position.file), unsigned(attribute.declarationLine, position.line)] : [];
  }

  #typed(type: DataType | undefined): readonly Attribute[] {
    return type ? [this.#typeReference(type)] : [];
  }

  #typeReference(type: DataType): Attribute {
    this.#types.add(type);
    return reference(attribute.type, type);
  }
}

const hasContents = ({ variables, blocks }: Pick<EmittedBlock, "variables" | "blocks">): boolean =>
  variables.length > 0 || blocks.length > 0;
