/** The debug sections of one file, as views of its bytes. A section that is not there is empty. */
export interface DwarfSections {
  readonly info: Uint8Array;
  readonly types: Uint8Array;
  readonly abbreviations: Uint8Array;
  readonly line: Uint8Array;
  readonly strings: Uint8Array;
  readonly lineStrings: Uint8Array;
  readonly stringOffsets: Uint8Array;
  readonly addresses: Uint8Array;
  readonly ranges: Uint8Array;
  readonly rangeLists: Uint8Array;
  readonly locations: Uint8Array;
  readonly locationLists: Uint8Array;
}

const none = new Uint8Array(0);

/** Collects the sections through `find`, which gets names such as `.debug_info` and gives the section's contents without copying them. */
export function dwarfSections(find: (name: string) => Uint8Array | undefined): DwarfSections {
  const section = (name: string) => find(name) ?? none;
  return {
    info: section(".debug_info"),
    types: section(".debug_types"),
    abbreviations: section(".debug_abbrev"),
    line: section(".debug_line"),
    strings: section(".debug_str"),
    lineStrings: section(".debug_line_str"),
    stringOffsets: section(".debug_str_offsets"),
    addresses: section(".debug_addr"),
    ranges: section(".debug_ranges"),
    rangeLists: section(".debug_rnglists"),
    locations: section(".debug_loc"),
    locationLists: section(".debug_loclists"),
  };
}
