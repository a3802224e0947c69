/** Asks a client that pulls diagnostics to pull again, but only where that would give it something new. */
import type { Diagnostic } from "vscode-languageserver-types";
import { inBackground } from "#platform";

/** Changes that follow each other faster than this, in milliseconds, are taken together. */
const quiet = 300;

/** Remembers what the client was told last of each document. */
export class DiagnosticsRefresh {
  readonly #diagnosticsOf: (uri: string) => Promise<{ readonly items: readonly Diagnostic[] }>;
  readonly #ask: () => Promise<void>;
  readonly #log: (message: string) => void;
  readonly #served = new Map<string, string>();
  readonly #waiting = new Set<string>();
  #cancelWait: (() => void) | undefined;

  /** `ask` sends the request to refresh. */
  constructor(
    diagnosticsOf: (uri: string) => Promise<{ readonly items: readonly Diagnostic[] }>,
    ask: () => Promise<void>,
    log: (message: string) => void,
  ) {
    this.#diagnosticsOf = diagnosticsOf;
    this.#ask = ask;
    this.#log = log;
  }

  served(uri: string, items: readonly Diagnostic[]): void {
    this.#served.set(uri, JSON.stringify(items));
  }

  forget(uri: string): void {
    this.#served.delete(uri);
    this.#waiting.delete(uri);
  }

  /** The diagnostics of these documents may have changed. */
  soon(uris: readonly string[]): void {
    if (uris.length === 0) return;
    for (const uri of uris) this.#waiting.add(uri);
    this.#cancelWait?.();
    this.#cancelWait = inBackground(() => void this.#compare(), quiet);
  }

  now(): void {
    this.#ask().catch((error: unknown) => this.#log(`the client refused to refresh diagnostics: ${String(error)}`));
  }

  /** Never rejects. */
  async #compare(): Promise<void> {
    const uris = [...this.#waiting].filter((uri) => this.#served.has(uri));
    this.#waiting.clear();
    try {
      for (const uri of uris) {
        const { items } = await this.#diagnosticsOf(uri);
        if (this.#served.get(uri) === JSON.stringify(items)) continue;
        this.now();
        return;
      }
    } catch (error) {
      this.#log(`diagnostics failed: ${String(error)}`);
    }
  }
}
