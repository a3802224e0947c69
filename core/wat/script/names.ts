/** What a script names: modules, what they are registered as, and the exports that commands and imports mean. */
import type { BoundModule } from "../bind.ts";
import { definitionsOf } from "../definitions.ts";
import type { WatDocument } from "../document.ts";
import type { FieldText } from "../field.ts";
import { Scope } from "../field.ts";
import { Node } from "../node.ts";
import { readHead } from "./module-head.ts";
import { readCommand } from "./read-command.ts";
import type { ScriptAction, ScriptCommand } from "./command.ts";

/** A token of a document. */
export interface TokenAt {
  /** Place of its field in the document. */
  readonly at: number;
  readonly token: number;
}

/** A module, definition or instance of a script. */
export interface NamedModule {
  /** Its name; `undefined` where it has none. */
  readonly name: TokenAt | undefined;
  /** Place of the field that begins it. */
  readonly at: number;
  /** What it exports; `undefined` where its text stands in strings. */
  readonly text: BoundModule | undefined;
}

/** `(register "name" $module)`, or without a module's name the current one. */
export interface Registration {
  readonly name: TokenAt;
  readonly module: NamedModule;
}

export type ScriptSymbol =
  | { readonly kind: "module"; readonly module: NamedModule }
  | { readonly kind: "registration"; readonly registration: Registration }
  | { readonly kind: "export"; readonly text: BoundModule; readonly name: string };

/** A name in a command or import, and what it means. */
export interface NameUse extends TokenAt {
  readonly symbol: ScriptSymbol;
}

/** What is known where a script has come to a command. */
export interface ScriptState {
  readonly current: NamedModule | undefined;
  /** By name, without `$`. */
  readonly instances: ReadonlyMap<string, NamedModule>;
  readonly definitions: ReadonlyMap<string, NamedModule>;
}

export interface ScriptNames extends ScriptState {
  readonly modules: readonly NamedModule[];
  readonly registrations: readonly Registration[];
  /** In the order of the text; definitions are not among them. */
  readonly uses: readonly NameUse[];
}

const known = new WeakMap<WatDocument, ScriptNames>();

/** The names of a whole script. */
export function scriptNames(document: WatDocument): ScriptNames {
  let names = known.get(document);
  if (names === undefined) {
    names = namesBefore(document, document.fields.length);
    known.set(document, names);
  }
  return names;
}

/** As {@link scriptNames}, of the fields before a place. */
export function namesBefore(document: WatDocument, end: number): ScriptNames {
  const reader = new NameReader(document);
  let next = 0;
  for (let at = 0; at < end; at++) {
    const module = document.modules[next];
    if (module !== undefined && (module.opening ?? module.first) <= at) {
      reader.textModule(module);
      next++;
    }
    if (document.fields[at]!.kind === Node.command) reader.command(at);
  }
  return reader;
}

class NameReader implements ScriptNames {
  readonly modules: NamedModule[] = [];
  readonly registrations: Registration[] = [];
  readonly uses: NameUse[] = [];
  readonly instances = new Map<string, NamedModule>();
  readonly definitions = new Map<string, NamedModule>();
  current: NamedModule | undefined;
  readonly #document: WatDocument;
  readonly #registered = new Map<string, Registration>();
  #lastDefinition: NamedModule | undefined;

  constructor(document: WatDocument) {
    this.#document = document;
  }

  textModule(module: BoundModule): void {
    this.#imports(module);
    const at = module.opening ?? module.first;
    const source = this.#document.fieldText(at);
    const { field } = source;
    if (module.opening === undefined) return this.#define({ name: undefined, at, text: module }, source, false);
    // Modules inside of assertions are gone behind them.
    if (field.scope !== Scope.top) return;
    const { name, isDefinition } = readHead(field);
    this.#define({ name: name === undefined ? undefined : { at, token: name }, at, text: module }, source, isDefinition);
  }

  command(at: number): void {
    const source = this.#document.fieldText(at);
    const { command } = readCommand(source);
    if (command !== undefined) this.#command(command, source, at);
  }

  #command(command: ScriptCommand, source: FieldText, at: number): void {
    switch (command.kind) {
      case "module": {
        const name = command.name === undefined ? undefined : { at, token: command.name };
        return this.#define({ name, at, text: undefined }, source, command.isDefinition);
      }
      case "instance": {
        const { name, definition } = command;
        const meant = definition === undefined ? this.#lastDefinition : this.definitions.get(source.nameOf(definition));
        if (definition !== undefined && meant !== undefined) this.#use(at, definition, { kind: "module", module: meant });
        const instance = { name: name === undefined ? undefined : { at, token: name }, at, text: meant?.text };
        this.modules.push(instance);
        this.#instantiate(instance, source);
        return;
      }
      case "register": {
        const module = this.#module(source, at, command.module);
        const name = source.stringOf(command.as);
        if (module === undefined || name === undefined) return;
        const registration = { name: { at, token: command.as }, module };
        this.registrations.push(registration);
        this.#registered.set(name, registration);
        return;
      }
      case "action":
      case "assertion":
        return this.#action(source, at, command.action);
      case "module-assertion":
    }
  }

  #define(module: NamedModule, source: FieldText, isDefinition: boolean): void {
    this.modules.push(module);
    this.#lastDefinition = module;
    if (module.name !== undefined) this.definitions.set(source.nameOf(module.name.token), module);
    if (!isDefinition) this.#instantiate(module, source);
  }

  #instantiate(module: NamedModule, source: FieldText): void {
    this.current = module;
    if (module.name !== undefined) this.instances.set(source.nameOf(module.name.token), module);
  }

  #use(at: number, token: number, symbol: ScriptSymbol): void {
    this.uses.push({ at, token, symbol });
  }

  /** The module that a name means, which is a use of it, or the current one. */
  #module(source: FieldText, at: number, token: number | undefined): NamedModule | undefined {
    if (token === undefined) return this.current;
    const module = this.instances.get(source.nameOf(token));
    if (module !== undefined) this.#use(at, token, { kind: "module", module });
    return module;
  }

  #action(source: FieldText, at: number, action: ScriptAction): void {
    const module = this.#module(source, at, action.module);
    this.#export(source, at, action.name, module);
  }

  #export(source: FieldText, at: number, token: number, module: NamedModule | undefined): void {
    const name = source.stringOf(token);
    const text = module?.text;
    if (name !== undefined && text?.names.exported(name) !== undefined) this.#use(at, token, { kind: "export", text, name });
  }

  /** What a module imports from modules that are registered. */
  #imports({ first, end }: BoundModule): void {
    if (this.#registered.size === 0) return;
    for (let at = first; at < end; at++) {
      const source = this.#document.fieldText(at);
      const [from, ...names] = importTokens(source);
      const registration = from === undefined ? undefined : this.#registered.get(source.stringOf(from) ?? "");
      if (from === undefined || registration === undefined) continue;
      this.#use(at, from, { kind: "registration", registration });
      for (const token of names) this.#export(source, at, token, registration.module);
    }
  }
}

/** The string of the module that a field imports from, then those of what it imports; empty where it imports nothing. */
function importTokens({ field }: FieldText): number[] {
  if (field.problems.length > 0) return [];
  if (field.kind !== Node.importField) {
    const isDefinition = field.kind >= Node.funcField && field.kind <= Node.tagField;
    const inline = isDefinition ? field.childOf(0, Node.inlineImport) : undefined;
    return inline === undefined ? [] : [field.wordToken(inline) + 1, field.wordToken(inline) + 2];
  }
  const items = field.children(0).filter((child) => field.kindOf(child) === Node.importItem);
  return items.length === 0 ? [2, 3] : [2, ...items.map((item) => field.wordToken(item) + 1)];
}

/** The string that names an export in the text of a module. */
export function exportToken(document: WatDocument, { first, end }: BoundModule, name: string): TokenAt | undefined {
  for (let at = first; at < end; at++) {
    const found = definitionsOf(document.fieldText(at)).exports.find((own) => own.name === name);
    if (found !== undefined) return { at, token: found.token };
  }
  return undefined;
}
