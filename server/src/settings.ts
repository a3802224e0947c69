/** The settings of the session: what came with `initialize`, what was pushed since, and what the client says of one document. */
import { defaultSettings, readSettings, type SettingValues } from "#core/contract/settings.ts";

export class SessionSettings {
  #base: SettingValues = defaultSettings();
  readonly #ofDocument = new Map<string, Promise<SettingValues>>();
  #pull: ((uri: string) => Promise<unknown>) | undefined;

  /** `options` are the client's `initializationOptions`. */
  initialize(options: unknown): void {
    this.#base = readSettings(sectionOf(options));
  }

  /** From now on the client is asked for the section `goWasm` of each document; `pull` may reject. */
  pullWith(pull: (uri: string) => Promise<unknown>): void {
    this.#pull = pull;
  }

  /** `pushed` are the settings of a `workspace/didChangeConfiguration`; empty where the client wants to be asked. */
  change(pushed: unknown): void {
    this.#base = readSettings(sectionOf(pushed), this.#base);
    this.#ofDocument.clear();
  }

  /** Forgets what was asked for a closed document. */
  forget(uri: string): void {
    this.#ofDocument.delete(uri);
  }

  of(uri: string): Promise<SettingValues> {
    const pull = this.#pull;
    if (!pull) return Promise.resolve(this.#base);
    const known = this.#ofDocument.get(uri);
    if (known) return known;
    const base = this.#base;
    const values = pull(uri).then(
      (given) => readSettings(given, base),
      () => base,
    );
    this.#ofDocument.set(uri, values);
    return values;
  }
}

function sectionOf(given: unknown): unknown {
  return typeof given === "object" && given !== null && "goWasm" in given ? given.goWasm : undefined;
}
