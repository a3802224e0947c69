/** Entry of the language server on Node: `server.cjs --stdio`, or Node IPC when started by VS Code. */
import { join } from "node:path";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { version } from "../../package.json";
import { goInstallation } from "./go-environment.ts";
import { DiskFiles } from "./go-files.ts";
import { goHost } from "./go-host.ts";
import { startSession } from "./session.ts";
import { Wabt } from "./worker/wabt.ts";

const connection = createConnection(ProposedFeatures.all);
startSession(connection, {
  version,
  goFiles: new DiskFiles(),
  goInstallation: goInstallation(process.env, process.platform),
  goHost: goHost(process.platform, process.arch),
  wabt: new Wabt(join(__dirname, "wabt-worker.cjs")),
});
// A client that is gone takes its server along; on stdio the library sees to it, on IPC nobody would.
process.on("disconnect", () => process.exit(0));
connection.listen();
