/** Virtual documents that show binary modules as text. */
import { EventEmitter, Uri, workspace, type Disposable, type Event, type TextDocumentContentProvider } from "vscode";
import type { ServerConnection } from "./language-client.ts";
import { printableModule } from "./printable-module.ts";
import { wasmTextScheme } from "./wasm-text-uri.ts";

/** Text is ten to fifteen times as large as its module, and VS Code hands documents beyond 50 MB to no extension. */
const maxModuleBytes = 4_000_000;
/** Custom sections are not printed and may be many times the module. */
const maxFileBytes = 256_000_000;

export class WasmTexts implements TextDocumentContentProvider, Disposable {
  readonly #server: ServerConnection;
  readonly #changed = new EventEmitter<Uri>();
  /** Texts that a document is about to ask for. */
  readonly #prepared = new Map<string, string>();
  readonly #registration: Disposable;
  readonly onDidChange: Event<Uri> = this.#changed.event;

  constructor(server: ServerConnection) {
    this.#server = server;
    this.#registration = workspace.registerTextDocumentContentProvider(wasmTextScheme, this);
  }

  /** The document that shows the module in `file`. */
  uriFor(file: Uri): Uri {
    return Uri.from({ scheme: wasmTextScheme, path: `${file.path}.wat`, query: file.toString() });
  }

  /** Prints the module in `file`, so that a failure is known before a document is opened; an open document is renewed. Rejects like {@link textOf}. */
  async prepare(file: Uri): Promise<void> {
    const uri = this.uriFor(file);
    this.#prepared.set(uri.toString(), await this.textOf(file));
    this.#changed.fire(uri);
  }

  /** The module in `file` as text. Rejects with a sentence for the user. */
  async textOf(file: Uri): Promise<string> {
    const name = file.path.replace(/^.*\//, "");
    const { size } = await workspace.fs.stat(file);
    if (size > maxFileBytes) throw new Error(tooLarge(name, size));
    const module = printableModule(await workspace.fs.readFile(file));
    if (module.length > maxModuleBytes) throw new Error(tooLarge(name, module.length));
    const { text, error } = await this.#server.printWasm({ wasm: Buffer.from(module).toString("base64") });
    if (text === undefined) throw new Error(`${name} cannot be shown as text: ${error ?? "no reason was given"}`);
    return text;
  }

  /** Called when a document is opened, also for editors that a window restores: a failure is then the text. */
  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const prepared = this.#prepared.get(uri.toString());
    this.#prepared.delete(uri.toString());
    if (prepared !== undefined) return prepared;
    try {
      return await this.textOf(Uri.parse(uri.query, true));
    } catch (error) {
      return `;; ${error instanceof Error ? error.message : String(error)}\n`;
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

function tooLarge(name: string, size: number): string {
  return (
    `${name} is too large to be shown as text: ${megabytes(size)}, the limit is ${megabytes(maxModuleBytes)} without custom sections. ` +
    "Print it into a file instead, for example with wasm2wat or wasm-tools print, or debug it: frames show their own disassembly."
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
