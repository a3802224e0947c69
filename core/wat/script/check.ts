/** What a script's commands mean: the module, the export, and whether arguments and results fit its type. */
import type { FieldText } from "../field.ts";
import type { PlacedProblem, WatCode } from "../problem.ts";
import { Word } from "../token.ts";
import type { ReadCommand, ScriptAction, ScriptValue } from "./command.ts";
import type { ExportLookup, ScriptType } from "./export-lookup.ts";

/** Follows the modules of a script from command to command. */
export class ScriptModules {
  #current: ExportLookup | undefined;
  readonly #named = new Map<string, ExportLookup>();
  readonly #definitions = new Map<string, ExportLookup>();
  #lastDefinition: ExportLookup | undefined;

  /** A `(module ...)`, which becomes the current one unless it is only a definition. `name` without `$`. */
  define(name: string | undefined, exports: ExportLookup, isDefinition: boolean): void {
    this.#lastDefinition = exports;
    if (name !== undefined) this.#definitions.set(name, exports);
    if (isDefinition) return;
    this.#current = exports;
    if (name !== undefined) this.#named.set(name, exports);
  }

  /** Checks a command and carries it out. Offsets count from the start of the field. `exportsOfModule` reads a module in strings. */
  run({ command, problems }: ReadCommand, source: FieldText, exportsOfModule: () => ExportLookup): readonly PlacedProblem[] {
    if (command === undefined) return problems;
    switch (command.kind) {
      case "module":
        this.define(nameAt(source, command.name), exportsOfModule(), command.isDefinition);
        return problems;
      case "instance": {
        const { name, definition } = command;
        const exports = definition === undefined ? this.#lastDefinition : this.#definitions.get(source.nameOf(definition));
        if (exports === undefined) return [unknownModule(source, definition ?? 2, "defined")];
        this.#current = exports;
        if (name !== undefined) this.#named.set(source.nameOf(name), exports);
        return problems;
      }
      case "register":
        return this.#module(source, command.module) === undefined ? [unknownModule(source, command.module ?? 1, "instantiated")] : problems;
      case "action":
        return this.#checkAction(source, command.action, undefined);
      case "assertion": {
        const results = command.word === "assert_return" ? command.results : undefined;
        return this.#checkAction(source, command.action, results);
      }
      case "module-assertion":
        return problems;
    }
  }

  #module(source: FieldText, name: number | undefined): ExportLookup | undefined {
    return name === undefined ? this.#current : this.#named.get(source.nameOf(name));
  }

  #checkAction(source: FieldText, action: ScriptAction, results: readonly ScriptValue[] | undefined): readonly PlacedProblem[] {
    const exports = this.#module(source, action.module);
    if (exports === undefined) return [unknownModule(source, action.module ?? action.at, "instantiated")];
    const name = source.stringOf(action.name);
    const found = name === undefined ? undefined : exports(name);
    if (found === "unknown") return [];
    const written = source.tokenText(action.name);
    if (found === undefined) return [problem(source, "unknown-export", `The module has no export ${written}.`, action.name)];
    if (action.word === "get") {
      if (found.kind === "global") return checkResults(source, action, [found.type], results);
      const what = found.kind === "func" ? "function. Use `invoke`" : found.what;
      return [problem(source, "unknown-export", `\`get\` reads a global, and ${written} is a ${what}.`, action.name)];
    }
    if (found.kind !== "func") {
      const what = found.kind === "global" ? "global. Use `get`" : found.what;
      return [problem(source, "unknown-export", `\`invoke\` calls a function, and ${written} is a ${what}.`, action.name)];
    }
    const wrong = checkArguments(source, action, found.params);
    return wrong.length > 0 ? wrong : checkResults(source, action, found.results, results);
  }
}

function checkArguments(source: FieldText, { values, at, name }: ScriptAction, params: readonly ScriptType[]): readonly PlacedProblem[] {
  const written = source.tokenText(name);
  if (values.length !== params.length) {
    const extra = values[params.length];
    const message = `${written} takes ${listText(params)}, but ${valueCount(values.length)} given.`;
    return [problem(source, "argument-mismatch", message, extra === undefined ? at : extra.first + 1)];
  }
  return values.flatMap((value, index) => {
    const expected = params[index]!;
    if (wordOfValue(value) === expected.word) return [];
    return [problem(source, "argument-mismatch", `${written} takes ${expected.text} here.`, value.first + 1)];
  });
}

function checkResults(
  source: FieldText,
  { name }: ScriptAction,
  given: readonly ScriptType[],
  expected: readonly ScriptValue[] | undefined,
): readonly PlacedProblem[] {
  if (expected === undefined) return [];
  const written = source.tokenText(name);
  if (expected.length !== given.length) {
    const extra = expected[given.length];
    const message = `${written} gives ${listText(given)}, so this can never be true.`;
    return [problem(source, "result-mismatch", message, extra === undefined ? 1 : extra.first + 1)];
  }
  return expected.flatMap((value, index) => {
    const { word, text } = given[index]!;
    const alternatives = value.word === "either" ? value.alternatives : [value];
    return alternatives
      .filter((alternative) => wordOfValue(alternative) !== word)
      .map((alternative) =>
        problem(source, "result-mismatch", `${written} gives ${text} here, so this can never be true.`, alternative.first + 1),
      );
  });
}

function wordOfValue({ word }: ScriptValue): string {
  return word.startsWith("ref.") ? "ref" : word.replace(/\.const$/, "");
}

function valueCount(count: number): string {
  if (count === 0) return "nothing is";
  return count === 1 ? "one value is" : `${count} values are`;
}

function listText(types: readonly ScriptType[]): string {
  return types.length === 0 ? "nothing" : `[${types.map(({ text }) => text).join(" ")}]`;
}

function nameAt(source: FieldText, token: number | undefined): string | undefined {
  return token === undefined ? undefined : source.nameOf(token);
}

function unknownModule(source: FieldText, token: number, done: string): PlacedProblem {
  const isNamed = source.field.tags[token] !== Word.instance && source.tokenText(token).startsWith("$");
  const message = isNamed
    ? `No module \`${source.tokenText(token)}\` has been ${done} before this command.`
    : `No module has been ${done} before this command.`;
  return problem(source, "unknown-module", message, token);
}

function problem(source: FieldText, code: WatCode, message: string, token: number): PlacedProblem {
  const { spans } = source.field;
  return { code, message, start: spans[2 * token]!, end: spans[2 * token + 1]! };
}
