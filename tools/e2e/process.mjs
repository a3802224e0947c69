// Child processes for the tools: every one has a time limit and a process group of its own, and none outlives us.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Children that still run. A signal or an early exit ends them. */
const running = new Set();

let guarded = false;

/** From now on a signal ends the children first. Registered once, when the first child starts. */
function guard() {
  if (guarded) return;
  guarded = true;
  process.on("exit", endAll);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(signal === "SIGINT" ? 130 : 143);
    });
  }
}

function endAll() {
  for (const child of running) endGroup(child.pid);
  running.clear();
}

/** Kills the process and all that it started in its group. Nothing happens when they are gone. */
export function endGroup(pid) {
  if (pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // already gone
  }
}

/**
 * Starts a program in a process group of its own; the group is killed when we end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  guard();
  const child = spawn(command, args, { ...options, detached: process.platform !== "win32" });
  running.add(child);
  child.once("exit", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/**
 * Runs a program to its end, and ends what it left behind in its group.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limit: number, show?: boolean }} options `limit` in seconds; `show` passes the output
 *   on as it comes instead of only collecting it
 * @returns {Promise<{ ok: boolean, code: number | null, output: string }>} `output` holds stdout and stderr as they came
 */
export function run(command, args, { cwd, env, limit, show = false }) {
  return new Promise((resolve) => {
    const child = start(command, args, { ...(cwd && { cwd }), env: env ?? process.env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let timedOut = false;
    for (const [stream, target] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      stream.setEncoding("utf8");
      stream.on("data", (text) => {
        output += text;
        if (show) target.write(text);
      });
    }
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child.pid);
    }, limit * 1000);
    let finished = false;
    const finish = (code, note = "") => {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      endGroup(child.pid);
      if (note && show) process.stderr.write(note);
      resolve({ ok: code === 0 && !timedOut, code, output: output + note });
    };
    child.once("error", (error) => finish(null, `cannot start ${command}: ${error.message}\n`));
    child.once("exit", (code) => {
      // A grandchild that left the group may hold the pipes open for ever.
      const lastWords = setTimeout(() => finish(code), 1000);
      child.once("close", () => {
        clearTimeout(lastWords);
        finish(code, timedOut ? `${command} was ended after ${limit} s\n` : "");
      });
    });
  });
}

/** The first of these programs that the PATH has, as an absolute path. */
export function onPath(...names) {
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const found = endings.map((ending) => join(folder, name + ending)).find((path) => folder !== "" && existsSync(path));
      if (found) return found;
    }
  }
  return undefined;
}

/** How npm is started: by the npm that runs us where there is one, so that Windows needs no shell. */
export function npm(...args) {
  const script = process.env.npm_execpath;
  return script && /npm-cli\.c?js$/.test(script) ? [process.execPath, [script, ...args]] : ["npm", args];
}
