/** Which version of each module the workspace is built with (Go Modules Reference, "Minimal version selection"). */
import type { GoEnvironment } from "./environment.ts";
import type { GoFileSystem } from "./file-system.ts";
import { cachedModuleFile, cachedModuleFolder } from "./module-cache.ts";
import { readModuleFile, type ModuleFile, type ModuleVersion } from "./module-file.ts";
import { minorOf, type Modules } from "./modules.ts";
import { isAbsolutePath, joinPath } from "./paths.ts";
import { compareVersions } from "./versions.ts";

/** From this `go` line on a `go.mod` names every module that its packages need. */
const completeSince = 17;
/** A graph of modules that is larger than this is not followed further. */
const maximalFiles = 1000;

export interface SelectedModule {
  readonly path: string;
  /** The folder with its files, which need not exist. */
  readonly folder: string;
}

/** Every module that packages can come from besides the main ones, those with longer paths first. */
export function selectModules(modules: Modules, files: GoFileSystem, environment: GoEnvironment): SelectedModule[] {
  const versions = new Map<string, string>();
  // A replaced module may be used without being required: the go command would add the requirement.
  for (const { replacement } of modules.replaces) versions.set(replacement.path, replacement.version ?? "");
  const queue: ModuleVersion[] = [];
  const raise = (required: ModuleVersion): void => {
    const before = versions.get(required.path);
    if (before !== undefined && compareVersions(required.version, before) <= 0) return;
    versions.set(required.path, required.version);
    queue.push(required);
  };
  for (const { file } of modules.mains) file.requires.forEach(raise);
  const isComplete = modules.mains.every(({ file }) => (minorOf(file.go) ?? 0) >= completeSince);
  const limit = isComplete ? 0 : maximalFiles;
  for (let index = 0; index < Math.min(queue.length, limit); index++)
    requirementsOf(queue[index]!, modules, files, environment)?.requires.forEach(raise);
  return [...versions]
    .map(([path, version]) => placeOf({ path, version }, modules, environment))
    .filter((selected) => selected !== undefined)
    .sort((a, b) => b.path.length - a.path.length);
}

function placeOf({ path, version }: ModuleVersion, modules: Modules, environment: GoEnvironment): SelectedModule | undefined {
  const replaced = replacementFor({ path, version }, modules);
  if (replaced?.folder !== undefined) return { path, folder: replaced.folder };
  const from = replaced?.module ?? { path, version };
  if (environment.moduleCache === undefined) return undefined;
  return { path, folder: cachedModuleFolder(environment.moduleCache, from.path, from.version) };
}

function requirementsOf(
  required: ModuleVersion,
  modules: Modules,
  files: GoFileSystem,
  environment: GoEnvironment,
): ModuleFile | undefined {
  const replaced = replacementFor(required, modules);
  const from = replaced?.module ?? required;
  const cached = environment.moduleCache === undefined ? undefined : cachedModuleFile(environment.moduleCache, from.path, from.version);
  const path = replaced?.folder === undefined ? cached : joinPath(replaced.folder, "go.mod");
  const text = path === undefined ? undefined : files.readText(path);
  return text === undefined ? undefined : readModuleFile(text);
}

/** A replacement of this very version wins over one of all versions. */
function replacementFor(
  { path, version }: ModuleVersion,
  { replaces }: Modules,
): { readonly folder?: string; readonly module?: ModuleVersion } | undefined {
  const ofPath = replaces.filter(({ replacement }) => replacement.path === path);
  const found =
    ofPath.find(({ replacement }) => replacement.version === version) ??
    ofPath.find(({ replacement }) => replacement.version === undefined);
  if (found === undefined) return undefined;
  const { to, toVersion } = found.replacement;
  if (toVersion !== undefined) return { module: { path: to, version: toVersion } };
  const isFolder = isAbsolutePath(to) || /^\.\.?(?:\/|$)/u.test(to);
  return isFolder ? { folder: joinPath(found.base, to) } : undefined;
}
