/** Entry of the language server in a browser: a worker, to which messages of the protocol are posted as objects. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from "vscode-languageserver/browser";
import { version } from "../../../package.json";
import { noFiles } from "#go-check/no-files.ts";
import { ScriptRunner } from "../scripts/script-runner.ts";
import { startSession } from "../session.ts";
import { isScriptThread, scriptThreads, serveScripts } from "./script-thread.ts";

const worker = self as DedicatedWorkerGlobalScope;

/** Where Go is not installed, and no file is read: packages are what is open of them in the editor. */
const noInstallation = { root: undefined, moduleCache: undefined, work: undefined, mod: undefined, tags: [], version: undefined };

function serveClient(): void {
  const reader = new BrowserMessageReader(worker);
  const connection = createConnection(ProposedFeatures.all, reader, new BrowserMessageWriter(worker));
  startSession(connection, {
    version,
    goFiles: noFiles,
    goInstallation: noInstallation,
    // What native Go code is checked for, where that is asked for: browsers run on anything, and Go knows no machine of that name.
    goHost: { goos: "linux", goarch: "amd64" },
    goCompiler: undefined,
    wabt: undefined,
    scripts: new ScriptRunner(scriptThreads),
  });
  connection.listen();
}

if (isScriptThread(worker)) serveScripts(worker);
else serveClient();
