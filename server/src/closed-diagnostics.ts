/** What the compiler said of files that are not open. No client asks for that, so it is sent unasked. */
import type { Diagnostic } from "vscode-languageserver-types";

export interface ClosedDiagnosticsHost {
  readonly isOpen: (path: string) => boolean;
  /** Of a file that is not open; `uri` is undefined where there is no such file. */
  readonly diagnosticsOf: (path: string) => Promise<{ readonly uri: string | undefined; readonly items: Diagnostic[] }>;
  readonly send: (uri: string, items: Diagnostic[]) => Promise<void>;
  readonly log: (message: string) => void;
}

/** Remembers which files the client was told something of. */
export class ClosedDiagnostics {
  readonly #host: ClosedDiagnosticsHost;
  /** By path, the URI. */
  readonly #told = new Map<string, string>();

  constructor(host: ClosedDiagnosticsHost) {
    this.#host = host;
  }

  /** These files may have other diagnostics now. Never rejects. */
  async renew(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      if (this.#host.isOpen(path)) continue;
      try {
        await this.#renew(path);
      } catch (error) {
        this.#host.log(`diagnostics of ${path} failed: ${String(error)}`);
      }
    }
  }

  /** Files have changed on disk: what the client was told of may be gone. Never rejects. */
  filesChanged(): Promise<void> {
    return this.renew([...this.#told.keys()]);
  }

  /** A file was opened: from now on the client is told by other means. `takesBack`: these do not take the place of what was sent. */
  async opened(path: string, takesBack: boolean): Promise<void> {
    const uri = this.#told.get(path);
    this.#told.delete(path);
    if (uri !== undefined && takesBack) await this.#host.send(uri, []);
  }

  async #renew(path: string): Promise<void> {
    const { uri, items } = await this.#host.diagnosticsOf(path);
    const told = this.#told.get(path);
    // It may have been opened in the meantime.
    if (this.#host.isOpen(path) || (items.length === 0 && told === undefined)) return;
    if (items.length > 0 && uri !== undefined) this.#told.set(path, uri);
    else this.#told.delete(path);
    await this.#host.send(uri ?? told!, items);
  }
}
