/** A Go package, built for WebAssembly with everything that debugging it needs. */
import { setMaxListeners } from "node:events";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { LaunchArguments } from "#core/contract/launch-attributes.ts";
import { checkPreamble } from "#core/wasm/preamble.ts";
import { buildError, BuildError } from "./build-problems.ts";
import type { GoVariableSource, PackageOfFile } from "./go-build.ts";
import { findGo, type GoCommand, type GoTarget, runGo } from "#go-build/command.ts";
import { isOptimised, splitFlags, withCompilerFlags } from "#go-build/flags.ts";
import { KeptProgram } from "#go-build/kept-program.ts";
import { answeredLayouts } from "#go-build/layouts.ts";
import { ListingFile } from "#go-build/listing-file.ts";
import { describePackage, listPackage } from "./go-package-listing.ts";
import { isHostScript } from "./host.ts";
import { supportScript } from "./go-support.ts";
import { readVariables, type VariablesRequest } from "#go-build/variables.ts";
import { needsJavaScript, targetsOf } from "#go-build/target.ts";
import { type GoToolchain, readToolchain, userPatterns } from "#go-build/toolchain.ts";
import { inOwnFolder } from "#go-build/own-folder.ts";
import { type BuildContext, LaunchError, type LaunchKind, type ProgramModule } from "./launch-plan.ts";

type Mode = "debug" | "test";

/** The user's packages are compiled without optimisations, and with the listing that the line table is made of. */
const compilerFlags = "-N -l -S";

export const goPackage: LaunchKind = {
  takes: async (path, given) => given.mode === "debug" || given.mode === "test" || (given.mode !== "exec" && (await isGoPackage(path))),
  build: async (context) => {
    const source = await packageFolder(context.path);
    const mode = modeOf(context);
    const env = { ...process.env, ...withoutNulls(context.given.env) };
    const command: GoCommand = { executable: await findGo(env), folder: source, env, signal: context.signal };
    const toolchain = await readToolchain(command);
    return inOwnFolder((folder) => announced({ context, command, toolchain, mode, temporary: folder }));
  },
};

/** Folder of the package that `path`, a folder or one of its files, stands for. Rejects with {@link LaunchError} where there is none. */
export async function packageFolder(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new LaunchError(`"program" ${path} does not exist; name the folder of a Go package, or one of its files`);
  if (!found.isDirectory()) return dirname(path);
  if ((await readdir(path)).some((name) => name.endsWith(".go"))) return path;
  throw new LaunchError(`"program" ${path} is a folder without Go files; name a .wasm or .wat file, or the folder of a Go package`);
}

async function isGoPackage(path: string): Promise<boolean> {
  if (path.endsWith(".go")) return true;
  if (/\.(wasm|wat)$/i.test(path)) return false;
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

function modeOf({ path, given }: BuildContext): Mode {
  if (given.mode === "debug" || given.mode === "test") return given.mode;
  return path.endsWith("_test.go") ? "test" : "debug";
}

interface PackageBuild {
  readonly context: BuildContext;
  readonly command: GoCommand;
  readonly toolchain: GoToolchain;
  readonly mode: Mode;
  /** A folder for what nobody needs afterwards. */
  readonly temporary: string;
}

/** Tells of the build, and what came of it. */
async function announced(build: PackageBuild): Promise<ProgramModule> {
  const { listener } = build.context;
  const { folder } = build.command;
  const end = listener.begin(`Building ${basename(folder)}`);
  try {
    const program = await buildForTarget(build);
    listener.built({ folder, problems: [] });
    return program;
  } catch (error) {
    if (error instanceof BuildError) listener.built({ folder, problems: error.problems });
    throw error;
  } finally {
    end();
  }
}

/** A package for JavaScript is told by the go command, in some milliseconds: it refuses to build it for WASI. */
async function buildForTarget(build: PackageBuild): Promise<ProgramModule> {
  const [first, second] = targetsOf(build.context.given.host);
  const attempt = new AbortController();
  try {
    return await buildPackage(build, first, attempt.signal);
  } catch (error) {
    // What the first attempt has begun for its target is of no use for another.
    attempt.abort();
    if (second === undefined || !(error instanceof LaunchError) || !needsJavaScript(error.message)) throw error;
    return buildPackage(build, second, new AbortController().signal);
  }
}

/** `givenUp`: what is still running for this build then need not go on. */
async function buildPackage(build: PackageBuild, target: GoTarget, givenUp: AbortSignal): Promise<ProgramModule> {
  const { context, toolchain, mode, temporary } = build;
  const { given, signal } = context;
  const command = { ...build.command, signal: AbortSignal.any([signal, givenUp]) };
  // Each listing that is made on demand listens to it, and there are as many as packages are looked into.
  setMaxListeners(0, command.signal);
  const runtime = answeredLayouts(command, toolchain, target);
  const listing = new ListingFile();
  // Whatever ends the session ends the listing.
  signal.addEventListener("abort", () => listing.close());
  try {
    const file = given.output === undefined ? join(temporary, "program.wasm") : resolve(command.folder, given.output);
    const how = buildArguments(given, toolchain, mode, target);
    const args = [...how, "-o", file, "."];
    // A package without tests leaves the file alone, so there none may be.
    const kept = given.output === undefined && mode === "debug" ? new KeptProgram([command.folder, target, ...how]) : undefined;
    await kept?.offer(file);
    context.listener.tell(`go ${args.slice(0, -3).map(quoted).join(" ")} . in ${command.folder}`);
    const building = runGo(command, args, { target, onErrors: (chunk) => listing.push(chunk) });
    const flags = splitFlags(given.buildFlags);
    const request = { go: command, toolchain, target, patterns: userPatterns(toolchain), flags, tests: mode === "test" };
    // The program starts meanwhile.
    const variables = given.noDebug ? Promise.resolve(undefined) : toldVariables(request, context, building);
    const { code, output } = await building;
    if (code !== 0) {
      const what = `the ${mode === "test" ? "tests do" : "package does"} not build for GOOS=${target} GOARCH=wasm`;
      throw await buildError(what, listing.messages() + output, command.folder);
    }
    const bytes = await readFile(file).catch(() => undefined);
    if (!bytes) throw new LaunchError(`there are no tests in ${command.folder}`);
    if (checkPreamble(bytes))
      throw new LaunchError(
        `the package in ${command.folder} is not "main", so there is nothing to run; debug its tests with "mode": "test"`,
      );
    await kept?.take(file);
    const others = { go: command, target, flags, listener: context.listener };
    const go = {
      listings: [listing.finish()],
      runtime,
      variables,
      optimised: isOptimised(flags),
      listPackage: async ({ name }: PackageOfFile) => [(await listPackage(others, name)) ?? []].flat(),
      describePackage: (path: string) => describePackage({ ...others, toolchain }, path),
    };
    const support = target === "js" ? { goSupport: await supportScript(toolchain.root) } : {};
    const lasting = given.output === undefined ? {} : { file };
    return { path: command.folder, bytes, isTest: mode === "test", go, ...support, ...lasting };
  } catch (error) {
    listing.close();
    throw error;
  }
}

/** Without variables the program can still be debugged: the reason is told, and that is all. */
async function toldVariables(
  request: VariablesRequest,
  context: BuildContext,
  building: Promise<{ readonly code: number | null }>,
): Promise<GoVariableSource | undefined> {
  const built = building.then(
    ({ code }) => code === 0,
    () => false,
  );
  try {
    return await readVariables(request, built);
  } catch (error) {
    if (!context.signal.aborted && (await built))
      context.listener.tell(`variables cannot be shown: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function buildArguments(given: LaunchArguments, toolchain: GoToolchain, mode: Mode, target: GoTarget): string[] {
  const flags = withCompilerFlags(splitFlags(given.buildFlags), userPatterns(toolchain), compilerFlags);
  if (mode === "test") return ["test", "-c", ...flags];
  // What a host calls is a reactor; Go has none for JavaScript.
  const isCalled = given.invoke !== undefined || (isHostScript(given.host) && target === "wasip1");
  const buildMode = given.buildMode ?? (isCalled ? "c-shared" : "exe");
  return ["build", ...(buildMode === "c-shared" ? ["-buildmode=c-shared"] : []), ...flags];
}

const quoted = (argument: string): string => (/\s/.test(argument) ? `'${argument}'` : argument);

/** A name whose value is null is removed from the program's environment; the build keeps it. */
function withoutNulls(env: LaunchArguments["env"]): Record<string, string> {
  return Object.fromEntries(Object.entries(env ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
