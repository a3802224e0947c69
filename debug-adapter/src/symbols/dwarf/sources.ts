import { directoryOf, rowFlag, type LineFile, type LineProgram, type LineRows } from "#core/dwarf/line-table.ts";
import type { DebugInfo } from "#core/dwarf/debug-info.ts";
import type { SymbolSource } from "../module-symbols.ts";

/** A line program that names a source, and by which file numbers: version 5 has the main file twice. */
export interface SourceUser {
  readonly program: LineProgram;
  readonly files: Set<number>;
}

/** Sources of all line programs. A file that several programs name (a header, or one file in many units) is one source. */
export class DwarfSources {
  readonly #info: DebugInfo;
  readonly #byKey = new Map<string, SymbolSource>();
  readonly #users = new Map<string, SourceUser[]>();
  readonly #ofProgram = new Map<LineProgram, readonly (SymbolSource | undefined)[]>();
  readonly #lines = new Map<string, readonly LineOrder[]>();

  constructor(info: DebugInfo) {
    this.#info = info;
    for (const program of info.linePrograms)
      this.#ofProgram.set(
        program,
        program.files.map((file, number) => file && this.#add(program, file, number)),
      );
  }

  list(): readonly SymbolSource[] {
    return [...this.#byKey.values()];
  }

  /** `number` as rows and DW_AT_decl_file have it. */
  of(program: LineProgram, number: number): SymbolSource | undefined {
    return this.#ofProgram.get(program)?.[number];
  }

  usersOf(source: SymbolSource): readonly SourceUser[] {
    return this.#users.get(source.key) ?? [];
  }

  /** Rows of `source`, one order for each line program that has some. */
  ordersOf(source: SymbolSource): readonly LineOrder[] {
    const known = this.#lines.get(source.key);
    if (known) return known;
    const users = this.#users.get(source.key) ?? [];
    const orders = users
      .map(({ program, files }) => orderByLine(program, this.#info.rowsOf(program), files))
      .filter((order) => order.keys.length > 0);
    this.#lines.set(source.key, orders);
    return orders;
  }

  #add(program: LineProgram, file: LineFile, number: number): SymbolSource | undefined {
    if (file.name === "" || file.name === "<unknown>") return undefined;
    const inDirectory = joined(directoryOf(program, file), file.name);
    const whole = joined(program.compilationDirectory ?? "", inDirectory);
    const key = normalised(whole);
    const source = this.#byKey.get(key) ?? newSource(key, [whole, inDirectory, normalised(inDirectory), file.name], file);
    this.#byKey.set(key, source);
    const users = this.#users.get(key) ?? [];
    this.#users.set(key, users);
    const last = users.at(-1);
    if (last?.program === program) last.files.add(number);
    else users.push({ program, files: new Set([number]) });
    return source;
  }
}

function newSource(key: string, spellings: readonly string[], { source: text, md5 }: LineFile): SymbolSource {
  const candidates = [...new Set(spellings)].filter((spelling) => spelling !== key);
  const more = { ...(md5 === undefined ? {} : { md5 }), ...(text === undefined ? {} : { content: () => text }) };
  return { key, name: key, candidates, ...more };
}

const isAbsolute = (path: string): boolean => path.startsWith("/") || path.startsWith("\\\\") || /^[A-Za-z]:[\\/]/.test(path);

function joined(directory: string, path: string): string {
  if (directory === "" || isAbsolute(path)) return path;
  const separator = directory.includes("\\") && !directory.includes("/") ? "\\" : "/";
  return /[\\/]$/.test(directory) ? directory + path : directory + separator + path;
}

/** Without `.` and empty parts, and with `..` resolved, where the separator is `/`. */
function normalised(path: string): string {
  if (!path.includes("/")) return path;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return (path.startsWith("/") ? "/" : "") + parts.join("/");
}

/** Rows of one source in one line program, by line and then address. A key is `line * 2^26 + row`. */
export interface LineOrder {
  readonly program: LineProgram;
  readonly rows: LineRows;
  readonly keys: Float64Array;
}

const rowsPerLine = 2 ** 26;

function orderByLine(program: LineProgram, rows: LineRows, files: ReadonlySet<number>): LineOrder {
  const keys: number[] = [];
  const end = Math.min(rows.count, rowsPerLine);
  for (let row = 0; row < end; row++) {
    const line = rows.lines[row]!;
    if (line === 0 || line >= 2 ** 27 || rows.flags[row]! & rowFlag.endSequence || !files.has(rows.files[row]!)) continue;
    keys.push(line * rowsPerLine + row);
  }
  return { program, rows, keys: Float64Array.from(keys).sort() };
}

/** Rows of exactly `line`, by address. */
export function rowsOfLine(order: LineOrder, line: number): number[] {
  const found: number[] = [];
  for (let at = firstAtOrAfter(order.keys, line * rowsPerLine); at < order.keys.length; at++) {
    const key = order.keys[at]!;
    if (key >= (line + 1) * rowsPerLine) break;
    found.push(key % rowsPerLine);
  }
  return found;
}

/** The first line from `line` on that has rows. */
export function lineFrom(order: LineOrder, line: number): number | undefined {
  const key = order.keys[firstAtOrAfter(order.keys, line * rowsPerLine)];
  return key === undefined ? undefined : Math.floor(key / rowsPerLine);
}

function firstAtOrAfter(sorted: Float64Array, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
