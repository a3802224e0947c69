/** Listings of packages that are not the user's: made when somebody wants to stop in their lines. */
import type { Listing } from "#core/go/listing/go-lines.ts";
import { type GoCommand, type GoTarget, runGo } from "#go-build/command.ts";
import { ListingFile } from "#go-build/listing-file.ts";
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
    const args = ["list", "-export", "-f", "", ...flagsOf(path, flags), path];
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

/** The user's flags that hold for other packages than those named on the command line, with `-S` for this one. */
function flagsOf(path: string, user: readonly string[]): string[] {
  const flags: string[] = [];
  let compiler = "";
  for (let at = 0; at < user.length; at++) {
    const flag = user[at]!;
    const value = /^--?gcflags=(.*)$/s.exec(flag)?.[1] ?? (/^--?gcflags$/.test(flag) ? user[++at] : undefined);
    if (value === undefined) {
      flags.push(flag);
      continue;
    }
    const [, pattern, options] = /^([^-=][^=]*)=(.*)$/s.exec(value) ?? [];
    if (pattern !== undefined && matches(pattern, path)) compiler = options!;
  }
  return [...flags, `-gcflags=${path}=${compiler === "" ? "-S" : `${compiler} -S`}`];
}

/** As `go help packages` says, as far as patterns go by names. */
function matches(pattern: string, path: string): boolean {
  if (pattern === "all" || pattern === path) return true;
  if (pattern === "std") return !path.split("/")[0]!.includes(".");
  return pattern.endsWith("/...") && (path === pattern.slice(0, -4) || path.startsWith(pattern.slice(0, -3)));
}
