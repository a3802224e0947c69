import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { goVersion } from "#core/go/binary/go-module.ts";
import type { GoTypeTable } from "#core/go/layouts/go-type-table.ts";
import { readModule } from "#core/wasm/module.ts";
import { goOfVersion, installedGo } from "#go-build/built-by.ts";
import type { GoTarget } from "#go-build/command.ts";
import { runtimeLayouts } from "#go-build/layouts.ts";
import { UserError } from "#go-build/user-error.ts";
import { type Command, type CommandArguments, type CommandContext, CommandError, exitCode } from "../command.ts";
import { readBytes, reason, writeWhole } from "../files.ts";
import { type DebugBuild, withDebugBuild } from "../go/debug-build.ts";
import { moduleWithDwarf } from "../go/module-dwarf.ts";

/** Go's compiler writes no debug information for WebAssembly; this writes what can be found out. */
export const dwarf: Command = {
  name: "dwarf",
  summary: "write lines, functions, variables and types of Go into a module as DWARF",
  operands: "<folder of a package, or module> [options]",
  options: {
    output: { type: "string", short: "o", value: "file", help: "where to write the module" },
    target: { type: "string", value: "GOOS", help: "wasip1 or js; the default is what the package builds for" },
    "build-flags": { type: "string", value: "flags", help: 'flags of "go build", in quotes' },
    reactor: { type: "boolean", help: "build a reactor, whose exports a host calls (-buildmode=c-shared)" },
    optimized: { type: "boolean", help: "build with optimisations: lines, but no variables" },
  },
  run: async (given, context) => {
    const [name, ...more] = given.operands;
    if (name === undefined || more.length > 0) throw new CommandError("give it the folder of one Go package, or one module", true);
    const path = resolve(context.folder, name);
    try {
      return /\.wasm$/i.test(path) ? await writeModule(path, given, context) : await writePackage(path, given, context);
    } catch (error) {
      if (context.signal.aborted) throw new CommandError("stopped");
      throw error instanceof UserError ? new CommandError(error.message) : error;
    }
  },
};

/** Of a module that is built already the lines are those that the runtime has for its traces. */
async function writeModule(path: string, { values }: CommandArguments, context: CommandContext): Promise<number> {
  for (const name of ["target", "build-flags", "reactor", "optimized"]) {
    if (values[name] !== undefined) throw new CommandError(`--${name} is for packages; ${basename(path)} is built already`, true);
  }
  const bytes = await readBytes(path);
  const types = await runtimeTypes(bytes, context);
  return write(
    bytes,
    { listings: [], variables: undefined, types },
    outputOf(values, path.replace(/\.wasm$/i, ".debug.wasm"), context),
    context,
  );
}

/** `undefined` where they are not known, which costs inlined calls. */
async function runtimeTypes(bytes: Uint8Array, { signal, err }: CommandContext): Promise<GoTypeTable | undefined> {
  const { module } = readModule(bytes);
  const version = goVersion(module);
  if (version === undefined) return undefined;
  const target: GoTarget = module.imports.some((entry) => entry.module === "gojs") ? "js" : "wasip1";
  try {
    const installed = await installedGo(signal);
    const same = await goOfVersion(installed, version);
    if (same) return (await runtimeLayouts(same.command, same.toolchain, target)).types;
    err(`go-wasm dwarf: inlined calls are left out: the module was built by ${version}, and ${installed.toolchain.version} is installed\n`);
  } catch (error) {
    if (signal.aborted) throw error;
    err(`go-wasm dwarf: inlined calls are left out: ${error instanceof Error ? error.message : String(error)}\n`);
  }
  return undefined;
}

async function writePackage(path: string, { values }: CommandArguments, context: CommandContext): Promise<number> {
  const folder = await packageFolder(path);
  const target = targetOf(values["target"]);
  const buildFlags = values["build-flags"];
  const request = {
    folder,
    target,
    buildFlags: typeof buildFlags === "string" ? buildFlags : undefined,
    reactor: values["reactor"] === true,
    optimized: values["optimized"] === true,
    signal: context.signal,
    warn: (text: string) => context.err(`go-wasm dwarf: ${text}\n`),
  };
  const output = outputOf(values, resolve(context.folder, `${basename(folder)}.wasm`), context);
  return withDebugBuild(request, async (build) => {
    const types = build.variables?.layouts.types ?? (await typesOf(build));
    return write(build.bytes, { listings: [build.listing], variables: build.variables, types }, output, { ...context, folder });
  });
}

function targetOf(given: string | boolean | undefined): GoTarget | undefined {
  if (given === undefined || given === "wasip1" || given === "js") return given;
  throw new CommandError("--target is wasip1 or js", true);
}

async function typesOf({ command, toolchain, target }: DebugBuild): Promise<GoTypeTable | undefined> {
  const layouts = await runtimeLayouts(command, toolchain, target).catch(() => undefined);
  return layouts?.types;
}

async function packageFolder(path: string): Promise<string> {
  const found = await stat(path).catch((error: unknown) => {
    throw new CommandError(`cannot read ${path}: ${reason(error)}`);
  });
  if (found.isDirectory()) return path;
  if (path.endsWith(".go")) return dirname(path);
  throw new CommandError(`${path} is neither a module (.wasm) nor the folder of a Go package`, true);
}

async function write(
  bytes: Uint8Array,
  facts: Parameters<typeof moduleWithDwarf>[1],
  output: string,
  { folder, version, out }: CommandContext,
): Promise<number> {
  const written = moduleWithDwarf(bytes, facts, { folder, version });
  await writeWhole(output, written.bytes);
  const { functions, listed, variables, sections } = written.dwarf;
  const size = sections.reduce((sum, { contents }) => sum + contents.length, 0);
  out(`${output}: ${functions} functions, ${listed} of them with exact lines, ${variables} variables, ${size} bytes of DWARF\n`);
  return exitCode.done;
}

function outputOf(values: CommandArguments["values"], usual: string, { folder }: CommandContext): string {
  const given = values["output"];
  if (typeof given !== "string") return usual;
  if (given === "") throw new CommandError("--output needs the name of a file", true);
  return resolve(folder, given);
}
