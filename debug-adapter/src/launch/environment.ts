import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { LaunchArguments } from "#core/contract/launch-attributes.ts";
import { LaunchError } from "./launch-plan.ts";

/** The program's environment: `envFile`, then `env` (null removes a name), then `PWD`. Nothing of the adapter's own. */
export async function programEnvironment(given: LaunchArguments, cwd: string): Promise<Record<string, string>> {
  const environment: Record<string, string> = { PWD: cwd };
  for (const file of [given.envFile ?? []].flat()) Object.assign(environment, parseEnvFile(await readEnvFile(resolve(cwd, file))));
  for (const [name, value] of Object.entries(given.env ?? {})) {
    if (value === null) delete environment[name];
    else if (typeof value === "string") environment[name] = value;
    else throw new LaunchError(`launch attribute "env": the value of ${name} must be a string or null`);
  }
  return environment;
}

async function readEnvFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw new LaunchError(`"envFile" ${path} cannot be read; correct the path or remove the attribute`);
  }
}

/** Lines `NAME=value`, with `export` before them or not; `#` starts a comment line; quotes around a value are taken off. */
function parseEnvFile(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (!match) continue;
    const quoted = /^(["'])(.*)\1$/.exec(match[2]!);
    const value = quoted ? quoted[2]! : match[2]!;
    found[match[1]!] = quoted?.[1] === '"' ? value.replaceAll("\\n", "\n") : value;
  }
  return found;
}
