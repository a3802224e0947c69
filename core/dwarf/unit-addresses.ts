import { rangesAt } from "./ranges.ts";
import type { Unit } from "./units.ts";

/** Where units have code: pieces that do not overlap, sorted by address. */
export interface UnitPieces {
  readonly lows: Uint32Array;
  readonly highs: Uint32Array;
  readonly units: readonly Unit[];
}

interface Piece {
  readonly low: number;
  high: number;
  readonly unit: Unit;
}

/**
 * Several units may claim one function: the linker keeps one copy of what is inline, some keep the addresses of all. The unit whose claim begins last
 * has the code, of those that begin at one address the one that claims most.
 */
export function unitPieces(units: readonly Unit[]): UnitPieces {
  const claims: Piece[] = [];
  for (const unit of units) for (const { low, high } of rangesOf(unit)) claims.push({ low, high, unit });
  if (!isSorted(claims)) claims.sort((a, b) => a.low - b.low || a.high - b.high);
  const pieces: Piece[] = [];
  const open: Piece[] = [];
  let from = 0;
  const close = (until: number) => {
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const end = Math.min(top.high, until);
      if (end > from) add(pieces, from, end, top.unit);
      from = Math.max(from, end);
      if (top.high > until) return;
      open.pop();
    }
  };
  for (const claim of claims) {
    close(claim.low);
    from = claim.low;
    open.push(claim);
  }
  close(Number.MAX_SAFE_INTEGER);
  return {
    lows: Uint32Array.from(pieces, ({ low }) => low),
    highs: Uint32Array.from(pieces, ({ high }) => high),
    units: pieces.map(({ unit }) => unit),
  };
}

/** Functions of a unit mostly follow each other, with no more than the size of the next one between them. */
const mostSizeBytes = 5;

function add(pieces: Piece[], low: number, high: number, unit: Unit): void {
  const last = pieces.at(-1);
  if (last?.unit === unit && low - last.high <= mostSizeBytes) last.high = high;
  else pieces.push({ low, high, unit });
}

function isSorted(claims: readonly Piece[]): boolean {
  for (let at = 1; at < claims.length; at++) if (claims[at]!.low <= claims[at - 1]!.low) return false;
  return true;
}

/** Where a unit has code: of a unit out of a .dwo file its skeleton knows. */
function rangesOf(unit: Unit): ReturnType<typeof rangesAt> {
  const home = unit.skeleton ?? unit;
  return rangesAt(home, home.start);
}
