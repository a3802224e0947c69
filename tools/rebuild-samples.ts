// Rebuilds the prebuilt modules of samples/ and records what they were built from: `npx tsx tools/rebuild-samples.ts [module...]`
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** How one prebuilt module came to be. Paths are relative to samples/, hashes are SHA-256 in hexadecimal. */
interface Prebuilt {
  readonly folder: string;
  /** Program and arguments, run in `folder`. */
  readonly command: readonly string[];
  readonly sources: Record<string, string>;
  readonly outputs: Record<string, string>;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const samples = join(root, "samples");
const recordPath = join(samples, "prebuilt.json");
const record = JSON.parse(readFileSync(recordPath, "utf8")) as Record<string, Prebuilt>;
const asked = process.argv.slice(2);
const env = { ...process.env, PATH: `${join(root, "node_modules", ".bin")}${delimiter}${process.env["PATH"] ?? ""}` };

for (const [name, entry] of Object.entries(record)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const [program, ...args] = entry.command;
  if (program === undefined) throw new Error(`prebuilt.json: "${name}" has an empty command`);
  execFileSync(program, args, { cwd: join(samples, entry.folder), env, stdio: "inherit" });
  for (const files of [entry.sources, entry.outputs]) for (const path of Object.keys(files)) files[path] = hashOf(path);
  console.log(`built ${name}`);
}
writeFileSync(recordPath, `${JSON.stringify(record, undefined, 2)}\n`);

function hashOf(path: string): string {
  return createHash("sha256")
    .update(readFileSync(join(samples, path)))
    .digest("hex");
}
