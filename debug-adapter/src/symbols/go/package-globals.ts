/** Variables of packages: the user's, those that these mention, and of other packages what somebody has asked for. */
import type { GoGlobal } from "#core/go/layouts/layouts.ts";
import { packageOf } from "#core/go/package-of.ts";
import { isPackage } from "../../expressions/go/types.ts";
import type { DescribedPackages } from "./described-packages.ts";
import type { GoProgram } from "./go-program.ts";

export class PackageGlobals {
  readonly #program: GoProgram;
  readonly #own: readonly GoGlobal[];
  readonly #packages: DescribedPackages;
  readonly #listPackage: (path: string) => Promise<void>;
  /** Packages whose variables are known, and where these are. */
  readonly #described = new Set<string>();
  readonly #addresses = new Map<string, ReadonlyMap<string, number>>();

  /** `listPackage`: resolves when the lines of a package are there, by which its code tells where its variables are. */
  constructor(program: GoProgram, own: readonly GoGlobal[], packages: DescribedPackages, listPackage: (path: string) => Promise<void>) {
    this.#program = program;
    this.#own = own;
    this.#packages = packages;
    this.#listPackage = listPackage;
  }

  all(): readonly GoGlobal[] {
    const { globals } = this.#packages;
    return globals.length === 0 ? this.#own : [...this.#own, ...globals];
  }

  /** Learns the variables of packages of this name or path; whether there were any to ask about. */
  async describe(packageName: string): Promise<boolean> {
    const paths = this.#packages.paths.filter((path) => isPackage(path, packageName) && !this.#described.has(path));
    await Promise.all(paths.flatMap((path) => [this.#packages.ensure(path), this.#listPackage(path)]));
    for (const path of paths) {
      this.#described.add(path);
      this.#addresses.delete(path);
    }
    return paths.length > 0;
  }

  /** Of a variable by its full name; `path`: package of the code that mentions it. */
  addressOf(fullName: string, path: string): number | undefined {
    return this.addressesOf(packageOf(fullName)).get(fullName) ?? this.addressesOf(path).get(fullName);
  }

  /** Linked addresses of what the functions of a package mention. */
  addressesOf(path: string): ReadonlyMap<string, number> {
    let found = this.#addresses.get(path);
    if (!found) {
      const { code, table } = this.#program;
      const functions = code.lines.listedFunctions().filter((index) => packageOf(table.name(index)) === path);
      found = new Map(functions.flatMap((index) => [...(code.lines.aligned(index)?.addresses ?? [])]));
      this.#addresses.set(path, found);
    }
    return found;
  }
}
