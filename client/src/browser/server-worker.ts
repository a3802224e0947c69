import { workspace, type Uri } from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
} from "vscode-languageclient/browser";
import type { ServerPlace } from "../language-client.ts";

/** The server in a worker; `script` is its bundle, wherever the extension is installed. */
export function serverWorker(script: Uri): ServerPlace {
  // Folders in a browser have schemes of their own, and so have the texts that a comparison shows beside a file: those are left out.
  const schemes = new Set(["file", "untitled", ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)]);
  return {
    schemes: [...schemes],
    others: [],
    startsGo: false,
    createClient: (id, name, options) => new WorkerClient(id, name, script, options),
  };
}

/** A client whose worker ends with it: the library only tells it to. */
class WorkerClient extends LanguageClient {
  readonly #script: Uri;
  #running: { readonly worker: Worker; readonly address: string } | undefined;

  constructor(id: string, name: string, script: Uri, options: LanguageClientOptions) {
    super(id, name, () => this.#startWorker(), options);
    this.#script = script;
  }

  override async stop(timeout?: number): Promise<void> {
    try {
      await super.stop(timeout);
    } finally {
      this.#endWorker();
    }
  }

  async restart(): Promise<void> {
    if (this.needsStop()) await this.stop();
    await this.start();
  }

  /** VS Code makes no worker of an address on a machine that it is connected to, but hands over the text. */
  async #startWorker(): Promise<MessageTransports> {
    const text = await workspace.fs.readFile(this.#script);
    // The library starts anew by itself where the connection is lost.
    this.#endWorker();
    // It stays valid until the worker ends, which starts threads of its own with it.
    const address = URL.createObjectURL(new Blob([new Uint8Array(text)], { type: "text/javascript" }));
    const worker = new Worker(address);
    this.#running = { worker, address };
    // The library would not know the worker for one: VS Code's `Worker` makes objects of another class.
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  }

  #endWorker(): void {
    if (this.#running === undefined) return;
    this.#running.worker.terminate();
    URL.revokeObjectURL(this.#running.address);
    this.#running = undefined;
  }
}
