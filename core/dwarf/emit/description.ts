/** What the writer of DWARF is told: neutral words for units, functions and variables, whatever language they come from. */
import type { DataType } from "../data-type.ts";
import type { LineRows } from "../line-table.ts";
import type { AddressRange } from "../ranges.ts";

export interface EmittedUnit {
  /** The main source file, or the package. */
  readonly name: string;
  /** Relative names of files count from it; may be empty. */
  readonly directory: string;
  readonly producer: string;
  /** DW_LANG code (section 7.12). */
  readonly language: number;
}

/** All addresses count from the contents of the code section, as WebAssembly's convention for DWARF has it. */
export interface EmittedFunction {
  readonly name: string;
  /** Known outside of the unit. */
  readonly external: boolean;
  /** Of the declaration; `undefined` where it is unknown. */
  readonly declared: EmittedPosition | undefined;
  /** Of the body, with the declarations of its locals. */
  readonly range: AddressRange;
  /** Ascending addresses within `range`; the last row goes up to its end. A row without a line has line 0. */
  readonly rows: EmittedRows;
  readonly frameBase?: EmittedLocation | undefined;
  readonly result?: DataType | undefined;
  readonly parameters: readonly EmittedVariable[];
  readonly variables: readonly EmittedVariable[];
  readonly blocks: readonly EmittedBlock[];
}

/** Rows as the reader has them; file numbers are those that the unit gave out. A row that ends a sequence is none. */
export type EmittedRows = LineRows;

export interface EmittedPosition {
  /** Number that the unit gave out. */
  readonly file: number;
  /** 1-based. */
  readonly line: number;
}

/** A part of a function with variables of its own, or with the code of a function that was put in place of a call. */
export interface EmittedBlock {
  /** Within the ranges of what is around it. */
  readonly ranges: readonly AddressRange[];
  readonly variables: readonly EmittedVariable[];
  readonly blocks: readonly EmittedBlock[];
  readonly inlined?: InlinedCall | undefined;
}

export interface InlinedCall {
  readonly name: string;
  /** Where the function that was called is declared. */
  readonly declared: EmittedPosition | undefined;
  readonly call: EmittedPosition;
}

export interface EmittedVariable {
  readonly name: string;
  /** `undefined`: unknown, and readers show no value. */
  readonly type: DataType | undefined;
  readonly declared: EmittedPosition | undefined;
  /** `undefined`: its value is not kept. */
  readonly location: EmittedLocation | undefined;
}

/** An expression that holds wherever the variable is in scope, or a list of them. See `location.ts` for the expressions. */
export type EmittedLocation = Uint8Array | readonly LocationPiece[];

export interface LocationPiece extends AddressRange {
  readonly expression: Uint8Array;
}

/** A debug section of the module, such as `.debug_info`. */
export interface EmittedSection {
  readonly name: string;
  readonly contents: Uint8Array<ArrayBuffer>;
}
