import { readFile, stat } from "node:fs/promises";
import { LaunchError } from "./launch-plan.ts";

/** The bytes of the file that `program` names. Rejects with {@link LaunchError} where there is no such file. */
export async function readProgramFile(path: string, signal: AbortSignal): Promise<Uint8Array> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new LaunchError(`"program" ${path} does not exist; build it first, or correct the path`);
  if (found.isDirectory()) {
    throw new LaunchError(
      `"program" ${path} is a folder; name a .wasm or .wat file (for a Go package, build it with GOOS=wasip1 GOARCH=wasm)`,
    );
  }
  try {
    return await readFile(path, { signal });
  } catch (error) {
    throw new LaunchError(`"program" ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
