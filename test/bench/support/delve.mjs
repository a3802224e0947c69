// Delve beside our adapter: a native build of the same program.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { delvePath, ensureDelve } from "../../../tools/delve.mjs";
import { DebugSession } from "./debug-session.mjs";

await ensureDelve((line) => console.error(line));

/** Builds a package as Delve does. */
export function buildForDelve(folder, file) {
  execFileSync("go", ["build", "-gcflags=all=-N -l", "-o", file, "."], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}

/** A session with a Delve of its own, which calls back on a port. */
export async function delveSession() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const delve = spawn(delvePath(), ["dap", `--client-addr=127.0.0.1:${server.address().port}`], { stdio: ["ignore", "ignore", "inherit"] });
  const [socket] = await once(server, "connection");
  server.close();
  return new DebugSession({ process: delve, input: socket, output: socket });
}

/** Launch arguments for a program that {@link buildForDelve} has built. */
export function delveLaunch(program) {
  return { mode: "exec", program, outputMode: "remote", env: { GOMAXPROCS: "1" } };
}
