/** Lines of packages that were not listed with the program, such as those of the standard library. */
import { setTimeout } from "node:timers/promises";
import type { DefinedIndex } from "#core/go/binary/program-counter.ts";
import { packageOf } from "#core/go/package-of.ts";
import type { GoBuild } from "../../launch/go-build.ts";
import type { GoProgram } from "./go-program.ts";

export class PackageLines {
  readonly #program: GoProgram;
  readonly #build: GoBuild | undefined;
  /** By import path. */
  readonly #asked = new Map<string, Promise<void>>();

  constructor(program: GoProgram, build: GoBuild | undefined) {
    this.#program = program;
    this.#build = build;
  }

  /** Resolves when the lines of a file of the program are there, as far as they can be had. */
  async ensure(file: string): Promise<void> {
    const path = this.#unlisted(file);
    if (path !== undefined) await this.#ask(path);
  }

  /** As {@link ensure}, for the packages of functions, but not of the runtime's own; resolves after `limit` milliseconds at the latest. */
  async ensureFunctions(functions: readonly DefinedIndex[], limit: number): Promise<void> {
    const { table, code } = this.#program;
    const unlisted = functions.filter((index) => table.name(index).includes(".") && !code.lines.isListed(index));
    const paths = new Set(unlisted.map((index) => packageOf(table.name(index))));
    const asked = [...paths].filter(canBeListed).map((path) => this.#ask(path));
    if (asked.length === 0) return;
    const timer = new AbortController();
    const late = setTimeout(limit, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([Promise.all(asked), late]);
    timer.abort();
  }

  async #ask(path: string): Promise<void> {
    let asked = this.#asked.get(path);
    if (!asked) this.#asked.set(path, (asked = this.#add(path)));
    await asked;
  }

  async #add(path: string): Promise<void> {
    const listing = await this.#build?.listPackage?.(path);
    if (listing) this.#program.code.lines.add(listing);
  }

  /** The package of a file, where no function of the file is in a listing. */
  #unlisted(file: string): string | undefined {
    const { table, code } = this.#program;
    const functions = table.functionsOf(file).filter((index) => table.file(index, 0) === file);
    if (functions.length === 0 || functions.some((index) => code.lines.isListed(index))) return undefined;
    return packageOf(table.name(functions[0]!));
  }
}

/** Not the runtime, which nobody steps into and whose listing takes half a minute, nor what the linker and assembly files have made. */
function canBeListed(path: string): boolean {
  const isRuntime = /^(?:internal\/)?runtime(?:\/internal\/.*)?$|^internal\/runtime\//.test(path);
  return path !== "main" && !isRuntime && /^[\w.~/-]+$/.test(path);
}
