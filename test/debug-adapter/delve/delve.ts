// Delve itself, as a debug adapter on the native build of a program.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DapClient } from "../../support/dap-client.ts";
import { delvePath } from "../../../tools/delve.mjs";

/** As long as the first build of a package and all that it imports takes without optimisation. */
const buildLimit = 180_000;

export interface NativeBuild {
  readonly file: string;
  readonly remove: () => void;
}

/** Builds a package as Delve does: without optimisation and inlining, in the standard library neither. */
export function buildNative(folder: string): NativeBuild {
  const temporary = mkdtempSync(join(tmpdir(), "go-wasm-delve-"));
  const file = join(temporary, "program");
  const { status, stderr } = spawnSync("go", ["build", "-gcflags=all=-N -l", "-o", file, "."], {
    cwd: folder,
    encoding: "utf8",
    timeout: buildLimit,
  });
  if (status !== 0) throw new Error(`go build in ${folder}: ${stderr}`);
  return { file, remove: () => rmSync(temporary, { recursive: true, force: true }) };
}

/** A client of Delve, which calls back on a port. */
export async function connectDelve(): Promise<DapClient> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  // The folder of the client is no matter; the programs' arguments are whole paths.
  const process = spawn(delvePath(), ["dap", `--client-addr=127.0.0.1:${port}`], { stdio: "pipe" });
  try {
    const socket = await new Promise<Socket>((resolve, reject) => {
      server.once("connection", resolve);
      process.once("error", reject);
      process.once("close", (code) => reject(new Error(`Delve has ended (${code})`)));
    });
    return new DapClient({ process, input: socket, output: socket });
  } finally {
    server.close();
  }
}

/** What Delve needs to run a program in one thread, so that goroutines take turns as they do in wasm. */
export function delveLaunch(program: string): object {
  return { mode: "exec", program, outputMode: "remote", env: { GOMAXPROCS: "1", GODEBUG: "asyncpreemptoff=1" } };
}
