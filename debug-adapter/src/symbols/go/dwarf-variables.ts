/** Variables of Go frames by the DWARF in the module, as values of Go. */
import type { DataType } from "#core/dwarf/data-type.ts";
import { DescribedTypes } from "#core/go/dwarf/described-types.ts";
import { GoTypeTable } from "#core/go/layouts/go-type-table.ts";
import type { GoGlobal } from "#core/go/layouts/layouts.ts";
import { packageOf } from "#core/go/package-of.ts";
import { loopFunction } from "#core/go/variables/loop-body.ts";
import type { GoScope } from "../../expressions/go/scope.ts";
import { GoValues, variableAddress } from "../../values/go.ts";
import type { GoLoadLimits, GoProgramFacts } from "../../values/go/go-program.ts";
import { UnreadableError } from "../../values/go/memory-words.ts";
import type { DwarfSymbols } from "../dwarf.ts";
import type { LogicalFrame, Scope, Variable } from "../module-symbols.ts";
import { FrameScope, unknownLocals } from "./frame-scope.ts";
import type { GoProgram } from "./go-program.ts";
import { programFacts } from "./program-facts.ts";
import { StopMemories } from "./stop-memories.ts";

/** A variable in memory. */
interface Placed {
  readonly name: string;
  readonly type: DataType;
  readonly address: number;
}

export class DwarfVariables {
  readonly #program: GoProgram;
  readonly #dwarf: DwarfSymbols;
  readonly #limits: GoLoadLimits;
  readonly #facts: GoProgramFacts;
  readonly #types: DescribedTypes;
  readonly #memories = new StopMemories();

  constructor(program: GoProgram, dwarf: DwarfSymbols, limits: GoLoadLimits) {
    this.#program = program;
    this.#dwarf = dwarf;
    this.#limits = limits;
    // The runtime's own types, by which maps and channels are read, are those of the toolchain, where it is there.
    const types = program.layouts?.types ?? new GoTypeTable([], new Map(), new Map(), new Map());
    this.#types = new DescribedTypes(types);
    this.#facts = programFacts(program, { types }, () => undefined);
  }

  async scopes(frame: LogicalFrame): Promise<readonly Scope[]> {
    const { unwound } = frame;
    if (!unwound || unwound.go.inlined) return [];
    const frameBase = variableAddress(unwound.go.frame.entry, 0);
    const found = await this.#dwarf.scopesAt({ ...frame, inlineDepth: unwound.inlineDepth, frameBase }, "outermost");
    const of = (kind: Scope["kind"]): readonly Variable[] => found.find((scope) => scope.kind === kind)?.variables ?? [];
    const values = new GoValues(this.#facts, this.#memories.of(frame.stop, frame.module), this.#limits);
    const locals = [...of("arguments"), ...of("locals")].flatMap((variable) => this.#local(values, variable));
    const name = this.#program.table.name(unwound.go.frame.index);
    const path = packageOf(name);
    if (loopFunction(name) !== undefined) locals.push(aroundLoop);
    const globals = of("globals").flatMap((variable) => this.#global(values, variable, path));
    return [
      { name: "Locals", kind: "locals", variables: locals },
      { name: `Globals (package ${path})`, kind: "globals", variables: globals },
    ];
  }

  async expressionScope(frame: LogicalFrame): Promise<GoScope | undefined> {
    if (!frame.unwound) return undefined;
    const { go } = frame.unwound;
    const locals = (await this.scopes(frame)).find(({ kind }) => kind === "locals")?.variables ?? [];
    const placed = new Map(this.#dwarf.globals().map((global) => [global.name, global]));
    const globals = [...placed.values()].map(({ name, type }): GoGlobal => ({ name, type: this.#types.of(type) }));
    return new FrameScope(this.#program, this.#facts, {
      memory: this.#memories.of(frame.stop, frame.module),
      limits: this.#limits,
      packagePath: packageOf(this.#program.table.name(go.frame.index)),
      locals,
      goroutine: go.goroutine,
      globals: () => globals,
      describe: () => Promise.resolve(false),
      addressOf: (name) => placed.get(name)?.address,
    });
  }

  /** Memory was written: what was read before does not hold any more. */
  forget(stop: LogicalFrame["stop"]): void {
    this.#memories.forget(stop);
  }

  #local(values: GoValues, variable: Variable): Variable[] {
    const { name, value } = variable;
    if (hidden.test(name)) return [];
    if (value.kind !== "memory") return [variable];
    const plain = name.replace(/ \(line \d+\)$/, "");
    const shown = plain === name ? name : `(${plain})`;
    return [this.#shown(values, { name: shown, type: value.type, address: value.address }, plain)];
  }

  #global(values: GoValues, { name, value }: Variable, path: string): Variable[] {
    if (value.kind !== "memory") return [];
    const short = name.startsWith(`${path}.`) ? name.slice(path.length + 1) : name;
    const expression = `${path.slice(path.lastIndexOf("/") + 1)}.${short}`;
    return [this.#shown(values, { name: short, type: value.type, address: value.address }, expression)];
  }

  #shown(values: GoValues, { name, type, address }: Placed, expression: string): Variable {
    const id = this.#types.of(type);
    const goType = this.#facts.types.get(id)!;
    const load = (): ReturnType<GoValues["at"]> => values.at(name, id, address, expression);
    const place = (): Promise<{ name: string; type: typeof goType; address: number }> => {
      if (address === 0) return Promise.reject(new UnreadableError("no address for escaped variable"));
      return Promise.resolve({ name: expression, type: goType, address });
    };
    return { name, typeName: goType.name, language: "go", value: { kind: "go", load, place } };
  }
}

/** Stands for what the body of a loop over a function does not use itself. */
const aroundLoop: Variable = {
  name: unknownLocals,
  typeName: undefined,
  language: "go",
  value: { kind: "unavailable", reason: "other variables of the function with this loop are in its own frame" },
};

/** What the compiler needs for itself. */
const hidden = /^(?:\.dict|\.closureptr|#yield.*)$/;
