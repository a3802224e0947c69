/** Validates a module field by field, and keeps what an edit leaves as it was. */
import type { Environment } from "#core/wasm/validate/environment.ts";
import type { ModuleNames } from "../bind.ts";
import { defaultIndex, Space } from "../field.ts";
import type { Field, FieldText } from "../field.ts";
import { Node } from "../node.ts";
import type { PlacedProblem } from "../problem.ts";
import { releaseStack } from "./body-context.ts";
import { contributionOf, environmentOf } from "./contributions.ts";
import type { Contribution } from "./contributions.ts";
import { checkField } from "./fields.ts";
import { FunctionCheck } from "./function.ts";
import { ModuleView, TypeScope } from "./module-view.ts";
import type { ModuleTypes } from "./module-view.ts";
import { isReadable } from "./readable.ts";
import { checkTypeField, readTypes } from "./type-definitions.ts";

/** The fields of a module in their present text. */
interface ModuleSource {
  readonly fields: readonly Field[];
  readonly names: ModuleNames;
  /** Text of the field at a place in {@link fields}. */
  readonly textAt: (place: number) => FieldText;
}

/** What was found in a field. */
interface Result {
  /** The module that the field was checked against. */
  view: ModuleView;
  readonly problems: readonly PlacedProblem[];
  readonly usesDeclared: boolean;
}

/** What is known of a module. Immutable as to its outcome. */
export interface CheckedModule {
  readonly fields: readonly Field[];
  readonly view: ModuleView;
  readonly types: ModuleTypes;
  readonly contributions: readonly Contribution[];
  readonly results: readonly Result[];
}

/** The check of one module, which can rest between two instructions. */
export class ModuleCheck {
  readonly #source: ModuleSource;
  readonly #types: ModuleTypes;
  readonly #contributions: readonly Contribution[];
  readonly #view: ModuleView;
  /** Results that may be taken over. */
  readonly #before: readonly Result[] | undefined;
  readonly #kept: (place: number) => number;
  readonly #results: Result[] = [];
  readonly #counts: Counts = { types: 0, globals: 0, importedGlobals: 0, tables: 0 };
  #body: FunctionCheck | undefined;

  /**
   * Finds out at once what the fields are for each other. What `before` found in fields that are still there is taken over where nothing it
   * hangs on has changed.
   */
  constructor(source: ModuleSource, before: CheckedModule | undefined) {
    this.#source = source;
    const { fields, names } = source;
    const kept = before === undefined ? noneKept : keptFields(before.fields, fields);
    const types = typesOf(source, before);
    const isSameTypes = before !== undefined && before.types === types && !types.usesImplied;
    const sameNames = isSameTypes && before.view.scope.names === names;
    const scope = sameNames ? before.view.scope : new TypeScope(types, names);
    scope.attach(() => textsOf(source));
    let changed = !sameNames;
    const contributions = fields.map((field, at): Contribution => {
      const old = isSameTypes ? kept(at) : -1;
      if (old >= 0) return before!.contributions[old]!;
      const contribution = contributionOf(source.textAt(at), scope);
      if (!changed && (field.kind !== Node.funcField || fields.length !== before!.fields.length || !sameNumbers(contribution, before!.contributions[at]!))) changed = true; // prettier-ignore
      return contribution;
    });
    this.#view = changed ? viewOf(source, scope, contributions, before) : before!.view;
    scope.attach(undefined);
    this.#types = types;
    this.#contributions = contributions;
    this.#before = isSameTypes ? before.results : undefined;
    this.#kept = kept;
  }

  /** The module as its bodies see it, which is known before they are checked. */
  get view(): ModuleView {
    return this.#view;
  }

  /** Checks about `limit` instructions more. Returns the outcome once it is complete. */
  run(limit: number): CheckedModule | undefined {
    const { fields } = this.#source;
    const { scope } = this.#view;
    scope.attach(() => textsOf(this.#source));
    let rest = limit;
    while (this.#results.length < fields.length && rest > 0) rest = this.#next(fields[this.#results.length]!, rest);
    scope.attach(undefined);
    if (this.#results.length < fields.length) return undefined;
    releaseStack();
    return { fields, view: this.#view, types: this.#types, contributions: this.#contributions, results: this.#results };
  }

  /** Checks the next field as far as `limit` goes, and returns what is left of it. */
  #next(field: Field, limit: number): number {
    const at = this.#results.length;
    const view = this.#view;
    const known = this.#known(field, at);
    let rest = limit;
    let result = known;
    if (result === undefined && field.kind === Node.funcField && isReadable(field)) {
      this.#body ??= new FunctionCheck(this.#source.textAt(at), view);
      const body = this.#body.run(limit);
      rest = this.#body.rest;
      if (body === undefined) return 0;
      this.#body = undefined;
      result = { view, ...body };
    }
    result ??= { view, problems: otherProblems(this.#source.textAt(at), view, this.#counts), usesDeclared: false };
    result.view = view;
    this.#results.push(result);
    if (field.kind !== Node.funcField) advance(this.#counts, field);
    return rest;
  }

  /** What was found in a field before, where that still holds. */
  #known(field: Field, at: number): Result | undefined {
    const old = this.#before === undefined || this.#body !== undefined ? -1 : this.#kept(at);
    if (old < 0) return undefined;
    const known = this.#before![old]!;
    const isSame = known.view === this.#view || (field.kind === Node.funcField && meansTheSame(this.#source.textAt(at), known, this.#view));
    return isSame ? known : undefined;
  }
}

function* textsOf({ fields, textAt }: ModuleSource): Iterable<FieldText> {
  for (let at = 0; at < fields.length; at++) yield textAt(at);
}

/** What is wrong with the field at a place; offsets count from its start. */
export function problemsAt({ results }: CheckedModule, place: number): readonly PlacedProblem[] {
  return results[place]!.problems;
}

const noneKept = (): number => -1;

/** Place that a field had among the fields before; -1 for new ones. What changed lies between a common start and a common end. */
function keptFields(before: readonly Field[], after: readonly Field[]): (place: number) => number {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const behind = after.length - end;
  return (place) => (place < start ? place : place >= behind ? place + before.length - after.length : -1);
}

function definesTypes({ kind }: Field): boolean {
  return kind === Node.typeField || kind === Node.recField;
}

function typesOf(source: ModuleSource, before: CheckedModule | undefined): ModuleTypes {
  const { fields, names } = source;
  const places: number[] = [];
  fields.forEach((field, at) => {
    if (definesTypes(field)) places.push(at);
  });
  if (before !== undefined && before.view.scope.names === names) {
    const old = before.fields.filter(definesTypes);
    if (old.length === places.length && places.every((place, at) => fields[place] === old[at])) return before.types;
  }
  const types = readTypes(
    places.map((place) => source.textAt(place)),
    names,
  );
  const isKept = before !== undefined && !before.types.usesImplied && before.types.fingerprint === types.fingerprint;
  return isKept ? before.types : types;
}

function viewOf(
  source: ModuleSource,
  scope: TypeScope,
  contributions: readonly Contribution[],
  before: CheckedModule | undefined,
): ModuleView {
  const environment = environmentOf(contributions, scope);
  const declared = declaredFunctions(source, scope);
  const old = before?.view;
  const isSame =
    old !== undefined && old.scope === scope && sameEnvironment(old.environment, environment) && sameSet(old.declared, declared);
  return isSame ? old : new ModuleView(environment, scope, declared);
}

/** Functions that something outside of bodies refers to, the start field aside. Source: WebAssembly 3.0, 3.5.16, "C.refs". */
function declaredFunctions(source: ModuleSource, scope: TypeScope): ReadonlySet<number> {
  let declared: Set<number> | undefined;
  const declare = (index: number): void => void (declared ??= new Set<number>()).add(index);
  let functions = 0;
  source.fields.forEach((field, at) => {
    switch (field.kind) {
      case Node.funcField:
        if (field.nodeCount > 1 && field.kindOf(1) === Node.inlineExport) declare(functions);
        functions++;
        return;
      case Node.importField:
        for (const child of field.children(0)) if (field.kindOf(child) === Node.externFunc) functions++;
        return;
      case Node.startField:
        return;
      default:
        for (let reference = 0; reference < field.references.length; reference += 2) {
          if (field.references[reference] === Space.func)
            declare(scope.resolve(Space.func, source.textAt(at), field.references[reference + 1]!));
        }
    }
  });
  return declared ?? noFunctions;
}

const noFunctions: ReadonlySet<number> = new Set();

interface Counts {
  types: number;
  globals: number;
  importedGlobals: number;
  tables: number;
}

/** Problems of a field that is no function with a readable body. */
function otherProblems(source: FieldText, view: ModuleView, counts: Counts): readonly PlacedProblem[] {
  const { field } = source;
  if (!isReadable(field)) return none;
  const { types, names } = view.scope;
  return definesTypes(field) ? checkTypeField(source, types, names, counts.types) : checkField(source, view, counts);
}

const none: readonly PlacedProblem[] = [];

/** Counts what a field adds, as far as other fields hang on their place. */
function advance(place: Counts, field: Field): void {
  switch (field.kind) {
    case Node.typeField:
      place.types++;
      return;
    case Node.recField:
      place.types += field.children(0).filter((child) => field.kindOf(child) === Node.typeDefinition).length;
      return;
    case Node.globalField:
      place.globals++;
      if (field.childOf(0, Node.inlineImport) !== undefined) place.importedGlobals++;
      return;
    case Node.tableField:
      place.tables++;
      return;
    case Node.importField:
      place.tables += importsOf(field, Node.externTable);
      place.globals += importsOf(field, Node.externGlobal);
      place.importedGlobals += importsOf(field, Node.externGlobal);
      return;
    default:
  }
}

/** Number of imports of a kind in an import field, several items of one type counted each. */
function importsOf(field: Field, kind: number): number {
  let items = 0;
  let found = 0;
  for (const child of field.children(0)) {
    if (field.kindOf(child) === kind) found += Math.max(1, items);
    else if (field.kindOf(child) === Node.importItem) {
      const inner = field.children(child);
      if (inner.length === 0) items++;
      else if (inner.some((node) => field.kindOf(node) === kind)) found++;
    }
  }
  return found;
}

/** Whether all that a function refers to is for it what it was when it was checked. */
function meansTheSame(source: FieldText, known: Result, view: ModuleView): boolean {
  if (known.usesDeclared || known.problems.length > 0) return false;
  const { references } = source.field;
  for (let at = 0; at < references.length; at += 2) {
    const space = references[at]!;
    if (space === Space.structField) continue;
    if (space >= defaultIndex) {
      if (known.view.defaultMeaning(space - defaultIndex) !== view.defaultMeaning(space - defaultIndex)) return false;
      continue;
    }
    const token = references[at + 1]!;
    if (known.view.meaning(space, source, token) !== view.meaning(space, source, token)) return false;
  }
  return true;
}

function sameEnvironment(left: Environment, right: Environment): boolean {
  return (
    left.types === right.types &&
    sameNumbers(left.functions, right.functions) &&
    sameNumbers(left.globals, right.globals) &&
    sameNumbers(left.tables, right.tables) &&
    sameNumbers(left.memories, right.memories) &&
    sameNumbers(left.tags, right.tags) &&
    sameNumbers(left.elements, right.elements)
  );
}

function sameNumbers(left: ArrayLike<number>, right: ArrayLike<number>): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) return false;
  return true;
}

function sameSet(left: ReadonlySet<number>, right: ReadonlySet<number>): boolean {
  if (left.size !== right.size) return false;
  for (const value of left) if (!right.has(value)) return false;
  return true;
}
