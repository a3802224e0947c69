import { attribute, languageNames, tag } from "./constants.ts";
import { Entry, type EntryHome, type UnitTree } from "./entries.ts";
import { enclosingNames, shortenedCpp } from "./qualified-name.ts";
import { rangesAt } from "./ranges.ts";
import type { Unit } from "./units.ts";

/** Pieces of code of a unit's functions, sorted by address. */
export interface FunctionTable {
  readonly lows: Uint32Array;
  readonly highs: Uint32Array;
  /** Index of each piece's entry in the unit's tree. */
  readonly entries: Uint32Array;
}

export function functionTable(unit: Unit, tree: UnitTree): FunctionTable {
  const pieces: { low: number; high: number; entry: number }[] = [];
  for (let entry = 0; entry < tree.count; entry++) {
    if (tree.tags[entry] !== tag.subprogram) continue;
    for (const { low, high } of rangesAt(unit, tree.offsets[entry]!)) pieces.push({ low, high, entry });
  }
  pieces.sort((a, b) => a.low - b.low);
  return {
    lows: Uint32Array.from(pieces, (piece) => piece.low),
    highs: Uint32Array.from(pieces, (piece) => piece.high),
    entries: Uint32Array.from(pieces, (piece) => piece.entry),
  };
}

/**
 * The blocks and inlined calls of `fn` that hold `address`, outermost first, `fn` itself before them.
 * Several blocks may hold it only in damaged files; the first one is taken then.
 */
export function enclosingBlocks(fn: Entry, address: number): readonly Entry[] {
  const { home, unit } = fn;
  const { offsets, tags, ends } = home.treeOf(unit);
  const path = [fn];
  let around: number = fn.index;
  // By index: a function has many children, and most are no blocks.
  for (let child = around + 1; child < ends[around]!;) {
    const isBlock = tags[child] === tag.lexicalBlock || tags[child] === tag.inlinedSubroutine;
    const ranges = isBlock ? rangesAt(unit, offsets[child]!) : undefined;
    if (ranges?.some(({ low, high }) => low <= address && address < high)) {
      path.push(new Entry(home, unit, child));
      around = child++;
      continue;
    }
    // A block that does not say where its code is may hold others that do.
    child = ranges?.length === 0 && tags[child] === tag.lexicalBlock ? child + 1 : ends[child]!;
  }
  return path;
}

const classes: ReadonlySet<number> = new Set([tag.structureType, tag.classType, tag.unionType]);

/**
 * Lines at which functions of the unit's file `file` are declared that have a body, inlined ones included. A method without code has but its
 * declaration in its class.
 */
export function declarationLines(home: EntryHome, unit: Unit, file: number): readonly number[] {
  const tree = home.treeOf(unit);
  const lines: number[] = [];
  for (let index = 0; index < tree.count; index++) {
    if (tree.tags[index] !== tag.subprogram) continue;
    const entry = new Entry(home, unit, index);
    const line = entry.number(attribute.declarationLine);
    const isDeclared = entry.value(attribute.declaration) !== undefined && !classes.has(entry.parent?.tag ?? 0);
    if (line !== undefined && !isDeclared && entry.number(attribute.declarationFile) === file) lines.push(line);
  }
  return lines;
}

/** An inlined call: what was called, and from where. File numbers are those of the unit's line program. */
export interface CallSite {
  readonly file: number | undefined;
  /** 1-based; 0: unknown. */
  readonly line: number;
  readonly column: number;
}

export function callSiteOf(inlined: Entry): CallSite {
  return {
    file: inlined.number(attribute.callFile),
    line: inlined.number(attribute.callLine) ?? 0,
    column: inlined.number(attribute.callColumn) ?? 0,
  };
}

/**
 * Name of a function as users of its language write it: with its classes and namespaces in C++, with its modules in Rust
 * (without the crate where that is the unit's own), plain elsewhere.
 */
export function functionName(fn: Entry): string {
  const name = fn.name ?? fn.text(attribute.linkageName) ?? "(no name)";
  const language = languageNames.get(fn.unit.language ?? 0);
  if (language !== "c++" && language !== "rust") return name;
  const outer = enclosingNames(fn);
  if (language === "rust" && outer.length > 0 && isOwnCrate(fn.unit, outer[0]!)) outer.shift();
  const qualified = [...outer, name].join("::");
  return language === "c++" ? shortenedCpp(qualified) : qualified;
}

/** rustc names a unit after the crate's root file and, behind `/@/`, the crate: `src/lib.rs/@/mini.2f1e-cgu.0`. */
function isOwnCrate(unit: Unit, name: string): boolean {
  return unit.name?.includes(`/@/${name}.`) ?? false;
}
