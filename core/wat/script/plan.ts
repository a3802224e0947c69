/** A script as steps that can be carried out elsewhere: modules are encoded, values are text. */
import { decodeUtf8 } from "#core/bytes/utf8.ts";
import { ByteWriter } from "#core/bytes/writer.ts";
import type { BoundModule } from "../bind.ts";
import { encodeModule } from "../encode.ts";
import type { FieldText } from "../field.ts";
import { Scope } from "../field.ts";
import { WatDocument } from "../document.ts";
import { Node } from "../node.ts";
import { wordOf } from "../token.ts";
import { readHead } from "./module-head.ts";
import { readCommand } from "./read-command.ts";
import type { ModuleStrings, ScriptAction, ScriptCommand, ScriptValue } from "./command.ts";

/** A constant, or a pattern for a result. */
export interface PlannedValue {
  /** Such as `i32.const`, `ref.extern`, `either`. */
  readonly word: string;
  /** As it is written, with its parentheses. */
  readonly text: string;
  readonly alternatives: readonly PlannedValue[];
}

/** A call of an export, or a look at one. */
export interface PlannedRun {
  readonly kind: "run";
  readonly at: number;
  readonly action: "invoke" | "get";
  /** Such as `assert_return`; `undefined` where nothing is expected. */
  readonly assertion: string | undefined;
  /** The step that made the instance which is meant; `undefined` where there is none. */
  readonly instance: number | undefined;
  readonly name: string;
  readonly values: readonly PlannedValue[];
  readonly results: readonly PlannedValue[];
  readonly message: string | undefined;
}

/** `at` is the place of the field that shows the outcome, in the document's fields. */
export type ScriptStep =
  /** `bytes` are missing where something is wrong with the text. */
  | { readonly kind: "instantiate"; readonly at: number; readonly bytes: Uint8Array | undefined }
  | { readonly kind: "register"; readonly at: number; readonly as: string; readonly instance: number | undefined }
  | PlannedRun
  /** `assertion`: what must become of the module. */
  | {
      readonly kind: "module";
      readonly at: number;
      readonly assertion: string;
      readonly bytes: Uint8Array | undefined;
      readonly message: string;
    };

/** The steps of a script in order. Malformed modules, which have no bytes, are not among them: whether they are is told while typing. */
export function planScript(document: WatDocument): readonly ScriptStep[] {
  const planner = new Planner(document);
  let next = 0;
  document.fields.forEach((field, at) => {
    for (; next < document.modules.length && document.modules[next]!.end <= at; next++) planner.textModule(document.modules[next]!);
    if (field.kind === Node.command) planner.command(at);
  });
  for (; next < document.modules.length; next++) planner.textModule(document.modules[next]!);
  return planner.steps;
}

class Planner {
  readonly steps: ScriptStep[] = [];
  readonly #document: WatDocument;
  #current: number | undefined;
  readonly #named = new Map<string, number>();
  readonly #definitions = new Map<string, Uint8Array | undefined>();
  #lastDefinition: Uint8Array | undefined;

  constructor(document: WatDocument) {
    this.#document = document;
  }

  textModule(module: BoundModule): void {
    const { fields } = this.#document;
    const at = module.opening ?? module.first;
    const head = module.opening === undefined ? undefined : fields[module.opening]!;
    const bytes = this.#encoded(module);
    if (head !== undefined && head.scope !== Scope.top) return this.#asserted(module, bytes);
    const { name, isDefinition } = readHead(head);
    this.#define(at, bytes, name === undefined ? undefined : this.#document.fieldText(at).nameOf(name), isDefinition);
  }

  command(at: number): void {
    const source = this.#document.fieldText(at);
    const { command } = readCommand(source);
    if (command !== undefined) this.#command(command, source, at);
  }

  #command(command: ScriptCommand, source: FieldText, at: number): void {
    switch (command.kind) {
      case "module": {
        const name = command.name === undefined ? undefined : source.nameOf(command.name);
        return this.#define(at, bytesOf(source, command.strings), name, command.isDefinition);
      }
      case "instance": {
        const { name, definition } = command;
        const bytes = definition === undefined ? this.#lastDefinition : this.#definitions.get(source.nameOf(definition));
        return this.#instantiate(at, bytes, name === undefined ? undefined : source.nameOf(name));
      }
      case "register":
        this.steps.push({ kind: "register", at, as: source.stringOf(command.as) ?? "", instance: this.#instance(source, command.module) });
        return;
      case "action":
        return this.#run(source, at, command.action, undefined, [], undefined);
      case "assertion": {
        const message = command.message === undefined ? undefined : (source.stringOf(command.message) ?? "");
        return this.#run(source, at, command.action, command.word, command.results, message);
      }
      case "module-assertion": {
        const message = command.message === undefined ? "" : (source.stringOf(command.message) ?? "");
        // Quoted text that is malformed has no bytes.
        const bytes = bytesOf(source, command.strings);
        if (bytes !== undefined) this.steps.push({ kind: "module", at, assertion: command.word, bytes, message });
      }
    }
  }

  #asserted(module: BoundModule, bytes: Uint8Array | undefined): void {
    const opening = this.#document.fields[module.opening! - 1];
    const closing = this.#document.fields[module.end + 1];
    if (opening?.kind !== Node.opening || closing?.kind !== Node.closing || bytes === undefined) return;
    const message = this.#document.fieldText(module.end + 1).stringOf(0) ?? "";
    this.steps.push({ kind: "module", at: module.opening! - 1, assertion: wordOf(opening.tags[1]!) ?? "", bytes, message });
  }

  #encoded(module: BoundModule): Uint8Array | undefined {
    const { fields } = this.#document;
    for (let at = module.first; at < module.end; at++) if (fields[at]!.problems.length > 0) return undefined;
    return module.isWhole && module.names.problems.length === 0 ? encodeModule(this.#document, module).bytes : undefined;
  }

  #define(at: number, bytes: Uint8Array | undefined, name: string | undefined, isDefinition: boolean): void {
    this.#lastDefinition = bytes;
    if (name !== undefined) this.#definitions.set(name, bytes);
    if (!isDefinition) this.#instantiate(at, bytes, name);
  }

  #instantiate(at: number, bytes: Uint8Array | undefined, name: string | undefined): void {
    this.#current = this.steps.length;
    if (name !== undefined) this.#named.set(name, this.#current);
    this.steps.push({ kind: "instantiate", at, bytes });
  }

  #instance(source: FieldText, name: number | undefined): number | undefined {
    return name === undefined ? this.#current : this.#named.get(source.nameOf(name));
  }

  #run(
    source: FieldText,
    at: number,
    { word, module, name, values }: ScriptAction,
    assertion: string | undefined,
    results: readonly ScriptValue[],
    message: string | undefined,
  ): void {
    const planned = (value: ScriptValue): PlannedValue => ({
      word: value.word,
      text: source.text.slice(source.startOf(value.first), source.endOf(value.end - 1)),
      alternatives: value.alternatives.map(planned),
    });
    this.steps.push({
      kind: "run",
      at,
      action: word,
      assertion,
      instance: this.#instance(source, module),
      name: source.stringOf(name) ?? "",
      values: values.map(planned),
      results: results.map(planned),
      message,
    });
  }
}

/** The binary module that strings mean; `undefined` for quoted text that is not well-formed. */
function bytesOf(source: FieldText, { form, first, count }: ModuleStrings): Uint8Array | undefined {
  const writer = new ByteWriter();
  for (let string = 0; string < count; string++) writer.bytes(source.bytesOf(first + string));
  const bytes = writer.finish();
  if (form === "binary") return bytes;
  const document = WatDocument.open(decodeUtf8(bytes), "wat");
  const [module] = document.modules;
  if (document.syntaxProblems().length > 0) return undefined;
  return encodeModule(document, module).bytes;
}
