/** The layouts of Go's types: asked of a small Go program of ours, which the user's toolchain builds once and which is kept. */
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { type GoLayouts, readLayouts } from "#core/go/layouts/layouts.ts";
import { cacheFolder, writeWhole } from "./cache-folder.ts";
import { limitCache, markUsed } from "./cache-limit.ts";
import type { LayoutsAnswer } from "./answers.ts";
import { type GoCommand, type GoTarget, runCommand, runGo } from "./command.ts";
import type { GoToolchain } from "./toolchain.ts";
import { UserError } from "./user-error.ts";

/** What the helper reads of each package. */
export const listFormat = "-json=ImportPath,Export,Dir,GoFiles,DepOnly,Standard,Module";

/** A helper has some megabytes; a user has a few toolchains at a time. */
const mostHelpers = 8;

/** The helper that a file of the cache belongs to: version and hash, without what else is in its name. */
const helperOf = (name: string): string => /^.*?-[0-9a-f]{16}/.exec(name)?.[0] ?? name;

/** Folder with the helper's source, beside the bundle of the program: a module of its own. */
export const helperSource = (): string => join(__dirname, "go-layouts");

/** The types of the runtime, which are the same in every program of a toolchain for a target. Rejects with {@link UserError}. */
export async function runtimeLayouts(go: GoCommand, toolchain: GoToolchain, target: GoTarget): Promise<GoLayouts> {
  const helper = await buildHelper(go, toolchain);
  const kept = `${helper}.runtime-${target}.json`;
  const known = readLayouts(await readFile(kept, "utf8").catch(() => "")).layouts;
  if (known) return known;
  const list = await runGo(go, ["list", "-export", "-deps", listFormat, "runtime"], { target });
  if (list.code !== 0) throw new UserError(`"go list" fails: ${firstLine(list.errors)}`);
  const { layouts, text } = await askHelper(go, helper, list.output);
  await writeWhole(kept, text);
  return layouts;
}

/** As {@link runtimeLayouts}, with the reason where there are none. */
export async function answeredLayouts(go: GoCommand, toolchain: GoToolchain, target: GoTarget): Promise<LayoutsAnswer> {
  try {
    return { layouts: await runtimeLayouts(go, toolchain, target) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Which variables keep their first value; the named packages, also of the standard library, and their functions. */
export type LayoutsWord = "changes" | "standard";

/**
 * The types of a program's packages, and those that the names of its debug information mean. `list`: output of `go list` with
 * {@link listFormat}; `names`: a file with such names, one a line; `words`: what else is asked for. Rejects with {@link UserError}.
 */
export async function programLayouts(
  go: GoCommand,
  toolchain: GoToolchain,
  list: string,
  names: string,
  words: readonly LayoutsWord[],
): Promise<GoLayouts> {
  return (await askHelper(go, await buildHelper(go, toolchain), list, [names, ...words])).layouts;
}

async function askHelper(
  go: GoCommand,
  helper: string,
  list: string,
  args: readonly string[] = [],
): Promise<{ readonly layouts: GoLayouts; readonly text: string }> {
  const answer = await runCommand(go, helper, args, { target: "host", input: list });
  const { layouts, problem } = readLayouts(answer.output);
  if (!layouts) throw new UserError(answer.code === 0 ? (problem ?? "there are no layouts") : firstLine(answer.errors));
  return { layouts, text: answer.output };
}

/** Path of the helper for a toolchain, whose export data only a program of the same version reads. */
async function buildHelper(go: GoCommand, { version }: GoToolchain): Promise<string> {
  const source = helperSource();
  const files = (await readdir(source)).filter((name) => /^go\.mod$|\.go$/.test(name)).sort();
  const hash = createHash("sha256");
  for (const name of files) hash.update(name).update(await readFile(join(source, name)));
  const folder = join(cacheFolder(), "layouts");
  const helper = join(
    folder,
    `${version.replaceAll(/[^\w.-]/g, "_")}-${hash.digest("hex").slice(0, 16)}${process.platform === "win32" ? ".exe" : ""}`,
  );
  if ((await readFile(`${helper}.built`, "utf8").catch(() => "")) === version) {
    await markUsed(`${helper}.built`);
    return helper;
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${helper}.${randomBytes(8).toString("hex")}`;
  // The toolchain that the user's module selects, also where the helper's own go.mod would do with another.
  const env = { GOTOOLCHAIN: /^go1\.\d+/.test(version) ? version.split(" ")[0]! : "local" };
  const { code, errors } = await runGo(go, ["build", "-trimpath", "-buildvcs=false", "-o", unfinished, "."], {
    target: "host",
    folder: source,
    env,
  });
  if (code !== 0) throw new UserError(`the program that reads the layouts of Go's types does not build: ${firstLine(errors)}`);
  await rename(unfinished, helper);
  await writeWhole(`${helper}.built`, version);
  await limitCache(folder, mostHelpers, helperOf);
  return helper;
}

const firstLine = (text: string): string => text.trim().split("\n")[0] ?? "";
