/** Names for what has none: from its export or import where there is one, else a letter or word with its index. */
import { definitionsIn, type BoundModule } from "../bind.ts";
import type { WatDocument } from "../document.ts";
import { Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { Node } from "../node.ts";
import { Token } from "../token.ts";

/** What stands before the index in a name of each space. */
export const prefixes: Readonly<Record<Space, string>> = {
  [Space.type]: "t",
  [Space.func]: "f",
  [Space.table]: "table",
  [Space.memory]: "memory",
  [Space.global]: "g",
  [Space.tag]: "tag",
  [Space.elem]: "elem",
  [Space.data]: "data",
  [Space.structField]: "field",
};

/** Longer ones make no readable text. */
const longest = 80;

/** Names of one scope; each is given once. */
export class NameSupply {
  readonly #taken: Set<string>;
  /** By name, the number that was tried last behind it. */
  readonly #numbers = new Map<string, number>();

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** The wish itself, or with a number behind it. With its `$`. */
  take(wish: string): string {
    let name = wish;
    if (this.#taken.has(name)) {
      let number = this.#numbers.get(wish) ?? 1;
      do name = `${wish}_${++number}`;
      while (this.#taken.has(name));
      this.#numbers.set(wish, number);
    }
    this.#taken.add(name);
    return `$${name}`;
  }
}

/** The name of an export or import as part of an identifier; `undefined` where little would be left of it, or it looks like an index. */
function identifierOf(name: string): string | undefined {
  if (name.length > longest) return undefined;
  const plain = name.replaceAll(/[^0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]+/g, "_");
  return /[A-Za-z]/.test(plain) ? plain : undefined;
}

/** Wished names of the entries of a module: by space, then by index. */
export function outsideNames(document: WatDocument, module: BoundModule): ReadonlyMap<Space, ReadonlyMap<number, string>> {
  const exported = new Map<Space, Map<number, string>>();
  const imported = new Map<Space, Map<number, string>>();
  const counts = new Map<Space, number>();
  for (let at = module.first; at < module.end; at++) {
    const source = document.fieldText(at);
    const { entries, exports } = definitionsIn(source);
    const [own] = entries;
    const index = own === undefined ? 0 : (counts.get(own.space) ?? 0);
    for (const { name, target } of exports) {
      if (target === undefined) {
        if (own !== undefined) note(exported, own.space, index, name);
        continue;
      }
      const { space, entry } = target;
      const meant = typeof entry === "number" ? entry : module.names.indexOf(space, entry);
      if (meant !== undefined) note(exported, space, meant, name);
    }
    const names = importedNames(source);
    for (const [place, { space }] of entries.entries()) {
      const count = counts.get(space) ?? 0;
      counts.set(space, count + 1);
      note(imported, space, count, names[place]);
    }
  }
  for (const [space, known] of imported) for (const [index, name] of known) note(exported, space, index, name);
  return exported;
}

/** Notes the wish for an entry, unless there is one. */
function note(list: Map<Space, Map<number, string>>, space: Space, index: number, name: string | undefined): void {
  const wish = name === undefined ? undefined : identifierOf(name);
  if (wish === undefined) return;
  const known = list.get(space) ?? new Map<number, string>();
  list.set(space, known);
  if (!known.has(index)) known.set(index, wish);
}

/** The last part of the import of each entry in a field. */
function importedNames(source: FieldText): (string | undefined)[] {
  const { field } = source;
  const stringAt = (token: number): string | undefined => (field.tags[token] === Token.string ? source.stringOf(token) : undefined);
  if (field.kind !== Node.importField) {
    const inline = field.kind < Node.funcField || field.kind > Node.tagField ? undefined : field.childOf(0, Node.inlineImport);
    return inline === undefined ? [] : [stringAt(field.wordToken(inline) + 2)];
  }
  const items = field.children(0).filter((child) => field.kindOf(child) === Node.importItem);
  return items.length === 0 ? [stringAt(3)] : items.map((item) => stringAt(field.wordToken(item) + 1));
}
