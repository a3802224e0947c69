/** Finds the folder of an imported package, in the order of the go command (cmd/go/internal/modload/import.go). */
import { selectModules, type SelectedModule } from "./build-list.ts";
import type { GoEnvironment } from "./environment.ts";
import type { GoFileSystem } from "./file-system.ts";
import { findModules, type Modules } from "./modules.ts";
import { joinPath, parentFolder, pathInside } from "./paths.ts";

/** Where a package comes from: `workspace` is what the user writes, `replaced` is another module's folder on this machine. */
export type PackageOrigin = "standard" | "workspace" | "replaced" | "vendor" | "cache";

export interface FoundPackage {
  readonly folder: string;
  readonly origin: PackageOrigin;
}

/** Answers for the files of one folder; what it has found holds as long as no file changes, so it is made anew for each check. */
export class PackageFinder {
  /** Undefined outside of a module: then only the standard library is known. */
  readonly modules: Modules | undefined;
  readonly #files: GoFileSystem;
  readonly #environment: GoEnvironment;
  readonly #found = new Map<string, FoundPackage | undefined>();
  readonly #standardSource: string | undefined;
  #selected: readonly SelectedModule[] | undefined;

  constructor(folder: string, files: GoFileSystem, environment: GoEnvironment) {
    this.modules = findModules(folder, files, environment);
    this.#files = files;
    this.#environment = environment;
    this.#standardSource = environment.root === undefined ? undefined : joinPath(environment.root, "src");
  }

  /** `importer` is the path of the file that imports it: the standard library has a vendor folder of its own. */
  find(importPath: string, importer: string): FoundPackage | undefined {
    const source = this.#standardSource;
    const fromStandard = source !== undefined && pathInside(source, importer) !== undefined;
    const key = `${fromStandard ? "standard" : ""} ${importPath}`;
    if (!this.#found.has(key)) this.#found.set(key, this.#find(importPath, fromStandard));
    return this.#found.get(key);
  }

  /** As {@link find}, for what is written on this machine alone: neither the standard library nor the module cache is touched. */
  findWritten(importPath: string): FoundPackage | undefined {
    const key = `written ${importPath}`;
    if (!this.#found.has(key))
      this.#found.set(key, isClean(importPath) ? (this.#inMains(importPath) ?? this.#inReplaced(importPath)) : undefined);
    return this.#found.get(key);
  }

  /** The import path of the package in a folder of the workspace; undefined outside of modules. */
  importPathOf(folder: string): string | undefined {
    const own = this.modules?.mains.find((module) => pathInside(module.folder, folder) !== undefined);
    if (own === undefined || own.path === "") return undefined;
    const inside = pathInside(own.folder, folder)!;
    const vendored = /(?:^|\/)vendor\/(.+)$/u.exec(inside)?.[1];
    if (vendored !== undefined) return vendored;
    // The standard library's own module is called `std`, which import paths leave out.
    if (own.path === "std") return inside;
    return inside === "" ? own.path : `${own.path}/${inside}`;
  }

  #find(importPath: string, fromStandard: boolean): FoundPackage | undefined {
    if (!isClean(importPath)) return undefined;
    return this.#inStandard(importPath, fromStandard) ?? this.#inMains(importPath) ?? this.#inOthers(importPath);
  }

  #inStandard(importPath: string, fromStandard: boolean): FoundPackage | undefined {
    const source = this.#standardSource;
    if (source === undefined) return undefined;
    if (fromStandard) {
      const vendored = this.#packageIn(joinPath(source, "vendor", importPath), "standard");
      if (vendored !== undefined) return vendored;
    }
    // The first part of every other import path has a dot (cmd/go `search.IsStandardImportPath`), but for modules without a home.
    return importPath.split("/", 1)[0]!.includes(".") ? undefined : this.#packageIn(joinPath(source, importPath), "standard");
  }

  #inMains(importPath: string): FoundPackage | undefined {
    const inModule = (this.modules?.mains ?? []).filter(({ path }) => pathInside(path, importPath) !== undefined);
    inModule.sort((a, b) => b.path.length - a.path.length);
    for (const { path, folder } of inModule) {
      const found = this.#packageInModule(folder, pathInside(path, importPath)!, "workspace");
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #inOthers(importPath: string): FoundPackage | undefined {
    if (this.modules === undefined) return undefined;
    const { vendor } = this.modules;
    if (vendor !== undefined)
      return vendor.packages.has(importPath) ? this.#packageIn(joinPath(vendor.folder, importPath), "vendor") : undefined;
    return this.#inSelected(importPath, true);
  }

  #inReplaced(importPath: string): FoundPackage | undefined {
    return this.modules === undefined || this.modules.vendor !== undefined || this.modules.replaces.length === 0
      ? undefined
      : this.#inSelected(importPath, false);
  }

  #inSelected(importPath: string, withCache: boolean): FoundPackage | undefined {
    this.#selected ??= selectModules(this.modules!, this.#files, this.#environment);
    const cache = this.#environment.moduleCache;
    for (const { path, folder } of this.#selected) {
      const inside = pathInside(path, importPath);
      if (inside === undefined) continue;
      const isCached = cache !== undefined && pathInside(cache, folder) !== undefined;
      const found = isCached && !withCache ? undefined : this.#packageInModule(folder, inside, isCached ? "cache" : "replaced");
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A folder with a `go.mod` of its own, and what is below it, is of another module (cmd/go/internal/modload `dirInModule`). */
  #packageInModule(module: string, inside: string, origin: PackageOrigin): FoundPackage | undefined {
    const found = this.#packageIn(joinPath(module, inside), origin);
    if (found === undefined || origin === "cache") return found;
    for (let between = inside; between !== "" && between !== "."; between = parentFolder(between)) {
      if (this.#files.readText(joinPath(module, between, "go.mod")) !== undefined) return undefined;
    }
    return found;
  }

  #packageIn(folder: string, origin: PackageOrigin): FoundPackage | undefined {
    return this.#files.listFiles(folder)?.some((name) => name.endsWith(".go")) === true ? { folder, origin } : undefined;
  }
}

/** Any other path would lead out of the folder that it is looked up in. */
function isClean(importPath: string): boolean {
  return importPath.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
