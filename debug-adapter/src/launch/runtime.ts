import { execFile } from "node:child_process";
import { access, constants, realpath } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import type { LaunchArguments } from "#core/contract/launch-attributes.ts";
import { LaunchError, type Runtime } from "./launch-plan.ts";

const oldestMajor = 20;
const ownMajor = Number(process.versions.node.split(".")[0]);
const versionLimit = 10_000;

/**
 * The Node.js that runs the program: what the user named, else `node` on the path where it is new enough, else the runtime of the
 * adapter itself, which is VS Code's own and runs as Node by an environment variable.
 */
export async function chooseRuntime(given: LaunchArguments, cwd: string, signal: AbortSignal): Promise<Runtime> {
  const args = given.runtimeArgs ?? [];
  const env = inheritedEnvironment();
  if (given.runtimeExecutable) {
    const executable = await findNamed(given.runtimeExecutable, cwd);
    const major = await majorVersion(executable, env, signal);
    if (major === undefined) throw new LaunchError(`"runtimeExecutable" ${executable} does not answer like Node.js`);
    if (major < oldestMajor)
      throw new LaunchError(`"runtimeExecutable" ${executable} is Node.js ${major}; version ${oldestMajor} or later is needed`);
    return { majorVersion: major, executable, args, env };
  }
  const onPath = await findOnPath("node");
  const major = onPath === undefined ? undefined : await majorVersion(onPath, env, signal);
  if (onPath !== undefined && major !== undefined && major >= oldestMajor) return { majorVersion: major, executable: onPath, args, env };
  return { majorVersion: ownMajor, executable: process.execPath, args, env: { ...env, ELECTRON_RUN_AS_NODE: "1" } };
}

/** What Node.js itself may need to start; in particular no NODE_OPTIONS, by which other debuggers get into every process. */
function inheritedEnvironment(): Record<string, string> {
  const names = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "TERM", "LD_LIBRARY_PATH", "NIX_LD", "NIX_LD_LIBRARY_PATH"];
  const windowsNames = ["SystemRoot", "SystemDrive", "windir", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "Path", "PATHEXT"];
  const found: Record<string, string> = {};
  for (const name of process.platform === "win32" ? [...names, ...windowsNames] : names) {
    const value = process.env[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}

async function findNamed(name: string, cwd: string): Promise<string> {
  const found = /[\\/]/.test(name) ? resolve(cwd, name) : await findOnPath(name);
  if (found !== undefined && (await isExecutable(found))) return found;
  throw new LaunchError(`"runtimeExecutable" ${name} is not there or cannot be executed; give the path of Node.js ${oldestMajor} or later`);
}

async function findOnPath(name: string): Promise<string | undefined> {
  const endings = process.platform === "win32" ? [".exe"] : [""];
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    if (folder === "") continue;
    for (const ending of endings) {
      const candidate = join(folder, name + ending);
      if (await isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The runtime of the adapter itself need not be asked. */
async function majorVersion(executable: string, env: Record<string, string>, signal: AbortSignal): Promise<number | undefined> {
  if ((await realpath(executable).catch(() => executable)) === process.execPath && process.versions["electron"] === undefined)
    return ownMajor;
  return new Promise((resolve) => {
    execFile(executable, ["--version"], { env, signal, timeout: versionLimit }, (error, output) => {
      const match = error ? null : /^v(\d+)\./.exec(output);
      resolve(match ? Number(match[1]) : undefined);
    });
  });
}
