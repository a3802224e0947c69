/** Go modules that were built elsewhere: what the installed toolchain still tells of them. */
import { goVersion, isGoModule } from "#core/go/binary/go-module.ts";
import { parsedModule } from "../symbols/parsed-module.ts";
import type { GoBuild, LayoutsAnswer } from "./go-build.ts";
import { goOfVersion, installedGo, type InstalledGo } from "#go-build/built-by.ts";
import type { GoTarget } from "#go-build/command.ts";
import { answeredLayouts } from "#go-build/layouts.ts";
import { listElsewhere } from "./go-listing-elsewhere.ts";
import { scriptBeside, supportScript } from "./go-support.ts";
import type { BuildContext } from "./launch-plan.ts";

export interface GoElsewhere {
  readonly go: GoBuild;
  /** The `wasm_exec.js` that runs it, where it was built for `GOOS=js` and there is one. */
  readonly goSupport?: string;
}

/** `undefined` for modules of other compilers. */
export async function goBuiltElsewhere(bytes: Uint8Array, context: BuildContext): Promise<GoElsewhere | undefined> {
  const { module } = parsedModule(bytes);
  if (!isGoModule(module)) return undefined;
  const target = module.imports.some((entry) => entry.module === "gojs") ? "js" : "wasip1";
  const builtBy = goVersion(module);
  const installed = readInstalled(context);
  const same = installed.then((found) => ("problem" in found || builtBy === undefined ? undefined : goOfVersion(found, builtBy)));
  const go: GoBuild = {
    listings: [],
    runtime: runtimeOf(builtBy, target, installed, same),
    variables: Promise.resolve(undefined),
    listPackage: async (asked) => {
      const found = await same;
      return found ? listElsewhere(found, target, context, asked) : [];
    },
  };
  const goSupport = target === "js" ? await supportOf(context.path, builtBy, installed) : undefined;
  return { go, ...(goSupport === undefined ? {} : { goSupport }) };
}

/** The reason, where there is none. */
async function readInstalled({ signal }: BuildContext): Promise<InstalledGo | { readonly problem: string }> {
  try {
    return await installedGo(signal);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The runtime's types are those of a version: with another one they would be read wrongly. */
async function runtimeOf(
  builtBy: string | undefined,
  target: GoTarget,
  asked: ReturnType<typeof readInstalled>,
  sameVersion: Promise<InstalledGo | undefined>,
): Promise<LayoutsAnswer> {
  const installed = await asked;
  if ("problem" in installed) return installed;
  const same = await sameVersion;
  if (same) return answeredLayouts(same.command, same.toolchain, target);
  return { problem: `the module was built by ${builtBy ?? "an unknown version of Go"}, and ${installed.toolchain.version} is installed` };
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
