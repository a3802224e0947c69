/** Writes DWARF 5 in the 32-bit format with addresses of four bytes, as LLVM does for WebAssembly. */
import { ByteWriter } from "#core/bytes/writer.ts";
import { AbbreviationTable } from "./abbreviations.ts";
import type { EmittedSection, EmittedUnit } from "./description.ts";
import { StringTable } from "./string-table.ts";
import { UnitEmitter, type SharedSections } from "./unit-emitter.ts";

/** The debug sections of one module. Variant parts of types (Rust's enums) are not written. */
export class DwarfEmitter {
  readonly #sections: SharedSections = {
    abbreviations: new AbbreviationTable(),
    strings: new StringTable(),
    lineStrings: new StringTable(),
    info: new ByteWriter(4096),
    line: new ByteWriter(4096),
    ranges: new ByteWriter(),
    locations: new ByteWriter(),
  };
  #isOpen = false;

  /** Adds a unit, which `write` fills. One at a time: its offsets are known from the start. */
  addUnit(unit: EmittedUnit, write: (emitter: UnitEmitter) => void): void {
    if (this.#isOpen) throw new Error("a unit of debug information is begun within another one");
    this.#isOpen = true;
    const emitter = new UnitEmitter(this.#sections, unit);
    write(emitter);
    emitter.finish();
    this.#isOpen = false;
  }

  /** The sections, without those that are empty. */
  finish(): readonly EmittedSection[] {
    const { abbreviations, strings, lineStrings, info, line, ranges, locations } = this.#sections;
    const sections: readonly EmittedSection[] = [
      { name: ".debug_abbrev", contents: abbreviations.finish() },
      { name: ".debug_info", contents: info.finish() },
      { name: ".debug_rnglists", contents: ranges.finish() },
      { name: ".debug_loclists", contents: locations.finish() },
      { name: ".debug_line", contents: line.finish() },
      { name: ".debug_str", contents: strings.finish() },
      { name: ".debug_line_str", contents: lineStrings.finish() },
    ];
    return sections.filter(({ contents }) => contents.length > 0);
  }
}
