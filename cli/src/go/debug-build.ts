/** A Go package, built for WebAssembly, with what the compiler and the toolchain tell of it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkPreamble } from "#core/wasm/preamble.ts";
import type { Listing } from "#core/go/listing/go-lines.ts";
import type { GoVariableSource } from "#go-build/answers.ts";
import { findGo, type GoCommand, type GoTarget, runGo } from "#go-build/command.ts";
import { isOptimised, splitFlags, withCompilerFlags } from "#go-build/flags.ts";
import { ListingFile } from "#go-build/listing-file.ts";
import { inOwnFolder } from "#go-build/own-folder.ts";
import { needsJavaScript, targetsOf } from "#go-build/target.ts";
import { type GoToolchain, readToolchain, userPatterns } from "#go-build/toolchain.ts";
import { UserError } from "#go-build/user-error.ts";
import { readVariables } from "#go-build/variables.ts";

export interface DebugBuildRequest {
  /** Of the package, absolute. */
  readonly folder: string;
  /** Both are tried where there is none. */
  readonly target: GoTarget | undefined;
  readonly buildFlags: string | undefined;
  /** `-buildmode=c-shared`. */
  readonly reactor: boolean;
  /** With optimisations, as a program is shipped: its variables have no fixed places then. */
  readonly optimized: boolean;
  readonly signal: AbortSignal;
  /** Hears of what is missing in the outcome. */
  readonly warn: (text: string) => void;
}

export interface DebugBuild {
  readonly bytes: Uint8Array;
  readonly listing: Listing;
  readonly variables: GoVariableSource | undefined;
  readonly command: GoCommand;
  readonly toolchain: GoToolchain;
  readonly target: GoTarget;
}

/** Rejects with {@link UserError} where the package does not build. `use` gets what was built, which is gone afterwards. */
export async function withDebugBuild<Result>(request: DebugBuildRequest, use: (build: DebugBuild) => Promise<Result>): Promise<Result> {
  const { folder, signal } = request;
  const command: GoCommand = { executable: await findGo(process.env), folder, env: process.env, signal };
  const toolchain = await readToolchain(command);
  const end = new AbortController();
  const ended = AbortSignal.any([signal, end.signal]);
  try {
    return await use(await buildForTarget(request, { ...command, signal: ended }, toolchain));
  } finally {
    // The listings are closed.
    end.abort();
  }
}

/** The go command refuses to build a package for JavaScript for WASI, in some milliseconds. */
async function buildForTarget(request: DebugBuildRequest, command: GoCommand, toolchain: GoToolchain): Promise<DebugBuild> {
  const [first, second] = targetsOf(request.target);
  try {
    return await buildPackage(request, command, toolchain, first);
  } catch (error) {
    if (second === undefined || !(error instanceof UserError) || !needsJavaScript(error.message)) throw error;
    return buildPackage(request, command, toolchain, second);
  }
}

async function buildPackage(request: DebugBuildRequest, command: GoCommand, toolchain: GoToolchain, target: GoTarget): Promise<DebugBuild> {
  const patterns = userPatterns(toolchain);
  const flags = splitFlags(request.buildFlags);
  const listingFile = new ListingFile();
  command.signal.addEventListener("abort", () => listingFile.close());
  // Optimised code has variables in no place that is always theirs.
  const variables =
    request.optimized || isOptimised(flags)
      ? undefined
      : answered(readVariables({ go: command, toolchain, target, patterns, flags, tests: false }, Promise.resolve(true)));
  const bytes = await inOwnFolder(async (temporary) => {
    const file = join(temporary, "program.wasm");
    const compiler = withCompilerFlags(flags, patterns, request.optimized ? "-S" : "-N -l -S");
    const args = ["build", ...(request.reactor ? ["-buildmode=c-shared"] : []), ...compiler, "-o", file, "."];
    const { code, output } = await runGo(command, args, { target, onErrors: (chunk) => listingFile.push(chunk) });
    if (code !== 0)
      throw new UserError(`the package does not build for GOOS=${target} GOARCH=wasm:\n${(listingFile.messages() + output).trim()}`);
    return readFile(file);
  });
  if (checkPreamble(bytes)) throw new UserError(`the package in ${request.folder} is not "main", so there is no module to write`);
  const answer = await variables;
  if (request.signal.aborted) throw new UserError("stopped");
  if (answer && "problem" in answer) request.warn(`there will be no variables: ${answer.problem}`);
  const source = answer && "source" in answer ? answer.source : undefined;
  return { bytes, listing: listingFile.finish(), variables: source, command, toolchain, target };
}

/** A module without variables is still of use; and where the build fails, nobody asks for them. */
async function answered(asked: Promise<GoVariableSource>): Promise<{ readonly source: GoVariableSource } | { readonly problem: string }> {
  try {
    return { source: await asked };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
