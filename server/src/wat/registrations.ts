/**
 * Says to the client what can be asked about WebAssembly text. A client that can be told later is told for which languages, because what is
 * said at the start holds for Go files, too, where an editor would take us for one more formatter, or ask in vain.
 */
import type { WatFeature } from "./feature.ts";

/** The languages of WebAssembly text. */
const documentSelector = [{ language: "wat" }, { language: "wast" }];

/** Where the client's capability is not called as the server's is, or the method to register is another one. */
const clientNames: Readonly<Record<string, string>> = {
  documentFormattingProvider: "formatting",
  documentRangeFormattingProvider: "rangeFormatting",
  documentOnTypeFormattingProvider: "onTypeFormatting",
};
const methods: Readonly<Record<string, string>> = { "textDocument/semanticTokens/full": "textDocument/semanticTokens" };

export interface Registration {
  readonly id: string;
  readonly method: string;
  readonly registerOptions: object;
}

interface Announced {
  /** Told at the start. */
  readonly capabilities: Readonly<Record<string, unknown>>;
  /** Told once the client is ready. */
  readonly registrations: readonly Registration[];
}

/** `client`: its capabilities for `textDocument`. */
export function announced(features: readonly WatFeature<never>[], client: Readonly<Record<string, unknown>>): Announced {
  const capabilities: Record<string, unknown> = {};
  const registrations: Registration[] = [];
  for (const { method, capability } of features) {
    for (const [name, options] of Object.entries(capability)) {
      const clientName = clientNames[name] ?? name.replace(/Provider$/, "");
      const { dynamicRegistration } = (client[clientName] ?? {}) as { readonly dynamicRegistration?: boolean };
      if (dynamicRegistration !== true) capabilities[name] = options;
      else {
        const own = typeof options === "object" ? (options as object) : {};
        registrations.push({ id: method, method: methods[method] ?? method, registerOptions: { ...own, documentSelector } });
      }
    }
  }
  return { capabilities, registrations };
}
