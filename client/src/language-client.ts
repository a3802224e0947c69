/** The extension's end of the language server. */
import { Uri, window, workspace, type Diagnostic, type Disposable } from "vscode";
import {
  DidChangeConfigurationNotification,
  DocumentDiagnosticRequest,
  vsdiag,
  type BaseLanguageClient,
  type DocumentSelector,
  type LanguageClientOptions,
  type Middleware,
} from "vscode-languageclient";
import { messages, type BuildWatParams, type BuildWatResult, type PrintWasmParams, type PrintWasmResult } from "#core/contract/messages.ts";
import { ForeignDiagnostics } from "./foreign-diagnostics.ts";
import { goExtensionSettings, serverSettings, serverSettingsFor } from "./go-settings.ts";
import { trusted } from "./trust.ts";

/** How the server runs where the extension does. */
export interface ServerPlace {
  /** Schemes of the documents that it is told of. */
  readonly schemes: readonly string[];
  /** Documents of other kinds that it is told of, too. */
  readonly others: DocumentSelector;
  /** Go programs can be built and run. */
  readonly startsGo: boolean;
  /** Makes the client; nothing runs before it is started. `id` names the setting that VS Code traces messages by, such as `goWasm.trace.server`. */
  createClient(id: string, name: string, options: LanguageClientOptions): BaseLanguageClient & { restart(): Promise<void> };
}

/** Without the Go extension `go.mod` and `go.work` are plain text; they decide where the packages of a Go file come from. */
const moduleFiles = ["**/go.mod", "**/go.work"];

export class ServerConnection implements Disposable {
  readonly #client: ReturnType<ServerPlace["createClient"]>;
  readonly #foreign = new ForeignDiagnostics((uri, items) => this.#showAgain(uri, items));
  readonly #listeners: readonly Disposable[];

  /** Nothing runs before {@link start}. */
  constructor(place: ServerPlace) {
    const documents = place.schemes.flatMap((scheme) => [
      ...["wat", "wast", "go"].map((language) => ({ language, scheme })),
      ...moduleFiles.map((pattern) => ({ pattern, scheme })),
    ]);
    this.#client = place.createClient("goWasm", "Go WebAssembly", {
      documentSelector: [...documents, ...place.others],
      initializationOptions: { goWasm: serverSettings(undefined), startsGo: place.startsGo, showsReferences: true },
      middleware: this.#middleware(),
    });
    this.#listeners = [
      workspace.onDidChangeConfiguration((event) => {
        if (["goWasm", ...goExtensionSettings].some((section) => event.affectsConfiguration(section))) this.#settingsChanged();
      }),
      workspace.onDidGrantWorkspaceTrust(() => this.#settingsChanged()),
    ];
  }

  dispose(): void {
    this.#foreign.dispose();
    for (const listener of this.#listeners) listener.dispose();
  }

  /** Starts the server; requests made before it is up wait for it. */
  start(): void {
    this.#client
      .start()
      .catch((error: unknown) => void window.showErrorMessage(`The WebAssembly language server did not start: ${String(error)}`));
  }

  restart(): Promise<void> {
    return this.#client.restart();
  }

  async stop(): Promise<void> {
    if (this.#client.needsStop()) await this.#client.stop();
  }

  async buildWat(params: BuildWatParams): Promise<BuildWatResult> {
    return this.#request<BuildWatResult>(messages.buildWat, params);
  }

  async printWasm(params: PrintWasmParams): Promise<PrintWasmResult> {
    return this.#request<PrintWasmResult>(messages.printWasm, params);
  }

  #middleware(): Middleware {
    return {
      workspace: {
        configuration: ({ items }) => items.map(({ scopeUri }) => serverSettingsFor(scopeUri)),
      },
      // VS Code hands the command of a lens to the server by itself.
      executeCommand: (command, args, next) => (trusted("Running the assertions of a script") ? next(command, args) : undefined),
      handleDiagnostics: (uri, diagnostics, next) => next(uri, this.#foreign.withoutDoubles(uri, diagnostics)),
      provideDiagnostics: async (document, previousResultId, token, next) => {
        const report = await next(document, previousResultId, token);
        if (report?.kind !== vsdiag.DocumentDiagnosticReportKind.full) return report;
        const uri = document instanceof Uri ? document : document.uri;
        return { ...report, items: this.#foreign.withoutDoubles(uri, report.items) };
      },
    };
  }

  /** Other extensions show other diagnostics now. */
  #showAgain(uri: Uri, items: Diagnostic[]): void {
    const document = workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
    const provider = document && this.#client.getFeature(DocumentDiagnosticRequest.method).getProvider(document);
    if (provider !== undefined) provider.onDidChangeDiagnosticsEmitter.fire();
    else this.#client.diagnostics?.set(uri, this.#foreign.withoutDoubles(uri, items));
  }

  /** The server then asks for those of each document: what it is sent here would know nothing of trust. */
  #settingsChanged(): void {
    if (!this.#client.isRunning()) return;
    this.#client
      .sendNotification(DidChangeConfigurationNotification.type, { settings: {} })
      .catch((error: unknown) => this.#client.error("The settings could not be sent.", error));
  }

  async #request<Result>(method: string, params: object): Promise<Result> {
    await this.#client.start();
    return this.#client.sendRequest<Result>(method, params);
  }
}
