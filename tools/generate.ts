/** Writes what is derived from tables: `tsx tools/generate.ts`. With `--check` nothing is written, and a difference is an error. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { launchPage, settingsPage } from "./contributions/pages.ts";
import { withContract } from "./contributions/manifest.ts";
import { generateGrammars } from "./grammar/generate.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Every generated file's path below `root`, with its text. */
async function generatedFiles(): Promise<Map<string, string>> {
  return new Map([
    ["package.json", await manifest()],
    ["docs/settings.md", settingsPage()],
    ["docs/launch.md", launchPage()],
    ...generateGrammars(),
  ]);
}

async function manifest(): Promise<string> {
  const path = join(root, "package.json");
  const parsed = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  return format(JSON.stringify(withContract(parsed), undefined, 2), { ...(await resolveConfig(path)), filepath: path });
}

const check = process.argv.includes("--check");
const differing: string[] = [];
for (const [path, text] of await generatedFiles()) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  differing.push(path);
  if (check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

if (check && differing.length > 0) {
  console.error(`not up to date: ${differing.join(", ")}\nrun: npm run generate`);
  process.exitCode = 1;
} else {
  console.log(differing.length > 0 ? `written: ${differing.join(", ")}` : "everything generated is up to date");
}
