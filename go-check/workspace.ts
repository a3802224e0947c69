/** What a Go document is checked with: the files of its package, of the packages that it imports, and of its program. */
import { PackageFinder } from "#core/go/packages/package-finder.ts";
import { minorOf } from "#core/go/packages/modules.ts";
import { joinPath, parentFolder, pathInside } from "#core/go/packages/paths.ts";
import { tagsOf, targetKey, type BuildTarget } from "#core/go/source/build-constraints.ts";
import { usualPackageName } from "#core/go/types/package.ts";
import type { GoInstallation } from "./environment.ts";
import type { GoFiles } from "./files.ts";
import type { GoHost } from "./host.ts";
import { noFiles } from "./no-files.ts";
import { GoProgram, importedDocuments } from "./program.ts";
import { GoView } from "./view.ts";
import type { GoCheckOptions } from "./diagnostics.ts";
import type { GoDocument } from "./go-document.ts";

/** What the settings say about checking Go. */
export interface GoCheckSettings {
  readonly target: GoCheckOptions["target"];
  /** "" for the version of the toolchain. */
  readonly goVersion: string;
  /** Build tags, separated by commas; "" for those of the environment. */
  readonly buildTags: string;
}

/** For how many milliseconds installed files are believed to be as they were. */
const installedAge = 10 * 60_000;
/** Packages that are remembered as they were handed over last. */
const maximalLists = 1000;

/** Remembers, for each checked document, which folders its diagnostics depend on. */
export class GoWorkspace {
  readonly #disk: GoFiles;
  readonly #installation: GoInstallation;
  readonly #host: GoHost;
  readonly #program: GoProgram;
  readonly #lists = new Map<string, readonly GoDocument[]>();
  readonly #consulted = new Map<string, ReadonlySet<string>>();

  /** `disk` is {@link noFiles} where no folder can be looked into. `changed` hears of documents whose last diagnostics were made from files that have changed on disk since. */
  constructor(disk: GoFiles, installation: GoInstallation, host: GoHost, changed: (uri: string) => void) {
    this.#disk = disk;
    this.#installation = installation;
    this.#host = host;
    this.#program = new GoProgram(installation, changed);
  }

  /** `open` are the documents of the editor that a package can consist of, `document` among them. */
  optionsFor(document: GoDocument, open: readonly GoDocument[], settings: GoCheckSettings): GoCheckOptions {
    // What is not on disk has no neighbours there.
    const disk = document.uri.startsWith("file:") ? this.#disk : noFiles;
    const view = new GoView(disk, open, (path) => (this.#isInstalled(path) ? installedAge : 0));
    const folder = parentFolder(document.path);
    const finder = new PackageFinder(folder, view, this.#installation);
    const folderOf = (importPath: string, importer: string): string | undefined =>
      finder.find(importPath, importer)?.folder ?? (finder.modules === undefined ? likelyFolder(importPath, folder, open) : undefined);
    const lists = new Map<string, readonly GoDocument[]>();
    this.#consulted.set(document.uri, view.consulted);
    const importPath = finder.importPathOf(folder);
    return {
      target: settings.target,
      goVersion: settings.goVersion || this.#goVersion(finder),
      tags: settings.buildTags === "" ? this.#installation.tags : tagsOf(settings.buildTags),
      siblings: view.documents(folder).filter((sibling) => sibling.path !== document.path),
      mayHaveForeignCode: this.#disk === noFiles,
      ...(importPath === undefined ? {} : { importPath }),
      imports: (path, importer, target, withTests) => {
        const found = folderOf(path, importer);
        if (found === undefined) return undefined;
        const key = `${found} ${targetKey(target)} ${withTests}`;
        let list = lists.get(key);
        if (list === undefined) lists.set(key, (list = this.#sameList(key, view.goDocuments(found, target, withTests))));
        return list;
      },
      packageName: (path, importer, target) => {
        // Packages of the standard library are called as their paths say, and there are many imports of them.
        if (!path.includes(".") && finder.modules?.mains.every((module) => !path.startsWith(module.path)) === true)
          return usualPackageName(path);
        const found = folderOf(path, importer);
        return found === undefined ? undefined : view.packageName(found, target);
      },
      program: (target) => this.#program.around({ disk, open, document, target, consult: (consulted) => view.consulted.add(consulted) }),
      host: this.#host,
    };
  }

  /** Whether the folder is in a module, by the files on disk. */
  hasModule(folder: string): boolean {
    return new PackageFinder(folder, new GoView(this.#disk, [], () => 0), this.#installation).modules !== undefined;
  }

  /** See {@link importedDocuments}. */
  importedBy(folder: string, target: BuildTarget, withTests: boolean): readonly GoDocument[] {
    return importedDocuments(folder, { disk: this.#disk, target, withTests }, this.#installation);
  }

  /** Whether the last diagnostics of `document` were made with files of that folder. */
  dependsOn(document: GoDocument, folder: string): boolean {
    return this.#consulted.get(document.uri)?.has(folder) === true;
  }

  /** Nothing that was read is believed to be as it was. */
  filesChanged(): void {
    this.#disk.recheck();
    this.#program.forget();
  }

  forget(uri: string): void {
    this.#consulted.delete(uri);
  }

  /** A newer toolchain is fetched by the go command where `go.mod` asks for one. */
  #goVersion({ modules }: PackageFinder): string {
    const installed = this.#installation.version;
    if (installed === undefined) return "";
    const asked = modules?.mains.flatMap(({ file }) => [file.go, file.toolchain]) ?? [];
    const minors = [installed, ...asked].map((version) => minorOf(version) ?? 0);
    return `1.${Math.max(...minors)}`;
  }

  /** The array before, where it holds the same: what was made of it can then be kept. */
  #sameList(key: string, documents: readonly GoDocument[]): readonly GoDocument[] {
    const before = this.#lists.get(key);
    if (before?.length === documents.length && before.every((document, index) => document === documents[index])) return before;
    if (this.#lists.size >= maximalLists) this.#lists.clear();
    this.#lists.set(key, documents);
    return documents;
  }

  /** The standard library and the module cache do not change under an editor's hands. */
  #isInstalled(path: string): boolean {
    const { root, moduleCache } = this.#installation;
    return [root, moduleCache].some((folder) => folder !== undefined && pathInside(folder, path) !== undefined);
  }
}

/**
 * Where no `go.mod` is known (files that exist in the editor alone), the open folder whose end is most like the import
 * path's, seen from the folders around the importing file.
 */
function likelyFolder(importPath: string, folder: string, open: readonly GoDocument[]): string | undefined {
  const folders = new Set(open.map(({ path }) => parentFolder(path)));
  const parts = importPath.split("/");
  for (let from = 1; from < parts.length; from++) {
    const tail = parts.slice(from).join("/");
    for (let around = folder; ; around = parentFolder(around)) {
      const candidate = joinPath(around, tail);
      if (candidate !== folder && folders.has(candidate)) return candidate;
      if (around === parentFolder(around) || !around.includes("/")) break;
    }
  }
  return undefined;
}
