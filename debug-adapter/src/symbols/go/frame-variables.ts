/** The variables of Go frames: places by the compiler's debug information, scopes by the source, values as Delve writes them. */
import type { DefinedIndex } from "#core/go/binary/program-counter.ts";
import { prologueEnd } from "#core/go/listing/function-start.ts";
import type { GoFrame } from "#core/go/runtime/frame.ts";
import { readFunctionVariables, type GoFunctionVariables } from "#core/go/variables/function-variables.ts";
import { type GoVisibleVariable, visibleVariables } from "#core/go/variables/visible-variables.ts";
import type { EngineModule, Stop, WasmState } from "../../engine/engine.ts";
import type { GoVariableSource } from "../../launch/go-build.ts";
import { dictionaryVariable, GoValues, variableAddress } from "../../values/go.ts";
import type { GoLoadLimits, GoProgramFacts } from "../../values/go/go-program.ts";
import { StopMemory } from "../../values/memory.ts";
import type { LogicalFrame, Scope, Variable } from "../module-symbols.ts";
import type { GoProgram } from "./go-program.ts";
import { programFacts } from "./program-facts.ts";

export class FrameVariables {
  readonly #program: GoProgram;
  readonly #source: GoVariableSource;
  readonly #limits: GoLoadLimits;
  readonly #facts: GoProgramFacts;
  readonly #functions = new Map<string, GoFunctionVariables | undefined>();
  readonly #addresses = new Map<string, ReadonlyMap<string, number>>();
  readonly #values = new WeakMap<Stop, GoValues>();

  constructor(program: GoProgram, source: GoVariableSource, limits: GoLoadLimits) {
    this.#program = program;
    this.#source = source;
    this.#limits = limits;
    this.#facts = programFacts(program, source.layouts, (name) => this.#named(name));
  }

  scopes({ unwound, stop, module, state }: LogicalFrame): readonly Scope[] {
    if (!unwound || unwound.go.inlined) return [];
    const { index, entry } = unwound.go.frame;
    const func = this.#inContext(unwound.go.frame, state);
    const file = unwound.source?.key ?? "";
    const { layouts } = this.#source;
    const visible = func ? visibleVariables(func, layouts.declarations.get(file) ?? [], unwound.line, layouts.types) : [];
    const dictionary = func?.variables.find(({ name }) => name === dictionaryVariable);
    const frame = { entry, ...(dictionary && { dictionary: variableAddress(entry, dictionary.frameOffset) }) };
    const values = this.#valuesAt(stop, module);
    const variables = visible.map((variable) => shown(variable, async () => (await values.frame({ ...frame, variables: [variable] }))[0]!));
    const name = this.#program.table.name(index);
    return [{ name: "Locals", kind: "locals", variables }, this.#globals(packageOf(name), values)];
  }

  /** Variables of a package. Where they are is known from the code that uses them. */
  #globals(path: string, values: GoValues): Scope {
    const prefix = `${path}.`;
    const variables = this.#source.layouts.globals
      .filter(({ name }) => name.startsWith(prefix) && !name.slice(prefix.length).includes("."))
      .map(({ name, type }): Variable => {
        const short = name.slice(prefix.length);
        const load = async (): ReturnType<GoValues["at"]> => {
          const address = this.#addressesOf(path).get(name);
          const expression = `${path.slice(path.lastIndexOf("/") + 1)}.${short}`;
          if (address !== undefined) return values.at(short, type, address, expression);
          return { name: short, value: "(unreadable no code of the program uses it)", ...nothingKnown, type: "" };
        };
        return { name: short, typeName: undefined, language: "go", value: { kind: "go", load } };
      });
    return { name: `Globals (package ${path})`, kind: "globals", variables };
  }

  /** Linked addresses of what the functions of a package mention. */
  #addressesOf(path: string): ReadonlyMap<string, number> {
    let found = this.#addresses.get(path);
    if (!found) {
      const { code, table } = this.#program;
      const functions = code.lines.listedFunctions().filter((index) => packageOf(table.name(index)) === path);
      found = new Map(functions.flatMap((index) => [...(code.lines.aligned(index)?.addresses ?? [])]));
      this.#addresses.set(path, found);
    }
    return found;
  }

  #valuesAt(stop: Stop, module: EngineModule): GoValues {
    let values = this.#values.get(stop);
    if (!values) {
      const memory = new StopMemory(stop, module);
      const kept = (reference: number): ReturnType<Stop["goReference"]> => stop.goReference(reference);
      values = new GoValues(this.#facts, { read: (address, length) => memory.read(0, address, length), kept }, this.#limits);
      this.#values.set(stop, values);
    }
    return values;
  }

  /** Where a closure is entered, what it captured is not in its frame yet, but still in what the context register points to. */
  #inContext({ index, offset, entry }: GoFrame, { globals }: WasmState): GoFunctionVariables | undefined {
    const func = this.#variablesOf(index);
    const aligned = this.#program.code.lines.aligned(index);
    if (!func || offset === undefined || !aligned?.closure) return func;
    const context = globals[contextRegister];
    if (context?.type !== "i64" || offset >= aligned.offsets[prologueEnd(aligned)]!) return func;
    const base = Number(context.value) - variableAddress(entry, 0);
    const variables = func.variables.map((variable) =>
      variable.closureOffset === undefined ? variable : { ...variable, frameOffset: base + variable.closureOffset },
    );
    return { ...func, variables };
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
}

/** Global of the module (cmd/internal/obj/wasm/a.out.go `REG_CTXT`). */
const contextRegister = 1;

const nothingKnown = { evaluateName: undefined, memoryReference: undefined, inside: undefined } as const;

/** Import path of the package that a function is in. */
function packageOf(functionName: string): string {
  const end = functionName.search(/[([]/);
  const path = end < 0 ? functionName : functionName.slice(0, end);
  const slash = path.lastIndexOf("/") + 1;
  const dot = path.indexOf(".", slash);
  return dot < 0 ? path : path.slice(0, dot);
}

function shown({ variable, shadowed }: GoVisibleVariable, load: Extract<Variable["value"], { kind: "go" }>["load"]): Variable {
  return {
    name: shadowed ? `(${variable.name})` : variable.name,
    typeName: variable.typeName,
    language: "go",
    value: { kind: "go", load },
  };
}
