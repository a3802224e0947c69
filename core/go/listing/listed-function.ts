/** One function of a compiler's listing: its instructions, its bytes before linking, and what the linker fills in. */
import { decodeUtf8 } from "#core/bytes/utf8.ts";

/** What the linker inserts: a signed LEB128 number in front of the byte at `offset` of {@link ListedFunction.code}. */
export interface Relocation {
  readonly offset: number;
  /** Such as `R_CALL` or `R_ADDR`. */
  readonly type: string;
  readonly symbol: string;
  readonly addend: number;
}

/** One line of the assembler ("Prog"): several make up one instruction, or one makes none to three. */
export interface ListedRow {
  /** PC_B. */
  readonly block: number;
  /** Index into {@link ListedFunction.positions}. */
  readonly position: number;
  readonly operation: string;
  /** As printed; empty without. */
  readonly operands: string;
}

export interface ListedFunction {
  /** As the compiler spells it; see {@link plainName}. */
  readonly name: string;
  /** Distinct positions as printed. */
  readonly positions: readonly string[];
  /** The first one is `TEXT`. */
  readonly rows: readonly ListedRow[];
  /** Local declarations and code without the numbers that the linker inserts. */
  readonly code: Uint8Array;
  /** Ascending. Marks that insert nothing are left out. */
  readonly relocations: readonly Relocation[];
}

/** Without what `-S -S` (`<1>`), Go 1.27 (`#hash#` of a closure copied by inlining) and assembly (`<>`) add, and the function table leaves out. */
export function plainName(name: string): string {
  return name
    .replace(/<\d*>$/, "")
    .replace(/#[^#]*#$/, "")
    .replace(/<>$/, "");
}

const rowLine = /^\t0x([0-9a-f]+) \d{5,} \((.*)\)\t([^\t]*)(?:\t(.*))?$/;
const byteLine = /^\t0x[0-9a-f]+((?: [0-9a-f]{2}){1,16})/;
const relocationLine = /^\trel (\d+)\+(\d+) t=(\S+) (.*)\+(-?\d+)$/;

/**
 * Parses the lines of one function, from its head to the last line that starts with a tab (cmd/internal/obj/objfile.go
 * `writeSymDebugNamed`). A line that is none of the known ones makes the whole function `undefined`: a guess would put breakpoints
 * on wrong lines.
 */
export function readListedFunction(bytes: Uint8Array): ListedFunction | undefined {
  const lines = decodeUtf8(bytes).split("\n");
  const end = lines[0]!.indexOf(" STEXT ");
  if (end < 0) return undefined;
  const rows: ListedRow[] = [];
  const relocations: Relocation[] = [];
  const code: number[] = [];
  const positions = new Map<string, number>();
  for (const line of lines.slice(1)) {
    if (line === "") continue;
    const row = rowLine.exec(line);
    if (row) {
      let position = positions.get(row[2]!);
      if (position === undefined) positions.set(row[2]!, (position = positions.size));
      rows.push({ block: Number.parseInt(row[1]!, 16), position, operation: row[3]!, operands: row[4] ?? "" });
    } else if (!readBytes(line, code) && !readRelocation(line, relocations)) {
      return undefined;
    }
  }
  if (rows[0]?.operation !== "TEXT") return undefined;
  return { name: lines[0]!.slice(0, end), positions: [...positions.keys()], rows, code: Uint8Array.from(code), relocations };
}

function readBytes(line: string, code: number[]): boolean {
  const match = byteLine.exec(line);
  if (!match) return false;
  for (let at = 1; at < match[1]!.length; at += 3) code.push(Number.parseInt(match[1]!.slice(at, at + 2), 16));
  return true;
}

function readRelocation(line: string, relocations: Relocation[]): boolean {
  const match = relocationLine.exec(line);
  if (!match) return false;
  const last = relocations.at(-1)?.offset ?? 0;
  const offset = Number(match[1]);
  if (Number(match[2]) === 0) return true;
  if (offset < last) return false;
  relocations.push({ offset, type: match[3]!, symbol: match[4]!, addend: Number(match[5]) });
  return true;
}
