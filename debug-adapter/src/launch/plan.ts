import { stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, resolve } from "node:path";
import { checkLaunchArguments, type LaunchArguments } from "#core/contract/launch-attributes.ts";
import { readModule } from "#core/wasm/module.ts";
import type { HostKind } from "../debuggee/start-message.ts";
import { chooseEntry } from "./entry.ts";
import { programEnvironment } from "./environment.ts";
import { goPackage, packageFolder } from "./go-package.ts";
import { chooseHost, importedEntities } from "./host.ts";
import { LaunchError, type LaunchKind, type LaunchPlan, type ProgramModule } from "./launch-plan.ts";
import { chooseRuntime } from "./runtime.ts";
import { wasmFile } from "./wasm-file.ts";
import { watFile } from "./wat-file.ts";

/** In the order they are asked. */
const kinds: readonly LaunchKind[] = [goPackage, watFile, wasmFile];

/** Makes a plan of launch attributes as the client sent them; `tell` is for what takes a while. Rejects with {@link LaunchError}. */
export async function makePlan(given: LaunchArguments, signal: AbortSignal, tell: (text: string) => void): Promise<LaunchPlan> {
  const problems = checkLaunchArguments(given as Record<string, unknown>);
  if (problems.length > 0) throw new LaunchError(problems.join("; "));
  if (!given.program)
    throw new LaunchError('launch attribute "program" is missing; name the .wasm or .wat file, or the Go package, to run');
  const path = resolve(given.cwd ?? ".", given.program);
  const kind = await kindOf(path, given);
  const cwd = resolve(given.cwd ?? (kind === goPackage ? await packageFolder(path) : dirname(path)));
  // The version of the runtime is asked while the module is read or built.
  const runtime = chooseRuntime(given, cwd, signal);
  runtime.catch(() => undefined);
  const program = await kind.build({ path, given, signal, tell });
  if (!(await isFolder(cwd))) throw new LaunchError(`"cwd" ${cwd} is no folder; correct the path or remove the attribute`);
  const { module, problems: notes } = readModule(program.bytes);
  const host = chooseHost(module, given.host ?? "auto");
  const entry = chooseEntry(module, host, given.invoke);
  return {
    program,
    host,
    hostScript: hostScript(host, program),
    args: given.args ?? [],
    cwd,
    env: { ...(program.isTest || host === "js" ? { TMPDIR: guestPath(tmpdir()) } : {}), ...(await programEnvironment(given, cwd)) },
    preopens: await choosePreopens(given, cwd, program.isTest ? [tmpdir()] : []),
    stdin: given.stdin === undefined ? undefined : await existingFile(resolve(cwd, given.stdin)),
    invoke: entry.invoke,
    entities: importedEntities(module),
    entry: entry.offset,
    runtime: await runtime,
    notes: notes.map((note) => note.message),
  };
}

function hostScript(host: HostKind, { path, goSupport }: ProgramModule): string | undefined {
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
