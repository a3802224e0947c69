/** Which Go builds a package, and what the user's own packages are. */
import { type GoCommand, runCommand } from "./command.ts";
import { UserError } from "./user-error.ts";

export interface GoToolchain {
  /** Such as `go1.26.8`. */
  readonly version: string;
  readonly root: string;
  /** Import paths of the main modules, more than one in a workspace; empty outside of modules. */
  readonly modules: readonly string[];
}

const oldestMinor = 24;

/** Rejects with {@link UserError} where the version is too old or `go` does not answer. */
export async function readToolchain(go: GoCommand): Promise<GoToolchain> {
  const [env, modules] = await Promise.all([
    runCommand(go, go.executable, ["env", "-json", "GOVERSION", "GOROOT"], { target: "wasip1" }),
    runCommand(go, go.executable, ["list", "-m"], { target: "wasip1" }),
  ]);
  if (env.code !== 0) throw new UserError(`"go env" fails in ${go.folder}: ${env.errors.trim()}`);
  const { GOVERSION: version, GOROOT: root } = JSON.parse(env.output) as { GOVERSION: string; GOROOT: string };
  const minor = /^go1\.(\d+)/.exec(version)?.[1];
  if (minor !== undefined && Number(minor) < oldestMinor) {
    throw new UserError(
      `Go packages are debugged with Go 1.${oldestMinor} or later, and ${go.executable} is ${version}. Modules that are built already can be debugged: name the .wasm file in "program"`,
    );
  }
  const names = modules.code === 0 ? modules.output.split("\n").map((name) => name.trim()) : [];
  return { version, root, modules: names.filter((name) => name !== "" && name !== "command-line-arguments") };
}

/** The packages of the main modules, of which there are several in a workspace. */
export function userPatterns({ modules }: GoToolchain): readonly string[] {
  return modules.length > 0 ? modules.map((module) => `${module}/...`) : ["command-line-arguments"];
}
