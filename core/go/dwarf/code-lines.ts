/** Lines and depths of the stack for each piece of a Go function's code: by its listing where there is one, else by its bytes and the function table. */
import type { EmittedLocation, EmittedRows, LocationPiece } from "#core/dwarf/emit/description.ts";
import { localPlus } from "#core/dwarf/emit/location.ts";
import { rowFlag } from "#core/dwarf/line-table.ts";
import { readCodeRows, unknownDelta, type CodeRows } from "../binary/code-rows.ts";
import type { FunctionTable } from "../binary/function-table.ts";
import type { DefinedIndex } from "../binary/program-counter.ts";
import type { AlignedFunction } from "../listing/align.ts";
import type { GoLines } from "../listing/go-lines.ts";
import type { ModuleFunction, WasmModule } from "#core/wasm/module.ts";
import type { ModuleRange } from "#core/wasm/offsets.ts";

/** What is known of a function whose code is somewhere. */
export interface CodeLines {
  readonly body: ModuleRange;
  /** `undefined` for functions without a frame on the Go stack. */
  readonly rows: CodeRows | undefined;
  readonly aligned: AlignedFunction | undefined;
}

export function codeLines(module: WasmModule, table: FunctionTable, lines: GoLines, index: DefinedIndex): CodeLines | undefined {
  const func: ModuleFunction | undefined = module.functions[module.importedFunctionCount + index];
  if (!func?.body) return undefined;
  const aligned = lines.aligned(index);
  const rows = aligned ? (aligned.goFrame ? aligned : undefined) : readCodeRows(module, func, table.frameSize(index));
  return { body: func.body, rows, aligned };
}

/** A place in the source; 1-based line, 0 where it is not known. */
interface Place {
  readonly file: string;
  readonly line: number;
}

/**
 * The line table of the function. `fileNumber` gives the number of a file, `statements` are offsets where a breakpoint belongs; without a
 * listing every change of the line is one. What the compiler made around another function (`deferwrap`, `gowrap`) has none, and belongs to
 * no line.
 */
export function lineRowsOf(
  { body, rows, aligned }: CodeLines,
  table: FunctionTable,
  index: DefinedIndex,
  codeStart: number,
  fileNumber: (path: string) => number,
  statements: ReadonlySet<number>,
): EmittedRows {
  const declared: Place = { file: table.file(index, 0) ?? "", line: table.entry(index)?.startLine ?? 0 };
  const source = aligned ?? rows;
  const writer = new RowCollector(codeStart, fileNumber);
  const isWrapper = aligned !== undefined && statements.size === 0;
  writer.add(body.start, isWrapper ? nowhere : declared, 0);
  if (!source || isWrapper) return writer.finish();
  const placeAt = aligned ? listedPlaces(aligned) : tablePlaces(table, index, source);
  let last: Place | undefined;
  for (let row = 0; row < source.offsets.length; row++) {
    const offset = source.offsets[row]!;
    const place = placeAt(row);
    const isStatement = aligned ? statements.has(offset) : true;
    const isNew = place !== last && (last === undefined || place.line !== last.line || place.file !== last.file);
    if (!isNew && !(aligned && isStatement)) continue;
    writer.add(offset, place, isStatement && place.line > 0 ? rowFlag.statement : 0);
    last = place;
  }
  return writer.finish();
}

const nowhere: Place = { file: "", line: 0 };

function listedPlaces({ positions, positionOf }: AlignedFunction): (row: number) => Place {
  return (row) => positions[positionOf[row]!]!;
}

/** Blocks are few, and each has one place. */
function tablePlaces(table: FunctionTable, index: DefinedIndex, { blocks }: CodeRows): (row: number) => Place {
  const known = new Map<number, Place>();
  return (row) => {
    const block = blocks[row]!;
    let place = known.get(block);
    if (!place) known.set(block, (place = { file: table.file(index, block) ?? "", line: table.line(index, block) ?? 0 }));
    return place;
  };
}

/** Grows the columns of a line table. */
class RowCollector {
  readonly #codeStart: number;
  readonly #fileNumber: (path: string) => number;
  readonly #addresses: number[] = [];
  readonly #lines: number[] = [];
  readonly #files: number[] = [];
  readonly #flags: number[] = [];

  constructor(codeStart: number, fileNumber: (path: string) => number) {
    this.#codeStart = codeStart;
    this.#fileNumber = fileNumber;
  }

  add(offset: number, { file, line }: Place, flags: number): void {
    this.#addresses.push(offset - this.#codeStart);
    this.#lines.push(file === "" ? 0 : line);
    this.#files.push(file === "" ? 0 : this.#fileNumber(file));
    this.#flags.push(flags);
  }

  finish(): EmittedRows {
    const count = this.#addresses.length;
    return {
      count,
      addresses: Uint32Array.from(this.#addresses),
      lines: Uint32Array.from(this.#lines),
      columns: new Uint16Array(count),
      files: Uint16Array.from(this.#files),
      flags: Uint8Array.from(this.#flags),
    };
  }
}

/** Local 1 of every Go function with a frame is its copy of the stack pointer (cmd/internal/obj/wasm/wasmobj.go `assemble`). */
const stackPointer = 1;
/** The return address, behind which parameters lie. */
const returnAddressSize = 8;

/**
 * Where the function's parameters begin, from which the offsets of all its variables count. The stack pointer moves, so that the frame base is
 * another expression at other places. Each frame of the engine's stack has a stack pointer of its own, so that frames further out are right too.
 */
export function frameBaseOf({ body, rows }: CodeLines, codeStart: number): EmittedLocation | undefined {
  if (!rows) return undefined;
  const { offsets, stackDeltas } = rows;
  const pieces: LocationPiece[] = [];
  for (let row = 0; row < offsets.length;) {
    const delta = stackDeltas[row]!;
    let next = row + 1;
    while (next < offsets.length && stackDeltas[next] === delta) next++;
    const plus = delta + returnAddressSize;
    if (delta !== unknownDelta && plus >= 0) {
      const high = (offsets[next] ?? body.end) - codeStart;
      pieces.push({ low: offsets[row]! - codeStart, high, expression: localPlus(stackPointer, plus) });
    }
    row = next;
  }
  return pieces;
}
