/** A module as its bodies see it: what each name and index means. */
import type { Environment } from "#core/wasm/validate/environment.ts";
import type { TypeTable } from "#core/wasm/validate/type-table.ts";
import type { ModuleNames } from "../bind.ts";
import { Space } from "../field.ts";
import type { FieldText } from "../field.ts";
import { impliesType } from "../implicit-types.ts";
import { Token } from "../token.ts";
import { TypeReader } from "./type-reader.ts";

/** The types of a module, and what is read with them. Kept as long as the type definitions stay the same. */
export class ModuleTypes {
  readonly table: TypeTable;
  readonly #definitions: unknown;
  #fingerprint: string | undefined;
  /** Set when a type was used by an index beyond the definitions, which hangs on bodies all over the module. */
  usesImplied = false;

  /** `definitions`: types and their names, as numbers and texts. */
  constructor(table: TypeTable, definitions: unknown) {
    this.table = table;
    this.#definitions = definitions;
  }

  /** Equal for two modules with the same types under the same names. Worked out when it is asked for, as no text does that is only opened. */
  get fingerprint(): string {
    this.#fingerprint ??= JSON.stringify(this.#definitions, (_, value: unknown) =>
      value instanceof Int32Array ? Array.from(value) : value,
    );
    return this.#fingerprint;
  }
}

/** Names and types together. */
export class TypeScope {
  readonly types: ModuleTypes;
  readonly names: ModuleNames;
  #fields: (() => Iterable<FieldText>) | undefined;
  #implied: number[] | undefined;

  constructor(types: ModuleTypes, names: ModuleNames) {
    this.types = types;
    this.names = names;
  }

  /** Gives access to all fields of the module while they are checked; without them a scope keeps no text in memory. */
  attach(fields: (() => Iterable<FieldText>) | undefined): void {
    this.#fields = fields;
  }

  /** Index that a name or index token means; -1 where no entry has it. */
  resolve(space: Space, source: FieldText, token: number): number {
    return this.names.resolve(space, source, token) ?? -1;
  }

  /** Identity of the type with an index; -1 where there is none. */
  typeIdentity(index: number): number {
    const { table } = this.types;
    if (index < 0) return -1;
    const defined = table.identityOf(index);
    if (defined !== undefined) return defined;
    this.types.usesImplied = true;
    // Without the fields there is nothing to be found, and nothing to be kept.
    if (this.#implied === undefined && this.#fields === undefined) return -1;
    this.#implied ??= this.#findImplied();
    return this.#implied[index - table.definedCount] ?? -1;
  }

  /** Identities of the types that are only used, in the order of the text. Source: WebAssembly 3.0, 6.6.2 "Type Uses". */
  #findImplied(): number[] {
    const { table } = this.types;
    const found = new Set<number>();
    // While they are collected there are none.
    this.#implied = [];
    for (const source of this.#fields?.() ?? []) {
      const { field } = source;
      const reader = this.reader(source);
      for (let node = 0; node < field.nodeCount; node++) {
        if (!impliesType(field, node)) continue;
        const { params, results } = reader.signature(node);
        const identity = table.functionType(params, results);
        if (identity >= table.definedCount) found.add(identity);
      }
    }
    return Array.from(found);
  }

  reader(source: FieldText): TypeReader {
    return new TypeReader(source, (_, token) => {
      const identity = this.typeIdentity(this.resolve(Space.type, source, token));
      return identity < 0 ? undefined : identity;
    });
  }
}

export class ModuleView {
  readonly environment: Environment;
  readonly scope: TypeScope;
  /** Functions that are referred to outside of bodies. */
  readonly declared: ReadonlySet<number>;

  constructor(environment: Environment, scope: TypeScope, declared: ReadonlySet<number>) {
    this.environment = environment;
    this.scope = scope;
    this.declared = declared;
  }

  resolve(space: Space, source: FieldText, token: number): number {
    return this.scope.resolve(space, source, token);
  }

  typeIdentity(index: number): number {
    return this.scope.typeIdentity(index);
  }

  isDeclared(functionIndex: number): boolean {
    return this.declared.has(functionIndex);
  }

  structField(typeToken: number, source: FieldText, token: number): number {
    const { names } = this.scope;
    if (source.field.tags[token] === Token.natural) return names.resolve(Space.structField, source, token) ?? -1;
    const fields = names.typeAt(this.resolve(Space.type, source, typeToken))?.fields;
    return fields?.indexOf(source.nameOf(token)) ?? -1;
  }

  /** What a reference means for the body that has it: as long as this stays, so does what is found in the body. */
  meaning(space: number, source: FieldText, token: number): number {
    return this.#entry(space, this.resolve(space as Space, source, token));
  }

  /** As {@link meaning}, of the memory or table that is used where none is named. */
  defaultMeaning(space: number): number {
    return this.#entry(space, 0);
  }

  #entry(space: number, index: number): number {
    const { environment } = this;
    switch (space) {
      case Space.func:
        return environment.functions[index] ?? -1;
      case Space.table:
        return environment.tables[index] ?? -1;
      case Space.memory:
        return environment.memories[index] ?? -1;
      case Space.global:
        return environment.globals[index] ?? -1;
      case Space.tag:
        return environment.tags[index] ?? -1;
      case Space.elem:
        return environment.elements[index] ?? -1;
      case Space.type:
        return this.typeIdentity(index);
      default:
        return index;
    }
  }
}
