/** What is wrong with the commands of a script, and with the modules that it has in strings. */
import type { BoundModule } from "../bind.ts";
import { embeddedProblems } from "../check/embedded.ts";
import type { TextFinding } from "../check/embedded.ts";
import { Scope } from "../field.ts";
import type { Field, FieldText } from "../field.ts";
import { Node } from "../node.ts";
import type { PlacedProblem } from "../problem.ts";
import { ScriptModules } from "./check.ts";
import type { ExportLookup } from "./export-lookup.ts";
import { textOfStrings, unknownExports } from "./module-exports.ts";
import { readHead } from "./module-head.ts";
import { readCommand } from "./read-command.ts";

/** A script with its checked modules. */
interface Script {
  readonly fields: readonly Field[];
  readonly modules: readonly BoundModule[];
  fieldText(at: number): FieldText;
  /** Of the module with a number. */
  exportsOf(number: number): ExportLookup;
  /** Reads the text of one module. */
  read(text: string): { readonly problems: readonly TextFinding[]; readonly exports: ExportLookup };
}

/** Hands the problems of each command to `take`, with the place of its field; offsets count from the start of the field. */
export function scriptProblems(script: Script, take: (problems: readonly PlacedProblem[], at: number) => void): void {
  const state = new ScriptModules();
  let next = 0;
  script.fields.forEach((field, at) => {
    if (field.kind !== Node.command) return;
    while (next < script.modules.length && script.modules[next]!.first <= at) defineModule(script, state, next++);
    const source = script.fieldText(at);
    take(embedded(script, source), at);
    take(
      state.run(readCommand(source), source, () => exportsOfStrings(script, source)),
      at,
    );
  });
}

function defineModule(script: Script, state: ScriptModules, number: number): void {
  const { opening } = script.modules[number]!;
  const head = opening === undefined ? undefined : script.fields[opening]!;
  if (opening === undefined || head === undefined) return state.define(undefined, script.exportsOf(number), false);
  // Modules inside of assertions are gone behind them.
  if (head.scope !== Scope.top) return;
  const { name, isDefinition } = readHead(head);
  state.define(name === undefined ? undefined : script.fieldText(opening).nameOf(name), script.exportsOf(number), isDefinition);
}

/** Kept as long as the field: modules in strings hang on nothing else. */
function embedded(script: Script, source: FieldText): readonly PlacedProblem[] {
  const { notes } = source.field;
  notes.embeddedProblems ??= embeddedProblems(source, (text) => script.read(text).problems);
  return notes.embeddedProblems;
}

function exportsOfStrings(script: Script, source: FieldText): ExportLookup {
  const { notes } = source.field;
  if (notes.embeddedExports === undefined) {
    const { command } = readCommand(source);
    const text = command?.kind === "module" ? textOfStrings(source, command.strings) : undefined;
    notes.embeddedExports = text === undefined ? unknownExports : script.read(text).exports;
  }
  return notes.embeddedExports;
}
