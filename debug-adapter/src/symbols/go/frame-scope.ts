/** What the names in an expression mean in a frame of Go. */
import { definedIndex, joinProgramCounter } from "#core/go/binary/program-counter.ts";
import type { GoGlobal } from "#core/go/layouts/layouts.ts";
import { ExpressionError } from "../../expressions/expression-error.ts";
import type { GoScope } from "../../expressions/go/scope.ts";
import type { GoLoadLimits, GoMemory, GoNamedPlace, GoProgramFacts } from "../../values/go/go-program.ts";
import type { Variable } from "../module-symbols.ts";
import type { GoProgram } from "./go-program.ts";

interface Known {
  readonly memory: GoMemory;
  readonly limits: GoLoadLimits;
  readonly packagePath: string;
  /** Address of the `runtime.g`; `undefined` without a frame. */
  readonly goroutine: number | undefined;
  readonly locals: readonly Variable[];
  readonly globals: () => readonly GoGlobal[];
  readonly describe: GoScope["describe"];
  /** Where a global is; `undefined`: no code of the program tells. */
  readonly addressOf: (fullName: string) => number | undefined;
}

/** Stands for all local variables of a frame where nothing is known of them. */
export const unknownLocals = "(variables)";

/** Numbers of the functions in the table by what stands behind the last dot of their names. */
const functionsByName = new WeakMap<GoProgram, ReadonlyMap<string, readonly number[]>>();

export class FrameScope implements GoScope {
  readonly program: GoProgramFacts;
  readonly #program: GoProgram;
  readonly #known: Known;

  constructor(program: GoProgram, facts: GoProgramFacts, known: Known) {
    this.#program = program;
    this.program = facts;
    this.#known = known;
  }

  get memory(): GoMemory {
    return this.#known.memory;
  }

  get limits(): GoLoadLimits {
    return this.#known.limits;
  }

  get packagePath(): string {
    return this.#known.packagePath;
  }

  /** Rejects where the name is that of a local variable whose place is not known, or may be. */
  async local(name: string): Promise<GoNamedPlace | undefined> {
    const { locals, globals, packagePath } = this.#known;
    const value = locals.find((variable) => variable.name === name)?.value;
    if (value?.kind === "unavailable") throw new ExpressionError(`${name}: ${value.reason}`);
    if (value?.kind === "go" && value.place) return value.place();
    const unknown = locals.find((variable) => variable.name === unknownLocals)?.value;
    const mayHide = unknown?.kind === "unavailable" && globals().some((global) => global.name === `${packagePath}.${name}`);
    if (mayHide) throw new ExpressionError(`${name} may be a local variable: ${unknown.reason}`);
    return undefined;
  }

  goroutine(): GoNamedPlace | undefined {
    const type = this.program.types.runtimeStruct("runtime.g");
    const { goroutine } = this.#known;
    return type && goroutine !== undefined ? { name: "curg", type, address: goroutine } : undefined;
  }

  localNames(): readonly string[] {
    return this.#known.locals.map(({ name }) => name).filter((name) => !name.startsWith("("));
  }

  globalNames(): readonly string[] {
    return this.#known.globals().map(({ name }) => name);
  }

  describe(packageName: string): Promise<boolean> {
    return this.#known.describe(packageName);
  }

  async global(fullName: string): Promise<GoNamedPlace | undefined> {
    const found = this.#known.globals().find(({ name }) => name === fullName);
    const type = found && this.program.types.get(found.type);
    const address = this.#known.addressOf(fullName);
    return type && address !== undefined ? { name: fullName, type, address } : undefined;
  }

  functionCounter(fullName: string): number | undefined {
    const found = this.#named(fullName.slice(fullName.lastIndexOf(".") + 1)).find((at) => this.#nameOf(at) === fullName);
    return found === undefined ? undefined : joinProgramCounter(definedIndex(found), 0);
  }

  functionsNamed(name: string): readonly string[] {
    return this.#named(name).map((at) => this.#nameOf(at));
  }

  #nameOf(at: number): string {
    return this.#program.table.name(definedIndex(at));
  }

  #named(name: string): readonly number[] {
    let known = functionsByName.get(this.#program);
    if (!known) functionsByName.set(this.#program, (known = this.#byName()));
    return known.get(name) ?? [];
  }

  #byName(): ReadonlyMap<string, readonly number[]> {
    const found = new Map<string, number[]>();
    for (let at = 0; at < this.#program.table.count; at++) {
      const full = this.#nameOf(at);
      const name = full.slice(full.lastIndexOf(".") + 1);
      const same = found.get(name);
      if (same) same.push(at);
      else found.set(name, [at]);
    }
    return found;
  }
}
