/** The files on disk with the open documents in their place, as one check sees them. */
import type { GoFileSystem } from "#core/go/packages/file-system.ts";
import { joinPath, parentFolder } from "#core/go/packages/paths.ts";
import { belongsToTarget, isTestFile, nameBelongsToTarget, type BuildTarget } from "#core/go/source/build-constraints.ts";
import type { GoFiles } from "./files.ts";
import { isForeignFile } from "./diagnostics.ts";
import type { GoDocument } from "./go-document.ts";

export class GoView implements GoFileSystem {
  /** Folders that were asked for, so that a change in one of them may change the answer. */
  readonly consulted = new Set<string>();
  readonly #disk: GoFiles;
  readonly #open: ReadonlyMap<string, GoDocument>;
  readonly #openIn = new Map<string, string[]>();
  readonly #maximalAge: (path: string) => number;

  /** See {@link GoFiles} for `maximalAge`. */
  constructor(disk: GoFiles, open: readonly GoDocument[], maximalAge: (path: string) => number) {
    this.#disk = disk;
    this.#open = new Map(open.map((document) => [document.path, document]));
    this.#maximalAge = maximalAge;
    for (const { path } of open) {
      const folder = parentFolder(path);
      const names = this.#openIn.get(folder) ?? [];
      names.push(path.slice(path.lastIndexOf("/") + 1));
      this.#openIn.set(folder, names);
    }
  }

  readText(path: string): string | undefined {
    return this.document(path)?.text;
  }

  document(path: string): GoDocument | undefined {
    return this.#open.get(path) ?? this.#disk.document(path, this.#maximalAge(path));
  }

  listFiles(folder: string): readonly string[] | undefined {
    this.consulted.add(folder);
    const onDisk = this.#disk.files(folder, this.#maximalAge(folder));
    const open = this.#openIn.get(folder);
    if (open === undefined) return onDisk;
    return onDisk === undefined ? open : [...new Set([...onDisk, ...open])];
  }

  /** Folders right in `folder` that can hold packages of its module. */
  packageFolders(folder: string): string[] {
    const names = this.#disk
      .folders(folder, this.#maximalAge(folder))
      .filter((name) => !/^[._]|^(?:testdata|vendor|node_modules)$/u.test(name));
    const found = new Set(names.map((name) => joinPath(folder, name)));
    for (const open of this.#openIn.keys()) if (parentFolder(open) === folder && open !== folder) found.add(open);
    return [...found];
  }

  /** Files of a folder that the go command builds, those of other languages included. */
  documents(folder: string): GoDocument[] {
    return this.#named(folder, (name) => name.endsWith(".go") || isForeignFile(name));
  }

  /** Go files that can be for the target, judged by their names alone. */
  goDocuments(folder: string, target: BuildTarget, withTests: boolean): GoDocument[] {
    return this.#named(folder, (name) => name.endsWith(".go") && (withTests || !isTestFile(name)) && nameBelongsToTarget(name, target));
  }

  /** The name in the package clauses, tests aside. */
  packageName(folder: string, target: BuildTarget): string | undefined {
    for (const name of this.listFiles(folder) ?? []) {
      if (!name.endsWith(".go") || isTestFile(name) || !nameBelongsToTarget(name, target)) continue;
      const document = this.document(joinPath(folder, name));
      if (document === undefined || !belongsToTarget(document.path, document.text, target)) continue;
      const { packageName } = document.header;
      if (packageName !== "") return packageName;
    }
    return undefined;
  }

  #named(folder: string, wanted: (name: string) => boolean): GoDocument[] {
    const names = (this.listFiles(folder) ?? []).filter(wanted).sort();
    return names.map((name) => this.document(joinPath(folder, name))).filter((document) => document !== undefined);
  }
}
