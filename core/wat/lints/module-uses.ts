/** What the fields of a module use of each other, by name or index. */
import type { BoundModule } from "../bind.ts";
import type { WatDocument } from "../document.ts";
import { defaultIndex, Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { naturalValue } from "../literal-number.ts";
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
  const found = new Map<string, readonly [number, number | string]>();
  const sets = new Set<number | string>();
  const handed = new Set<number | string>();
  for (let at = 0; at < references.length; at += 2) {
    const space = references[at]!;
    const token = references[at + 1]!;
    if (space === Space.structField) continue;
    if (space >= defaultIndex) {
      found.set(`${space - defaultIndex} 0`, [space - defaultIndex, 0]);
      continue;
    }
    const isIndex = tags[token] === Token.natural;
    const entry = isIndex ? naturalValue(source.text, source.startOf(token), source.endOf(token)) : detached(source.nameOf(token));
    found.set(isIndex ? `${space} ${entry}` : `${space} $${entry}`, [space, entry]);
    if (space === Space.global && tags[token - 1] === setTag) sets.add(entry);
    if (space === Space.func && !callTags.has(tags[token - 1]!)) handed.add(entry);
  }
  return { uses: Array.from(found.values()).flat(), sets: Array.from(sets), handed: Array.from(handed) };
}

/** A copy that does not keep the whole text in memory. */
function detached(name: string): string {
  return JSON.parse(JSON.stringify(name)) as string;
}

export class ModuleUses {
  readonly #used: readonly Set<number>[];
  readonly #sets = new Set<number>();
  readonly #handed = new Set<number>();

  constructor(document: WatDocument, module: BoundModule) {
    const used = Array.from({ length: Space.structField }, () => new Set<number>());
    const { names } = module;
    const indexOf = (space: Space, entry: number | string): number =>
      typeof entry === "number" ? entry : (names.indexOf(space, entry) ?? -1);
    for (let at = module.first; at < module.end; at++) {
      const { uses, sets, handed } = usesOf(document.fieldText(at));
      for (let use = 0; use < uses.length; use += 2) {
        const space = uses[use] as Space;
        used[space]!.add(indexOf(space, uses[use + 1]!));
      }
      for (const entry of sets) this.#sets.add(indexOf(Space.global, entry));
      for (const entry of handed) this.#handed.add(indexOf(Space.func, entry));
    }
    this.#used = used;
  }

  isUsed(space: Space, index: number): boolean {
    return this.#used[space]!.has(index);
  }

  /** Whether a function is only called: not exported by a field, in a table, or referred to, so that its type is its own affair. */
  isOnlyCalled(index: number): boolean {
    return this.isUsed(Space.func, index) && !this.#handed.has(index);
  }

  /** Whether some instruction sets a global. */
  isSet(index: number): boolean {
    return this.#sets.has(index);
  }
}
