/** Packages that are not the user's: listed when somebody wants to stop in their lines, described when somebody asks for what is in them. */
import type { Listing } from "#core/go/listing/go-lines.ts";
import { type GoCommand, type GoTarget, runGo } from "#go-build/command.ts";
import { withPackageFlags } from "#go-build/flags.ts";
import { ListingFile } from "#go-build/listing-file.ts";
import { readPackageVariables } from "#go-build/package-variables.ts";
import type { GoToolchain } from "#go-build/toolchain.ts";
import type { GoVariableSource } from "./go-build.ts";
import type { BuildListener } from "./launch-plan.ts";

export interface ListingRequest {
  readonly go: GoCommand;
  readonly target: GoTarget;
  /** Of `go build`. */
  readonly flags: readonly string[];
  readonly listener: BuildListener;
}

/**
 * The listing of one package, compiled as it was for the program; the go command keeps it. `undefined` where it does not compile, which the
 * user is told. Never rejects.
 */
export async function listPackage({ go, target, flags, listener }: ListingRequest, path: string): Promise<Listing | undefined> {
  const end = listener.begin(`Listing package ${path}`);
  const file = new ListingFile();
  go.signal.addEventListener("abort", () => file.close());
  try {
    const args = ["list", "-export", "-f", "", ...withPackageFlags(flags, path, "-S"), path];
    const { code } = await runGo(go, args, { target, onErrors: (chunk) => file.push(chunk) });
    if (code === 0) return file.finish();
    throw new Error(file.messages().split("\n")[0]);
  } catch (error) {
    file.close();
    if (!go.signal.aborted) listener.tell(`package ${path} has no lines: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  } finally {
    end();
  }
}

/** What {@link readPackageVariables} gives; `undefined` where it fails, which the user is told. Never rejects. */
export async function describePackage(
  { listener, ...request }: ListingRequest & { readonly toolchain: GoToolchain },
  path: string,
): Promise<GoVariableSource | undefined> {
  const end = listener.begin(`Reading package ${path}`);
  try {
    return await readPackageVariables(request, path);
  } catch (error) {
    if (!request.go.signal.aborted)
      listener.tell(
        `of package ${path} only what the program itself has can be shown: ${error instanceof Error ? error.message : String(error)}`,
      );
    return undefined;
  } finally {
    end();
  }
}
