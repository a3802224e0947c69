import { stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { checkLaunchArguments, type LaunchArguments } from "#core/contract/launch-attributes.ts";
import { parsedModule } from "../symbols/parsed-module.ts";
import type { HostKind } from "../debuggee/start-message.ts";
import { chooseEntry } from "./entry.ts";
import { programEnvironment } from "./environment.ts";
import { goPackage, packageFolder } from "./go-package.ts";
import { chooseHost, importedEntities, isHostScript } from "./host.ts";
import { type BuildListener, LaunchError, type LaunchKind, type LaunchPlan, type ProgramModule, type Runtime } from "./launch-plan.ts";
import { ownFolderUntil } from "#go-build/own-folder.ts";
import { chooseRuntime } from "./runtime.ts";
import { deepStackFlags } from "./stack-size.ts";
import { wasmFile } from "./wasm-file.ts";
import { watFile } from "./wat-file.ts";

/** In the order they are asked. */
const kinds: readonly LaunchKind[] = [goPackage, watFile, wasmFile];

/**
 * Makes a plan of launch attributes as the client sent them. Rejects with {@link LaunchError}. Where the program is to be built first,
 * `startEarly` hears of the runtime and the working directory before that: they are those of the plan.
 */
export async function makePlan(
  given: LaunchArguments,
  signal: AbortSignal,
  listener: BuildListener,
  startEarly: (runtime: Runtime, cwd: string) => void,
): Promise<LaunchPlan> {
  const problems = checkLaunchArguments(given as Record<string, unknown>);
  if (problems.length > 0) throw new LaunchError(problems.join("; "));
  const path = programPath(given);
  const kind = path === undefined ? undefined : await kindOf(path, given);
  const cwd = resolve(given.cwd ?? (await usualFolder(path, kind)));
  const script = isHostScript(given.host) ? await existingScript(given.host, cwd) : undefined;
  if (!(await isFolder(cwd))) throw new LaunchError(`"cwd" ${cwd} is no folder; correct the path or remove the attribute`);
  // The version of the runtime is asked while the module is read or built.
  const isBuilt = kind === goPackage;
  const chosen = chooseRuntime(given, cwd, signal);
  const runtime = isBuilt && script === undefined ? chosen.then(withDeepStack) : chosen;
  runtime.then((found) => isBuilt && !signal.aborted && startEarly(found, cwd)).catch(() => undefined);
  const program = path === undefined ? undefined : await kind?.build({ path, given, signal, listener });
  const shared = {
    args: given.args ?? [],
    cwd,
    preopens: await choosePreopens(given, cwd, program?.isTest ? [tmpdir()] : []),
    stdin: given.stdin === undefined ? undefined : await existingFile(resolve(cwd, given.stdin)),
    runtime: await runtime,
  };
  const env = await programEnvironment(given, cwd);
  if (!program) {
    const nothing = { program, programFile: undefined, invoke: undefined, waitsForCalls: false, entities: [], entry: undefined, notes: [] };
    return { ...shared, ...nothing, env, host: "script", hostScript: script };
  }
  const { module, problems: notes } = parsedModule(program.bytes);
  const host = chooseHost(module, given.host ?? "auto");
  const entry = chooseEntry(module, host, given);
  const needsTemporary = program.isTest || host === "js";
  return {
    ...shared,
    runtime: program.go && !isBuilt && script === undefined ? await withDeepStack(shared.runtime) : shared.runtime,
    program,
    programFile: script === undefined ? undefined : await programFile(program, signal),
    host,
    hostScript: script ?? supportScript(host, program),
    env: { ...(needsTemporary ? { TMPDIR: guestPath(tmpdir()) } : {}), ...env },
    invoke: entry.invoke,
    waitsForCalls: entry.waitsForCalls,
    entities: importedEntities(module),
    entry: entry.offset,
    notes: notes.map((note) => note.message),
  };
}

/** Flags of the user come later, and so win. */
async function withDeepStack(runtime: Runtime): Promise<Runtime> {
  return { ...runtime, args: [...(await deepStackFlags()), ...runtime.args] };
}

/** `undefined` where a script loads its own modules. */
function programPath(given: LaunchArguments): string | undefined {
  if (given.program) return resolve(given.cwd ?? ".", given.program);
  if (isHostScript(given.host)) return undefined;
  throw new LaunchError('launch attribute "program" is missing; name the .wasm or .wat file, or the Go package, to run');
}

/** Working directory where the user names none. */
async function usualFolder(path: string | undefined, kind: LaunchKind | undefined): Promise<string> {
  if (path === undefined) return ".";
  return kind === goPackage ? packageFolder(path) : dirname(path);
}

async function existingScript(host: string, cwd: string): Promise<string> {
  const path = resolve(cwd, host);
  if ((await stat(path).catch(() => undefined))?.isFile()) return path;
  throw new LaunchError(
    `launch attribute "host" must be "auto", "wasip1", "js", "none", or the path of a JavaScript file, and there is no file ${path}`,
  );
}

/** What the script finds the module in. */
async function programFile(program: ProgramModule, signal: AbortSignal): Promise<string> {
  if (program.file !== undefined) return program.file;
  const name = basename(program.path).replace(/\.[^.]*$/, "");
  const path = join(ownFolderUntil(signal), `${name || "program"}.wasm`);
  await writeFile(path, program.bytes);
  return path;
}

function supportScript(host: HostKind, { path, goSupport }: ProgramModule): string | undefined {
  if (host !== "js" || goSupport !== undefined) return goSupport;
  throw new LaunchError(
    `${path} was built for GOOS=js and needs the wasm_exec.js of its Go version: install that version of Go, or put the file beside the module`,
  );
}

/** The last kind takes every name. */
async function kindOf(path: string, given: LaunchArguments): Promise<LaunchKind> {
  for (const kind of kinds) if (await kind.takes(path, given)) return kind;
  return wasmFile;
}

const guestPath = (path: string): string => path.replaceAll("\\", "/");

/** By default the working directory at its own path, as Go resolves names by `PWD`, and as `.`, as C's library resolves them; then `more`. */
async function choosePreopens(given: LaunchArguments, cwd: string, more: readonly string[]): Promise<Record<string, string>> {
  if (!given.preopens) return { ...Object.fromEntries([cwd, ...more].map((folder) => [guestPath(folder), folder])), ".": cwd };
  const preopens: Record<string, string> = {};
  for (const [guest, host] of Object.entries(given.preopens)) {
    const folder = typeof host === "string" ? resolve(cwd, host) : "";
    if (!(await isFolder(folder))) throw new LaunchError(`"preopens": ${guest} is to be ${host}, which is no folder`);
    preopens[guest] = folder;
  }
  return preopens;
}

async function existingFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found || found.isDirectory()) throw new LaunchError(`"stdin" ${path} is no file; correct the path or remove the attribute`);
  return path;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
