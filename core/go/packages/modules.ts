/** The modules that a folder is built with: its own, those of its workspace, what replaces others, and what is vendored. */
import type { GoEnvironment } from "./environment.ts";
import type { GoFileSystem } from "./file-system.ts";
import { readModuleFile, type ModuleFile, type Replacement } from "./module-file.ts";
import { foldersUpward, joinPath, parentFolder } from "./paths.ts";
import { vendoredPackages } from "./vendor-list.ts";

/** A module whose source stands in the workspace. */
export interface MainModule {
  readonly path: string;
  readonly folder: string;
  readonly file: ModuleFile;
}

export interface Modules {
  /** The module of the folder itself first. */
  readonly mains: readonly MainModule[];
  /** In the order in which they win; `base` is the folder that relative ones start from. */
  readonly replaces: readonly { readonly replacement: Replacement; readonly base: string }[];
  /** Where there is one, packages of other modules come from there alone. */
  readonly vendor: { readonly folder: string; readonly packages: ReadonlySet<string> } | undefined;
}

/** Undefined outside of a module. */
export function findModules(folder: string, files: GoFileSystem, environment: GoEnvironment): Modules | undefined {
  const own = moduleAbove(folder, files);
  if (own === undefined) return undefined;
  const work = workAbove(folder, files, environment);
  const used = work?.file.uses.map((use) => moduleIn(joinPath(work.folder, use), files)).filter((found) => found !== undefined) ?? [];
  // A workspace that does not use the module cannot build it: it is then taken alone.
  const inWork = work !== undefined && used.some((module) => module.folder === own.folder);
  const mains = inWork ? [own, ...used.filter((module) => module.folder !== own.folder)] : [own];
  return {
    mains,
    replaces: [...(inWork ? replacesOf(work.file, work.folder) : []), ...mains.flatMap((module) => replacesOf(module.file, module.folder))],
    vendor: vendorOf(inWork ? work.folder : own.folder, inWork ? work.file : own.file, inWork ? 22 : 14, files, environment),
  };
}

function replacesOf({ replaces }: ModuleFile, base: string): Modules["replaces"] {
  return replaces.map((replacement) => ({ replacement, base }));
}

function moduleAbove(folder: string, files: GoFileSystem): MainModule | undefined {
  for (const above of foldersUpward(folder)) {
    const module = moduleIn(above, files);
    if (module !== undefined) return module;
  }
  return undefined;
}

function moduleIn(folder: string, files: GoFileSystem): MainModule | undefined {
  const text = files.readText(joinPath(folder, "go.mod"));
  if (text === undefined) return undefined;
  const file = moduleFileOf(text);
  return { path: file.module ?? "", folder, file };
}

function workAbove(
  folder: string,
  files: GoFileSystem,
  { work }: GoEnvironment,
): { readonly folder: string; readonly file: ModuleFile } | undefined {
  if (work === "off") return undefined;
  const places = work === undefined ? [...foldersUpward(folder)].map((above) => joinPath(above, "go.work")) : [work];
  for (const place of places) {
    const text = files.readText(place);
    if (text !== undefined) return { folder: parentFolder(place), file: moduleFileOf(text) };
  }
  return undefined;
}

/** The go command uses a vendor folder unasked from a certain `go` line on (Go Modules Reference, "Vendoring"). */
function vendorOf(folder: string, file: ModuleFile, sinceMinor: number, files: GoFileSystem, { mod }: GoEnvironment): Modules["vendor"] {
  if (mod !== undefined && mod !== "vendor") return undefined;
  if (mod === undefined && (minorOf(file.go) ?? 0) < sinceMinor) return undefined;
  const list = files.readText(joinPath(folder, "vendor/modules.txt"));
  return list === undefined ? undefined : { folder: joinPath(folder, "vendor"), packages: vendoredPackages(list) };
}

/** The minor version of a `go` or `toolchain` line, or of a toolchain's name. */
export function minorOf(version: string | undefined): number | undefined {
  const match = /^(?:go)?1\.(\d+)/u.exec(version ?? "");
  return match === null ? undefined : Number(match[1]);
}

/** The last texts that were read: a `go.mod` is looked at on every keystroke, and hardly ever changes. */
const read = new Map<string, ModuleFile>();
const maximalRead = 100;

function moduleFileOf(text: string): ModuleFile {
  let file = read.get(text);
  if (file !== undefined) return file;
  if (read.size >= maximalRead) read.clear();
  file = readModuleFile(text);
  read.set(text, file);
  return file;
}
