/** The Go that a module was built by, for what only that version knows of it. Modules come from anywhere: nothing is downloaded for one, and no folder says what is run. */
import { findGo, type GoCommand } from "./command.ts";
import { helperSource } from "./layouts.ts";
import { type GoToolchain, readToolchain } from "./toolchain.ts";

export interface InstalledGo {
  readonly command: GoCommand;
  readonly toolchain: GoToolchain;
}

/** Versions that `GOTOOLCHAIN` takes; others, such as those built from a working copy, are what is installed or nothing. */
const released = /^go1\.\d+(?:\.\d+)?(?:(?:rc|beta)\d+)?$/;

/** The installed Go. Rejects with `UserError` where there is none, or one that is too old. */
export async function installedGo(signal: AbortSignal): Promise<InstalledGo> {
  // A proxy that is off leaves what was downloaded before.
  const env = { ...process.env, GOTOOLCHAIN: "local", GOPROXY: "off", GOWORK: "off", GOFLAGS: "" };
  const command: GoCommand = { executable: await findGo(env), folder: helperSource(), env, signal };
  return { command, toolchain: await readToolchain(command) };
}

/**
 * That of `version`: the installed one, else one that the go command has downloaded before for another purpose. `undefined` where neither
 * is. `installed`: as {@link installedGo} gave it.
 */
export async function goOfVersion(installed: InstalledGo, version: string): Promise<InstalledGo | undefined> {
  if (installed.toolchain.version === version) return installed;
  if (!released.test(version)) return undefined;
  const command = { ...installed.command, env: { ...installed.command.env, GOTOOLCHAIN: version } };
  const toolchain = await readToolchain(command).catch(() => undefined);
  return toolchain?.version === version ? { command, toolchain } : undefined;
}
