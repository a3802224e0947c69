/** Go modules that were built elsewhere: what the installed toolchain still tells of them. */
import { dirname } from "node:path";
import { goVersion, isGoModule } from "#core/go/binary/go-module.ts";
import { readModule } from "#core/wasm/module.ts";
import type { GoBuild, LayoutsAnswer } from "./go-build.ts";
import { findGo, type GoCommand } from "./go-command.ts";
import { answeredLayouts } from "./go-layouts.ts";
import { readToolchain } from "./go-toolchain.ts";
import type { BuildContext } from "./launch-plan.ts";

/** `undefined` for modules of other compilers. */
export function goBuildOf(bytes: Uint8Array, context: BuildContext): GoBuild | undefined {
  const { module } = readModule(bytes);
  if (!isGoModule(module)) return undefined;
  return { listings: [], runtime: runtimeOf(goVersion(module), context), variables: Promise.resolve(undefined) };
}

/** The runtime's types are those of a version: with another one they would be read wrongly. */
async function runtimeOf(builtBy: string | undefined, { path, signal }: BuildContext): Promise<LayoutsAnswer> {
  try {
    const env = { ...process.env, GOTOOLCHAIN: "local", GOWORK: "off", GOFLAGS: "" };
    const command: GoCommand = { executable: await findGo(env), folder: dirname(path), env, signal };
    const toolchain = await readToolchain(command);
    if (builtBy === toolchain.version) return await answeredLayouts(command, toolchain);
    return { problem: `the module was built by ${builtBy ?? "an unknown version of Go"}, and ${toolchain.version} is installed` };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
