/** Go modules that were built elsewhere: what the installed toolchain still tells of them. */
import { dirname } from "node:path";
import { goVersion, isGoModule } from "#core/go/binary/go-module.ts";
import { parsedModule } from "../symbols/parsed-module.ts";
import type { GoBuild, LayoutsAnswer } from "./go-build.ts";
import { findGo, type GoCommand, type GoTarget } from "#go-build/command.ts";
import { answeredLayouts } from "#go-build/layouts.ts";
import { scriptBeside, supportScript } from "./go-support.ts";
import { type GoToolchain, readToolchain } from "#go-build/toolchain.ts";
import type { BuildContext } from "./launch-plan.ts";

export interface GoElsewhere {
  readonly go: GoBuild;
  /** The `wasm_exec.js` that runs it, where it was built for `GOOS=js` and there is one. */
  readonly goSupport?: string;
}

interface Installed {
  readonly command: GoCommand;
  readonly toolchain: GoToolchain;
}

/** `undefined` for modules of other compilers. */
export async function goBuiltElsewhere(bytes: Uint8Array, context: BuildContext): Promise<GoElsewhere | undefined> {
  const { module } = parsedModule(bytes);
  if (!isGoModule(module)) return undefined;
  const target = module.imports.some((entry) => entry.module === "gojs") ? "js" : "wasip1";
  const builtBy = goVersion(module);
  const installed = readInstalled(context);
  const go = { listings: [], runtime: runtimeOf(builtBy, target, installed), variables: Promise.resolve(undefined) };
  const goSupport = target === "js" ? await supportOf(context.path, builtBy, installed) : undefined;
  return { go, ...(goSupport === undefined ? {} : { goSupport }) };
}

/** The reason, where there is none. */
async function readInstalled({ path, signal }: BuildContext): Promise<Installed | { readonly problem: string }> {
  try {
    const env = { ...process.env, GOTOOLCHAIN: "local", GOWORK: "off", GOFLAGS: "" };
    const command: GoCommand = { executable: await findGo(env), folder: dirname(path), env, signal };
    return { command, toolchain: await readToolchain(command) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The runtime's types are those of a version: with another one they would be read wrongly. */
async function runtimeOf(builtBy: string | undefined, target: GoTarget, asked: ReturnType<typeof readInstalled>): Promise<LayoutsAnswer> {
  const installed = await asked;
  if ("problem" in installed) return installed;
  const { command, toolchain } = installed;
  if (builtBy === toolchain.version) return answeredLayouts(command, toolchain, target);
  return { problem: `the module was built by ${builtBy ?? "an unknown version of Go"}, and ${toolchain.version} is installed` };
}

/** That of the same version, else the one that its author has put beside it, else the one that is there: they differ little. */
async function supportOf(path: string, builtBy: string | undefined, asked: ReturnType<typeof readInstalled>): Promise<string | undefined> {
  const installed = await asked;
  const ours =
    "problem" in installed
      ? undefined
      : { version: installed.toolchain.version, script: await supportScript(installed.toolchain.root).catch(() => undefined) };
  if (ours?.version === builtBy && ours?.script !== undefined) return ours.script;
  return (await scriptBeside(path)) ?? ours?.script;
}
