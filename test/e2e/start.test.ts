import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packagedExtension, root } from "./support/host.ts";

let folder: string;
let running: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "go-wasm-start-test-"));
});

afterEach(() => {
  running?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `npm start` on the packaged extension, with temporary files in a folder of the test's own. */
function npmStart(options: readonly string[], path = process.env["PATH"]): { output: () => string; ended: Promise<number | null> } {
  const env = { ...process.env, PATH: path, TMPDIR: folder };
  const child = spawn(process.execPath, [join(root, "tools/start.mjs"), "--vsix", packagedExtension(), ...options], { cwd: root, env });
  running = child;
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
  return { output: () => output, ended: new Promise((resolve) => child.once("exit", resolve)) };
}

test("npm start -- --check stops in the C sample and prints where, with the variables", async () => {
  const line =
    readFileSync(join(root, "samples/c/main.c"), "utf8")
      .split("\n")
      .findIndex((text) => text.includes("deposit(&balance, interest);")) + 1;
  const { output, ended } = npmStart(["--check"]);
  expect(await ended, output()).toBe(0);
  expect(output()).toContain(`stopped: c/main.c:${line}\n`);
  expect(output()).toContain("variable: percent = 3\n");
  expect(output()).toContain("ended: no debug adapter and no debuggee is left\n");
});

test("npm start prints an address of this machine that answers, until Ctrl+C ends all and removes its files", async () => {
  const { output, ended } = npmStart(["--code-server"]);
  await expect.poll(output, { timeout: 90_000 }).toContain("Ctrl+C");
  const address = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(output())?.[0];
  expect((await fetch(address!)).status).toBe(200);

  running!.kill("SIGINT");
  expect(await ended).toBe(0);
  await expect(fetch(address!)).rejects.toThrow();
  expect(readdirSync(folder).filter((name) => name.startsWith("go-wasm-code-server-"))).toEqual([]);
});

test("npm start opens the desktop's VS Code where there is one, in a profile of its own that is removed when its window closes", async () => {
  const record = join(folder, "calls.txt");
  const code = join(folder, "code");
  // Stands for VS Code's command: it writes down how it was called and closes its window at once.
  writeFileSync(code, `#!/bin/sh\necho "$@" >> "${record}"\n`);
  chmodSync(code, 0o755);
  const { output, ended } = npmStart([], `${folder}${delimiter}${process.env["PATH"] ?? ""}`);
  expect(await ended, output()).toBe(0);
  const [install, open] = readFileSync(record, "utf8").trim().split("\n");
  expect(install).toContain(`--install-extension ${packagedExtension()}`);
  expect(open).toContain(join(root, "samples"));
  const profile = /--user-data-dir (\S+)/.exec(open!)?.[1];
  expect(install).toContain(`--user-data-dir ${profile}`);
  expect(existsSync(profile!)).toBe(false);
});
