import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from "vscode-jsonrpc/node";
import type { Diagnostic, Range } from "vscode-languageserver-types";

export interface StartOptions {
  /** Offer pull diagnostics; default true. */
  readonly pull?: boolean;
  readonly initializationOptions?: unknown;
  /** What the client answers to `workspace/configuration`; without it the client does not offer that. */
  readonly configuration?: (scopeUri: string) => unknown;
  /** More capabilities of the client's `textDocument`. */
  readonly textDocument?: object;
  /** More capabilities of the client's `workspace`. */
  readonly workspace?: object;
  /** Variables of the server's environment besides our own. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface PublishedDiagnostics {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: Diagnostic[];
}

/** A language client over stdio: the server's process, and what a test says to it and hears from it. */
export class LspClient {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  /** What the server has logged. */
  readonly log: string[] = [];
  capabilities: Record<string, unknown> = {};
  #published: PublishedDiagnostics[] = [];
  #publishedWaiters: (() => void)[] = [];
  refreshes = 0;
  /** What the server has registered for. */
  readonly registrations: unknown[] = [];

  private constructor(server: string, env: Readonly<Record<string, string>>) {
    this.process = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...env } });
    this.connection = createMessageConnection(new StreamMessageReader(this.process.stdout!), new StreamMessageWriter(this.process.stdin!));
    this.connection.onNotification("window/logMessage", ({ message }: { message: string }) => void this.log.push(message));
    this.connection.onNotification("textDocument/publishDiagnostics", (published: PublishedDiagnostics) => {
      this.#published.push(published);
      for (const wake of this.#publishedWaiters.splice(0)) wake();
    });
    this.connection.onRequest("client/registerCapability", ({ registrations }: { registrations: unknown[] }) => {
      this.registrations.push(...registrations);
      return null;
    });
    this.connection.onRequest("workspace/diagnostic/refresh", () => {
      this.refreshes++;
      return null;
    });
  }

  /** Starts the bundle `server` and initializes it with no root folder, as an editor does that has a single file open. */
  static async start(server: string, options: StartOptions = {}): Promise<LspClient> {
    const client = new LspClient(server, options.env ?? {});
    const { configuration } = options;
    if (configuration) {
      client.connection.onRequest("workspace/configuration", ({ items }: { items: { scopeUri: string }[] }) =>
        items.map((item) => configuration(item.scopeUri)),
      );
    }
    client.connection.listen();
    const result = await client.request<{ capabilities: Record<string, unknown> }>("initialize", {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: null,
      capabilities: {
        textDocument: { ...options.textDocument, ...(options.pull === false ? {} : { diagnostic: {} }) },
        workspace: { ...options.workspace, ...(configuration ? { configuration: true } : {}) },
      },
      initializationOptions: options.initializationOptions,
    });
    client.capabilities = result.capabilities;
    client.notify("initialized", {});
    return client;
  }

  request<Result>(method: string, params: unknown): Promise<Result> {
    return this.connection.sendRequest<Result>(method, params);
  }

  notify(method: string, params: unknown): void {
    // A broken pipe shows in the next request.
    this.connection.sendNotification(method, params).catch(() => undefined);
  }

  open(uri: string, languageId: string, text: string): void {
    this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
  }

  change(uri: string, version: number, ...contentChanges: { range?: Range; text: string }[]): void {
    this.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.request<{ kind: string; items: Diagnostic[] }>("textDocument/diagnostic", { textDocument: { uri } });
    return report.items;
  }

  /** The first diagnostics that the server sends, or has sent, of which `wanted` is true. */
  async published(wanted: (published: PublishedDiagnostics) => boolean): Promise<PublishedDiagnostics> {
    for (;;) {
      const found = this.#published.find(wanted);
      if (found) return found;
      await new Promise<void>((resolve) => this.#publishedWaiters.push(resolve));
    }
  }

  /** What the server has sent last of a document. */
  lastPublished(uri: string): Diagnostic[] | undefined {
    return this.#published.findLast((published) => published.uri === uri)?.diagnostics;
  }

  /** How often the server has sent diagnostics of a document. */
  publishedCount(uri: string): number {
    return this.#published.filter((published) => published.uri === uri).length;
  }

  /** Ends the server the way the protocol says; resolves with its exit code. */
  async stop(): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    const exited = once(this.process, "exit");
    await this.request("shutdown", undefined);
    this.notify("exit", undefined);
    const [code] = (await exited) as [number | null];
    this.connection.dispose();
    return code;
  }

  /** Ends the server at once. */
  kill(): void {
    this.connection.dispose();
    this.process.kill("SIGKILL");
  }
}
