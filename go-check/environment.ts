/**
 * Where Go keeps its things on this machine, as `go env` would say, but without running it: nothing is started in a
 * workspace that is not trusted, and nothing waits for it.
 */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { GoEnvironment } from "#core/go/packages/environment.ts";
import { tagsOf } from "#core/go/source/build-constraints.ts";
import { slashed } from "#platform";

export interface GoInstallation extends GoEnvironment {
  /** Such as "go1.26.8"; undefined where no toolchain is found. */
  readonly version: string | undefined;
}

/** `variables` are the process's, `platform` is Node's name for it. */
export function goInstallation(variables: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): GoInstallation {
  const saved = savedVariables(variables, platform);
  const value = (name: string): string | undefined => variables[name] || saved.get(name) || undefined;
  const root = [value("GOROOT"), ...rootsOnPath(variables["PATH"] ?? variables["Path"] ?? "", platform)].find(isRoot);
  const workspaces = value("GOPATH")?.split(delimiter)[0] ?? join(homedir(), "go");
  return {
    root: root && slashed(root),
    moduleCache: slashed(value("GOMODCACHE") ?? join(workspaces, "pkg", "mod")),
    work: value("GOWORK") && slashed(value("GOWORK")!),
    mod: /(?:^|\s)--?mod=(\w+)/u.exec(value("GOFLAGS") ?? "")?.[1],
    tags: tagsOf(/(?:^|\s)['"]?--?tags=([^\s'"]+)/u.exec(value("GOFLAGS") ?? "")?.[1] ?? ""),
    version: root && versionOf(root),
  };
}

/** What `go env -w` has written (cmd/go/internal/cfg `EnvFile`). */
function savedVariables(variables: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): Map<string, string> {
  const file = variables["GOENV"] || join(configFolder(variables, platform), "go", "env");
  const text = file === "off" ? undefined : readText(file);
  const saved = new Map<string, string>();
  for (const line of text?.split(/\r?\n/u) ?? []) {
    const equals = line.indexOf("=");
    if (equals > 0 && !line.startsWith("#")) saved.set(line.slice(0, equals), line.slice(equals + 1));
  }
  return saved;
}

/** Go's `os.UserConfigDir`. */
function configFolder(variables: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  if (platform === "win32") return variables["APPDATA"] ?? join(homedir(), "AppData", "Roaming");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support");
  return variables["XDG_CONFIG_HOME"] || join(homedir(), ".config");
}

/** The folders around each `go` on the path; a link there leads to the real one. */
function* rootsOnPath(path: string, platform: NodeJS.Platform): Iterable<string> {
  for (const folder of path.split(delimiter)) {
    if (folder === "") continue;
    const command = realPath(join(folder, platform === "win32" ? "go.exe" : "go"));
    if (command !== undefined) yield dirname(dirname(command));
  }
}

function isRoot(folder: string | undefined): folder is string {
  return folder !== undefined && isFile(join(folder, "src", "runtime", "runtime.go"));
}

/** The first line of the file VERSION. */
function versionOf(root: string): string | undefined {
  return /^go1\.\S+/u.exec(readText(join(root, "VERSION")) ?? "")?.[0];
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
