/** What is known of packages that are not the user's: nothing, until somebody asks for it. */
import { definedIndex } from "#core/go/binary/program-counter.ts";
import type { GoDeclaration, GoFunctionDeclaration, GoGlobal } from "#core/go/layouts/layouts.ts";
import type { Listing } from "#core/go/listing/go-lines.ts";
import { importPathOf, packageOf } from "#core/go/package-of.ts";
import { type GoFunctionVariables, readFunctionVariables } from "#core/go/variables/function-variables.ts";
import type { GoBuild, GoVariableSource } from "../../launch/go-build.ts";
import type { GoProgram } from "./go-program.ts";
import { canBeListed } from "./package-lines.ts";

export class DescribedPackages {
  readonly #program: GoProgram;
  readonly #describe: GoBuild["describePackage"];
  readonly #own: GoVariableSource;
  readonly #asked = new Map<string, Promise<void>>();
  readonly #answered = new Set<string>();
  readonly #described = new Set<string>();
  readonly #listings: Listing[] = [];
  readonly #variables = new Map<string, GoFunctionVariables | undefined>();
  readonly #declarations = new Map<string, readonly GoDeclaration[]>();
  readonly #globals: GoGlobal[] = [];
  readonly #functions = new Map<string, GoFunctionDeclaration>();
  #paths: ReadonlySet<string> | undefined;
  #ownPaths: ReadonlySet<string> | undefined;

  /** `own`: of the user's packages; to its types those of others are added. */
  constructor(program: GoProgram, own: GoVariableSource, describe: GoBuild["describePackage"]) {
    this.#program = program;
    this.#own = own;
    this.#describe = describe;
  }

  /** Import paths of packages of the program, as the linker spells them, that can be asked about. */
  get paths(): readonly string[] {
    return [...this.#allPaths()].filter((path) => this.#canAsk(path));
  }

  isOpen(path: string): boolean {
    return !this.#answered.has(path) && this.#canAsk(path);
  }

  #canAsk(path: string): boolean {
    return this.#describe !== undefined && canBeListed(path) && !this.#known().has(path);
  }

  /** Resolves when everything is known of a package that can be. */
  async ensure(path: string): Promise<void> {
    if (!this.isOpen(path)) return;
    let asked = this.#asked.get(path);
    if (!asked) this.#asked.set(path, (asked = this.#ask(path)));
    await asked;
  }

  get globals(): readonly GoGlobal[] {
    return this.#globals;
  }

  /** By the name in the function table. */
  declarationOf(name: string): GoFunctionDeclaration | undefined {
    return this.#functions.get(name);
  }

  /** Whether something has been learnt of the package. */
  describes(path: string): boolean {
    return this.#described.has(path);
  }

  /** In functions of a file that belongs to such a package. */
  declarationsIn(file: string): readonly GoDeclaration[] {
    return this.#declarations.get(file) ?? [];
  }

  /** Only parameters, and what a closure has captured, are in the same places in the program, whose code is optimised. */
  variablesOf(name: string): GoFunctionVariables | undefined {
    if (!this.#described.has(packageOf(name))) return undefined;
    if (!this.#variables.has(name)) this.#variables.set(name, this.#readVariables(name));
    return this.#variables.get(name);
  }

  #readVariables(name: string): GoFunctionVariables | undefined {
    for (const { index, read } of this.#listings) {
      const found = index.find("variables", name).map((range) => readFunctionVariables(read(range)));
      const usable = found.find((func) => func !== undefined);
      if (usable) return usable;
    }
    return undefined;
  }

  async #ask(path: string): Promise<void> {
    const source = await this.#describe?.(importPathOf(path));
    this.#answered.add(path);
    if (!source) return;
    const { layouts, listing } = source;
    const here = this.#own.layouts.types.adopt(layouts.types);
    this.#described.add(path);
    this.#listings.push(listing);
    for (const [file, declarations] of layouts.declarations)
      this.#declarations.set(
        file,
        declarations.map((declared) => ({ ...declared, type: here(declared.type) })),
      );
    const known = new Set(this.#own.layouts.globals.map(({ name }) => name));
    for (const { name, type } of layouts.globals) if (!known.has(name)) this.#globals.push({ name, type: here(type) });
    for (const { name, parameters, results } of layouts.functions) {
      const moved = (types: GoFunctionDeclaration["parameters"]): GoFunctionDeclaration["parameters"] =>
        types.map((named) => ({ ...named, type: here(named.type) }));
      this.#functions.set(name, { name, parameters: moved(parameters), results: moved(results) });
    }
  }

  /** The user's. */
  #known(): ReadonlySet<string> {
    const { table } = this.#program;
    this.#ownPaths ??= new Set(
      [...this.#own.layouts.declarations.keys()].flatMap((file) => {
        const index = table.functionsOf(file).find((candidate) => table.file(candidate, 0) === file);
        return index === undefined ? [] : [packageOf(table.name(index))];
      }),
    );
    return this.#ownPaths;
  }

  #allPaths(): ReadonlySet<string> {
    const { table } = this.#program;
    this.#paths ??= new Set(Array.from({ length: table.count }, (_, at) => packageOf(table.name(definedIndex(at)))));
    return this.#paths;
  }
}
