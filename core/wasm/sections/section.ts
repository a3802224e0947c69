import type { ModuleOffset } from "../offsets.ts";

/** Names of the sections by id. Source: WebAssembly 3.0, 5.5.2 "Sections". */
export const sectionNames = [
  "custom",
  "type",
  "import",
  "function",
  "table",
  "memory",
  "global",
  "export",
  "start",
  "element",
  "code",
  "data",
  "data count",
  "tag",
] as const;

export type SectionName = (typeof sectionNames)[number];

export interface Section {
  readonly kind: SectionName;
  /** Name of a custom section. */
  readonly customName?: string;
  /** Of the id byte. */
  readonly header: ModuleOffset;
  /** Of the contents; behind its name in a custom section. */
  readonly start: ModuleOffset;
  /** Behind the last byte; never behind the end of the file. */
  readonly end: ModuleOffset;
}

/** Something that is wrong with a module, in words for the user. */
export interface ModuleProblem {
  readonly message: string;
  readonly offset: ModuleOffset;
}
