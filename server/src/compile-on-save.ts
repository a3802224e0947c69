/** Asks the installed compiler about a package when one of its files is saved, and keeps what it said. */
import { inBackground } from "#platform";
import { readCompilerOutput } from "#core/go/compiler/output.ts";
import { joinPath, parentFolder, pathInside } from "#core/go/packages/paths.ts";
import { isTestFile, type BuildTarget } from "#core/go/source/build-constraints.ts";
import { CompiledPackage } from "./compiled-package.ts";
import type { GoCompiler } from "./go-compiler.ts";
import type { GoFiles } from "#go-check/files.ts";
import type { GoDocument } from "#go-check/go-document.ts";

/** How a package is to be compiled. */
export interface CompileOrder {
  readonly target: BuildTarget;
  readonly isReactor: boolean;
  /** The package is in a module. */
  readonly inModule: boolean;
}

export interface CompileOnSaveHost {
  /** Undefined where Go is not installed. */
  readonly compiler: GoCompiler | undefined;
  readonly disk: GoFiles;
  /** By the settings as they are now; undefined where the file's package is not to be compiled. */
  readonly orderFor: (uri: string, document: GoDocument) => Promise<CompileOrder | undefined>;
  /** Files on disk of the packages that the one in `folder` is built from. */
  readonly importedBy: (folder: string, target: BuildTarget, withTests: boolean) => readonly GoDocument[];
  /** Hears of the files, by path, about which the compiler says something else than before. */
  readonly changed: (paths: readonly string[]) => void;
  readonly log: (message: string) => void;
}

/** Saves that follow each other faster than this, in milliseconds, are taken together, as "Save All" makes them. */
const quiet = 50;

interface Save {
  readonly uri: string;
  readonly path: string;
}

/** One package is compiled at a time; a save ends what runs, which is then done again with the rest. */
export class CompileOnSave {
  readonly #host: CompileOnSaveHost;
  /** The last save in each folder whose package is to be compiled. */
  readonly #waiting = new Map<string, Save>();
  /** The last save in each folder whose package was compiled, or was not as things stood. */
  readonly #done = new Map<string, Save>();
  readonly #packages = new Map<string, CompiledPackage>();
  #running: { readonly save: Save; readonly stop: AbortController } | undefined;
  #cancelWait: (() => void) | undefined;
  #ended = false;

  constructor(host: CompileOnSaveHost) {
    this.#host = host;
  }

  /** A Go file was saved. */
  saved(uri: string, path: string): void {
    if (this.#host.compiler === undefined || this.#ended) return;
    const running = this.#running;
    if (running !== undefined) {
      running.stop.abort();
      this.#await(running.save);
    }
    // What the compiler said of those that import it may have been about this very file.
    const folder = parentFolder(path);
    for (const [other, compiled] of this.#packages) if (compiled.imports(folder)) this.#await(this.#done.get(other)!);
    this.#await({ uri, path });
    this.#soon();
  }

  /** Something that all packages in and below `folder` depend on was saved, such as `go.mod`: those that were compiled are compiled again. */
  savedAround(folder: string): void {
    for (const { uri, path } of this.#done.values()) if (pathInside(folder, path) !== undefined) this.saved(uri, path);
  }

  /** What was said may not hold for the settings as they are now. */
  settingsChanged(): void {
    for (const { uri, path } of this.#done.values()) this.saved(uri, path);
  }

  /** What the compiler said that touches a file, by path. */
  about(path: string): readonly CompiledPackage[] {
    return [...this.#packages.values()].filter((compiled) => compiled.folders.has(parentFolder(path)));
  }

  end(): void {
    this.#ended = true;
    this.#cancelWait?.();
    this.#running?.stop.abort();
  }

  /** What waits longest comes last: the file that was just saved is the one that is looked at. */
  #await(save: Save): void {
    const folder = parentFolder(save.path);
    this.#waiting.delete(folder);
    this.#waiting.set(folder, save);
  }

  #soon(): void {
    this.#cancelWait?.();
    this.#cancelWait = inBackground(() => void this.#next(), quiet);
  }

  /** Never rejects. */
  async #next(): Promise<void> {
    // What was told to stop has not ended yet; its end leads here again.
    if (this.#running !== undefined) return;
    const last = [...this.#waiting].pop();
    if (last === undefined) return;
    const [folder, save] = last;
    this.#waiting.delete(folder);
    const stop = new AbortController();
    this.#running = { save, stop };
    try {
      const before = this.#texts(folder);
      const compiled = await this.#compile(folder, save, stop.signal);
      if (!stop.signal.aborted) {
        // What git or a generator writes meanwhile nobody saves: the compiler may have seen either text.
        if (sameTexts(before, this.#texts(folder))) this.#keep(folder, save, compiled);
        else this.#await(save);
      }
    } catch (error) {
      this.#host.log(`the Go compiler could not be asked about ${folder}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.#running = undefined;
    }
    if (this.#waiting.size > 0 && !this.#ended) this.#soon();
  }

  async #compile(folder: string, { uri, path }: Save, signal: AbortSignal): Promise<CompiledPackage | undefined> {
    const { compiler, disk, orderFor } = this.#host;
    const document = disk.document(path, 0);
    const order = document === undefined ? undefined : await orderFor(uri, document);
    if (compiler === undefined || document === undefined || order === undefined) return undefined;
    const { target, isReactor, inModule } = order;
    const withTests = isTestFile(path) || this.#packages.get(folder)?.hasTestMessages === true;
    const outcome = await compiler.compile(
      {
        folder,
        goos: target.goos,
        goarch: target.goarch,
        tags: target.tags ?? [],
        isReactor: isReactor && !withTests,
        withTests,
        file: inModule ? undefined : path,
      },
      signal,
    );
    if (outcome === undefined) return undefined;
    const imported = this.#host.importedBy(folder, target, withTests);
    return CompiledPackage.of(folder, document, readCompilerOutput(outcome.output, outcome.status), { withTests, disk, imported });
  }

  /** Of the Go files on disk, by path. */
  #texts(folder: string): ReadonlyMap<string, string> {
    const { disk } = this.#host;
    const paths = (disk.files(folder, 0) ?? []).filter((name) => name.endsWith(".go")).map((name) => joinPath(folder, name));
    return new Map(paths.map((path) => [path, disk.document(path, 0)?.text ?? ""]));
  }

  #keep(folder: string, save: Save, compiled: CompiledPackage | undefined): void {
    const touched = new Set(this.#packages.get(folder)?.paths);
    this.#done.set(folder, save);
    if (compiled === undefined) this.#packages.delete(folder);
    else {
      // What the build of another package has said about these files is older.
      for (const [other, before] of this.#packages) {
        if (other === folder || !before.folders.has(folder)) continue;
        for (const path of before.paths) if (parentFolder(path) === folder) touched.add(path);
        this.#packages.set(other, before.without(folder));
      }
      this.#packages.set(folder, compiled);
      // Even where it says nothing it may refute what we say.
      for (const path of [save.path, ...compiled.paths, ...compiled.files]) touched.add(path);
    }
    this.#host.changed([...touched]);
  }
}

function sameTexts(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
}
