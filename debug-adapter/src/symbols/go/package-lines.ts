/** Lines of packages that were not listed with the program, such as those of the standard library. */
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
    if (path === undefined) return;
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
