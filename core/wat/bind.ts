/** Names and indices of a module: what is defined twice, and what is used and not defined. */
import { definitionsOf, sameDefinitions } from "./definitions.ts";
import type { Definition, Definitions, ExportDefinition, TypeDefinition } from "./definition.ts";
import { FieldText, Scope, Space } from "./field.ts";
import type { Field, TextHolder } from "./field.ts";
import { Node } from "./node.ts";
import type { WatCode } from "./problem.ts";
import { Token, Word } from "./token.ts";

/** How messages call the entries of each space, and the code of an entry that is missing. */
export const spaceWords: readonly (readonly [word: string, code: WatCode])[] = [
  ["type", "unknown-type"],
  ["function", "unknown-func"],
  ["table", "unknown-table"],
  ["memory", "unknown-memory"],
  ["global", "unknown-global"],
  ["tag", "unknown-tag"],
  ["element segment", "unknown-elem"],
  ["data segment", "unknown-data"],
  ["field", "unknown-struct-field"],
];

/** A place in a module: a token of one of its fields, counted from the module's first. */
export interface Place {
  readonly field: number;
  readonly token: number;
}

export interface ModuleProblem {
  readonly code: WatCode;
  readonly message: string;
  readonly place: Place;
  readonly related?: Place;
}

/** The first export of a name, and what the first one that says it exports. */
interface Exported {
  readonly place: Place;
  target: ExportDefinition["target"];
}

const noNames: ReadonlyMap<string, number> = new Map();

/** The names of one module. Depends only on what the module's fields define, so edits inside of function bodies leave it as it is. */
export class ModuleNames {
  /** What each field adds. */
  readonly definitions: readonly Definitions[];
  /** What is wrong between fields. */
  readonly problems: readonly ModuleProblem[];
  /** By space; `undefined` where nothing has a name. */
  readonly #indices: (Map<string, number> | undefined)[] = [];
  readonly #types: TypeDefinition[] = [];
  /** Of each space, field and token of each entry, one behind the other; `undefined` where there is none. */
  readonly #places: (number[] | undefined)[] = [];
  #exports: Map<string, Exported> | undefined;

  constructor(definitions: readonly Definitions[]) {
    this.definitions = definitions;
    const problems: ModuleProblem[] = [];
    let firstDefinition: Place | undefined;
    let start: Place | undefined;
    definitions.forEach(({ kind, entries, exports, isDefinition, importToken }, at) => {
      const own = exports.length === 0 ? undefined : entries[0];
      const ownEntry = own === undefined ? undefined : { space: own.space, entry: this.countOf(own.space) };
      for (const definition of entries) this.#define(definition, at, problems);
      for (const { name, token, target = ownEntry } of exports) this.#export(name, { field: at, token }, target, problems);
      if (isDefinition) firstDefinition ??= { field: at, token: 1 };
      else if (importToken !== undefined && firstDefinition !== undefined) {
        const message = "Imports must stand before the first function, table, memory, global and tag that the module defines itself.";
        problems.push({ code: "import-after-definition", message, place: { field: at, token: importToken }, related: firstDefinition });
      }
      if (kind !== Node.startField) return;
      const place = { field: at, token: 1 };
      if (start !== undefined)
        problems.push({ code: "multiple-starts", message: "A module has at most one start function.", place, related: start });
      start ??= place;
    });
    this.problems = problems;
  }

  #define({ space, name, token, type }: Definition, field: number, problems: ModuleProblem[]): void {
    const index = this.countOf(space);
    (this.#places[space] ??= []).push(field, token);
    if (type !== undefined) this.#types.push(type);
    if (name === undefined) return;
    const known = (this.#indices[space] ??= new Map<string, number>());
    const first = known.get(name);
    if (first === undefined) {
      known.set(name, index);
      return;
    }
    const message = `There is another ${spaceWords[space]![0]} \`$${name}\`. Give one of them another name.`;
    problems.push({ code: "duplicate-name", message, place: { field, token }, related: this.placeOf(space, first)! });
  }

  #export(name: string, place: Place, target: ExportDefinition["target"], problems: ModuleProblem[]): void {
    const known = (this.#exports ??= new Map<string, Exported>());
    const before = known.get(name);
    if (before === undefined) {
      known.set(name, { place, target });
      return;
    }
    before.target ??= target;
    const message = `\`${JSON.stringify(name)}\` is exported already. Each export needs its own name.`;
    problems.push({ code: "duplicate-export", message, place, related: before.place });
  }

  /** Number of entries, imports included; for types only those that are written as such. */
  countOf(space: Space): number {
    return (this.#places[space]?.length ?? 0) / 2;
  }

  /** Index of a name (without `$`); `undefined` where nothing has it. */
  indexOf(space: Space, name: string): number | undefined {
    return this.#indices[space]?.get(name);
  }

  /** Names (without `$`) of a space with their indices. */
  namesOf(space: Space): ReadonlyMap<string, number> {
    return this.#indices[space] ?? noNames;
  }

  /** What the type with an index is; `undefined` for types that no field writes down. */
  typeAt(index: number): TypeDefinition | undefined {
    return this.#types[index];
  }

  /** What is exported under a name; its index is `undefined` where nothing has it. */
  exported(name: string): { readonly space: Space; readonly index: number | undefined } | undefined {
    const target = this.#exports?.get(name)?.target;
    if (target === undefined) return undefined;
    const { space, entry } = target;
    return { space, index: typeof entry === "string" ? this.indexOf(space, entry) : entry };
  }

  /** Where the entry with an index is defined; `undefined` for what no field writes down. */
  placeOf(space: Space, index: number): Place | undefined {
    const places = this.#places[space];
    const field = places?.[2 * index];
    const token = places?.[2 * index + 1];
    return field === undefined || token === undefined ? undefined : { field, token };
  }

  /** Index that a `natural` or name token means; `undefined` where nothing has that name. Numbers are not checked. */
  resolve(space: Space, source: FieldText, token: number): number | undefined {
    if (source.field.tags[token] !== Token.natural) return this.indexOf(space, source.nameOf(token));
    return source.naturalOf(token);
  }
}

/** One module of a document: some of its fields. */
export interface BoundModule {
  /** Place of the first field (behind an opening) in the document's fields. */
  readonly first: number;
  /** Place behind the last field. */
  readonly end: number;
  /** Place of the `(module` piece; `undefined` where fields stand without one. */
  readonly opening: number | undefined;
  /** Whether a script says that the module is wrong, so that its problems are expected. */
  readonly isRejected: boolean;
  /**
   * Whether all that is written between the module's parentheses was read as fields. Otherwise definitions may be missing, and to tell
   * what is not defined would be to tell one mistake many times.
   */
  readonly isWhole: boolean;
  readonly names: ModuleNames;
}

/** What a field of a module adds to it, which is known since its names were bound. */
export function definitionsIn(source: FieldText): Definitions {
  return definitionsOf(source);
}

/** Finds the modules of a document. Names of `before` are kept where nothing that they depend on has changed. */
export function bindModules(
  holder: TextHolder,
  fields: readonly Field[],
  starts: Uint32Array,
  before: readonly BoundModule[],
): BoundModule[] {
  const found: BoundModule[] = [];
  let first = 0;
  let opening: number | undefined;
  const finish = (end: number): void => {
    const isEmpty =
      opening === undefined && !fields.slice(first, end).some((field) => field.kind !== Node.stray && field.kind !== Node.command);
    if (isEmpty) return;
    const scope = opening === undefined ? Scope.top : fields[opening]!.scope;
    const isWhole = isWholeModule(fields, first, end, opening);
    const names = namesOf(holder, fields, starts, first, end, before[found.length]);
    found.push({ first, end, opening, isRejected: scope === Scope.rejected, isWhole, names });
  };
  for (let at = 0; at < fields.length; at++) {
    const { kind, scope } = fields[at]!;
    if (kind !== Node.opening && kind !== Node.closing && kind !== Node.command) continue;
    const isModule = kind === Node.opening && fields[at]!.tags[1] === Word.module;
    const endsModule = kind === Node.closing && scope !== Scope.assertion && scope !== Scope.rejected;
    if (isModule || endsModule || opening === undefined) finish(at);
    opening = isModule ? at : undefined;
    first = at + 1;
  }
  finish(fields.length);
  return found;
}

/** Problems of comments and strings that may have taken fields into themselves. */
const swallowing: ReadonlySet<WatCode> = new Set<WatCode>([
  "unclosed-comment",
  "unclosed-annotation",
  "unclosed-string",
  "illegal-character",
]);

function isWholeModule(fields: readonly Field[], first: number, end: number, opening: number | undefined): boolean {
  if (opening !== undefined && (fields[end]?.tokenCount ?? 0) === 0) return false;
  for (let at = first; at < end; at++) {
    const field = fields[at]!;
    if (field.kind === Node.stray && field.tokenCount > 0) return false;
    if (field.problems.length > 0 && field.problems.some(({ code }) => swallowing.has(code))) return false;
  }
  return true;
}

function namesOf(
  holder: TextHolder,
  fields: readonly Field[],
  starts: Uint32Array,
  first: number,
  end: number,
  before: BoundModule | undefined,
): ModuleNames {
  const own = (at: number): Definitions => fields[at]!.definitions ?? definitionsOf(new FieldText(fields[at]!, holder, starts[at]!));
  if (before !== undefined && before.names.definitions.length === end - first) {
    const known = before.names.definitions;
    let at = first;
    while (at < end && sameDefinitions(known[at - first]!, own(at))) at++;
    if (at === end) return before.names;
  }
  const definitions: Definitions[] = [];
  for (let at = first; at < end; at++) definitions.push(own(at));
  return new ModuleNames(definitions);
}
