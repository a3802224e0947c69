/** Lines of packages that were not listed with the program, such as those of the standard library. */
import { setTimeout } from "node:timers/promises";
import type { DefinedIndex } from "#core/go/binary/program-counter.ts";
import { packageOf } from "#core/go/package-of.ts";
import type { GoBuild, PackageOfFile } from "../../launch/go-build.ts";
import type { GoProgram } from "./go-program.ts";

export class PackageLines {
  readonly #program: GoProgram;
  readonly #build: GoBuild | undefined;
  /** By import path. */
  readonly #asked = new Map<string, Promise<void>>();
  #haveLines: boolean | undefined;

  constructor(program: GoProgram, build: GoBuild | undefined) {
    this.#program = program;
    this.#build = build;
  }

  /** Whether the packages that were asked for have all of theirs. */
  get haveLines(): boolean {
    return this.#haveLines ?? false;
  }

  /** Resolves when the lines of a file of the program are there, as far as they can be had. */
  async ensure(file: string): Promise<void> {
    const name = this.#unlisted(file);
    if (name !== undefined) await this.#ask({ name, file });
  }

  /** As {@link ensure}, for the packages of functions, but not of the runtime's own; resolves after `limit` milliseconds at the latest. */
  async ensureFunctions(functions: readonly DefinedIndex[], limit: number): Promise<void> {
    const { table, code } = this.#program;
    const unlisted = functions.filter((index) => table.name(index).includes(".") && !code.lines.isListed(index));
    const files = new Map(unlisted.map((index) => [packageOf(table.name(index)), table.file(index, 0)]));
    const asked = [...files].flatMap(([name, file]) => (file !== undefined && canBeListed(name) ? [this.#ask({ name, file })] : []));
    if (asked.length === 0) return;
    const timer = new AbortController();
    const late = setTimeout(limit, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([Promise.all(asked), late]);
    timer.abort();
  }

  async #ask(of: PackageOfFile): Promise<void> {
    let asked = this.#asked.get(of.name);
    if (!asked) this.#asked.set(of.name, (asked = this.#add(of)));
    await asked;
  }

  async #add(of: PackageOfFile): Promise<void> {
    const { table, code } = this.#program;
    for (const listing of (await this.#build?.listPackage?.(of)) ?? []) code.lines.add(listing);
    const listed = table.functionsOf(of.file).filter((index) => code.lines.isListed(index));
    const verified = listed.filter((index) => code.lines.aligned(index) !== undefined);
    if (listed.length > 0) this.#haveLines = (this.#haveLines ?? true) && verified.length === listed.length;
  }

  /** The package of a file, where no function of the file has lines or is in a listing. */
  #unlisted(file: string): string | undefined {
    const { table } = this.#program;
    const functions = table.functionsOf(file).filter((index) => table.file(index, 0) === file);
    if (functions.length === 0 || functions.some((index) => this.#isKnown(index))) return undefined;
    return packageOf(table.name(functions[0]!));
  }

  #isKnown(index: DefinedIndex): boolean {
    const { lines } = this.#program.code;
    return lines.isListed(index) || lines.aligned(index) !== undefined;
  }
}

/** Not the runtime, which nobody steps into and whose listing takes half a minute, nor what the linker and assembly files have made. */
function canBeListed(path: string): boolean {
  const isRuntime = /^(?:internal\/)?runtime(?:\/internal\/.*)?$|^internal\/runtime\//.test(path);
  return path !== "main" && !isRuntime && /^[\w.~/-]+$/.test(path);
}
