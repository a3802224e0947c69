/**
 * Where the variables of a Go program are. The compiler makes debug information for WebAssembly, too, but nothing links it; so the packages
 * are compiled once more, for their listing only.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readFunctionVariables } from "#core/go/variables/function-variables.ts";
import type { Listing } from "#core/go/listing/go-lines.ts";
import type { GoVariableSource } from "./answers.ts";
import { type GoCommand, type GoTarget, runGo } from "./command.ts";
import { isOptimised, withCompilerFlags } from "./flags.ts";
import { listFormat, programLayouts } from "./layouts.ts";
import { ListingFile } from "./listing-file.ts";
import type { GoToolchain } from "./toolchain.ts";
import { UserError } from "./user-error.ts";
import { inOwnFolder } from "./own-folder.ts";

/** `-S` twice lists the debug information, too; without location lists each variable has one place. */
export const variableFlags = "-dwarf=true -dwarflocationlists=false -S -S";
const compilerFlags = `-N -l ${variableFlags}`;

export interface VariablesRequest {
  readonly go: GoCommand;
  readonly toolchain: GoToolchain;
  readonly target: GoTarget;
  /** Patterns of the packages that are the user's. */
  readonly patterns: readonly string[];
  /** Of `go build`, without those of the compiler. */
  readonly flags: readonly string[];
  readonly tests: boolean;
}

/**
 * `built`: whether the program's own build has come to its end well; what does not need it is done beside it. Rejects with
 * {@link UserError}. The listing is closed when the launch is aborted.
 */
export function readVariables(request: VariablesRequest, built: Promise<boolean>): Promise<GoVariableSource> {
  return inOwnFolder((folder) => readInto(request, built, folder));
}

async function readInto(request: VariablesRequest, built: Promise<boolean>, folder: string): Promise<GoVariableSource> {
  const { go, toolchain } = request;
  const listingFile = new ListingFile();
  go.signal.addEventListener("abort", () => listingFile.close());
  try {
    const more = ["-export", listFormat, ...(await overlay(request, folder))];
    if (!(await built)) throw new UserError("the program was not built");
    const list = await listPackages(request, more, (chunk) => listingFile.push(chunk));
    if (list.code !== 0) throw new UserError(listingFile.messages().split("\n").slice(0, 3).join(" "));
    const listing = listingFile.finish();
    const names = join(folder, "names.txt");
    await writeFile(names, typeNames(listing).join("\n"));
    return { listing, layouts: await programLayouts(go, toolchain, list.output, names, isOptimised(request.flags) ? ["changes"] : []) };
  } catch (error) {
    listingFile.close();
    throw error;
  }
}

function listPackages(
  { go, target, patterns, flags, tests }: VariablesRequest,
  more: readonly string[],
  onErrors: (chunk: Buffer) => void,
): ReturnType<typeof runGo> {
  const compiler = withCompilerFlags(flags, patterns, compilerFlags);
  return runGo(go, ["list", "-deps", ...(tests ? ["-test"] : []), ...compiler, ...more, "."], { target, onErrors });
}

/** Names of all types that variables have. */
export function typeNames({ index, read }: Listing): string[] {
  const names = new Set<string>();
  for (const name of index.names) {
    for (const range of index.find("variables", name)) {
      for (const { typeName } of readFunctionVariables(read(range))?.variables ?? []) names.add(typeName);
    }
  }
  return [...names];
}

/** The first version whose compiler takes directives of WebAssembly together with debug information; those before crash. */
const firstWithDirectives = 27;

/**
 * Hides the directives of WebAssembly from the compiler: in a copy of each file that has some they are comments like any other, of the same
 * length. A file of assembly, empty, lets functions be declared that have no body.
 */
async function overlay(request: VariablesRequest, folder: string): Promise<string[]> {
  const minor = Number(/^go1\.(\d+)/.exec(request.toolchain.version)?.[1] ?? firstWithDirectives);
  if (minor >= firstWithDirectives) return [];
  const list = await listPackages(request, ["-json=Dir,GoFiles,CgoFiles,Standard"], () => undefined);
  const replace: Record<string, string> = {};
  for (const { Dir, GoFiles, Standard } of readPackages(list.output)) {
    if (Standard) continue;
    for (const name of GoFiles ?? []) {
      const path = join(Dir, name);
      const text = await readFile(path, "latin1").catch(() => "");
      const hidden = text.replaceAll(/^\/\/go:(wasmimport|wasmexport)\b/gm, "//go.$1");
      if (hidden === text) continue;
      const number = Object.keys(replace).length;
      const copy = join(folder, `${number}.go`);
      await writeFile(copy, hidden, "latin1");
      await writeFile(join(folder, "empty.s"), "");
      replace[path] = copy;
      replace[join(Dir, "zz_go_wasm_bodies_wasm.s")] = join(folder, "empty.s");
    }
  }
  if (Object.keys(replace).length === 0) return [];
  const file = join(folder, "overlay.json");
  await writeFile(file, JSON.stringify({ Replace: replace }));
  return [`-overlay=${file}`];
}

interface ListedPackage {
  readonly Dir: string;
  readonly GoFiles?: readonly string[];
  readonly Standard?: boolean;
}

/** `go list -json` prints one object after the other. */
function readPackages(output: string): ListedPackage[] {
  return output
    .split(/^(?=\{$)/m)
    .filter((text) => text.trim() !== "")
    .map((text) => JSON.parse(text) as ListedPackage);
}
