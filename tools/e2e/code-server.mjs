// Starts code-server, the real VS Code workbench and extension host, on loopback with an extension installed and a profile of its own.
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { codeServerEntry, codeServerNode } from "../setup.mjs";
import { endGroup, run, start } from "./process.mjs";

/** A profile without prompts, welcome pages, toasts and traffic to the outside. */
export const quietSettings = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.enableExperiments": false,
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "remote.autoForwardPorts": false,
};

/**
 * @typedef {object} CodeServer
 * @property {string} origin such as `http://127.0.0.1:40123`
 * @property {string} extensions the folder of the installed extensions: every process of an extension has it in its command line
 * @property {(file: string) => string} uri the address that the workbench gives to a file of this machine
 * @property {(folder: string, payload?: readonly (readonly [string, string])[]) => string} page the address of a window on a folder, or on
 *   the folders that a `.code-workspace` file names
 * @property {() => string} log what the server has printed so far
 * @property {Promise<void>} ended settles when the server process has ended
 * @property {() => Promise<void>} stop ends the server and all its processes, and removes its folder; may be called twice
 */

/**
 * Installs the extension file into a new profile and starts code-server there. Throws with the end of its log when it does not answer.
 * @param {{ vsix: string, more?: readonly string[], settings?: Record<string, unknown>, options?: readonly string[], env?: NodeJS.ProcessEnv }} what `more` are
 *   the files of other extensions that are installed with it; `settings` are
 *   added to {@link quietSettings}; `options` are added to the command line
 * @returns {Promise<CodeServer>}
 */
export async function startCodeServer({ vsix, more = [], settings = {}, options = [], env = process.env }) {
  const root = mkdtempSync(join(tmpdir(), "go-wasm-code-server-"));
  const user = { ...quietSettings, ...settings };
  mkdirSync(join(root, "data/User"), { recursive: true });
  writeFileSync(join(root, "data/User/settings.json"), JSON.stringify(user, null, 2));
  writeFileSync(join(root, "config.yaml"), "{}\n");
  const extensions = join(root, "extensions");
  const base = [
    codeServerEntry,
    "--config",
    join(root, "config.yaml"),
    "--user-data-dir",
    join(root, "data"),
    "--extensions-dir",
    extensions,
  ];
  const quietEnv = { ...env, EXTENSIONS_GALLERY: '{"serviceUrl":""}' };

  const installed = [vsix, ...more].flatMap((file) => ["--install-extension", file]);
  const install = await run(codeServerNode, [...base, ...installed], { env: quietEnv, limit: 60 });
  if (!install.ok) {
    rmSync(root, { recursive: true, force: true });
    throw new Error(`cannot install ${vsix}:\n${install.output}`);
  }

  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const logFile = join(root, "server.log");
  const out = openSync(logFile, "w");
  const trust = user["security.workspace.trust.enabled"] ? [] : ["--disable-workspace-trust"];
  const loopback = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`];
  const still = ["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override", "--disable-proxy"];
  const server = start(codeServerNode, [...base, ...loopback, ...still, ...trust, ...options], {
    env: quietEnv,
    stdio: ["ignore", out, out],
  });
  closeSync(out);
  const ended = new Promise((resolve) => {
    server.once("exit", resolve);
    server.once("error", resolve);
  });
  const log = () => readFileSync(logFile, "utf8");
  let stopped;
  const stop = () =>
    (stopped ??= (async () => {
      endGroup(server.pid);
      await ended;
      rmSync(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    })());
  process.once("exit", () => rmSync(root, { recursive: true, force: true }));

  if (!(await answers(`${origin}/healthz`, ended))) {
    const text = log();
    await stop();
    throw new Error(`no answer from code-server on ${origin}:\n${text.slice(-3000)}`);
  }
  const uri = (file) => `vscode-remote://127.0.0.1:${port}${file}`;
  const page = (folder, payload = []) =>
    `${origin}/?${folder.endsWith(".code-workspace") ? "workspace" : "folder"}=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
  return { origin, extensions, uri, page, log, ended, stop };
}

/** Whether the address answers within 30 s, and before the server has ended. */
async function answers(address, ended) {
  const limit = Date.now() + 30_000;
  const over = ended.then(() => "over");
  while (Date.now() < limit) {
    const answered = await fetch(address).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return true;
    const next = await Promise.race([over, new Promise((done) => setTimeout(done, 50))]);
    if (next === "over") return false;
  }
  return false;
}

/** A port that was free a moment ago. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
