// Finds the Chrome, Chromium or Edge that shows VS Code in the end-to-end tests; on Debian as root it installs Chromium where there is none.
import { existsSync } from "node:fs";
import { onPath, run } from "./process.mjs";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "microsoft-edge-stable",
  "msedge",
];

const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "/snap/bin/chromium",
  "/opt/google/chrome/chrome",
  ...["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"].flatMap((name) => {
    const folder = process.env[name];
    return folder ? [`${folder}\\Google\\Chrome\\Application\\chrome.exe`, `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`] : [];
  }),
];

/** The browser's path, or undefined. The environment variable `CHROMIUM` goes first and must name an existing file. */
export function findBrowser() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM names ${named}, which does not exist`);
    return named;
  }
  return onPath(...names) ?? places.find((path) => existsSync(path));
}

/**
 * The browser's path, after an installation by apt where that is possible. Throws with the one command to type where it is not.
 * @param {(line: string) => void} say
 */
export async function ensureBrowser(say) {
  const found = findBrowser();
  if (found) return found;
  const command = "apt-get update && apt-get install -y --no-install-recommends chromium";
  if (!onPath("apt-get")) throw new Error("no Chrome, Chromium or Edge found; install one, or set CHROMIUM to its path");
  if (process.getuid?.() !== 0) throw new Error(`no Chrome, Chromium or Edge found; install one with:\n  sudo sh -c "${command}"`);
  say("installing Chromium by apt");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const wait = ["-o", "DPkg::Lock::Timeout=180"];
  // A failed update (an index out of date, a key missing) need not stop the installation, which says itself what it lacks.
  await run("apt-get", [...wait, "update"], { env, limit: 180 });
  const install = await run("apt-get", [...wait, "install", "-y", "--no-install-recommends", "chromium"], { env, limit: 600 });
  const installed = findBrowser();
  if (!install.ok || !installed) throw new Error(`apt could not install Chromium:\n${install.output.slice(-2000)}`);
  return installed;
}
