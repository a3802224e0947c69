/** The extension's end of the language server. */
import { window, workspace } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { messages, type BuildWatParams, type BuildWatResult, type PrintWasmParams, type PrintWasmResult } from "#core/contract/messages.ts";
import { readSettings } from "#core/contract/settings.ts";
import { wasmTextScheme } from "./wasm-text-uri.ts";

export class ServerConnection {
  readonly #client: LanguageClient;

  /** `module` is the server's bundle; nothing runs before {@link start}. */
  constructor(module: string) {
    const selector = ["wat", "wast", "go"].flatMap((language) => [
      { language, scheme: "file" },
      { language, scheme: "untitled" },
    ]);
    this.#client = new LanguageClient(
      // The id names the setting that VS Code traces messages by: `goWasm.trace.server`.
      "goWasm",
      "Go WebAssembly",
      {
        run: { module, transport: TransportKind.ipc },
        debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6119"] } },
      },
      {
        documentSelector: [...selector, { language: "wat", scheme: wasmTextScheme }],
        initializationOptions: { goWasm: readSettings(workspace.getConfiguration("goWasm")) },
        synchronize: { configurationSection: "goWasm" },
      },
    );
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

  async #request<Result>(method: string, params: object): Promise<Result> {
    await this.#client.start();
    return this.#client.sendRequest<Result>(method, params);
  }
}
