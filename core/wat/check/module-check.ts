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
import { checkFunction } from "./function.ts";
import { ModuleView, TypeScope } from "./module-view.ts";
import type { ModuleTypes } from "./module-view.ts";
import { isReadable } from "./readable.ts";
import { checkTypeField, readTypes } from "./type-definitions.ts";

/** The fields of a module in their present text. */
interface ModuleSource {
  readonly fields: readonly Field[];
  readonly names: ModuleNames;
  /** Text of the field at a place in {@link fields}. */
  textAt(place: number): FieldText;
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

/** Validates a module. What `before` found in fields that are still there is taken over where nothing it hangs on has changed. */
export function checkModule(source: ModuleSource, before: CheckedModule | undefined): CheckedModule {
  const { fields, names } = source;
  const kept = before === undefined ? noneKept : keptFields(before.fields, fields);
  const types = typesOf(source, before);
  const texts = function* (): Iterable<FieldText> {
    for (let at = 0; at < fields.length; at++) yield source.textAt(at);
  };
  const isSameTypes = before !== undefined && before.types === types && !types.usesImplied;
  const sameNames = isSameTypes && before.view.scope.names === names;
  const scope = sameNames ? before.view.scope : new TypeScope(types, names);
  scope.attach(texts);
  let changed = !sameNames;
  const contributions = fields.map((field, at): Contribution => {
    const old = isSameTypes ? kept(at) : -1;
    if (old >= 0) return before!.contributions[old]!;
    const contribution = contributionOf(source.textAt(at), scope);
    if (!changed && (field.kind !== Node.funcField || fields.length !== before!.fields.length || !sameNumbers(contribution, before!.contributions[at]!))) changed = true; // prettier-ignore
    return contribution;
  });
  const view = changed ? viewOf(source, scope, contributions, before) : before!.view;
  const results = check(source, view, isSameTypes ? before : undefined, kept);
  scope.attach(undefined);
  releaseStack();
  return { fields, view, types, contributions, results };
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
  return before?.types.fingerprint === types.fingerprint && !before.types.usesImplied ? before.types : types;
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
  const declared = new Set<number>();
  let functions = 0;
  source.fields.forEach((field, at) => {
    switch (field.kind) {
      case Node.funcField:
        if (field.nodeCount > 1 && field.kindOf(1) === Node.inlineExport) declared.add(functions);
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
            declared.add(scope.resolve(Space.func, source.textAt(at), field.references[reference + 1]!));
        }
    }
  });
  return declared;
}

function check(
  source: ModuleSource,
  view: ModuleView,
  before: CheckedModule | undefined,
  kept: (place: number) => number,
): readonly Result[] {
  const place = { types: 0, globals: 0, importedGlobals: 0, tables: 0 };
  return source.fields.map((field, at): Result => {
    const old = before === undefined ? -1 : kept(at);
    const known = old < 0 ? undefined : before!.results[old]!;
    const isKnown =
      known !== undefined && (known.view === view || (field.kind === Node.funcField && meansTheSame(source.textAt(at), known, view)));
    const result = isKnown ? known : checkOne(source.textAt(at), view, place);
    result.view = view;
    if (field.kind !== Node.funcField) advance(place, field);
    return result;
  });
}

interface Counts {
  types: number;
  globals: number;
  importedGlobals: number;
  tables: number;
}

function checkOne(source: FieldText, view: ModuleView, place: Counts): Result {
  const { field } = source;
  if (!isReadable(field)) return { view, problems: none, usesDeclared: false };
  if (field.kind === Node.funcField) return { view, ...checkFunction(source, view) };
  const { types, names } = view.scope;
  const problems = definesTypes(field) ? checkTypeField(source, types, names, place.types) : checkField(source, view, place);
  return { view, problems, usesDeclared: false };
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
