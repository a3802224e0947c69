/** The variables of Go frames: places by the compiler's debug information, scopes by the source, values as Delve writes them. */
import { wordAt } from "#core/go/runtime/memory-task.ts";
import { fieldOffset } from "#core/go/layouts/go-type-table.ts";
import { findModuleData } from "#core/go/binary/module-data.ts";
import { splitProgramCounter, type DefinedIndex } from "#core/go/binary/program-counter.ts";
import { closureVariables } from "#core/go/variables/closure-variables.ts";
import { readFunctionVariables, type GoFunctionVariables } from "#core/go/variables/function-variables.ts";
import { type GoVisibleVariable, visibleVariables } from "#core/go/variables/visible-variables.ts";
import type { EngineModule, Stop } from "../../engine/engine.ts";
import type { GoVariableSource } from "../../launch/go-build.ts";
import { dictionaryVariable, GoValues, variableAddress } from "../../values/go.ts";
import type { GoLoadLimits, GoProgramFacts } from "../../values/go/go-program.ts";
import { StopMemory } from "../../values/memory.ts";
import type { LogicalFrame, Scope, Variable } from "../module-symbols.ts";
import type { GoProgram } from "./go-program.ts";

export class FrameVariables {
  readonly #program: GoProgram;
  readonly #source: GoVariableSource;
  readonly #limits: GoLoadLimits;
  readonly #facts: GoProgramFacts;
  readonly #functions = new Map<string, GoFunctionVariables | undefined>();
  readonly #values = new WeakMap<Stop, GoValues>();

  constructor(program: GoProgram, source: GoVariableSource, limits: GoLoadLimits) {
    this.#program = program;
    this.#source = source;
    this.#limits = limits;
    this.#facts = this.#makeFacts();
  }

  scopes({ unwound, stop, module }: LogicalFrame): readonly Scope[] {
    if (!unwound || unwound.go.inlined) return [];
    const { index, entry } = unwound.go.frame;
    const func = this.#variablesOf(index);
    const file = unwound.source?.key ?? "";
    const { layouts } = this.#source;
    const visible = func ? visibleVariables(func, layouts.declarations.get(file) ?? [], unwound.line, layouts.types) : [];
    const dictionary = func?.variables.find(({ name }) => name === dictionaryVariable);
    const frame = { entry, ...(dictionary && { dictionary: variableAddress(entry, dictionary.frameOffset) }) };
    const values = this.#valuesAt(stop, module);
    const variables = visible.map((variable) => shown(variable, async () => (await values.frame({ ...frame, variables: [variable] }))[0]!));
    return [{ name: "Locals", kind: "locals", variables }];
  }

  #valuesAt(stop: Stop, module: EngineModule): GoValues {
    let values = this.#values.get(stop);
    if (!values) {
      const memory = new StopMemory(stop, module);
      values = new GoValues(this.#facts, { read: (address, length) => memory.read(0, address, length) }, this.#limits);
      this.#values.set(stop, values);
    }
    return values;
  }

  #variablesOf(index: DefinedIndex): GoFunctionVariables | undefined {
    return this.#named(this.#program.table.name(index));
  }

  #named(name: string): GoFunctionVariables | undefined {
    if (!this.#functions.has(name)) {
      const { index, read } = this.#source.listing;
      const found = index.find("variables", name).map((range) => readFunctionVariables(read(range)));
      this.#functions.set(
        name,
        found.find((func) => func !== undefined),
      );
    }
    return this.#functions.get(name);
  }

  #makeFacts(): GoProgramFacts {
    const { table, memory } = this.#program;
    const { types } = this.#source.layouts;
    const data = findModuleData(memory, table);
    const word = (name: string): number => {
      const field = fieldOffset(types, types.runtimeStruct("runtime.moduledata"), name);
      return (field === undefined || data === undefined ? undefined : wordAt(memory, data + field)) ?? 0;
    };
    return {
      types,
      typeData: { start: word("types"), end: word("etypes") },
      functionName: (counter) => {
        const place = splitProgramCounter(counter);
        return place && table.name(place.index);
      },
      closureVariables: (name) => {
        const func = this.#named(name);
        return func ? closureVariables(func, types) : [];
      },
    };
  }
}

function shown({ variable, shadowed }: GoVisibleVariable, load: Extract<Variable["value"], { kind: "go" }>["load"]): Variable {
  return {
    name: shadowed ? `(${variable.name})` : variable.name,
    typeName: variable.typeName,
    language: "go",
    value: { kind: "go", load },
  };
}
