/** What a debugger wants to know of a package that is not the user's: its functions, its variables, and what its closures have captured. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { GoVariableSource } from "./answers.ts";
import { type GoCommand, type GoTarget, runGo } from "./command.ts";
import { withPackageFlags } from "./flags.ts";
import { listFormat, programLayouts } from "./layouts.ts";
import { ListingFile } from "./listing-file.ts";
import { inOwnFolder } from "./own-folder.ts";
import type { GoToolchain } from "./toolchain.ts";
import { UserError } from "./user-error.ts";
import { typeNames, variableFlags } from "./variables.ts";

export interface PackageVariablesRequest {
  readonly go: GoCommand;
  readonly toolchain: GoToolchain;
  readonly target: GoTarget;
  /** Of `go build`. */
  readonly flags: readonly string[];
}

/**
 * `path`: its import path. It is compiled without optimisation, as optimised code has lost most of its variables: where these are in frames
 * of the program does not follow, but where parameters are, which lie on the stack either way, and what is in closures. Rejects with
 * {@link UserError}. The listing is closed when the launch is aborted.
 */
export async function readPackageVariables(request: PackageVariablesRequest, path: string): Promise<GoVariableSource> {
  // Some compilers crash when they describe variables; what closures capture is then not known, but all else.
  return (await read(request, path, `-N -l ${variableFlags}`)) ?? (await read(request, path, "")) ?? (await fail(request, path));
}

/** `undefined`: the compiler fails. */
function read(
  { go, toolchain, target, flags }: PackageVariablesRequest,
  path: string,
  ours: string,
): Promise<GoVariableSource | undefined> {
  return inOwnFolder(async (folder) => {
    const listingFile = new ListingFile();
    go.signal.addEventListener("abort", () => listingFile.close());
    try {
      const args = ["list", "-deps", "-export", listFormat, ...withPackageFlags(flags, path, ours), path];
      const list = await runGo(go, args, { target, onErrors: (chunk) => listingFile.push(chunk) });
      if (list.code !== 0) {
        listingFile.close();
        return undefined;
      }
      const listing = listingFile.finish();
      const names = join(folder, "names.txt");
      await writeFile(names, typeNames(listing).join("\n"));
      return { listing, layouts: await programLayouts(go, toolchain, list.output, names, ["standard", "changes"]) };
    } catch (error) {
      listingFile.close();
      throw error;
    }
  });
}

async function fail({ go, target, flags }: PackageVariablesRequest, path: string): Promise<never> {
  const { errors } = await runGo(go, ["list", "-export", "-f", "", ...flags, path], { target });
  throw new UserError(errors.split("\n").slice(0, 3).join(" "));
}
