/** Listings of the packages of a module that was built elsewhere: from the same sources the compiler makes the same bytes, which proves them. */
import { stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative } from "node:path";
import type { Listing } from "#core/go/listing/go-lines.ts";
import type { InstalledGo } from "#go-build/built-by.ts";
import type { GoTarget } from "#go-build/command.ts";
import { listPackage } from "./go-package-listing.ts";
import type { BuildContext } from "./launch-plan.ts";

/** What the compiler may have been told: nothing, or what a debugger asks for. */
const compilerFlags = ["", "-N -l"];

/**
 * Lists the package of `file`, a name of the function table, with the Go that built the module: one of the standard library, or one in a
 * folder that the user works in. A module may name any folder, and what is compiled in a folder is up to the folder.
 */
export async function listElsewhere(
  { command, toolchain }: InstalledGo,
  target: GoTarget,
  { given, path, listener }: BuildContext,
  { name, file }: { readonly name: string; readonly file: string },
): Promise<readonly Listing[]> {
  if (isInside(join(toolchain.root, "src"), file)) {
    const listing = await listPackage({ go: command, target, flags: [], listener }, name);
    return listing ? [listing] : [];
  }
  const folder = dirname(file);
  const known = [...(given.workspaceFolders ?? []), ...(given.cwd === undefined ? [] : [given.cwd]), dirname(path)];
  if (!isAbsolute(file) || !known.some((own) => isInside(own, folder)) || !(await stat(file).catch(() => undefined))) return [];
  // The folder's own workspace and the user's flags decide what is compiled there; the version does not.
  const { GOWORK, GOFLAGS } = process.env;
  const env = { ...command.env, GOWORK, GOFLAGS };
  const go = { ...command, folder, env };
  const found: Listing[] = [];
  for (const flags of compilerFlags) {
    const listing = await listPackage({ go, target, flags: flags === "" ? [] : [`-gcflags=.=${flags}`], listener }, ".");
    if (!listing) break;
    found.push(listing);
  }
  return found;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!isAbsolute(way) && !/^\.\.(?:[\\/]|$)/.test(way));
}
