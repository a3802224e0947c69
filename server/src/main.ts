/** Entry of the language server on Node: `server.cjs --stdio`, or Node IPC when started by VS Code. */
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { version } from "../../package.json";
import { goInstallation } from "#go-check/environment.ts";
import { InstalledGoCompiler } from "./go-compiler.ts";
import { DiskFiles } from "#go-check/files.ts";
import { goHost } from "#go-check/host.ts";
import { stdioConnection } from "./stdio-connection.ts";
import { startSession } from "./session.ts";
import { nodeScriptThreads } from "./scripts/node-script-thread.ts";
import { ScriptRunner } from "./scripts/script-runner.ts";
import { Wabt } from "./worker/wabt.ts";

// Each edit of a large text leaves a text as garbage: collect it before there are too many, but not at every second edit, as with 50 percent
// of 12 MB. See `v8 --help`.
setFlagsFromString("--heap-growing-percent=100");
// With V8's own limit of 920 its compiler works a quarter longer until a text is open or thousands of small ones are, and code gets no faster.
setFlagsFromString("--max-inlined-bytecode-size-cumulative=300");
// What is young survives while a text is read: room for it that doubles from 1 MB costs a tenth of the time to open 14 MB.
setFlagsFromString("--semi-space-growth-factor=16");
const connection = process.argv.includes("--stdio") ? stdioConnection() : createConnection(ProposedFeatures.all);
const installation = goInstallation(process.env, process.platform);
const goCompiler = installation.root === undefined ? undefined : new InstalledGoCompiler(installation.root, process.env);
startSession(connection, {
  version,
  goFiles: new DiskFiles(),
  goInstallation: installation,
  goHost: goHost(process.platform, process.arch),
  goCompiler,
  wabt: new Wabt(join(__dirname, "wabt-worker.cjs")),
  scripts: new ScriptRunner(nodeScriptThreads(join(__dirname, "script-worker.cjs"))),
});
process.on("exit", () => goCompiler?.kill());
// A process that a signal ends would leave its children behind.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
// A client that is gone takes its server along; on stdio the library sees to it, on IPC nobody would.
process.on("disconnect", () => process.exit(0));
connection.listen();
