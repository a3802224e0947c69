/** The language server's conversation with one client. This file alone speaks LSP; what it answers comes from the features. */
import {
  DiagnosticRefreshRequest,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  type CancellationToken,
  type Connection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
} from "vscode-languageserver";
import { messages, type BuildWatParams, type BuildWatResult, type PrintWasmParams, type PrintWasmResult } from "#core/contract/messages.ts";
import { WatDocument } from "#core/wat/document.ts";
import { Documents, type OpenDocument } from "./documents.ts";
import { watFeatures } from "./features.ts";
import { goFolderOf, type GoFolderReader } from "./go-folder.ts";
import type { GoHost } from "./go-host.ts";
import { goDiagnostics } from "./go/diagnostics.ts";
import { SessionSettings } from "./settings.ts";
import { watDiagnostics } from "./wat/diagnostics.ts";

/** What a session needs of the machine it runs on. */
export interface SessionHost {
  readonly version: string;
  readonly readGoFolder: GoFolderReader;
  readonly goHost: GoHost;
  /** Neither rejects. */
  readonly wabt: {
    buildWat(text: string, isWellFormed: () => boolean): Promise<BuildWatResult>;
    printWasm(wasm: Uint8Array): Promise<PrintWasmResult>;
    dispose(): Promise<void>;
  };
}

/** Answers on `connection` until it ends. The caller calls `connection.listen()`. */
export function startSession(connection: Connection, host: SessionHost): void {
  const log = (message: string): void => connection.console.error(message);
  const documents = new Documents(log);
  const settings = new SessionSettings();
  let client: InitializeParams["capabilities"] = {};

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities;
    settings.initialize(params.initializationOptions);
    if (client.workspace?.configuration)
      settings.pullWith((uri) => connection.workspace.getConfiguration({ scopeUri: uri, section: "goWasm" }));
    return {
      serverInfo: { name: "go-wasm", version: host.version },
      capabilities: {
        positionEncoding: "utf-16",
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        diagnosticProvider: { identifier: "go-wasm", interFileDependencies: true, workspaceDiagnostics: false },
        ...Object.assign({}, ...watFeatures.map((feature) => feature.capability)),
      },
    };
  });
  connection.onShutdown(() => host.wabt.dispose());

  const push = pushDiagnostics(connection, diagnosticsOf, log);
  const changed = (document: OpenDocument | undefined): void => {
    if (!document || client.textDocument?.diagnostic) return;
    push.soon(document.uri);
    // A Go file's diagnostics depend on its package.
    if (document.kind === "go") for (const other of documents.all()) if (other.kind === "go") push.soon(other.uri);
  };
  connection.onDidOpenTextDocument(({ textDocument }) => changed(documents.open(textDocument)));
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) =>
    changed(documents.change(textDocument.uri, textDocument.version, contentChanges)),
  );
  connection.onDidCloseTextDocument(({ textDocument }) => {
    const closed = documents.close(textDocument.uri);
    settings.forget(textDocument.uri);
    changed(closed);
  });
  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    settings.change(pushed);
    for (const document of documents.all()) changed(document);
    if (client.workspace?.diagnostics?.refreshSupport) {
      connection
        .sendRequest(DiagnosticRefreshRequest.type)
        .catch((error: unknown) => log(`the client refused to refresh diagnostics: ${String(error)}`));
    }
  });

  async function diagnosticsOf(uri: string): Promise<{ readonly version: number | undefined; readonly items: Diagnostic[] }> {
    const values = await settings.of(uri);
    const before = documents.get(uri);
    if (!before) return { version: undefined, items: [] };
    if (before.kind === "wat") return { version: before.version, items: values["wat.diagnostics"] ? watDiagnostics(before.parsed, before.uri) : [] };
    if (!values["go.diagnostics"]) return { version: before.version, items: [] };
    const folder = await goFolderOf(before, documents.all(), host.readGoFolder);
    // The file may have been edited while its folder was read.
    const file = documents.get(uri);
    if (file?.kind !== "go") return { version: undefined, items: [] };
    const options = { target: values["go.target"], goVersion: values["go.version"], siblings: folder.files, host: host.goHost };
    const items = goDiagnostics(file, folder.importPath === undefined ? options : { ...options, importPath: folder.importPath });
    return { version: file.version, items };
  }

  /** Registers a request whose failures are answered and logged, whatever they are. */
  function answer(method: string, handle: (params: never) => unknown): void {
    connection.onRequest(method, async (params: unknown, token: CancellationToken) => {
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      try {
        return await handle(params as never);
      } catch (error) {
        if (error instanceof ResponseError) return error;
        log(`${method} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return new ResponseError(ErrorCodes.InternalError, `${method} failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  }

  answer(DocumentDiagnosticRequest.method, async (params: { textDocument: { uri: string } }) => {
    const { items } = await diagnosticsOf(params.textDocument.uri);
    return { kind: DocumentDiagnosticReportKind.Full, items };
  });
  for (const feature of watFeatures) {
    answer(feature.method, (params: Parameters<typeof feature.answer>[1]) => {
      const document = documents.get(params.textDocument.uri);
      return document?.kind === "wat" ? feature.answer(document.parsed, params) : null;
    });
  }
  answer(messages.buildWat, (params: BuildWatParams) => {
    const text = stringFrom(params, "text");
    return host.wabt.buildWat(text, () => WatDocument.open(text, "wat").problems().length === 0);
  });
  answer(messages.printWasm, (params: PrintWasmParams) => host.wabt.printWasm(Buffer.from(stringFrom(params, "wasm"), "base64")));
}

/** The property `name` of a custom request's parameters, which no protocol library has checked. */
function stringFrom<Name extends string>(params: Readonly<Record<Name, string>>, name: Name): string {
  const value: unknown = params[name];
  if (typeof value === "string") return value;
  throw new ResponseError(ErrorCodes.InvalidParams, `"${name}" must be a string`);
}

/** Sends diagnostics unasked, for clients that cannot ask; once for a burst of changes. */
function pushDiagnostics(
  connection: Connection,
  diagnosticsOf: (uri: string) => Promise<{ readonly version: number | undefined; readonly items: Diagnostic[] }>,
  log: (message: string) => void,
): { soon(uri: string): void } {
  const waiting = new Set<string>();
  const send = async (uri: string): Promise<void> => {
    const { version, items } = await diagnosticsOf(uri);
    await connection.sendDiagnostics(version === undefined ? { uri, diagnostics: items } : { uri, version, diagnostics: items });
  };
  return {
    soon(uri) {
      if (waiting.has(uri)) return;
      waiting.add(uri);
      setImmediate(() => {
        waiting.delete(uri);
        send(uri).catch((error: unknown) => log(`diagnostics of ${uri} failed: ${String(error)}`));
      });
    },
  };
}
