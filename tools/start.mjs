// Sets up, builds, packages, and opens a real VS Code with the extension on samples/. `npm start [-- OPTIONS]`
//
// The VS Code is the desktop's where `code` is on the path, else code-server on loopback. It runs until its window is closed or Ctrl+C is
// pressed, with a profile of its own that is removed then.
// --check         plays the F5 scenario headless in code-server and prints what it saw
// --screenshot    with --check: renews docs/images/stopped.png on the way
// --code-server   code-server also where there is a desktop VS Code
// --vsix FILE     this extension file instead of a new build
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { quietSettings, startCodeServer } from "./e2e/code-server.mjs";
import { onPath, run, start } from "./e2e/process.mjs";
import { build, pack } from "./package.mjs";
import { ensureBrowser, ensureCodeServer, ensureDependencies, root, say } from "./setup.mjs";

const samples = join(root, "samples");
const check = process.argv.includes("--check");
const screenshot = process.argv.includes("--screenshot");
const vsixFlag = process.argv.indexOf("--vsix");
const given = vsixFlag < 0 ? undefined : process.argv[vsixFlag + 1];

try {
  await ensureDependencies();
  const desktop = check || process.argv.includes("--code-server") ? undefined : onPath("code", "code-insiders", "codium");
  if (!desktop) await ensureCodeServer();
  if (check) await ensureBrowser(say);
  const vsix = given ? resolve(given) : await packaged();
  if (check) await playScenario(vsix);
  else if (desktop) await openDesktop(desktop, vsix);
  else await openCodeServer(vsix);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function packaged() {
  say("building and packaging");
  await build();
  return pack();
}

async function playScenario(vsix) {
  const picture = join(root, "docs/images/stopped.png");
  if (screenshot) mkdirSync(join(root, "docs/images"), { recursive: true });
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
  const args = [tsx, join(root, "test/e2e/check.ts"), ...(screenshot ? ["--screenshot", picture] : [])];
  const { ok } = await run(process.execPath, args, { cwd: root, env: { ...process.env, VSIX: vsix }, limit: 180, show: true });
  process.exitCode = ok ? 0 : 1;
}

async function openCodeServer(vsix) {
  const server = await startCodeServer({ vsix });
  const payload = [["openFile", server.uri(join(samples, "c/main.c"))]];
  console.log(`\nVS Code with the extension is at\n\n  ${server.page(samples, payload)}\n`);
  console.log("Click left of a line number to set a breakpoint, then press F5. Ctrl+C here ends it.");
  await Promise.race([interrupted(), server.ended]);
  await server.stop();
}

async function openDesktop(code, vsix) {
  const profile = mkdtempSync(join(tmpdir(), "go-wasm-desktop-"));
  try {
    mkdirSync(join(profile, "data/User"), { recursive: true });
    writeFileSync(join(profile, "data/User/settings.json"), JSON.stringify(quietSettings, null, 2));
    const own = ["--user-data-dir", join(profile, "data"), "--extensions-dir", join(profile, "extensions")];
    const install = await run(code, [...own, "--install-extension", vsix, "--force"], { limit: 120 });
    if (!install.ok) throw new Error(`${code} could not install ${vsix}:\n${install.output}`);
    console.log(`VS Code (${code}) opens on samples/. Close its window, or press Ctrl+C here, to end it.`);
    const window = start(code, [...own, "--new-window", "--wait", samples, "--goto", join(samples, "c/main.c")], { stdio: "inherit" });
    const closed = new Promise((resolve) => {
      window.once("exit", resolve);
      window.once("error", resolve);
    });
    await Promise.race([interrupted(), closed]);
    await endDesktop(profile);
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** The `code` command starts the editor outside of its own process group; the editor writes its process id into its profile. */
async function endDesktop(profile) {
  let pid;
  try {
    pid = Number(readFileSync(join(profile, "data/code.lock"), "utf8"));
    process.kill(pid, "SIGTERM");
  } catch {
    return; // the window was closed and the editor has ended
  }
  for (const end = Date.now() + 5000; Date.now() < end; await new Promise((done) => setTimeout(done, 100))) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
  }
}

function interrupted() {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, resolve);
  });
}
