/** What the fields of a module use of each other, by name or index. */
import type { BoundModule, ModuleNames } from "../bind.ts";
import { detached } from "../definitions.ts";
import type { WatDocument } from "../document.ts";
import { defaultIndex, Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { instructionTag, Token } from "../token.ts";
import type { FieldUses } from "./finding.ts";

const setTag = instructionTag("global.set");
const callTags: ReadonlySet<number> = new Set(["call", "return_call"].map(instructionTag));

function usesOf(source: FieldText): FieldUses {
  const { notes } = source.field;
  notes.uses ??= readUses(source);
  return notes.uses;
}

function readUses(source: FieldText): FieldUses {
  const { references, tags } = source.field;
  if (references.length === 0) return nothing;
  const uses: (number | string)[] = [];
  let sets: Set<number | string> | undefined;
  let handed: Set<number | string> | undefined;
  // By space; a number is an index, a text a name.
  const known: (Set<number | string> | undefined)[] = [];
  for (let at = 0; at < references.length; at += 2) {
    const reference = references[at]!;
    const token = references[at + 1]!;
    if (reference === Space.structField) continue;
    const isWritten = reference < defaultIndex;
    const space = isWritten ? reference : reference - defaultIndex;
    const entry = isWritten ? entryAt(source, token) : 0;
    const ofSpace = (known[space] ??= new Set<number | string>());
    if (!ofSpace.has(entry)) {
      const kept = detachedEntry(entry);
      ofSpace.add(kept);
      uses.push(space, kept);
    }
    if (reference === Space.global && tags[token - 1] === setTag) (sets ??= new Set<number | string>()).add(entry);
    if (reference === Space.func && !callTags.has(tags[token - 1]!)) (handed ??= new Set<number | string>()).add(entry);
  }
  return { uses, sets: detachedEntries(sets), handed: detachedEntries(handed), resolved: undefined };
}

const noEntries: readonly (number | string)[] = [];
const nothing: FieldUses = { uses: [], sets: [], handed: [], resolved: undefined };

function detachedEntries(entries: ReadonlySet<number | string> | undefined): readonly (number | string)[] {
  return entries === undefined ? noEntries : Array.from(entries, detachedEntry);
}

function entryAt(source: FieldText, token: number): number | string {
  const isIndex = source.field.tags[token] === Token.natural;
  return isIndex ? source.naturalOf(token) : source.nameOf(token);
}

function detachedEntry(entry: number | string): number | string {
  return typeof entry === "string" ? detached(entry) : entry;
}

/** What a field uses, by index; kept while the names of its module stay the same. */
function resolvedUses(uses: FieldUses, names: ModuleNames): NonNullable<FieldUses["resolved"]> {
  if (uses.resolved?.names === names) return uses.resolved;
  const indexOf = (space: Space, entry: number | string): number =>
    typeof entry === "number" ? entry : (names.indexOf(space, entry) ?? -1);
  uses.resolved = {
    names,
    entries: uses.uses.map((entry, at) => (at % 2 === 0 ? Number(entry) : indexOf(uses.uses[at - 1] as Space, entry))),
    sets: uses.sets.map((entry) => indexOf(Space.global, entry)),
    handed: uses.handed.map((entry) => indexOf(Space.func, entry)),
  };
  return uses.resolved;
}

/** What is known of an entry, as bits. */
const Use = { any: 1, set: 2, handed: 4 } as const;

export class ModuleUses {
  /** By space and index. */
  readonly #uses: (Uint8Array | undefined)[] = [];

  constructor(document: WatDocument, { first, end, names }: BoundModule) {
    for (let at = first; at < end; at++) {
      const uses = usesOf(document.fieldText(at));
      if (uses.uses.length === 0) continue;
      const { entries, sets, handed } = resolvedUses(uses, names);
      for (let use = 0; use < entries.length; use += 2) {
        const space = entries[use] as Space;
        this.#uses[space] ??= new Uint8Array(names.countOf(space));
        this.#add(space, entries[use + 1]!, Use.any);
      }
      for (const index of sets) this.#add(Space.global, index, Use.set);
      for (const index of handed) this.#add(Space.func, index, Use.handed);
    }
  }

  /** Types that are only used have indices beyond all entries. */
  #add(space: Space, index: number, use: number): void {
    const uses = this.#uses[space]!;
    if (index >= 0 && index < uses.length) uses[index]! |= use;
  }

  #has(space: Space, index: number, use: number): boolean {
    return ((this.#uses[space]?.[index] ?? 0) & use) !== 0;
  }

  isUsed(space: Space, index: number): boolean {
    return this.#has(space, index, Use.any);
  }

  /** Whether a function is only called: not exported by a field, in a table, or referred to, so that its type is its own affair. */
  isOnlyCalled(index: number): boolean {
    return this.isUsed(Space.func, index) && !this.#has(Space.func, index, Use.handed);
  }

  /** Whether some instruction sets a global. */
  isSet(index: number): boolean {
    return this.#has(Space.global, index, Use.set);
  }
}
