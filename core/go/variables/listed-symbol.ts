/** Symbols that the compiler's `-S -S` listing shows byte by byte. */
import { decodeUtf8 } from "#core/bytes/utf8.ts";

export interface ListedSymbol {
  readonly data: Uint8Array;
  /** By offset in {@link data}. */
  readonly relocations: ReadonlyMap<number, SymbolReference>;
}

export interface SymbolReference {
  /** Such as `R_DWARFSECREF`. */
  readonly type: string;
  /** Without what `-S -S` adds to it (`<0>`). */
  readonly symbol: string;
  readonly addend: number;
}

const byteLine = /^\t0x[0-9a-f]+((?: [0-9a-f]{2}){1,16})/;
const relocationLine = /^\trel (\d+)\+(\d+) t=(\S+) (.*?)(?:<\d+>)?\+(-?\d+)$/;

/** `listing`: the lines of the symbol, from its head on. Lines of other kinds are passed over. */
export function readListedSymbol(listing: Uint8Array): ListedSymbol {
  const data: number[] = [];
  const relocations = new Map<number, SymbolReference>();
  for (const line of decodeUtf8(listing).split("\n")) {
    const bytes = byteLine.exec(line);
    if (bytes) {
      for (let at = 1; at < bytes[1]!.length; at += 3) data.push(Number.parseInt(bytes[1]!.slice(at, at + 2), 16));
      continue;
    }
    const relocation = relocationLine.exec(line);
    // One without a size inserts nothing; it may stand at the same offset as one that does.
    if (!relocation || relocation[2] === "0") continue;
    relocations.set(Number(relocation[1]), { type: relocation[3]!, symbol: relocation[4]!, addend: Number(relocation[5]) });
  }
  return { data: Uint8Array.from(data), relocations };
}
