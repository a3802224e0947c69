/** The variables of Go frames: places by the compiler's debug information, scopes by the source, values as Delve writes them. */
import type { DefinedIndex } from "#core/go/binary/program-counter.ts";
import type { InlinedFrame } from "#core/go/binary/inline-tree.ts";
import { prologueEnd } from "#core/go/listing/function-start.ts";
import { packageOf } from "#core/go/package-of.ts";
import type { GoFrame } from "#core/go/runtime/frame.ts";
import { logicalFrames } from "#core/go/runtime/logical-frames.ts";
import type { GoType } from "#core/go/layouts/go-type.ts";
import type { GoDeclaration } from "#core/go/layouts/layouts.ts";
import { readFunctionVariables, type GoFunctionVariables } from "#core/go/variables/function-variables.ts";
import { loopFunction } from "#core/go/variables/loop-body.ts";
import { type VisibleInFrame, type VisibleLayer, visibleInLayers } from "#core/go/variables/visible-layers.ts";
import { type GoVisibleVariable, visibleVariables } from "#core/go/variables/visible-variables.ts";
import type { EngineModule, Stop, WasmState } from "../../engine/engine.ts";
import type { GoBuild, GoVariableSource } from "../../launch/go-build.ts";
import { dictionaryVariable, type GoVariableFrame, GoValues, variableAddress } from "../../values/go.ts";
import type { GoSignature } from "../../expressions/go/caller.ts";
import type { GoScope } from "../../expressions/go/scope.ts";
import type { GoLoadLimits, GoMemory, GoProgramFacts } from "../../values/go/go-program.ts";
import type { LogicalFrame, Scope, Variable } from "../module-symbols.ts";
import type { GoPlace, UnwoundFrame } from "../thread-source.ts";
import { DescribedPackages } from "./described-packages.ts";
import { enclosingFrames, type SearchedFrame } from "./enclosing-frames.ts";
import { FrameScope, unknownLocals } from "./frame-scope.ts";
import { declaredSignature, functionSignature } from "./function-signature.ts";
import type { GoProgram } from "./go-program.ts";
import type { GoStops } from "./go-stop.ts";
import { PackageGlobals } from "./package-globals.ts";
import { programFacts } from "./program-facts.ts";
import { StopMemories } from "./stop-memories.ts";

/** How the program was built, and what can be asked about its packages. */
interface PackageSources extends Pick<GoBuild, "optimised" | "describePackage"> {
  /** Resolves when the lines of a package are there, by which its code tells where its variables are. */
  readonly listPackage: (path: string) => Promise<void>;
}

export interface NamesInCode {
  readonly visible: readonly GoVisibleVariable[];
  /** Names of variables in frames around that of the code, and of those that optimised code has not, which may hide globals. */
  readonly around: ReadonlySet<string>;
  readonly scope: GoScope;
}

/** Where the variables of one frame are. */
type FramePlace = Omit<GoVariableFrame, "variables">;

export class FrameVariables {
  readonly #program: GoProgram;
  readonly #stops: GoStops;
  readonly #source: GoVariableSource;
  readonly #limits: GoLoadLimits;
  readonly #optimised: boolean;
  readonly #facts: GoProgramFacts;
  readonly #packages: DescribedPackages;
  readonly #globals: PackageGlobals;
  readonly #functions = new Map<string, GoFunctionVariables | undefined>();
  readonly #values = new WeakMap<Stop, GoValues>();
  readonly #memories = new StopMemories();

  constructor(program: GoProgram, stops: GoStops, source: GoVariableSource, limits: GoLoadLimits, sources: PackageSources) {
    const { optimised = false, describePackage, listPackage } = sources;
    this.#optimised = optimised;
    this.#program = program;
    this.#stops = stops;
    this.#source = source;
    this.#limits = limits;
    this.#packages = new DescribedPackages(program, source, describePackage);
    this.#globals = new PackageGlobals(program, source.layouts.globals, this.#packages, listPackage);
    const functionOf = (name: string): GoFunctionVariables | undefined => this.#named(name) ?? this.#packages.variablesOf(name);
    this.#facts = programFacts(program, source.layouts, functionOf, this.#packages);
  }

  async scopes(frame: LogicalFrame): Promise<readonly Scope[]> {
    const { unwound, stop, module } = frame;
    if (!unwound) return [];
    const { index } = unwound.go.frame;
    const name = this.#program.table.name(index);
    const path = packageOf(name);
    // Whoever has come to lines of another package wants to see more of it; its frames in other stacks are left alone.
    if (!this.#named(name) && this.#program.code.lines.aligned(index)) await this.#packages.ensure(path);
    const optimised = this.#isOptimised(name);
    if (unwound.go.inlined) return optimised && unwound.go.frame.entry !== 0 ? [unknownScope(inlinedReason)] : [];
    if (optimised && !this.#variablesOf(index)) return [unknownScope(containsReason)];
    const values = this.#valuesAt(stop, module);
    const variables = (await this.#visible(frame, unwound)).map(({ frame: place, visible }): Variable => {
      if (optimised && !isCertain(visible)) return shown(visible, { kind: "unavailable", reason: optimisedReason });
      const inFrame = { ...place, variables: [visible] };
      return shown(visible, {
        kind: "go",
        load: async () => (await values.frame(inFrame))[0]!,
        place: () => values.place(inFrame, visible),
      });
    });
    if (optimised) variables.push(...this.#removed(unwound, variables));
    return [{ name: optimised ? optimisedLocals : "Locals", kind: "locals", variables }, this.#globalScope(path, values)];
  }

  /** `name`: of a function. Those that are not the user's are optimised however the program was built. */
  #isOptimised(name: string): boolean {
    return this.#optimised || (!this.#named(name) && this.#packages.describes(packageOf(name)));
  }

  /** Variables that the source has and optimised code has not; `listed` are all others. */
  #removed({ source, line }: UnwoundFrame, listed: readonly Variable[]): Variable[] {
    const known = new Set(listed.map(({ name }) => name));
    const names = this.#declaredAt(source?.key ?? "", line).filter((name) => !known.has(name));
    return names.map((name) => ({ name, typeName: undefined, language: "go", value: { kind: "unavailable", reason: optimisedReason } }));
  }

  /** Names of the variables that are declared around a line of a file (1-based), each once. */
  #declaredAt(file: string, line: number): readonly string[] {
    const around = this.#declarations(file).filter(
      (declared) => declared.line < line && declared.scopeLine <= line && line <= declared.scopeEnd,
    );
    return [...new Set(around.map(({ name }) => name))];
  }

  #declarations(file: string): readonly GoDeclaration[] {
    return this.#source.layouts.declarations.get(file) ?? this.#packages.declarationsIn(file);
  }

  /** In the body of a loop over a function, also what is in the frames around it. */
  async #visible(frame: LogicalFrame, { go, source, line }: UnwoundFrame): Promise<readonly VisibleInFrame<FramePlace>[]> {
    const closure = this.#enteredClosure(go.frame, frame.state);
    const own = this.#layer(go.frame, source?.key, line, closure);
    const around = await this.#enclosing(frame, go, closure);
    const layers = around.map((enclosing) => {
      const position = this.#positionOf(enclosing);
      return this.#layer(enclosing, position?.file, position?.line ?? 0);
    });
    return visibleInLayers([...layers.toReversed(), own]);
  }

  /** Frames around the body of a loop over a function, innermost first; none for other functions. */
  async #enclosing(
    { stop, module }: LogicalFrame,
    { frame, goroutine }: GoPlace,
    closure: number | undefined,
  ): Promise<readonly GoFrame[]> {
    const body = this.#searched(frame);
    if (loopFunction(body.name) === undefined) return [];
    const callers = (await this.#stops.of(stop).callersOf(goroutine, frame)).map((caller) => this.#searched(caller));
    const found = await enclosingFrames(this.#memories.of(stop, module), { ...body, closure }, callers);
    return found?.map(({ frame: enclosing }) => enclosing) ?? [];
  }

  #searched(frame: GoFrame): SearchedFrame {
    const name = this.#program.table.name(frame.index);
    return { frame, name, variables: () => this.#named(name) };
  }

  #positionOf(frame: GoFrame): InlinedFrame | undefined {
    const { code, memory, functionData } = this.#program;
    return logicalFrames(code, memory, functionData, frame).at(-1);
  }

  /** `file` and `line` (1-based): where the frame is; `closure`: address of its closure, where that is in no variable yet. */
  #layer(frame: GoFrame, file: string | undefined, line: number, closure?: number): VisibleLayer<FramePlace> {
    const func = this.#variablesOf(frame.index);
    if (!func) return { frame, visible: [] };
    const { layouts } = this.#source;
    const { entry } = frame;
    const inContext = closure === undefined ? func : inClosure(func, closure - variableAddress(entry, 0));
    const visible = visibleVariables(inContext, this.#declarations(file ?? ""), line, layouts.types);
    const dictionary = inContext.variables.find(({ name }) => name === dictionaryVariable);
    const place = { entry, ...(dictionary && { dictionary: variableAddress(entry, dictionary.frameOffset) }) };
    return { frame: place, visible };
  }

  /** What expressions need in a frame; `locals`: its variables, as {@link scopes} gave them. */
  async expressionScope(frame: LogicalFrame): Promise<GoScope | undefined> {
    if (!frame.unwound) return undefined;
    const locals = (await this.scopes(frame)).find(({ kind }) => kind === "locals")?.variables ?? [];
    const { go } = frame.unwound;
    return this.#scopeOf(go.frame.index, this.#memories.of(frame.stop, frame.module), locals, go.goroutine);
  }

  /**
   * What names mean on a line of a function (1-based): its local variables, and what else there is, without a frame. A variable whose place is
   * not known has no type; `undefined` where that is so of all.
   */
  namesAt(index: DefinedIndex, file: string, line: number): NamesInCode | undefined {
    const func = this.#variablesOf(index);
    const optimised = this.#isOptimised(this.#program.table.name(index));
    if (optimised && !func) return undefined;
    const { layouts } = this.#source;
    const visible = func ? visibleVariables(func, this.#declarations(file), line, layouts.types) : [];
    return {
      visible: visible.map((variable) => (optimised && !isCertain(variable) ? { ...variable, type: undefined } : variable)),
      around: new Set([...this.#namesAround(index), ...(optimised ? this.#declaredAt(file, line) : [])]),
      scope: this.#scopeOf(index, { read: () => Promise.resolve(new Uint8Array(0)) }, []),
    };
  }

  /** Of the functions around the body of a loop over a function. */
  #namesAround(index: DefinedIndex): ReadonlySet<string> {
    const name = loopFunction(this.#program.table.name(index));
    if (name === undefined) return new Set();
    const others = this.#source.listing.index.names.filter((other) => other === name || loopFunction(other) === name);
    return new Set(others.flatMap((other) => this.#named(other)?.variables.map((variable) => variable.name) ?? []));
  }

  /** A variable of a package by its full name; `path`: package of the code that mentions it. */
  global(fullName: string, path: string): { readonly type: GoType; readonly address: number } | undefined {
    const found = this.#globals.all().find(({ name }) => name === fullName);
    const type = found && this.#facts.types.get(found.type);
    const address = this.#globals.addressOf(fullName, path);
    return type && address !== undefined ? { type, address } : undefined;
  }

  #scopeOf(index: DefinedIndex, memory: GoMemory, locals: readonly Variable[], goroutine?: number): GoScope {
    const path = packageOf(this.#program.table.name(index));
    return new FrameScope(this.#program, this.#facts, {
      memory,
      limits: this.#limits,
      packagePath: path,
      locals,
      goroutine,
      globals: () => this.#globals.all(),
      describe: (packageName) => this.#globals.describe(packageName),
      addressOf: (name) => this.#globals.addressOf(name, path),
    });
  }

  /** Where the descriptor of a type lies, by the type's name; `undefined` where no code of the package at `path` mentions it. */
  typeDescriptor(name: string, path: string): number | undefined {
    return this.#globals.addressesOf(path).get(`type:${name}`);
  }

  /** Parameters and results of a function by its name in the function table; `undefined` where they are not known. */
  signature(name: string): GoSignature | undefined {
    const func = this.#named(name);
    return func && functionSignature(this.#program, this.#source.layouts.types, func);
  }

  /** The same for functions that are not the user's, whose package is described for that. */
  async askedSignature(name: string): Promise<GoSignature | undefined> {
    await this.#packages.ensure(packageOf(name));
    const declaration = this.#packages.declarationOf(name);
    return declaration && declaredSignature(this.#program, this.#source.layouts.types, declaration);
  }

  /** Memory was written: what was read before does not hold any more. */
  forget(stop: Stop): void {
    this.#memories.forget(stop);
    this.#values.delete(stop);
  }

  /** Variables of a package. Where they are is known from the code that uses them. */
  #globalScope(path: string, values: GoValues): Scope {
    const prefix = `${path}.`;
    const variables = this.#globals
      .all()
      .filter(({ name }) => name.startsWith(prefix) && !name.slice(prefix.length).includes("."))
      .map(({ name, type }): Variable => {
        const short = name.slice(prefix.length);
        const load = async (): ReturnType<GoValues["at"]> => {
          const address = this.#globals.addressesOf(path).get(name);
          const expression = `${path.slice(path.lastIndexOf("/") + 1)}.${short}`;
          if (address !== undefined) return values.at(short, type, address, expression);
          return { name: short, value: "(unreadable no code of the program uses it)", ...nothingKnown, type: "" };
        };
        return { name: short, typeName: undefined, language: "go", value: { kind: "go", load } };
      });
    return { name: `Globals (package ${path})`, kind: "globals", variables };
  }

  #valuesAt(stop: Stop, module: EngineModule): GoValues {
    let values = this.#values.get(stop);
    if (!values) {
      values = new GoValues(this.#facts, this.#memories.of(stop, module), this.#limits);
      this.#values.set(stop, values);
    }
    return values;
  }

  /** Address of the closure that is being entered: what it captured is not in its frame yet. `undefined` in every other frame. */
  #enteredClosure({ index, offset }: GoFrame, { globals }: WasmState): number | undefined {
    const aligned = this.#program.code.lines.aligned(index);
    if (offset === undefined || !aligned?.closure || offset >= aligned.offsets[prologueEnd(aligned)]!) return undefined;
    const context = globals[contextRegister];
    return context?.type === "i64" ? Number(context.value) : undefined;
  }

  #variablesOf(index: DefinedIndex): GoFunctionVariables | undefined {
    const name = this.#program.table.name(index);
    return this.#named(name) ?? this.#packages.variablesOf(name);
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

/** With the variables that a function has captured where they are in its closure; `base`: from the first parameter to the closure, in bytes. */
function inClosure(func: GoFunctionVariables, base: number): GoFunctionVariables {
  const variables = func.variables.map((variable) =>
    variable.closureOffset === undefined ? variable : { ...variable, frameOffset: base + variable.closureOffset },
  );
  return { ...func, variables };
}

/** Delve's words. */
const optimisedLocals = "Locals (warning: optimized function)";
const optimisedReason = "optimised: where the value is now is not known";
const inlinedReason = "the function was inlined: optimised code has no places of its own for these";
const containsReason = "optimised code with inlined calls: where the values are is not known";

/** One entry in the place of variables that cannot be shown. */
function unknownScope(reason: string): Scope {
  const none: Variable = { name: unknownLocals, typeName: undefined, language: "go", value: { kind: "unavailable", reason } };
  return { name: optimisedLocals, kind: "locals", variables: [none] };
}

/**
 * Whether optimised code surely has the value in its place: the caller has put parameters on the stack, and what is never assigned to stays as
 * it is. Other values are in registers for as long as the compiler likes, and it cannot list where (there are no location lists for wasm).
 */
const isCertain = ({ variable, fixed }: GoVisibleVariable): boolean =>
  fixed && variable.kind === "parameter" && !variable.byReference && variable.closureOffset === undefined;

const nothingKnown = { evaluateName: undefined, memoryReference: undefined, inside: undefined } as const;

function shown({ variable, shadowed }: GoVisibleVariable, value: Variable["value"]): Variable {
  return { name: shadowed ? `(${variable.name})` : variable.name, typeName: variable.typeName, language: "go", value };
}
