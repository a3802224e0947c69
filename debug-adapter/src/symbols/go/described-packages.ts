/** What is known of packages that are not the user's: nothing, until somebody asks for it. */
import { definedIndex } from "#core/go/binary/program-counter.ts";
import type { GoFunctionDeclaration, GoGlobal } from "#core/go/layouts/layouts.ts";
import type { Listing } from "#core/go/listing/go-lines.ts";
import { packageOf } from "#core/go/package-of.ts";
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
  readonly #listings: Listing[] = [];
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

  /** Only what it has captured holds for the program: its own code is optimised, and has other frames. */
  variablesOf(name: string): GoFunctionVariables | undefined {
    for (const { index, read } of this.#listings) {
      const found = index.find("variables", name).map((range) => readFunctionVariables(read(range)));
      const usable = found.find((func) => func !== undefined);
      if (usable) return usable;
    }
    return undefined;
  }

  async #ask(path: string): Promise<void> {
    const source = await this.#describe?.(path);
    this.#answered.add(path);
    if (!source) return;
    const { layouts, listing } = source;
    const here = this.#own.layouts.types.adopt(layouts.types);
    this.#listings.push(listing);
    this.#globals.push(...layouts.globals.map(({ name, type }) => ({ name, type: here(type) })));
    for (const { name, parameters, results } of layouts.functions) {
      const moved = (types: GoFunctionDeclaration["parameters"]): GoFunctionDeclaration["parameters"] =>
        types.map((named) => ({ ...named, type: here(named.type) }));
      this.#functions.set(name, { name, parameters: moved(parameters), results: moved(results) });
    }
  }

  /** The user's. Their listing has instances of generic functions of other packages, too; those are declared in files of these. */
  #known(): ReadonlySet<string> {
    const { listing, layouts } = this.#own;
    const { table } = this.#program;
    const isOwn = (name: string): boolean => {
      const [index] = table.find(name);
      return index !== undefined && layouts.declarations.has(table.file(index, 0) ?? "");
    };
    this.#ownPaths ??= new Set(["main", ...listing.index.names.filter(isOwn).map(packageOf)]);
    return this.#ownPaths;
  }

  #allPaths(): ReadonlySet<string> {
    const { table } = this.#program;
    this.#paths ??= new Set(Array.from({ length: table.count }, (_, at) => packageOf(table.name(definedIndex(at)))));
    return this.#paths;
  }
}
