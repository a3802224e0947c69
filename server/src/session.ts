/** The language server's conversation with one client. This file alone speaks LSP; what it answers comes from the features. */
import {
  CodeActionRequest,
  CodeActionResolveRequest,
  CodeLensRefreshRequest,
  CodeLensRequest,
  CodeLensResolveRequest,
  CompletionResolveRequest,
  DiagnosticRefreshRequest,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  ErrorCodes,
  ExecuteCommandRequest,
  InlayHintRefreshRequest,
  InlayHintRequest,
  LSPErrorCodes,
  RegistrationRequest,
  ResponseError,
  TextDocumentSyncKind,
  WorkspaceSymbolRequest,
  type CancellationToken,
  type CodeAction,
  type CodeActionParams,
  type CodeLens,
  type CodeLensParams,
  type CompletionItem,
  type Connection,
  type Diagnostic,
  type ExecuteCommandParams,
  type InitializeParams,
  type InitializeResult,
  type InlayHintParams,
} from "vscode-languageserver";
import { nextTurn } from "#platform";
import { messages, type BuildWatParams, type BuildWatResult, type PrintWasmParams, type PrintWasmResult } from "#core/contract/messages.ts";
import type { SettingValues } from "#core/contract/settings.ts";
import { parentFolder, pathInside } from "#core/go/packages/paths.ts";
import { WatDocument } from "#core/wat/document.ts";
import { ClosedDiagnostics } from "./closed-diagnostics.ts";
import { Documents, type OpenDocument, type OpenGo, type OpenWat } from "./documents.ts";
import { watFeatures } from "./features.ts";
import { CompileOnSave, type CompileOrder } from "./compile-on-save.ts";
import type { GoCompiler } from "./go-compiler.ts";
import type { GoInstallation } from "#go-check/environment.ts";
import type { GoFiles } from "#go-check/files.ts";
import type { GoHost } from "#go-check/host.ts";
import { GoWorkspace, type GoCheckSettings } from "#go-check/workspace.ts";
import { codeActionKinds, goCodeActions } from "./go/code-action.ts";
import { goCodeLenses, startsGo } from "./go/code-lens.ts";
import { compilersDiagnostics, mergedDiagnostics, type Compiled } from "./go/compiled-diagnostics.ts";
import { compileTarget, goDocumentFindings, type GoCheckOptions } from "#go-check/diagnostics.ts";
import type { GoDocument } from "#go-check/go-document.ts";
import { DiagnosticsRefresh } from "./diagnostics-refresh.ts";
import type { ScriptRunner } from "./scripts/script-runner.ts";
import { Scripts } from "./scripts/scripts.ts";
import { SessionSettings } from "./settings.ts";
import { slashed, uriToPath } from "./uri-path.ts";
import { checkedInSlices } from "./wat/checked-in-slices.ts";
import { resolvedLens, showsReferences, watLenses } from "./wat/code-lens.ts";
import { watInlayHints } from "./wat/inlay-hint.ts";
import { watCodeActions } from "./wat/code-actions.ts";
import { resolvedItem } from "./wat/completion.ts";
import { resolvedAction } from "./wat/module-actions.ts";
import { watDiagnostics } from "./wat/diagnostics.ts";
import { Refusal, type DocumentParams, type WatRequest } from "./wat/feature.ts";
import { lintDiagnostics } from "./wat/lint-diagnostics.ts";
import { profileDiagnostics } from "./wat/profile-diagnostics.ts";
import { runAssertionsCommand, scriptDiagnostics, scriptHints, scriptLenses } from "./wat/script-lens.ts";
import { announced } from "./wat/registrations.ts";
import { workspaceSymbols } from "./wat/workspace-symbol.ts";

/** What a session needs of the machine it runs on. */
export interface SessionHost {
  readonly version: string;
  readonly goFiles: GoFiles;
  readonly goInstallation: GoInstallation;
  readonly goHost: GoHost;
  /** Undefined where Go is not installed. */
  readonly goCompiler: GoCompiler | undefined;
  /** Neither rejects. */
  readonly scripts: Pick<ScriptRunner, "run" | "end" | "dispose">;
  /** Undefined where it does not run: then the requests that need it are not known. */
  readonly wabt:
    | {
        buildWat(text: string, isWellFormed: () => boolean): Promise<BuildWatResult>;
        printWasm(base64: string): Promise<PrintWasmResult>;
        dispose(): Promise<void>;
      }
    | undefined;
}

/** Answers on `connection` until it ends. The caller calls `connection.listen()`. */
export function startSession(connection: Connection, host: SessionHost): void {
  const log = (message: string): void => connection.console.error(message);
  const { wabt } = host;
  const documents = new Documents(log);
  const settings = new SessionSettings();
  const goWorkspace = new GoWorkspace(host.goFiles, host.goInstallation, host.goHost, (uri) =>
    renew(documents.all().filter((document) => document.uri === uri)),
  );
  let hasGoLenses = false;
  let hasReferenceLenses = false;
  const scripts = new Scripts(host.scripts);
  let client: InitializeParams["capabilities"] = {};

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities;
    hasGoLenses = startsGo(params.initializationOptions);
    hasReferenceLenses = showsReferences(params.initializationOptions);
    settings.initialize(params.initializationOptions);
    if (client.workspace?.configuration)
      settings.pullWith((uri) => connection.workspace.getConfiguration({ scopeUri: uri, section: "goWasm" }));
    return {
      serverInfo: { name: "go-wasm", version: host.version },
      capabilities: {
        positionEncoding: "utf-16",
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        diagnosticProvider: { identifier: "go-wasm", interFileDependencies: true, workspaceDiagnostics: false },
        codeActionProvider: { codeActionKinds: [...codeActionKinds], resolveProvider: true },
        codeLensProvider: { resolveProvider: true },
        inlayHintProvider: true,
        workspaceSymbolProvider: true,
        executeCommandProvider: { commands: [runAssertionsCommand] },
        ...announced(watFeatures, textDocumentOf(client)).capabilities,
      },
    };
  });
  connection.onShutdown(() => {
    compileOnSave.end();
    host.scripts.dispose();
    return wabt?.dispose();
  });

  const push = pushDiagnostics(connection, (uri) => diagnosticsOf(uri), log);
  const refresh = new DiagnosticsRefresh(
    (uri) => diagnosticsOf(uri),
    () => connection.sendRequest(DiagnosticRefreshRequest.type),
    log,
  );
  /** The other Go files that are open and whose diagnostics may have changed with that file. */
  const dependentsOf = (changed: OpenDocument): OpenDocument[] => {
    if (changed.kind === "wat") return [];
    const folder = parentFolder(changed.path);
    const isOfModule = /\/(?:go\.mod|go\.work|modules\.txt)$/u.test(changed.path);
    return documents
      .all()
      .filter((other) => other.kind === "go" && other.uri !== changed.uri && (isOfModule || goWorkspace.dependsOn(other, folder)));
  };
  const renew = (renewed: readonly OpenDocument[]): void => {
    if (!client.textDocument?.diagnostic) for (const { uri } of renewed) push.soon(uri);
    else if (client.workspace?.diagnostics?.refreshSupport) refresh.soon(renewed.map(({ uri }) => uri));
  };
  const changed = (document: OpenDocument | undefined): void => {
    if (!document) return;
    if (!client.textDocument?.diagnostic && document.kind !== "beside-go") push.soon(document.uri);
    renew(dependentsOf(document));
  };
  const openGo = (): OpenGo[] => documents.all().filter((document): document is OpenGo => document.kind === "go");
  const closedDiagnostics = new ClosedDiagnostics({
    isOpen: (path) => openGo().some((document) => document.path === path),
    diagnosticsOf: closedDiagnosticsOf,
    send: (uri, diagnostics) => connection.sendDiagnostics({ uri, diagnostics }),
    log,
  });
  const compileOnSave = new CompileOnSave({
    compiler: host.goCompiler,
    disk: host.goFiles,
    orderFor: compileOrder,
    importedBy: (folder, target, withTests) => goWorkspace.importedBy(folder, target, withTests),
    changed: (paths) => {
      renew(openGo().filter(({ path }) => paths.includes(path)));
      void closedDiagnostics.renew(paths);
    },
    log,
  });
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    const saved = documents.get(uri);
    if (saved?.kind === "go" && uri.startsWith("file:")) compileOnSave.saved(uri, saved.path);
    else if (saved?.kind === "beside-go") compileOnSave.savedAround(parentFolder(saved.path));
  });
  connection.onDidOpenTextDocument(({ textDocument }) => {
    const opened = documents.open(textDocument);
    changed(opened);
    if (opened?.kind === "go") void closedDiagnostics.opened(opened.path, client.textDocument?.diagnostic !== undefined);
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) =>
    changed(documents.change(textDocument.uri, textDocument.version, contentChanges)),
  );
  connection.onDidCloseTextDocument(({ textDocument }) => {
    const closed = documents.close(textDocument.uri);
    settings.forget(textDocument.uri);
    scripts.forget(textDocument.uri);
    for (const feature of watFeatures) feature.forget?.(textDocument.uri);
    refresh.forget(textDocument.uri);
    changed(closed);
    goWorkspace.forget(textDocument.uri);
    if (closed?.kind === "go") void closedDiagnostics.renew([closed.path]);
  });
  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    settings.change(pushed);
    for (const document of documents.all()) changed(document);
    compileOnSave.settingsChanged();
    if (client.workspace?.diagnostics?.refreshSupport) refresh.now();
  });
  connection.onInitialized(() => {
    const { registrations } = announced(watFeatures, textDocumentOf(client));
    if (registrations.length > 0) {
      connection
        .sendRequest(RegistrationRequest.type, { registrations: [...registrations] })
        .catch((error: unknown) => log(`the client does not take registrations: ${String(error)}`));
    }
    if (!client.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
    const watchers = ["**/*.go", "**/*.s", "**/go.{mod,work}", "**/vendor/modules.txt"].map((globPattern) => ({ globPattern }));
    connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers })
      .catch((error: unknown) => log(`the client does not watch files: ${String(error)}`));
  });
  connection.onDidChangeWatchedFiles(() => {
    goWorkspace.filesChanged();
    renew(openGo());
    void closedDiagnostics.filesChanged();
  });

  async function diagnosticsOf(
    uri: string,
    token?: CancellationToken,
  ): Promise<{ readonly version: number | undefined; readonly items: Diagnostic[] }> {
    const values = await settings.of(uri);
    const before = await checked(uri, token);
    if (!before) return { version: undefined, items: (await closedDiagnosticsOf(slashed(uriToPath(uri)))).items };
    if (before.kind === "wat") {
      const ofText = values["wat.diagnostics"]
        ? [
            ...watDiagnostics(before.parsed, relatedUri(uri)),
            ...profileDiagnostics(before.parsed, values["wat.profile"]),
            ...lintDiagnostics(before.parsed, values),
          ]
        : [];
      return { version: before.version, items: [...ofText, ...scriptDiagnostics(before.parsed, scripts.outcomes(before))] };
    }
    if (before.kind !== "go" || !values["go.diagnostics"]) return { version: before.version, items: [] };
    return { version: before.version, items: mergedDiagnostics(compiledOf(before, goOptions(before, values))) };
  }

  function openWat(uri: string): OpenWat | undefined {
    const document = documents.get(uri);
    return document?.kind === "wat" ? document : undefined;
  }

  function parsedOf(uri: string): WatDocument | undefined {
    return openWat(uri)?.parsed;
  }

  function watRequest({ uri, version, parsed }: OpenWat, values: SettingValues): WatRequest {
    return { uri, version, document: parsed, settings: values, client: textDocumentOf(client) };
  }

  /** The document with a URI; one of WebAssembly text has been checked. Throws where the request is cancelled meanwhile. */
  async function checked(uri: string, token: CancellationToken | undefined): Promise<OpenDocument | undefined> {
    for (;;) {
      const document = documents.get(uri);
      if (document?.kind !== "wat") return document;
      const isStale = (): boolean => documents.get(uri) !== document || token?.isCancellationRequested === true;
      if (await checkedInSlices(document.parsed, isStale)) return document;
      if (token?.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    }
  }

  /** Has the client ask again for what outcomes of a script change. */
  function showAgain(document: OpenDocument): void {
    const { codeLens, inlayHint } = client.workspace ?? {};
    const asked = [
      ...(codeLens?.refreshSupport ? [CodeLensRefreshRequest.type] : []),
      ...(inlayHint?.refreshSupport ? [InlayHintRefreshRequest.type] : []),
    ];
    for (const type of asked) connection.sendRequest(type).catch((error: unknown) => log(`${type.method} failed: ${String(error)}`));
    renew([document]);
  }

  /** Given where the client shows places that have to do with a problem. */
  function relatedUri(uri: string): string | undefined {
    return client.textDocument?.publishDiagnostics?.relatedInformation ? uri : undefined;
  }

  function compiledOf(document: GoDocument, options: GoCheckOptions): Compiled {
    return {
      document,
      siblings: options.siblings,
      open: openGo(),
      findings: goDocumentFindings(document, options),
      packages: compileOnSave.about(document.path),
    };
  }

  /** What a Go document is checked with at this moment. */
  function goOptions(document: GoDocument, values: SettingValues): GoCheckOptions {
    const open = documents.all().filter((other) => other.kind !== "wat");
    return goWorkspace.optionsFor(document, open, checkSettings(values));
  }

  /** How the package of a saved file is compiled. */
  async function compileOrder(uri: string, document: GoDocument): Promise<CompileOrder | undefined> {
    const values = await settings.of(uri);
    if (!values["go.compileOnSave"] || !values["go.diagnostics"]) return undefined;
    const target = compileTarget(document, goOptions(document, values));
    if (target === undefined) return undefined;
    const isReactor = values["go.target"] === "wasip1-reactor" && document.header.packageName === "main";
    return { target, isReactor, inModule: goWorkspace.hasModule(parentFolder(document.path)) };
  }

  /** What the compiler said of a file that is not open. */
  async function closedDiagnosticsOf(path: string): Promise<{ readonly uri: string | undefined; readonly items: Diagnostic[] }> {
    const document = host.goFiles.document(path, 0);
    if (!compileOnSave.about(path).some((compiled) => compiled.messagesIn(path).length > 0)) return { uri: document?.uri, items: [] };
    if (document === undefined) return { uri: undefined, items: [] };
    const values = await settings.of(document.uri);
    settings.forget(document.uri);
    return { uri: document.uri, items: compilersDiagnostics(compiledOf(document, goOptions(document, values))) };
  }

  /** Registers a request whose failures are answered and logged, whatever they are. */
  function answer(method: string, handle: (params: never, token: CancellationToken) => unknown): void {
    connection.onRequest(method, async (params: unknown, token: CancellationToken) => {
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      try {
        return await handle(params as never, token);
      } catch (error) {
        if (error instanceof ResponseError) return error;
        if (error instanceof Refusal) return new ResponseError(LSPErrorCodes.RequestFailed, error.message);
        log(`${method} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return new ResponseError(ErrorCodes.InternalError, `${method} failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  }

  answer(DocumentDiagnosticRequest.method, async (params: { textDocument: { uri: string } }, token) => {
    const { items } = await diagnosticsOf(params.textDocument.uri, token);
    if (client.workspace?.diagnostics?.refreshSupport) refresh.served(params.textDocument.uri, items);
    return { kind: DocumentDiagnosticReportKind.Full, items };
  });
  answer(CodeActionRequest.method, async ({ textDocument: { uri }, range, context }: CodeActionParams) => {
    const values = await settings.of(uri);
    const document = documents.get(uri);
    if (document?.kind === "wat") return watCodeActions(watRequest(document, values), { range, context });
    if (document?.kind !== "go" || !values["go.diagnostics"]) return null;
    const { documentChanges, resourceOperations } = client.workspace?.workspaceEdit ?? {};
    const { root, moduleCache } = host.goInstallation;
    return goCodeActions({
      document,
      options: goOptions(document, values),
      range,
      context,
      isOwn: (path) =>
        ![root, moduleCache].some((folder) => folder !== undefined && pathInside(folder, path) !== undefined) && !path.includes("/vendor/"),
      versionOf: documentChanges === true ? (other) => documents.get(other)?.version ?? null : undefined,
      canCreate: resourceOperations?.includes("create") === true,
    });
  });
  answer(CodeActionResolveRequest.method, (action: CodeAction) => resolvedAction(action, openWat));
  answer(CodeLensRequest.method, async ({ textDocument: { uri } }: CodeLensParams) => {
    const values = await settings.of(uri);
    const document = documents.get(uri);
    if (document?.kind === "wat")
      return [
        ...scriptLenses(document.parsed, uri, scripts.outcomes(document), scripts.isRunning(uri)),
        ...watLenses(watRequest(document, values)),
      ];
    return document?.kind === "go" && hasGoLenses ? goCodeLenses(document, goOptions(document, values)) : null;
  });
  answer(CodeLensResolveRequest.method, (lens: CodeLens) => resolvedLens(lens, parsedOf, hasReferenceLenses));
  answer(InlayHintRequest.method, async ({ textDocument: { uri }, range }: InlayHintParams) => {
    const values = await settings.of(uri);
    const document = documents.get(uri);
    if (document?.kind !== "wat") return null;
    return [...scriptHints(document.parsed, scripts.outcomes(document), range), ...watInlayHints(watRequest(document, values), range)];
  });
  answer(ExecuteCommandRequest.method, ({ command, arguments: given }: ExecuteCommandParams) => {
    const [uri]: unknown[] = given ?? [];
    const document = typeof uri === "string" ? documents.get(uri) : undefined;
    if (command !== runAssertionsCommand || document?.kind !== "wat" || document.format !== "wast")
      throw new ResponseError(ErrorCodes.InvalidParams, `"${runAssertionsCommand}" needs the URI of a script that is open`);
    return scripts.run(document, () => showAgain(document));
  });
  answer(WorkspaceSymbolRequest.method, ({ query }: { readonly query: string }) =>
    workspaceSymbols(
      documents.all().filter((document) => document.kind === "wat"),
      query,
    ),
  );
  answer(CompletionResolveRequest.method, (item: CompletionItem) => resolvedItem(item, parsedOf));
  for (const feature of watFeatures) {
    answer(feature.method, async (params: never) => {
      const uri = feature.uriOf?.(params) ?? (params as DocumentParams).textDocument.uri;
      const values = await settings.of(uri);
      const document = documents.get(uri);
      if (document?.kind !== "wat") return null;
      return feature.answer(watRequest(document, values), params);
    });
  }
  if (wabt === undefined) return;
  answer(messages.buildWat, (params: BuildWatParams) => {
    const text = stringFrom(params, "text");
    return wabt.buildWat(text, () => WatDocument.open(text, "wat").problems().length === 0);
  });
  answer(messages.printWasm, (params: PrintWasmParams) => wabt.printWasm(stringFrom(params, "wasm")));
}

function textDocumentOf({ textDocument }: InitializeParams["capabilities"]): Readonly<Record<string, unknown>> {
  return (textDocument ?? {}) as Readonly<Record<string, unknown>>;
}

function checkSettings(values: SettingValues): GoCheckSettings {
  return { target: values["go.target"], goVersion: values["go.version"], buildTags: values["go.buildTags"] };
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
  const sent = new Map<string, string>();
  const send = async (uri: string): Promise<void> => {
    const { version, items } = await diagnosticsOf(uri);
    const message = version === undefined ? { uri, diagnostics: items } : { uri, version, diagnostics: items };
    const text = JSON.stringify(message);
    // A change of another file mostly leaves this one's as they are.
    if (sent.get(uri) === text) return;
    if (version === undefined) sent.delete(uri);
    else sent.set(uri, text);
    await connection.sendDiagnostics(message);
  };
  return {
    soon(uri) {
      if (waiting.has(uri)) return;
      waiting.add(uri);
      nextTurn(() => {
        waiting.delete(uri);
        send(uri).catch((error: unknown) => log(`diagnostics of ${uri} failed: ${String(error)}`));
      });
    },
  };
}
