/** Which variables are in scope at a place and what they are, apart from where they are: worked out once, as every stop there asks again. */
import { attribute, tag } from "#core/dwarf/constants.ts";
import type { DebugInfo } from "#core/dwarf/debug-info.ts";
import type { Entry } from "#core/dwarf/entries.ts";
import { enclosingBlocks } from "#core/dwarf/functions.ts";
import { enclosingNames, isCpp } from "#core/dwarf/qualified-name.ts";
import type { DataTypes } from "#core/dwarf/types.ts";
import type { Unit } from "#core/dwarf/units.ts";
import { type DescribedVariable, describedVariable } from "./described-variable.ts";
import { languageOf } from "./language.ts";

export interface ScopePlan {
  /** The function around the place, not an inlined one. */
  readonly fn: Entry;
  readonly locals: readonly DescribedVariable[];
  readonly args: readonly DescribedVariable[];
  readonly globals: readonly DescribedVariable[];
}

/** Which block's locals come first. */
export type BlockOrder = "innermost" | "outermost";

export class ScopePlans {
  readonly #info: DebugInfo;
  readonly #types: DataTypes;
  readonly #plans = new Map<Unit, Map<string, ScopePlan>>();
  readonly #globals = new Map<Unit, Map<string, readonly DescribedVariable[]>>();

  constructor(info: DebugInfo, types: DataTypes) {
    this.#info = info;
    this.#types = types;
  }

  /** For the function or inlined copy that is `inlineDepth` calls out from `address`; `undefined` where there is none. */
  at(address: number, inlineDepth: number, first: BlockOrder): ScopePlan | undefined {
    const fn = this.#info.functionAt(address)?.entry;
    if (!fn) return undefined;
    const path = enclosingBlocks(fn, address);
    const key = `${path.at(-1)?.index} ${fn.index} ${inlineDepth} ${first}`;
    const plans = this.#plans.get(fn.unit) ?? new Map<string, ScopePlan>();
    this.#plans.set(fn.unit, plans);
    const plan = plans.get(key) ?? this.#make(fn, blocksOfFrame(path, inlineDepth), first);
    if (plan) plans.set(key, plan);
    return plan;
  }

  #make(fn: Entry, blocks: readonly Entry[], first: BlockOrder): ScopePlan | undefined {
    const [outermost] = blocks;
    if (!outermost) return undefined;
    const globals = this.#globalsAround(fn);
    const locals = withoutCopies(
      blocks.toReversed().flatMap((block) => variablesIn(block, tag.variable)),
      globals,
    );
    return {
      fn,
      locals: this.#described(first === "innermost" ? locals : outermostFirst(blocks, locals), markShadowed(locals)),
      args: this.#described(variablesIn(outermost, tag.formalParameter)),
      globals,
    };
  }

  /** The same for all functions of a unit, but for the names that packages of TinyGo have within themselves. */
  #globalsAround(fn: Entry): readonly DescribedVariable[] {
    const within = languageOf(fn.unit) === "tinygo" ? packageOf(fn) : "";
    const known = this.#globals.get(fn.unit) ?? new Map<string, readonly DescribedVariable[]>();
    this.#globals.set(fn.unit, known);
    const entries = known.has(within) ? [] : globalsOf(this.#info, fn);
    const globals = known.get(within) ?? this.#described(entries, new Map(entries.map((entry) => [entry, globalName(entry, within)])));
    known.set(within, globals);
    return globals;
  }

  #described(entries: readonly Entry[], names: ReadonlyMap<Entry, string> = new Map()): readonly DescribedVariable[] {
    return entries.flatMap((entry) => {
      const name = names.get(entry) ?? entry.name;
      return name === undefined ? [] : [describedVariable(entry, name, this.#types)];
    });
  }
}

/** TinyGo describes every use of a global as a variable of the function, most of them without a place: the global itself is shown. */
function withoutCopies(locals: readonly Entry[], globals: readonly DescribedVariable[]): readonly Entry[] {
  const isTinyGo = locals[0] !== undefined && languageOf(locals[0].unit) === "tinygo";
  if (!isTinyGo) return locals;
  const lines = new Set(globals.map(({ entry }) => declarationOf(entry)));
  return locals.filter((entry) => !lines.has(declarationOf(entry)));
}

const declarationOf = (entry: Entry): string =>
  `${entry.number(attribute.declarationFile)}:${entry.number(attribute.declarationLine)}:${entry.name?.replace(/^.*\./, "")}`;

/** `locals` with those of outer blocks before those of inner ones. */
function outermostFirst(blocks: readonly Entry[], locals: readonly Entry[]): readonly Entry[] {
  const known = new Map(locals.map((entry) => [entry.offset, entry]));
  return blocks.flatMap((block) => variablesIn(block, tag.variable).flatMap(({ offset }) => known.get(offset) ?? []));
}

/** The part of `path` (outermost first) that belongs to one logical frame: a function or an inlined call, and its blocks. */
function blocksOfFrame(path: readonly Entry[], inlineDepth: number): readonly Entry[] {
  const starts = path.flatMap((block, at) => (at === 0 || block.tag === tag.inlinedSubroutine ? [at] : []));
  const which = starts.length - 1 - inlineDepth;
  const start = starts[which];
  return start === undefined ? [] : path.slice(start, starts[which + 1]);
}

/** Variables that stand right in `block`, and those of its abstract instance of which the compiler kept nothing here. */
function variablesIn(block: Entry, kind: number): readonly Entry[] {
  const own = block.children(kind);
  const origin = block.reference(attribute.abstractOrigin);
  if (!origin) return own;
  const kept = new Set(own.map((child) => child.reference(attribute.abstractOrigin)?.offset));
  const gone = origin.children(kind).filter((child) => !kept.has(child.offset));
  return [...own, ...gone];
}

/** Variables of the unit outside of functions, in namespaces too, that have a place. */
function globalsOf(info: DebugInfo, fn: Entry): readonly Entry[] {
  const first = info.firstEntry(fn.unit);
  const found: Entry[] = [];
  const open = first ? [first] : [];
  for (let scope = open.pop(); scope; scope = open.pop()) {
    for (const child of scope.children(tag.namespace, tag.variable)) {
      if (child.tag === tag.namespace && !(child.name === "std" && isCpp(child))) open.push(child);
      else if (child.tag === tag.variable && isUserGlobal(child)) found.push(child);
    }
  }
  return found;
}

/** Tables of methods, descriptors of types and the like, which compilers describe as variables too, have names that no source can spell. */
function isUserGlobal(entry: Entry): boolean {
  const { name } = entry;
  return name !== undefined && !/^<|\s/.test(name) && (entry.value(attribute.location) ?? entry.value(attribute.constValue)) !== undefined;
}

/** TinyGo has the package in every name; within its package a variable is named without it. */
function globalName(entry: Entry, within: string): string {
  const name = entry.name ?? "";
  if (languageOf(entry.unit) === "tinygo") return name.startsWith(within) ? name.slice(within.length) : name;
  return isCpp(entry) ? [...enclosingNames(entry), name].join("::") : name;
}

/** With the dot behind it. */
function packageOf(fn: Entry): string {
  return /^(?:\(\*?)?((?:[\w-]+\/)*\w+\.)/.exec(fn.name ?? "")?.[1] ?? " ";
}

/** Names of variables that an inner block has again, with the line of their declaration: both are shown, and the plain name is the inner one. */
function markShadowed(innermostFirst: readonly Entry[]): ReadonlyMap<Entry, string> {
  const seen = new Set<string>();
  const marked = new Map<Entry, string>();
  for (const entry of innermostFirst) {
    const { name } = entry;
    if (name === undefined) continue;
    if (seen.has(name)) marked.set(entry, `${name} (line ${entry.number(attribute.declarationLine) ?? "?"})`);
    seen.add(name);
  }
  return marked;
}
