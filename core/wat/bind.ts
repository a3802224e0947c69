/** Names and indices of a module: what is defined twice, and what is used and not defined. */
import { definitionsOf } from "./definitions.ts";
import type { Definition, Definitions, TypeDefinition } from "./definitions.ts";
import { FieldText, Scope, Space } from "./field.ts";
import type { Field } from "./field.ts";
import { naturalValue } from "./literal-number.ts";
import { Node } from "./node.ts";
import type { PlacedProblem, WatCode } from "./problem.ts";
import { Token, Word } from "./token.ts";

const spaceCount = Object.keys(Space).length;

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

/** An entry by its index or its name. */
interface Exported {
  readonly space: Space;
  readonly entry: string | number;
}

/** The names of one module. Depends only on the digests of the module's fields, so edits inside of function bodies leave it as it is. */
export class ModuleNames {
  readonly digests: readonly string[];
  /** What is wrong between fields. */
  readonly problems: readonly ModuleProblem[];
  readonly #indices: readonly Map<string, number>[];
  readonly #counts: readonly number[];
  readonly #types: readonly TypeDefinition[];
  /** Of each space, field and token of each entry, one behind the other. */
  readonly #places: readonly (readonly number[])[];
  readonly #exports: ReadonlyMap<string, Exported>;
  /** What is wrong in a field as to these names, kept as long as the field and the names are. */
  readonly fieldProblems = new WeakMap<Field, readonly PlacedProblem[]>();

  constructor(digests: readonly string[], fields: readonly Definitions[]) {
    this.digests = digests;
    const indices = Array.from({ length: spaceCount }, () => new Map<string, number>());
    const counts = Array.from({ length: spaceCount }, () => 0);
    const types: TypeDefinition[] = [];
    const places = Array.from({ length: spaceCount }, (): number[] => []);
    const problems: ModuleProblem[] = [];
    const firstPlaces = new Map<string, Place>();
    const exportPlaces = new Map<string, Place>();
    const exported = new Map<string, Exported>();
    let firstDefinition: Place | undefined;
    let start: Place | undefined;
    const define = (definition: Definition, place: Place): void => {
      const { space, name, type } = definition;
      const index = counts[space]!++;
      places[space]!.push(place.field, place.token);
      if (type !== undefined) types.push(type);
      if (name === undefined) return;
      const known = indices[space]!;
      if (!known.has(name)) {
        known.set(name, index);
        firstPlaces.set(`${space} ${name}`, place);
        return;
      }
      const message = `There is another ${spaceWords[space]![0]} \`$${name}\`. Give one of them another name.`;
      problems.push({ code: "duplicate-name", message, place, related: firstPlaces.get(`${space} ${name}`)! });
    };
    fields.forEach((field, at) => {
      const own = field.entries[0];
      const ownEntry = own === undefined ? undefined : { space: own.space, entry: counts[own.space]! };
      for (const definition of field.entries) define(definition, { field: at, token: definition.token });
      for (const { name, token, target = ownEntry } of field.exports) {
        const place = { field: at, token };
        if (target !== undefined && !exported.has(name)) exported.set(name, target);
        const before = exportPlaces.get(name);
        if (before === undefined) exportPlaces.set(name, place);
        else
          problems.push({
            code: "duplicate-export",
            message: `\`${JSON.stringify(name)}\` is exported already. Each export needs its own name.`,
            place,
            related: before,
          });
      }
      if (field.isDefinition) firstDefinition ??= { field: at, token: 1 };
      else if (field.importToken !== undefined && firstDefinition !== undefined) {
        const message = "Imports must stand before the first function, table, memory, global and tag that the module defines itself.";
        problems.push({
          code: "import-after-definition",
          message,
          place: { field: at, token: field.importToken },
          related: firstDefinition,
        });
      }
      if (field.digest !== "start") return;
      if (start !== undefined)
        problems.push({
          code: "multiple-starts",
          message: "A module has at most one start function.",
          place: { field: at, token: 1 },
          related: start,
        });
      start ??= { field: at, token: 1 };
    });
    this.problems = problems;
    this.#indices = indices;
    this.#counts = counts;
    this.#types = types;
    this.#places = places;
    this.#exports = exported;
  }

  /** Number of entries, imports included; for types only those that are written as such. */
  countOf(space: Space): number {
    return this.#counts[space]!;
  }

  /** Index of a name (without `$`); `undefined` where nothing has it. */
  indexOf(space: Space, name: string): number | undefined {
    return this.#indices[space]!.get(name);
  }

  /** Names (without `$`) of a space with their indices. */
  namesOf(space: Space): ReadonlyMap<string, number> {
    return this.#indices[space]!;
  }

  /** What the type with an index is; `undefined` for types that no field writes down. */
  typeAt(index: number): TypeDefinition | undefined {
    return this.#types[index];
  }

  /** What is exported under a name; its index is `undefined` where nothing has it. */
  exported(name: string): { readonly space: Space; readonly index: number | undefined } | undefined {
    const found = this.#exports.get(name);
    if (found === undefined) return undefined;
    const { space, entry } = found;
    return { space, index: typeof entry === "string" ? this.indexOf(space, entry) : entry };
  }

  /** Where the entry with an index is defined; `undefined` for what no field writes down. */
  placeOf(space: Space, index: number): Place | undefined {
    const field = this.#places[space]![2 * index];
    const token = this.#places[space]![2 * index + 1];
    return field === undefined || token === undefined ? undefined : { field, token };
  }

  /** Index that a `natural` or name token means; `undefined` where nothing has that name. Numbers are not checked. */
  resolve(space: Space, source: FieldText, token: number): number | undefined {
    if (source.field.tags[token] !== Token.natural) return this.indexOf(space, source.nameOf(token));
    return naturalValue(source.text, source.startOf(token), source.endOf(token));
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

const definitionsByField = new WeakMap<Field, Definitions>();

/** Finds the modules of a document. Names of `before` are kept where nothing that they depend on has changed. */
export function bindModules(text: string, fields: readonly Field[], starts: Uint32Array, before: readonly BoundModule[]): BoundModule[] {
  const found: BoundModule[] = [];
  let first = 0;
  let opening: number | undefined;
  const finish = (end: number): void => {
    const isEmpty =
      opening === undefined && !fields.slice(first, end).some((field) => field.kind !== Node.stray && field.kind !== Node.command);
    if (isEmpty) return;
    const scope = opening === undefined ? Scope.top : fields[opening]!.scope;
    const isWhole = isWholeModule(fields, first, end, opening);
    const names = namesOf(text, fields, starts, first, end, before[found.length]);
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
    if (field.problems.some(({ code }) => swallowing.has(code))) return false;
  }
  return true;
}

function namesOf(
  text: string,
  fields: readonly Field[],
  starts: Uint32Array,
  first: number,
  end: number,
  before: BoundModule | undefined,
): ModuleNames {
  const definitions: Definitions[] = [];
  const digests: string[] = [];
  for (let at = first; at < end; at++) {
    const field = fields[at]!;
    let own = definitionsByField.get(field);
    if (own === undefined) {
      own = definitionsOf(new FieldText(field, text, starts[at]!));
      definitionsByField.set(field, own);
    }
    definitions.push(own);
    digests.push(own.digest);
  }
  if (before !== undefined && sameList(before.names.digests, digests)) return before.names;
  return new ModuleNames(digests, definitions);
}

function sameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}
